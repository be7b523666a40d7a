import { checkNumber, checkWhole, checkWord } from '../check.ts'
import { MOST_NAMES } from './riot-names.ts'
import { PLATFORM_NAMES } from '../data/routes.ts'

/** What comes after the last page of a league: an empty list, a 204, or the last page again and again, as seen on SG2. */
export type LadderEnd = 'empty' | 'no-content' | 'repeat'

/** How big the simulated world is, and how it moves. */
export interface WorldOptions {
  /** Players who are matched with each other; decides how often the same match shows up. A multiple of 10, default 1300. */
  poolSize?: number
  /** How many such pools each platform has. Default 500, which is 650,000 ranked and as many occasional players. */
  pools?: number
  /** How likely a player skips a round, 0 to 1. Default 0.1. */
  idle?: number
  /** How many rounds have been played: the length of a history. Default 1000. */
  rounds?: number
  /** From one round to the next, ms. Default 3 hours, at least 1. */
  roundLength?: number
  /** The calendar time at the start, ms since 1970. Default 2026-06-01T00:00Z: a fixed one, so that the same seed gives the same bytes. */
  epoch?: number
  /** True: new rounds are played as time passes, and appear in the histories. Default false. */
  live?: boolean
  /** Players in the master tier, beside 300 challengers and 700 grandmasters. Default 300. */
  masters?: number
  /** How many different courses of a game there are per map. Default 24. */
  templates?: number
  /** How many of a thousand matches were aborted and have no participants. Default 4. */
  abortedPerMille?: number
  /** Default `empty`. */
  ladderEnd?: LadderEnd
}

const HOUR = 3_600_000

/** Fills in the defaults and checks the values. */
export function worldOptions(options: WorldOptions = {}): Required<WorldOptions> {
  const all = {
    poolSize: 1300,
    pools: 500,
    idle: 0.1,
    rounds: 1000,
    roundLength: 3 * HOUR,
    epoch: Date.UTC(2026, 5, 1),
    live: false,
    masters: 300,
    templates: 24,
    abortedPerMille: 4,
    ladderEnd: 'empty' as const,
    ...options,
  }
  checkWhole('poolSize', all.poolSize, 20, 1_000_000)
  if (all.poolSize % 10 !== 0) throw new RangeError(`poolSize must be a multiple of 10, not ${all.poolSize}`)
  checkWhole('pools', all.pools, 1, Math.floor(MOST_NAMES / PLATFORM_NAMES.length / 2 / all.poolSize))
  checkNumber('idle', all.idle, 0, 1)
  checkWhole('rounds', all.rounds, 1, 100_000)
  checkWhole('roundLength', all.roundLength, HOUR, 1e12)
  checkWhole('epoch', all.epoch, all.rounds * all.roundLength, 8e15)
  checkWhole('masters', all.masters, 0, 1_000_000)
  checkWhole('templates', all.templates, 1, 10_000)
  checkWhole('abortedPerMille', all.abortedPerMille, 0, 1000)
  checkWord('ladderEnd', all.ladderEnd, ['empty', 'no-content', 'repeat'])
  return all
}
