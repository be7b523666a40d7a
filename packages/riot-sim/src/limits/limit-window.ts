import { ArrivalLog } from './arrival-log.ts'

/**
 * How a server counts: `first` opens a window with the first request that is counted, `aligned` follows the clock (a ten-second
 * window starts at every full ten seconds), `sliding` looks back over the last seconds at every instant.
 */
export type WindowMode = 'first' | 'aligned' | 'sliding'

/** The modes, for checks and messages. */
export const WINDOW_MODES: readonly WindowMode[] = ['first', 'aligned', 'sliding']

/** How full a window was when it closed, in tenths; the last place counts the full ones. */
export type FillHistogram = number[]

/** One window of one scope: at most `limit` requests in `seconds`. */
export class LimitWindow {
  limit: number
  readonly seconds: number
  readonly mode: WindowMode
  /** How many windows have closed, and how full they were. */
  closed = 0
  readonly fill: FillHistogram = Array.from({ length: 11 }, () => 0)
  readonly #length: number
  readonly #log: ArrivalLog | undefined
  #start = -Infinity
  #used = 0

  constructor(limit: number, seconds: number, mode: WindowMode) {
    this.limit = limit
    this.seconds = seconds
    this.mode = mode
    this.#length = seconds * 1000
    if (mode === 'sliding') this.#log = new ArrivalLog()
  }

  /** How many requests count at `now`. */
  count(now: number): number {
    if (this.#log !== undefined) {
      this.#log.forgetOlder(now, this.#length)
      return this.#log.size
    }
    if (now >= this.#start + this.#length) this.#close()
    return this.#used
  }

  /** True when a further request at `now` would be one too many. */
  isFull(now: number): boolean {
    return this.count(now) >= this.limit
  }

  /** Counts a request that arrives at `now`. */
  charge(now: number): void {
    if (this.#log !== undefined) {
      this.#log.add(now)
      return
    }
    if (this.count(now) === 0) this.#start = this.mode === 'first' ? now : Math.floor(now / this.#length) * this.#length
    this.#used++
  }

  /** When a full window will have room again, on the same time line as `now`. */
  roomAt(now: number): number {
    const over = this.count(now) - this.limit
    if (over < 0) return now
    return (this.#log === undefined ? this.#start : this.#log.at(over)) + this.#length
  }

  #close(): void {
    if (this.#used === 0) return
    this.closed++
    const bin = Math.min(10, Math.floor((10 * this.#used) / this.limit))
    this.fill[bin]!++
    this.#used = 0
  }
}
