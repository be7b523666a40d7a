import { LimitWindow, type WindowMode } from './limit-window.ts'
import { parseRatePairs } from './rate-pairs.ts'

/** Requests that others send with the same key: `left` of them, the next at `next`, one `every` so many ms. */
interface ForeignTraffic {
  next: number
  left: number
  readonly every: number
}

/**
 * All windows that a request counts in together: those of (key, host), of (key, host, method), or of (service, host).
 * What arrives is counted in every window, even when it is rejected.
 */
export class LimitScope {
  windows: LimitWindow[]
  readonly #mode: WindowMode
  readonly #countRejects: boolean
  readonly #foreign: ForeignTraffic[] = []
  #foreignArrivals = 0

  constructor(spec: string, mode: WindowMode, countRejects: boolean) {
    this.#mode = mode
    this.#countRejects = countRejects
    this.windows = parseRatePairs('limits', spec).map(({ limit, seconds }) => new LimitWindow(limit, seconds, mode))
  }

  /** How many requests of others have arrived. */
  get foreignArrivals(): number {
    return this.#foreignArrivals
  }

  /** Changes the limits; a window of a length that was there before keeps what it has counted. */
  setLimits(spec: string): void {
    this.windows = parseRatePairs('limits', spec).map(({ limit, seconds }) => {
      const known = this.windows.find((window) => window.seconds === seconds)
      if (known === undefined) return new LimitWindow(limit, seconds, this.#mode)
      known.limit = limit
      return known
    })
  }

  /** Others use the budget too: `count` requests from `from` on, one every `every` ms. */
  addForeign(from: number, every: number, count: number): void {
    this.#foreign.push({ next: from, every, left: count })
  }

  /** When all windows have room, in ms from `now`; 0 when they have it now. */
  waitMs(now: number): number {
    this.#letForeignIn(now)
    let wait = 0
    for (const window of this.windows) {
      if (window.isFull(now)) wait = Math.max(wait, window.roomAt(now) - now)
    }
    return wait
  }

  /** Counts one arrival in every window. */
  charge(now: number): void {
    for (const window of this.windows) window.charge(now)
  }

  /** `limit:seconds` pairs, as the headers give them. */
  limitHeader(order: readonly number[]): string {
    return order.map((i) => `${this.windows[i]!.limit}:${this.windows[i]!.seconds}`).join(',')
  }

  /** `count:seconds` pairs, as the headers give them. */
  countHeader(order: readonly number[], now: number): string {
    return order.map((i) => `${this.windows[i]!.count(now)}:${this.windows[i]!.seconds}`).join(',')
  }

  #letForeignIn(now: number): void {
    for (;;) {
      let earliest: ForeignTraffic | undefined
      for (const traffic of this.#foreign) {
        if (traffic.left > 0 && traffic.next <= now && !(earliest !== undefined && earliest.next <= traffic.next)) {
          earliest = traffic
        }
      }
      if (earliest === undefined) return
      if (this.#countRejects || !this.windows.some((window) => window.isFull(earliest.next))) this.charge(earliest.next)
      this.#foreignArrivals++
      earliest.next += earliest.every
      earliest.left--
    }
  }
}
