/** What happened in one window of a rate. Times are those of the limiter, which never go back. */
export interface WindowLog {
  readonly limit: number
  readonly ms: number
  /** How long until the last of `count` further tokens could be had, if all are taken as soon as possible. */
  wait(now: number, count: number): number
  /** Notes that `count` tokens were taken at `now`. */
  take(now: number, count: number): void
  /** How many tokens count against the limit now. */
  used(now: number): number
  /** What is still known, oldest first: so many tokens at that time. */
  history(): Iterable<readonly [time: number, count: number]>
}

/** 64 kB of times at most. */
const MAX_CELLS = 8192

/**
 * At most `limit` in ANY half-open interval of `ms`: token k may come when token k - limit is `ms` old. So the times of the
 * last `limit` tokens are all there is to know, and they lie in a ring.
 *
 * Above 8192 tokens neighbours share a cell of the ring, which keeps the time of its youngest. The others of the cell come back with it, later than they
 * might, never sooner: the limit is never exceeded, and at most 1/8192 of it lies idle.
 */
export class SlidingLog implements WindowLog {
  readonly limit: number
  readonly ms: number
  readonly #perCell: number
  readonly #cells: number
  readonly #times: number[] = []
  /** Tokens taken so far; token k lies in cell floor(k / perCell). */
  #taken = 0

  constructor(limit: number, ms: number) {
    this.limit = limit
    this.ms = ms
    this.#perCell = Math.ceil(limit / MAX_CELLS)
    // Unless a cell is a token, the oldest cell in the window and the newest are both partly filled.
    this.#cells = Math.ceil(limit / this.#perCell) + (this.#perCell > 1 ? 1 : 0)
  }

  wait(now: number, count: number): number {
    const last = this.#taken + count - 1 - this.limit
    if (last < 0) return 0
    // A token that has not come yet comes one window after the one `limit` before it.
    const rounds = last < this.#taken ? 0 : Math.floor((last - this.#taken) / this.limit) + 1
    const known = last - rounds * this.limit
    return (known < 0 ? 0 : Math.max(0, this.#time(known) + this.ms - now)) + rounds * this.ms
  }

  take(now: number, count: number): void {
    const end = this.#taken + count
    for (let cell = Math.floor(this.#taken / this.#perCell); cell * this.#perCell < end; cell++)
      this.#times[cell % this.#cells] = now
    this.#taken = end
  }

  used(now: number): number {
    let used = 0
    for (const [time, count] of this.history()) if (time + this.ms > now) used += count
    // The oldest cell may hold a few that are beyond the limit, and so beyond the window.
    return Math.min(used, this.limit)
  }

  *history(): Generator<readonly [number, number]> {
    const end = Math.ceil(this.#taken / this.#perCell)
    for (let cell = Math.max(0, end - this.#cells); cell < end; cell++) {
      const first = cell * this.#perCell
      yield [this.#times[cell % this.#cells]!, Math.min(this.#perCell, this.#taken - first)]
    }
  }

  #time(token: number): number {
    return this.#times[Math.floor(token / this.#perCell) % this.#cells]!
  }
}

/** At most `limit` in each window of `ms`; a window opens with the first token after the one before has ended. */
export class FixedLog implements WindowLog {
  readonly limit: number
  readonly ms: number
  #start = -Infinity
  #count = 0

  constructor(limit: number, ms: number) {
    this.limit = limit
    this.ms = ms
  }

  wait(now: number, count: number): number {
    const used = this.used(now)
    const rounds = Math.floor((used + count - 1) / this.limit)
    return rounds === 0 ? 0 : (used === 0 ? 0 : this.#start - now) + rounds * this.ms
  }

  take(now: number, count: number): void {
    if (this.used(now) === 0) {
      this.#start = now
      this.#count = 0
    }
    this.#count += count
  }

  used(now: number): number {
    return now >= this.#start + this.ms ? 0 : this.#count
  }

  *history(): Generator<readonly [number, number]> {
    if (this.#count > 0) yield [this.#start, this.#count]
  }
}
