import { hash } from './hash.ts'
import type { Player } from './player-ids.ts'
import { Schedule } from './schedule.ts'
import type { WorldOptions } from './world-options.ts'

/** Which of a player's matches are wanted. */
export interface MatchFilter {
  /** How many to leave out, from the newest. */
  readonly start: number
  readonly count: number
  /** Only matches created in this span, ms since 1970. */
  readonly from?: number
  readonly to?: number
  readonly accepts?: (number: number, round: number) => boolean
}

/** A match that has been found. */
export interface FoundMatch {
  readonly number: number
  readonly round: number
  readonly players: readonly Player[]
  /** Ms since 1970. */
  readonly createdAt: number
}

const LONGEST_GAME = 3_000_000

/** All matches of one game on all platforms. */
export class MatchSeries {
  readonly #seed: number
  readonly #world: Required<WorldOptions>
  readonly #seats: (round: number) => number
  readonly #fewestSeats: number
  readonly #schedules: Schedule[] = []

  /** @param seed differs from game to game. */
  constructor(seed: number, world: Required<WorldOptions>, seats: (round: number) => number, fewestSeats: number) {
    this.#seed = seed
    this.#world = world
    this.#seats = seats
    this.#fewestSeats = fewestSeats
  }

  /** A player's matches, newest first, by number. `now` is the calendar time. */
  history(player: Player, filter: MatchFilter, now: number): number[] {
    const schedule = this.#schedule(player.platform)
    const numbers: number[] = []
    let skip = filter.start
    const { from = -Infinity, to = Infinity } = filter
    for (let round = Math.min(this.lastRound(now), this.#roundAt(to)); round >= 0; round--) {
      if (numbers.length >= filter.count || this.#roundStart(round + 1) < from) break
      const number = schedule.matchOf(player.number, round)
      if (number === -1 || (filter.accepts !== undefined && !filter.accepts(number, round))) continue
      if (from !== -Infinity || to !== Infinity) {
        const createdAt = this.#createdAt(round, number)
        if (createdAt < from || createdAt > to) continue
      }
      if (skip-- > 0) continue
      numbers.push(number)
    }
    return numbers
  }

  /** The match with this number, or undefined when there is none (yet). */
  find(platform: number, number: number, now: number): FoundMatch | undefined {
    const schedule = this.#schedule(platform)
    const place = schedule.match(number)
    if (place === undefined || place.round > this.lastRound(now)) return undefined
    return {
      number,
      round: place.round,
      players: schedule.players(place).map((seat) => ({ platform, number: seat })),
      createdAt: this.#createdAt(place.round, number),
    }
  }

  /** The match of a player in a round that goes on beside the rounds of the history, such as the game of this half hour. */
  current(player: Player, round: number): FoundMatch | undefined {
    const schedule = this.#schedule(player.platform)
    const number = schedule.matchOf(player.number, round)
    const place = number === -1 ? undefined : schedule.match(number)
    if (place === undefined) return undefined
    const players = schedule.players(place).map((seat) => ({ platform: player.platform, number: seat }))
    return { number, round, players, createdAt: 0 }
  }

  /** The numbers of the newest matches of a platform. */
  newest(platform: number, count: number, now: number): number[] {
    const round = this.lastRound(now)
    const schedule = this.#schedule(platform)
    return Array.from({ length: count }, (_, pool) =>
      schedule.number({ round, pool: pool % this.#world.pools, place: Math.floor(pool / this.#world.pools) }),
    ).filter((number) => schedule.match(number) !== undefined)
  }

  /** The newest round that has been played. */
  lastRound(now: number): number {
    const { rounds, live, epoch, roundLength } = this.#world
    return rounds - 1 + (live ? Math.max(0, Math.floor((now - epoch) / roundLength)) : 0)
  }

  #schedule(platform: number): Schedule {
    return (this.#schedules[platform] ??= new Schedule({
      key: hash(this.#seed, platform, 17),
      poolSize: this.#world.poolSize,
      pools: this.#world.pools,
      idle: this.#world.idle,
      seats: this.#seats,
      fewestSeats: this.#fewestSeats,
    }))
  }

  #createdAt(round: number, number: number): number {
    const spread = this.#world.roundLength - LONGEST_GAME
    return (
      this.#roundStart(round) +
      Math.floor((hash(this.#seed, number, Math.floor(number / 4_294_967_296), 19) / 4_294_967_296) * spread)
    )
  }

  #roundStart(round: number): number {
    const { epoch, rounds, roundLength } = this.#world
    return epoch - (rounds - round) * roundLength
  }

  #roundAt(time: number): number {
    const { epoch, rounds, roundLength } = this.#world
    return rounds + Math.floor((time - epoch) / roundLength)
  }
}
