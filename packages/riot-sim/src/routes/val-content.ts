import { RawBody, type Body } from '../bodies/body.ts'
import { VAL_LOCALES } from '../data/locales.ts'
import { VAL_ACTS, VAL_MAPS } from '../data/val.ts'
import { plainUuid } from '../world/uuids.ts'

/** How many items of each kind there are; the last four kinds of word name them. */
const KINDS: readonly (readonly [string, number, string])[] = [
  ['characters', 28, 'Agent'],
  ['chromas', 1480, 'Chroma'],
  ['skins', 740, 'Skin'],
  ['skinLevels', 1260, 'SkinLevel'],
  ['equips', 33, 'Equippable'],
  ['gameModes', 10, 'GameMode'],
  ['sprays', 470, 'Spray'],
  ['sprayLevels', 470, 'SprayLevel'],
  ['charms', 380, 'Buddy'],
  ['charmLevels', 380, 'BuddyLevel'],
  ['playerCards', 430, 'Playercard'],
  ['playerTitles', 160, 'PlayerTitle'],
  ['ceremonies', 6, 'Ceremony'],
  ['totems', 0, 'Totem'],
]

const BODIES = new Map<string, Body>()

/** The content of VALORANT in one language, or, when none is asked for, in all of them. It is the same in every world. */
export function valContent(locale: string | undefined): Body {
  const known = locale !== undefined && VAL_LOCALES.includes(locale) ? locale : ''
  let body = BODIES.get(known)
  if (body === undefined) {
    body = new RawBody(Buffer.from(JSON.stringify(content(known))))
    BODIES.set(known, body)
  }
  return body
}

function content(locale: string): unknown {
  const named = (name: string): Record<string, unknown> =>
    locale === ''
      ? { name, localizedNames: Object.fromEntries(VAL_LOCALES.map((each) => [each, `${name} (${each})`])) }
      : { name: `${name} (${locale})` }
  const items = KINDS.map(([kind, count, word], index) => [
    kind,
    Array.from({ length: count }, (_, i) => ({
      ...named(`${word} No. ${i + 1} of the Simulator`),
      id: plainUuid(i, index, 263).toUpperCase(),
      assetName: `Default__${word}_Number${i + 1}_Simulated_PrimaryAsset_C`,
      ...(kind === 'gameModes' && { assetPath: `/Game/GameModes/Mode${i}/Mode${i}.Mode${i}_C` }),
    })),
  ])
  return {
    version: 'release-12.09',
    ...Object.fromEntries(items),
    maps: VAL_MAPS.map(({ name, path }, i) => ({
      ...named(name),
      id: plainUuid(i, 269).toUpperCase(),
      assetName: name,
      assetPath: path,
    })),
    acts: VAL_ACTS.map(({ name, ...act }) => ({ ...named(name), ...act })),
  }
}
