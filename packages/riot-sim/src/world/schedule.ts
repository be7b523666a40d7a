import { hash } from './hash.ts'
import { Permutation } from './permutation.ts'

/** Options of a {@link Schedule}. */
export interface ScheduleOptions {
  /** Makes two schedules different: seed, platform and game in one number. */
  readonly key: number
  /** Players are matched within pools of this size. */
  readonly poolSize: number
  readonly pools: number
  /** How likely a regular player skips a round, 0 to 1. */
  readonly idle: number
  /** Players in a match of this round. */
  readonly seats: (round: number) => number
  /** The smallest number that `seats` gives. */
  readonly fewestSeats: number
}

/** Where a match stands: the round, the pool of players, and its place among the pool's matches of the round. */
export interface MatchPlace {
  readonly round: number
  readonly pool: number
  readonly place: number
}

/**
 * Who plays with whom, without a table. In each round a secret permutation of the pool deals the players onto seats; a match is a
 * row of seats. As the permutation can be computed both ways, a player's match of a round and a match's players are each found in
 * constant time, and always agree.
 *
 * Players 0 … regulars − 1 play every round unless they idle. Behind each there is a bench of as many: in each round another secret
 * permutation assigns one bench player to each seat, and that one plays when the seat's regular idles.
 */
export class Schedule {
  readonly regulars: number
  readonly #options: ScheduleOptions
  readonly #permutation: Permutation
  readonly #matchesPerPool: number
  readonly #idleBelow: number

  constructor(options: ScheduleOptions) {
    this.#options = options
    this.regulars = options.pools * options.poolSize
    this.#permutation = new Permutation(options.poolSize)
    this.#matchesPerPool = Math.floor(options.poolSize / options.fewestSeats)
    this.#idleBelow = options.idle * 4_294_967_296
  }

  /** The number of a match; later rounds have higher numbers. */
  number(match: MatchPlace): number {
    return (match.round * this.#options.pools + match.pool) * this.#matchesPerPool + match.place
  }

  /** The match with this number, or undefined when its round has fewer. */
  match(number: number): MatchPlace | undefined {
    if (!Number.isSafeInteger(number) || number < 0) return undefined
    const place = number % this.#matchesPerPool
    const row = (number - place) / this.#matchesPerPool
    const pool = row % this.#options.pools
    const round = (row - pool) / this.#options.pools
    return place < this.#matchesIn(round) ? { round, pool, place } : undefined
  }

  /** The number of the match that a player plays in a round, or -1. */
  matchOf(player: number, round: number): number {
    const { poolSize } = this.#options
    const benched = player >= this.regulars
    const index = benched ? player - this.regulars : player
    const pool = Math.floor(index / poolSize)
    const seatKey = this.#key(pool, round, 1)
    let seat: number
    if (benched) {
      seat = this.#permutation.forward(index % poolSize, this.#key(pool, round, 2))
      if (!this.#idles(pool * poolSize + this.#permutation.inverse(seat, seatKey), round)) return -1
    } else {
      if (this.#idles(player, round)) return -1
      seat = this.#permutation.forward(index % poolSize, seatKey)
    }
    const place = Math.floor(seat / this.#options.seats(round))
    return place < this.#matchesIn(round) ? this.number({ round, pool, place }) : -1
  }

  /** The players of a match, seat by seat. */
  players({ round, pool, place }: MatchPlace): number[] {
    const seats = this.#options.seats(round)
    const first = pool * this.#options.poolSize
    const seatKey = this.#key(pool, round, 1)
    const benchKey = this.#key(pool, round, 2)
    const players: number[] = []
    for (let seat = place * seats; seat < (place + 1) * seats; seat++) {
      const regular = first + this.#permutation.inverse(seat, seatKey)
      players.push(
        this.#idles(regular, round) ? this.regulars + first + this.#permutation.inverse(seat, benchKey) : regular,
      )
    }
    return players
  }

  #matchesIn(round: number): number {
    return Math.floor(this.#options.poolSize / this.#options.seats(round))
  }

  #idles(player: number, round: number): boolean {
    return hash(this.#options.key, player, round, 3) < this.#idleBelow
  }

  #key(pool: number, round: number, use: number): number {
    return hash(this.#options.key, pool, round, use)
  }
}
