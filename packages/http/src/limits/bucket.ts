import type { RateWindow } from '@sluice/core'
import { EpochWindow } from './epoch-window.ts'
import { SlidingWindow } from './sliding-window.ts'
import type { BucketState, TokenTimes, WindowUpdate } from './types.ts'

/** One budget: its windows, what is in flight, and until when the server wants nothing more. */
export class Bucket {
  readonly name: string
  /** False: one request at a time, until an answer tells the limits. */
  known = true
  inFlight = 0
  #answered = false
  readonly #fixed: SlidingWindow[] = []
  readonly #learned: (EpochWindow | SlidingWindow)[] = []
  #pausedAt = -Infinity
  #pausedUntil = -Infinity

  constructor(name: string, limits: readonly RateWindow[], probe: boolean) {
    this.name = name
    this.declare(limits, probe)
  }

  /** Sets the limits that hold from the start, unless they are set; asks for a probe, unless an answer has come. */
  declare(limits: readonly RateWindow[], probe: boolean): void {
    if (probe && !this.#answered) this.known = false
    if (this.#fixed.length > 0) return
    for (const { limit, ms } of limits) {
      this.#fixed.push(new SlidingWindow(`${ms}ms`, limit, ms, 'sent', this.inFlight))
    }
  }

  /** ms until `n` tokens can be taken; Infinity when an answer must come first. */
  wait(now: number, n: number): number {
    let longest = this.#pausedUntil - now
    if (longest < 0) longest = 0
    if (!this.known && this.inFlight > 0) return Infinity
    for (const window of this.#fixed) {
      const wait = window.wait(now, n)
      if (wait > longest) longest = wait
    }
    for (const window of this.#learned) {
      const wait = window.wait(now, n, this.inFlight)
      if (wait > longest) longest = wait
    }
    return longest
  }

  take(now: number, n: number): void {
    this.inFlight += n
    for (const window of this.#fixed) window.take(n)
    for (const window of this.#learned) {
      if (window.kind === 'epoch') window.take(now, n)
      else window.take(n)
    }
  }

  /** Whether tokens taken at `takenAt` may still be used: not if the server has asked for a pause since. */
  mayStillSend(now: number, takenAt: number): boolean {
    return now >= this.#pausedUntil || takenAt > this.#pausedAt
  }

  sent(now: number, n: number): void {
    for (const window of this.#fixed) window.sent(now, n)
    for (const window of this.#learned) if (window.kind === 'sliding') window.sent(now, n)
  }

  settle(now: number, n: number, token: TokenTimes): void {
    this.inFlight -= n
    const unsent = token.sentAt === undefined
    for (const window of this.#fixed) {
      if (unsent) window.refund(n)
      else window.answered(now, n)
    }
    for (const window of this.#learned) {
      if (unsent) window.refund(n, token.takenAt)
      else window.answered(now, n, token.takenAt)
    }
  }

  sync(
    now: number,
    windows: readonly WindowUpdate[],
    counts: readonly (number | undefined)[],
    retryAfter: number | undefined,
    token: TokenTimes,
  ): void {
    this.known = this.#answered = true
    for (let i = 0; i < windows.length; i++) this.#learn(now, windows[i]!, counts[i], retryAfter !== undefined, token)
    // Requests that were under way when the pause began are refused as well: they tell nothing new, and must not prolong it.
    if (retryAfter !== undefined && token.takenAt > this.#pausedAt) {
      this.#pausedAt = now
      this.#pausedUntil = now + retryAfter
    }
  }

  #learn(now: number, update: WindowUpdate, count: number | undefined, refused: boolean, token: TokenTimes): void {
    const at = this.#learned.findIndex(({ id }) => id === update.id)
    let window = this.#learned[at]
    if (window === undefined) {
      const limit = update.limit ?? (update.remaining === undefined ? undefined : update.remaining + (count ?? 1))
      // A limit without a length and without an end cannot be kept.
      if (limit === undefined || (update.ms === undefined && update.resetIn === undefined)) return
      // Others that are under way may have been sent before this one.
      const since = this.inFlight > 1 ? -Infinity : token.takenAt
      window = this.#windowFor(update, limit, count ?? 0, since)
      this.#learned.push(window)
    } else if (update.limit !== undefined) {
      window.limit = update.limit
    } else if (update.remaining !== undefined && update.remaining > window.limit) {
      window.limit = update.remaining + (count ?? 1)
    }
    const used = count ?? (update.remaining === undefined ? undefined : Math.max(0, window.limit - update.remaining))
    if (window.kind === 'sliding') {
      if (used !== undefined && used > window.used) window.add(now, used - window.used)
      return
    }
    window.roll(now, this.inFlight)
    if (refused && window.used <= window.limit && used !== undefined && used >= window.limit) {
      // The server has counted more than we sent in this epoch. If it is no more than we sent in this one and the last, it does not count
      // as epochs do: its windows slide, or go by its clock. From now on the limit is kept in every interval.
      if (used <= window.used + window.previous) {
        const ms = Math.max(window.ms, update.resetIn ?? 0)
        const sliding = new SlidingWindow(window.id, window.limit, ms, 'answered', this.inFlight)
        if (used > this.inFlight) sliding.add(now, used - this.inFlight)
        this.#learned[at] = sliding
        return
      }
    }
    const elapsed = now - (token.sentAt ?? token.takenAt)
    window.told(now, used, update.resetIn, update.slack, token.takenAt, elapsed)
  }

  #windowFor(
    { id, ms, resetIn, slack }: WindowUpdate,
    limit: number,
    count: number,
    since: number,
  ): EpochWindow | SlidingWindow {
    // Where the reset is too coarse to tell one window from the next, only what holds in every interval is safe.
    if (ms === undefined || resetIn === undefined || ms > 10 * slack)
      return new EpochWindow(id, limit, ms, Math.max(this.inFlight, count), since)
    return new SlidingWindow(id, limit, ms, 'answered', this.inFlight)
  }

  /** Sets limits that were learned in an earlier life. */
  restore(windows: readonly { id: string; limit: number; ms: number }[]): void {
    this.#answered = true
    for (const { id, limit, ms } of windows) this.#learned.push(new EpochWindow(id, limit, ms, 0, -Infinity))
  }

  /** True when forgetting it loses nothing but learned limits. */
  idle(now: number): boolean {
    return (
      this.inFlight === 0 &&
      now >= this.#pausedUntil &&
      this.#fixed.every((window) => window.idle(now)) &&
      this.#learned.every((window) => window.idle(now))
    )
  }

  state(now: number): BucketState {
    for (const window of this.#learned) if (window.kind === 'epoch') window.roll(now, this.inFlight)
    const windows = [...this.#fixed, ...this.#learned].map((window, i) => {
      // First, since it forgets what has expired.
      const resetIn = window.resetIn(now)
      const { id, limit, ms, used } = window
      return { id, limit, ms, used, resetIn, learned: i >= this.#fixed.length }
    })
    const pausedFor = Math.max(0, this.#pausedUntil - now)
    return { bucket: this.name, known: this.known, inFlight: this.inFlight, pausedFor, windows }
  }
}
