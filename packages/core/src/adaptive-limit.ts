import {
  AdaptiveController,
  LOSS_FACTOR,
  WINDOW_MS,
  type AdaptiveReason,
  type AdaptiveSignal,
} from './adaptive-controller.ts'
import type { AcquireOptions } from './acquire-options.ts'
import { Alarm } from './alarm.ts'
import { checkFunction, checkNumber, checkWord } from './check.ts'
import { classifyOutcome } from './classify.ts'
import { systemClock, type Clock } from './clock.ts'
import { emitter } from './emit.ts'
import type { EventListener } from './events.ts'
import { MonotonicClock } from './monotonic-clock.ts'
import type { Permit, PermitOutcome } from './permit.ts'
import { PermitQueue, QueuePermit, type PermitStatistics } from './permit-queue.ts'
import type { PauseOptions } from './rate-limiter.ts'

/** Options of an {@link AdaptiveLimit}. */
export interface AdaptiveLimitOptions {
  /** The limit to begin with. Default 4. */
  initial?: number | undefined
  /** The limit never falls below. Default 1. */
  min?: number | undefined
  /** The limit never rises above. Default Infinity. */
  max?: number | undefined
  /**
   * What shows that it is too much: refusals (`'loss'`), also answers that become slower than the server alone explains (`'loss+latency'`, the default),
   * or refusals and that more at once brings no more done (`'throughput'`: for work whose latency says little).
   */
  signal?: AdaptiveSignal | undefined
  /** How the end of an attempt counts, given whether it failed and its value or error. Default `classifyOutcome`. */
  classify?: ((failed: boolean, valueOrError: unknown) => PermitOutcome) | undefined
  clock?: Clock | undefined
  /** Numbers from 0 to 1, for the times of its probes. Default `Math.random`. */
  random?: (() => number) | undefined
  /** `source` of its events. */
  name?: string | undefined
  /** Is told `adaptive` whenever the limit changes. */
  onEvent?: EventListener | undefined
}

/** A snapshot of an {@link AdaptiveLimit}. */
export interface AdaptiveStatistics extends PermitStatistics {
  /** The same as `held`. */
  inFlight: number
  /** Milliseconds of an answer without a queue, as far as known. */
  rttBaseline: number | undefined
  /** Milliseconds of an answer in the last window. */
  rtt: number | undefined
  /** Answers per second in the last window. */
  throughput: number | undefined
  /** The last change, and when. */
  decision: { reason: AdaptiveReason; time: number }
}

class AdaptivePermit extends QueuePermit {
  declare readonly grantedAt: number
  declare readonly epoch: number

  constructor(origin: AdaptiveLimit, weight: number, grantedAt: number, epoch: number) {
    super(origin, weight)
    this.grantedAt = grantedAt
    this.epoch = epoch
  }
}

/**
 * Finds out by itself how much the other side can take: as many in flight as are answered in the time that one answer takes when nobody queues
 * (Little's law). `concurrency: 'auto'` makes one; share it to share the budget.
 *
 * It doubles from window to window until answers get slower or are refused, and then goes on in small steps, up by a little
 * whenever the limit was used up, down by a tenth when a queue shows in the latency, by three tenths at refusals, once per window, and
 * only by what was sent since. What is in flight may always finish.
 *
 * @example
 * ```ts
 * import { AdaptiveLimit, map } from '@sluice/core'
 *
 * const limit = new AdaptiveLimit({ max: 200 })
 * const doubled = await map([1, 2, 3], async (n) => n * 2, { concurrency: limit })
 * console.log(doubled, limit.statistics().inFlight) // [ 2, 4, 6 ] 0
 * ```
 */
export class AdaptiveLimit extends PermitQueue {
  /** As given. */
  readonly name: string | undefined
  readonly #options: AdaptiveLimitOptions
  readonly #clock: MonotonicClock
  readonly #min: number
  readonly #max: number
  readonly #controller: AdaptiveController
  readonly #alarm: Alarm
  #decision: { reason: AdaptiveReason; time: number }
  #lossAt = -Infinity
  #pausedAt = -Infinity
  #pausedUntil: number | undefined

  /** @throws TypeError or RangeError for wrong options. */
  constructor(options: AdaptiveLimitOptions = {}) {
    const { min = 1, max = Infinity, signal = 'loss+latency', clock = systemClock, random = Math.random } = options
    checkNumber('min', min, 1, Number.MAX_VALUE, 'a finite number of at least 1')
    checkNumber('max', max, min, Infinity, `a number of at least min, which is ${min}`)
    const { initial = Math.min(max, Math.max(min, 4)), classify } = options
    checkNumber('initial', initial, min, Math.min(max, Number.MAX_VALUE), `from min to max, ${min} to ${max}`)
    checkWord('signal', signal, 'loss', 'loss+latency', 'throughput')
    if (classify !== undefined) checkFunction('classify', classify)
    super(Math.floor(initial))
    this.name = options.name
    this.#options = options
    this.#clock = new MonotonicClock(clock)
    this.#min = min
    this.#max = max
    this.#controller = new AdaptiveController(signal, initial, min, max, random)
    this.#alarm = new Alarm(this.#clock, () => this.#wake())
    this.#decision = { reason: 'start', time: this.#clock.now() }
  }

  /** How many may be in flight now: 0 during a pause. Set it, and it goes on from there. */
  override get limit(): number {
    return super.limit
  }

  override set limit(limit: number) {
    checkNumber('limit', limit, this.#min, this.#max, `from min to max, ${this.#min} to ${this.#max}`)
    this.#controller.set(limit, this.#clock.now())
    this.#apply('set')
  }

  override tryAcquire(weight?: number): Permit | undefined {
    if (this.#pausedUntil !== undefined) this.#wake()
    return super.tryAcquire(weight)
  }

  override acquire(options?: AbortSignal | AcquireOptions): Promise<Permit> {
    const permit = super.acquire(options)
    // Whoever has to wait for the end of a pause needs a timer.
    if (this.#pausedUntil !== undefined) this.#wake()
    return permit
  }

  /** How the end of an attempt counts. */
  override classify(failed: boolean, valueOrError: unknown): PermitOutcome {
    return (this.#options.classify ?? classifyOutcome)(failed, valueOrError)
  }

  /**
   * Lets nobody begin for `ms`, as a `Retry-After` asks for, and then goes on with half the limit. A longer pause that is on stays.
   *
   * @returns false when `sentAt` says that it is the echo of a refusal that has been honoured already.
   */
  pause(ms: number, { sentAt = Infinity }: PauseOptions = {}): boolean {
    checkNumber('ms', ms, 0, Number.MAX_VALUE, 'milliseconds of at least 0, and finite')
    const now = this.#clock.now()
    if (sentAt + this.#clock.skew <= this.#pausedAt) return false
    // The response that asks for the pause may have been counted as a loss just now: half in all, not half of that.
    if (this.#pausedUntil === undefined)
      this.#controller.refuse(now, now - this.#lossAt < WINDOW_MS ? 0.5 / LOSS_FACTOR : 0.5)
    this.#pausedAt = now
    this.#pausedUntil = Math.max(this.#pausedUntil ?? now, now + ms)
    this.#apply('pause')
    this.#wake()
    return true
  }

  /** A snapshot. */
  override statistics(): AdaptiveStatistics {
    const { rtt, throughput, baseline } = this.#controller
    return {
      ...super.statistics(),
      inFlight: this.held,
      rtt,
      rttBaseline: baseline.mean === undefined ? undefined : Math.exp(baseline.mean),
      throughput: throughput === undefined ? undefined : throughput * 1000,
      decision: { ...this.#decision },
    }
  }

  /** @internal */
  override giveBack(permit: AdaptivePermit, outcome: PermitOutcome): void {
    if (outcome !== 'ignore') {
      const now = this.#clock.now()
      const reason = this.#controller.observe(outcome === 'success', now - permit.grantedAt, permit.epoch, now)
      if (reason === 'loss') this.#lossAt = now
      if (reason !== undefined) this.#apply(reason)
    }
    super.giveBack(permit, outcome)
  }

  protected override createPermit(weight: number): AdaptivePermit {
    if (this.held >= super.limit) this.#controller.reached = true
    return new AdaptivePermit(this, weight, this.#clock.now(), this.#controller.epoch)
  }

  protected override emptied(): void {
    this.#alarm.clear()
    super.emptied()
  }

  /** Looks whether a pause is over. */
  #wake(): void {
    if (this.#pausedUntil === undefined) return
    const wait = this.#pausedUntil - this.#clock.now()
    if (wait <= 0) {
      this.#pausedUntil = undefined
      this.#alarm.clear()
      this.#apply('resume')
    } else if (this.waiting > 0) this.#alarm.set(wait)
  }

  #apply(reason: AdaptiveReason): void {
    const time = this.#clock.now()
    const before = super.limit
    const limit = this.#pausedUntil === undefined ? this.#controller.limit : 0
    this.#decision = { reason, time }
    this.resize(limit)
    const { onEvent } = this.#options
    if (limit !== before)
      emitter(onEvent, this.name, this.#options.clock)?.({ type: 'adaptive', limit, inFlight: this.held, reason })
  }
}
