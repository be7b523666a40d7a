import type { Clock } from '@sluice/core'

import type { FaultRule } from './faults/fault.ts'
import type { KeyOptions } from './keys.ts'
import type { LatencyName, LatencyProfile } from './latency.ts'
import type { HeaderOrder } from './limits/limit-book.ts'
import type { WindowMode } from './limits/limit-window.ts'
import type { WorldOptions } from './world/world-options.ts'

/** What a 429 says in `Retry-After`: the seconds that remain, rounded up; rounded down, and one more; always 0; nothing; or a date. */
export type RetryAfterMode = 'ceil' | 'floor+1' | 'zero' | 'missing' | 'http-date'

/** When a key is put on the blacklist. */
export interface BlacklistOptions {
  /** After more rejected requests than this … */
  readonly rejects: number
  /** … within so many ms. Default 60,000. */
  readonly within?: number
  /** For so many ms. Default 600,000. */
  readonly duration?: number
}

/** Options of a {@link RiotSimulator}. */
export interface SimulatorOptions {
  /** The world and all that is drawn by lot depend on it. Default 1. */
  seed?: number
  /** Where time comes from. Default: the system's clock. */
  clock?: Clock
  /** The keys that are known, by their secret. Default: `DEVELOPMENT_KEY` and `PRODUCTION_KEY`. */
  keys?: Readonly<Record<string, KeyOptions>>
  world?: WorldOptions
  /** Method limits for all keys, by operation id; `*` for all others. Default: what others have observed. */
  methods?: Readonly<Record<string, string>>
  /** Limits of a service on a host that all keys share, such as `{ 'match-v5': '100:1' }`. Default: none. */
  services?: Readonly<Record<string, string>>
  /** Default `first`. */
  windowMode?: WindowMode
  /** Whether rejected requests count too, as they do at Riot. Default true. */
  countRejects?: boolean
  /** Order of the pairs in limit headers. Default `as-is`. */
  headerOrder?: HeaderOrder
  /** Default `ceil`. */
  retryAfter?: RetryAfterMode
  /** How long requests take. Default `none`. */
  latency?: LatencyName | LatencyProfile
  faults?: readonly FaultRule[]
  /** Default: keys are not put on a blacklist. */
  blacklist?: BlacklistOptions
  /** Status for a path that does not exist. Default 404. */
  unknownPath?: 403 | 404
  /** Status for an operation on a host that does not serve it. Default 404. */
  wrongRoute?: 403 | 404
  /** How many arrivals the log keeps. Default 0. */
  logSize?: number
}
