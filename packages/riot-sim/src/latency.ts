import { checkNumber, checkWord } from './check.ts'
import { hashText, unit } from './world/hash.ts'
import { Random } from './world/random.ts'

/** How long the three parts of a request take: 98 of 100 lie between the two values, in ms. */
export interface LatencyProfile {
  readonly uplink: readonly [number, number]
  readonly service: readonly [number, number]
  readonly downlink: readonly [number, number]
  /** True: the other 2 of 100 may be outside, also far. Default false: nothing is. */
  readonly tail?: boolean
}

/** `near` and `prod`: 60 to 160 ms there and back; `far`: 180 to 580 ms; `awful`: up to 5 s and more, out of order; `none`: no time at all. */
export type LatencyName = 'none' | 'near' | 'prod' | 'far' | 'awful'

const PROFILES: Readonly<Record<LatencyName, LatencyProfile>> = {
  none: { uplink: [0, 0], service: [0, 0], downlink: [0, 0] },
  near: { uplink: [10, 20], service: [40, 120], downlink: [10, 20] },
  prod: { uplink: [15, 40], service: [30, 80], downlink: [15, 40] },
  far: { uplink: [60, 200], service: [60, 180], downlink: [60, 200] },
  awful: { uplink: [10, 900], service: [50, 4000], downlink: [10, 900], tail: true },
}

/** The three parts of one request, in ms. */
export interface Delays {
  readonly uplink: number
  readonly service: number
  readonly downlink: number
}

/** No time at all. */
export const NO_DELAYS: Delays = { uplink: 0, service: 0, downlink: 0 }
/** Half the width of the middle 98 of 100 of a normal distribution, in deviations. */
const P99 = 2.326

/** Draws how long requests take: lognormal for each part, each operation on each host a little faster or slower than the others. */
export class Latency {
  readonly #profile: LatencyProfile
  readonly #seed: number
  readonly #streams = new Map<string, { random: Random; pace: number }>()
  readonly #none: boolean

  /** @throws TypeError or RangeError for an unknown name or a profile whose values are not in order. */
  constructor(profile: LatencyName | LatencyProfile, seed: number) {
    if (typeof profile === 'string') checkWord('latency', profile, Object.keys(PROFILES) as LatencyName[])
    this.#profile = typeof profile === 'string' ? PROFILES[profile] : profile
    this.#seed = seed
    for (const part of ['uplink', 'service', 'downlink'] as const) {
      const [low, high] = this.#profile[part]
      checkNumber(`latency.${part}[0]`, low, 0, 3_600_000)
      checkNumber(`latency.${part}[1]`, high, low, 3_600_000)
    }
    this.#none = this.#profile.uplink[1] + this.#profile.service[1] + this.#profile.downlink[1] === 0
  }

  /** The delays of the next request to an operation on a host. */
  draw(route: string, operation: string): Delays {
    if (this.#none) return NO_DELAYS
    const id = `${route} ${operation}`
    let stream = this.#streams.get(id)
    if (stream === undefined) {
      const h = hashText(id, this.#seed)
      stream = { random: new Random(h, 293), pace: 0.85 + 0.3 * unit(h) }
      this.#streams.set(id, stream)
    }
    const { random, pace } = stream
    return {
      uplink: this.#part(random, 'uplink', 1),
      service: this.#part(random, 'service', pace),
      downlink: this.#part(random, 'downlink', 1),
    }
  }

  #part(random: Random, part: keyof Delays, pace: number): number {
    const [low, high] = this.#profile[part]
    if (low === high) return low
    // A lower bound of 0 has no logarithm.
    const from = Math.max(low, high / 1000)
    const drawn = Math.sqrt(from * high) * pace * Math.exp((Math.log(high / from) / 2 / P99) * random.normal())
    return this.#profile.tail === true ? drawn : Math.min(high, Math.max(low, drawn))
  }
}
