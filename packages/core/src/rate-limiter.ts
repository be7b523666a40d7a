import { acquireOptions, checkWeight, type AcquireOptions } from './acquire-options.ts'
import { Alarm } from './alarm.ts'
import { checkNumber, checkWord } from './check.ts'
import { systemClock, type Clock } from './clock.ts'
import { emitter, type EventFacts } from './emit.ts'
import type { EventListener } from './events.ts'
import { MonotonicClock } from './monotonic-clock.ts'
import { FixedLog, SlidingLog, type WindowLog } from './rate-window.ts'
import { formatRate, parseRate, type RateWindow } from './rate.ts'
import { Waiter, WaiterList } from './waiter-list.ts'

/** Options of a {@link RateLimiter}. */
export interface RateLimiterOptions {
  /**
   * `'sliding'` (default): the limit holds in ANY interval of the given length. `'fixed'`: it holds in each of the windows, the first of
   * which opens with the first token; at the border of two, twice as much may pass in a short time, as many servers allow.
   */
  mode?: 'sliding' | 'fixed' | undefined
  /** `key` and `source` of its events; the key is otherwise the rate. */
  name?: string | undefined
  /** Is told `stall`, `resume` and `limitLearned`. */
  onEvent?: EventListener | undefined
  clock?: Clock | undefined
}

/** Somebody who is called, not awaited, when it may have a token (see {@link RateLimiter.offer}). Must not throw. */
export interface RateWaiter {
  /** True takes the token, which is counted as of now; false leaves the queue without it. */
  take(): boolean
}

/** What {@link RateLimiter.pause} may know about the response that asked for it. */
export interface PauseOptions {
  /**
   * When the request was sent, by the limiter's clock. One that was sent before the last pause began is answered with the same
   * refusal, and changes nothing any more (law 111).
   */
  sentAt?: number | undefined
}

/** A snapshot of a {@link RateLimiter}. */
export interface RateStatistics {
  rate: string
  /** How many wait. */
  waiting: number
  /** Milliseconds until a newcomer could have a token: 0 is now. */
  delay: number
  /** Milliseconds until the pause ends: 0 is no pause. */
  paused: number
  /** Each window, with the tokens that count against it now. */
  windows: (RateWindow & { used: number; free: number })[]
}

/** One who waits: for so many tokens, and called by `take` if it is an offer. */
type Entry = Waiter<void, { weight: number; waiter: RateWaiter | undefined }>

/**
 * Lets through so many per time, in first-come order, and no more in any interval: several windows hold at once (`'20/s,100/2m'`). To avoid
 * bursts as well, add a short window: `'20/s,1/50ms'`.
 *
 * It has one timer, and only while somebody waits.
 *
 * @example
 * ```ts
 * import { RateLimiter } from '@sluice/core'
 *
 * const limiter = new RateLimiter('20/s,100/2m')
 * for (const id of ['a', 'b', 'c']) {
 *   await limiter.acquire() // at once: 17 more could follow in this second
 *   console.log(id)
 * }
 * console.log(limiter.statistics().windows[0]?.free) // 17
 * ```
 */
export class RateLimiter {
  /** As given. */
  readonly name: string | undefined
  readonly #options: RateLimiterOptions
  readonly #clock: MonotonicClock
  #logs: WindowLog[]
  readonly #line = new WaiterList<Entry>(({ data }) => {
    this.#wanted -= data.weight
    this.#arm()
  })
  /** Tokens that all who wait want. */
  #wanted = 0
  readonly #offers = new Map<RateWaiter, Entry>()
  /** Weight of those who have been let in but may still abort in this turn, or are being asked whether they want to. */
  #reserved = 0
  #pausedUntil = -Infinity
  /** When the last pause began. */
  #epoch = -Infinity
  readonly #alarm: Alarm
  #stalledAt: number | undefined
  #pumping = false

  /** @throws TypeError or RangeError when the rate cannot be read (see `parseRate`) or `mode` is another word. */
  constructor(rate: string | readonly RateWindow[], options: RateLimiterOptions = {}) {
    const { mode = 'sliding', name, clock = systemClock } = options
    checkWord('mode', mode, 'sliding', 'fixed')
    this.#options = options
    this.#clock = new MonotonicClock(clock)
    this.#alarm = new Alarm(this.#clock, this.#pump)
    this.name = name
    this.#logs = this.#logsOf(rate)
  }

  /** The rate, as text; set it while in use, and what was taken before still counts. Lowered below the weight of one who waits, that one is rejected. */
  get rate(): string {
    return formatRate(this.#logs)
  }

  set rate(rate: string | readonly RateWindow[]) {
    const before = this.rate
    const old = this.#logs
    const logs = this.#logsOf(rate)
    const largest = old.reduce((a, b) => (b.limit > a.limit ? b : a))
    for (const log of logs) {
      const source = old.find(({ ms }) => ms === log.ms) ?? largest
      for (const [time, count] of source.history()) log.take(time, count)
    }
    this.#logs = logs
    for (let entry = this.#line.first; entry;) {
      const { next } = entry
      const error = this.#impossible(entry.data.weight)
      if (error) {
        this.#leave(entry)
        entry.reject(error)
      }
      entry = next
    }
    if (this.rate !== before) this.#emit({ type: 'limitLearned', key: this.#key, limit: this.rate })
    this.#arm()
  }

  /**
   * Takes `weight` tokens if they are free now and nobody waits. Never waits.
   *
   * @throws RangeError when `weight` is more than the rate ever allows at once.
   */
  tryAcquire(weight: number = 1): boolean {
    this.#check(weight)
    if (this.#line.first) return false
    const now = this.#clock.now()
    if (this.#wait(now, weight) > 0) return false
    this.#spend(now, weight)
    return true
  }

  /**
   * Milliseconds until a newcomer could have `weight` tokens: 0 is now. Exact while nobody waits; behind others it is the least.
   *
   * @throws RangeError when `weight` is more than the rate ever allows at once.
   */
  delay(weight: number = 1): number {
    this.#check(weight)
    return this.#wait(this.#clock.now(), this.#wanted + weight)
  }

  /**
   * Waits for a token in first-come order. An aborted signal leaves the queue with its reason, and takes no token with it.
   *
   * @throws RangeError (as a rejection) when `weight` is more than the rate ever allows at once.
   */
  acquire(options?: AbortSignal | AcquireOptions): Promise<void> {
    try {
      const { signal, weight = 1 } = acquireOptions(options)
      signal?.throwIfAborted()
      if (this.tryAcquire(weight)) return Promise.resolve()
      return this.#enter(weight, undefined, signal).promise
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /**
   * Puts `waiter` in the queue, unless it is there. When a token is free and it is its turn, `waiter.take()` is called: true takes
   * the token in that instant, false leaves it to the next. It has left the queue then, and may offer itself again, even from inside `take`, behind the others.
   * `take` is never called from inside `offer`.
   */
  offer(waiter: RateWaiter): void {
    if (this.#offers.has(waiter)) return
    this.#offers.set(waiter, this.#enter(1, waiter, undefined))
  }

  /** Takes `waiter` out of the queue, if it is there. */
  withdraw(waiter: RateWaiter): void {
    const entry = this.#offers.get(waiter)
    if (!entry) return
    this.#leave(entry)
    this.#arm()
  }

  /**
   * Lets nothing through for `ms` from now: what a `Retry-After` asks for. A longer pause that is on stays.
   *
   * @returns false when `sentAt` says that it is the echo of a refusal that has been honoured already.
   */
  pause(ms: number, options?: PauseOptions): boolean {
    checkNumber('ms', ms, 0, Number.MAX_VALUE, 'milliseconds of at least 0, and finite')
    return this.#freeze(this.#clock.now() + ms, options)
  }

  /** The same as {@link pause}, until a time of the limiter's clock. */
  pauseUntil(time: number, options?: PauseOptions): boolean {
    checkNumber('time', time, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite time of the clock')
    this.#clock.now()
    return this.#freeze(time + this.#clock.skew, options)
  }

  #freeze(until: number, { sentAt = Infinity }: PauseOptions = {}): boolean {
    const now = this.#clock.now()
    if (sentAt + this.#clock.skew <= this.#epoch) return false
    this.#epoch = now
    this.#pausedUntil = Math.max(this.#pausedUntil, until)
    // Who follows the events knows no end, or an earlier one.
    if (this.#line.first) this.#tellStall(now, this.#wait(now, this.#line.first.data.weight))
    this.#arm()
    return true
  }

  /** Ends a pause. */
  resume(): void {
    this.#pausedUntil = -Infinity
    this.#arm()
  }

  /** A snapshot. */
  statistics(): RateStatistics {
    const now = this.#clock.now()
    return {
      rate: this.rate,
      waiting: this.#line.size,
      delay: this.#wait(now, this.#wanted + 1),
      paused: Math.max(0, this.#pausedUntil - now),
      windows: this.#logs.map((log) => {
        const used = log.used(now)
        return { limit: log.limit, ms: log.ms, used, free: Math.max(0, log.limit - used) }
      }),
    }
  }

  get #key(): string {
    return this.name ?? this.rate
  }

  #logsOf(rate: string | readonly RateWindow[]): WindowLog[] {
    const Log = this.#options.mode === 'fixed' ? FixedLog : SlidingLog
    return parseRate(rate).map(({ limit, ms }) => new Log(limit, ms))
  }

  #check(weight: number): void {
    if (weight === 1) return
    checkWeight(weight)
    const error = this.#impossible(weight)
    if (error) throw error
  }

  #impossible(weight: number): RangeError | undefined {
    const log = this.#logs.find(({ limit }) => limit < weight)
    return (
      log &&
      new RangeError(
        `weight must be at most ${log.limit}, not ${weight}: the rate ${this.rate} never allows more at once`,
      )
    )
  }

  /** How long until the last of `count` further tokens may be taken. */
  #wait(now: number, count: number): number {
    let wait = Math.max(0, this.#pausedUntil - now)
    for (const log of this.#logs) wait = Math.max(wait, log.wait(now, this.#reserved + count))
    return wait
  }

  #spend(now: number, count: number): void {
    for (const log of this.#logs) log.take(now, count)
  }

  #enter(weight: number, waiter: RateWaiter | undefined, signal: AbortSignal | undefined): Entry {
    const entry: Entry = new Waiter({ weight, waiter })
    this.#wanted += weight
    this.#line.push(entry, signal)
    if (this.#line.first === entry) this.#arm()
    return entry
  }

  #leave(entry: Entry): void {
    this.#line.remove(entry)
    const { weight, waiter } = entry.data
    this.#wanted -= weight
    if (waiter) this.#offers.delete(waiter)
  }

  /** Lets in who may go now, and sets the alarm for the next. */
  readonly #pump = (): void => {
    if (this.#pumping) return
    this.#pumping = true
    try {
      for (let entry = this.#line.first; entry; entry = this.#line.first) {
        const now = this.#clock.now()
        if (this.#wait(now, entry.data.weight) > 0) break
        this.#tellResume(now)
        const { signal } = entry
        this.#leave(entry)
        this.#admit(entry, signal)
      }
    } finally {
      this.#pumping = false
      this.#arm()
    }
  }

  /** Whatever this sets off must not get its tokens: they are reserved for it, and counted as of when they are taken. */
  #admit({ data: { weight, waiter }, resolve, reject }: Entry, signal: AbortSignal | undefined): void {
    this.#reserved += weight
    const end = (taken: boolean): void => {
      this.#reserved -= weight
      if (taken) this.#spend(this.#clock.now(), weight)
    }
    if (waiter) {
      let taken = false
      try {
        taken = waiter.take()
      } finally {
        // As of after the call: what it sent was sent before, so the limit holds for the sending too.
        end(taken)
        if (!taken) this.withdraw(waiter)
      }
    } else if (signal) {
      // Until the turn is over the signal may still abort.
      queueMicrotask(() => {
        end(!signal.aborted)
        if (!signal.aborted) return resolve()
        reject(signal.reason)
        this.#arm()
      })
    } else {
      end(true)
      resolve()
    }
  }

  /** Sets the alarm for the head of the queue. One that rings too early only looks and is set again. */
  #arm(): void {
    if (this.#pumping) return
    const first = this.#line.first
    const now = this.#clock.now()
    if (!first) {
      this.#alarm.clear()
      return this.#tellResume(now)
    }
    const wait = this.#wait(now, first.data.weight)
    if (wait === 0) return queueMicrotask(this.#pump)
    if (this.#stalledAt === undefined) this.#tellStall(now, wait)
    this.#alarm.set(wait)
  }

  #tellStall(now: number, ms: number): void {
    this.#stalledAt ??= now
    this.#emit({ type: 'stall', key: this.#key, ms, waiting: this.#line.size })
  }

  #tellResume(now: number): void {
    if (this.#stalledAt === undefined) return
    const stalled = now - this.#stalledAt
    this.#stalledAt = undefined
    this.#emit({ type: 'resume', key: this.#key, stalled })
  }

  #emit(facts: EventFacts): void {
    const { onEvent, name } = this.#options
    emitter(onEvent, name, this.#options.clock)?.(facts)
  }
}
