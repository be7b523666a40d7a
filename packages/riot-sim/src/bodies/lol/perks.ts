import type { Random } from '../../world/random.ts'

const STYLES = [8000, 8100, 8200, 8300, 8400]
const KEYSTONES: Readonly<Record<number, readonly number[]>> = {
  8000: [8005, 8008, 8010, 8021],
  8100: [8112, 8128, 9923],
  8200: [8214, 8229, 8230],
  8300: [8351, 8360, 8369],
  8400: [8437, 8439, 8465],
}
const MINOR = [
  8009, 8014, 8017, 8126, 8135, 8139, 8143, 8210, 8226, 8233, 8236, 8299, 8304, 8345, 8347, 8444, 8451, 9103, 9104,
  9111,
]

/** The runes of a participant. */
export function participantPerks(random: Random): unknown {
  const [primary, secondary] = random.sample(STYLES, 2) as [number, number]
  const selection = (perk: number): unknown => ({ perk, var1: random.int(0, 2500), var2: random.int(0, 400), var3: 0 })
  return {
    statPerks: {
      defense: random.pick([5001, 5011]),
      flex: random.pick([5001, 5008, 5010]),
      offense: random.pick([5005, 5007, 5008]),
    },
    styles: [
      {
        description: 'primaryStyle',
        selections: [random.pick(KEYSTONES[primary]!), ...random.sample(MINOR, 3)].map(selection),
        style: primary,
      },
      { description: 'subStyle', selections: random.sample(MINOR, 2).map(selection), style: secondary },
    ],
  }
}
