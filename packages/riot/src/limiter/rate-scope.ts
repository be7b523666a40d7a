import type { Latency } from './latency.ts'
import { countOf, parseLimits } from './limit-pairs.ts'
import { RateWindow, type Mark, type TokenCounts, type WindowRecord } from './rate-window.ts'

/** A scope as it is saved. */
export type ScopeRecord = readonly WindowRecord[]

/** The pause after a first refusal that does not say for how long is at most so many ms; doubled with each further one. */
const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 60_000
const SHORTEST_PAUSE = 100

/**
 * One budget: the application's on a host, or that of a method on a host. A request goes when all its windows have room, and is
 * then charged to all of them.
 */
export class RateScope implements TokenCounts {
  readonly name: string
  /** False: one request at a time, until an answer tells the limits. */
  known = false
  serial = 0
  taken = 0
  spent = 0
  /** What the server says, as it says it; empty while it is unknown. */
  limits = ''
  windows: readonly RateWindow[] = []
  readonly #latency: Latency
  /** All windows that were ever named: one that vanishes and comes back has not forgotten what was sent. */
  readonly #all: RateWindow[] = []
  /** Number of the token whose answer brought the present limits. */
  #limitsBy = 0
  #frozenAt = -Infinity
  #frozenUntil = -Infinity
  /** How many may be out, after the service behind was overloaded. */
  #most = Infinity
  /** Refusals in a row that did not say for how long. */
  #bare = 0
  /** Evenly spread requests go no earlier than this. */
  #next = -Infinity

  constructor(name: string, latency: Latency) {
    this.name = name
    this.#latency = latency
  }

  /** Tokens that are out. */
  get out(): number {
    return this.taken - this.spent
  }

  /** ms until one more may be sent; Infinity when an answer must come first. */
  wait(now: number, reserve: number, spread: boolean): number {
    const { out } = this
    if (out > 0 && (!this.known || out >= this.#most)) return Infinity
    let longest = this.#frozenUntil - now
    if (longest < 0) longest = 0
    if (spread && this.#next - now > longest) longest = this.#next - now
    for (const window of this.windows) {
      const wait = window.wait(now, this, reserve)
      if (wait > longest) longest = wait
    }
    return longest
  }

  take(now: number, spread: boolean): Mark {
    const mark: Mark = { serial: ++this.serial, spent: this.spent, out: this.out, takenAt: now }
    for (const window of this.#all) window.take(now, mark)
    this.taken++
    if (spread) this.#space(now)
    return mark
  }

  /** A token was never sent. */
  refund(mark: Mark): void {
    this.taken--
    for (const window of this.#all) window.refund(mark)
  }

  /** Whether a token may still be used: not if a pause has begun since it was taken. */
  maySend(now: number, mark: Mark): boolean {
    return now >= this.#frozenUntil || mark.takenAt > this.#frozenAt
  }

  /**
   * A token's answer came, or never will.
   *
   * @param limits the limit header, `counts` its counts; `undefined` when the answer has none.
   * @param refused by this scope.
   * @returns true when the limits have changed.
   */
  settle(now: number, mark: Mark, limits: string | undefined, counts: string | undefined, refused: boolean): boolean {
    const changed = limits !== undefined && limits !== this.limits && this.#learn(now, mark, limits)
    this.spent++
    for (const window of this.#all) {
      const count = counts === undefined ? undefined : countOf(counts, window.ms)
      window.settle(now, mark, this, count, refused)
    }
    return changed
  }

  /**
   * Nothing more for `retryAfter` ms, or until the windows that are full are over, or for a time drawn by lot.
   *
   * @returns for how long; 0 when it changes nothing, since the token was under way at the last refusal.
   */
  freeze(
    now: number,
    mark: Mark,
    retryAfter: number | undefined,
    counts: string | undefined,
    random: () => number,
  ): number {
    if (mark.takenAt <= this.#frozenAt) return 0
    const full = counts === undefined ? [] : this.windows.filter(({ ms, limit }) => (countOf(counts, ms) ?? 0) >= limit)
    let pause = retryAfter
    if (pause === undefined) {
      for (const window of full) pause = Math.max(pause ?? 0, window.resetIn(now) ?? 0)
    } else if (full.length === 1) {
      full[0]!.roomIn(now, pause)
    }
    if (pause === undefined || pause <= 0) {
      const most = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#bare++)
      pause = SHORTEST_PAUSE + random() * (most - SHORTEST_PAUSE)
    }
    this.#frozenAt = now
    this.#frozenUntil = Math.max(this.#frozenUntil, now + pause)
    return pause
  }

  /** The service behind is overloaded: half as many at a time from now on. */
  halve(): void {
    this.#most = Math.max(1, Math.floor(Math.min(this.#most, this.out + 1) / 2))
  }

  /** An answer came that was no refusal. */
  recover(mark: Mark): void {
    if (mark.takenAt <= this.#frozenAt) return
    this.#bare = 0
    if (this.#most < Infinity && ++this.#most > 1000) this.#most = Infinity
  }

  /** ms until the server wants requests again. */
  frozenFor(now: number): number {
    return Math.max(0, this.#frozenUntil - now)
  }

  /** True when forgetting it loses nothing but learned limits. */
  idle(now: number): boolean {
    return this.out === 0 && now >= this.#frozenUntil && this.#all.every((window) => window.idle(now))
  }

  record(toWall: number): ScopeRecord {
    return this.windows.map((window) => window.record(toWall))
  }

  /** Takes up an earlier life. Its counts may be out of date: a first answer has to come before more than one request is sent. */
  restore(now: number, records: ScopeRecord, savedAt: number, toWall: number): void {
    for (const record of records) {
      const window = new RateWindow(record.limit, record.ms, this.#latency, 0, now, record)
      window.restore(now, record, savedAt, toWall)
      this.#all.push(window)
    }
    this.windows = [...this.#all]
  }

  #learn(now: number, mark: Mark, limits: string): boolean {
    const pairs = parseLimits(limits)
    if (pairs.length === 0) return false
    this.known = true
    // An answer that was under way while the limits changed knows the old ones.
    if (mark.serial < this.#limitsBy) return false
    this.#limitsBy = mark.serial
    for (const { value, ms } of pairs) {
      const window = this.#all.find((known) => known.ms === ms)
      if (window === undefined) {
        const since = this.out > 1 ? -Infinity : mark.takenAt
        this.#all.push(new RateWindow(value, ms, this.#latency, this.out, since))
      } else {
        window.limit = value
      }
    }
    this.windows = this.#all.filter((window) => pairs.some(({ ms }) => ms === window.ms))
    this.#next = Math.min(this.#next, now)
    const before = this.limits
    this.limits = limits
    return sorted(before) !== sorted(limits)
  }

  /** The next evenly spread request goes one step later, of the window that allows the fewest. */
  #space(now: number): void {
    let step = 0
    for (const { ms, limit } of this.windows) step = Math.max(step, ms / limit)
    // A timer that rings late may be made up for, within reason.
    this.#next = Math.max(this.#next, now - 20) + step
  }
}

/** Limits do not change when their pairs change places. */
function sorted(limits: string): string {
  return limits.includes(',') ? limits.split(',').sort().join(',') : limits
}
