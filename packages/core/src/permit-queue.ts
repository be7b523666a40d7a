import { acquireOptions, checkWeight, type AcquireOptions } from './acquire-options.ts'
import { checkCount, checkFunction } from './check.ts'
import type { Permit, PermitOutcome, PermitSource } from './permit.ts'
import { Waiter, WaiterList } from './waiter-list.ts'

/** A snapshot of a semaphore or an adaptive limit. */
export interface PermitStatistics {
  /** How many permits may be out at once. */
  limit: number
  /** How many are out, by weight. */
  held: number
  /** `limit - held`: negative after the limit was lowered below what is out. */
  free: number
  /** How many wait. */
  waiting: number
}

/** A limit over several queues (see KeyedSemaphore): each permit takes one of it as well. */
export interface PermitCap {
  /** Takes one for `queue`; false when none is free or others come first. `wait` puts the queue in line. */
  enter(queue: CappedQueue, wait: boolean): boolean
  leave(): void
  /** Told whenever `queue` holds nothing and nobody waits in it. */
  idle(queue: CappedQueue): void
}

/** What a {@link PermitCap} knows of the queues under it. */
export interface CappedQueue {
  /** Which of the queues under the cap it is. */
  key: unknown
  /** The cap has room: take it, as far as somebody wants it. */
  admit(): void
}

interface Origin {
  giveBack(permit: QueuePermit, outcome: PermitOutcome): void
}

/** A permit of a {@link PermitQueue}. */
export class QueuePermit implements Permit {
  // Only declared, and set in the constructor: an initialized field, private ones too, costs Node 20 more than all the rest of a permit.
  /** @internal */
  declare origin: Origin | undefined
  /** How much of the limit it takes. */
  declare readonly weight: number

  constructor(origin: Origin, weight: number) {
    this.origin = origin
    this.weight = weight
  }

  release(outcome: PermitOutcome = 'success'): void {
    const origin = this.origin
    if (origin === undefined) return
    this.origin = undefined
    origin.giveBack(this, outcome)
  }

  [Symbol.dispose](): void {
    this.release()
  }
}

class PermitWaiter extends Waiter<Permit> {
  readonly weight: number
  readonly order: number

  constructor(weight: number, order: number) {
    super()
    this.weight = weight
    this.order = order
  }
}

/**
 * First come, first served, by weight: what Semaphore and AdaptiveLimit have in common. A permit that comes back goes
 * straight to whoever waits longest; nobody overtakes, so a large request is not starved by small ones. Only what is larger than the whole
 * limit stands aside until the limit is raised, and holds nobody up (golang.org/x/sync/semaphore).
 */
export abstract class PermitQueue implements PermitSource, CappedQueue {
  /** @internal */
  cap: PermitCap | undefined = undefined
  /** @internal */
  key: unknown = undefined
  #limit: number
  #held = 0
  #order = 0
  readonly #line: WaiterList<PermitWaiter> = new WaiterList(() => this.#drain())
  /** Those who ask for more than the limit. */
  #aside: WaiterList<PermitWaiter> | undefined

  constructor(limit: number) {
    checkCount('limit', limit, 0)
    this.#limit = limit
  }

  /** How many permits may be out at once: 0 to Infinity. Lowered, what is out may finish; raised, those who wait go on. */
  get limit(): number {
    return this.#limit
  }

  set limit(limit: number) {
    checkCount('limit', limit, 0)
    this.resize(limit)
  }

  /** A permit, if it is free now and nobody waits; otherwise `undefined`. Never waits. */
  tryAcquire(weight: number = 1): Permit | undefined {
    if (weight !== 1) checkWeight(weight)
    if (this.#line.first !== undefined || this.#held + weight > this.#limit || this.cap?.enter(this, false) === false)
      return undefined
    this.#held += weight
    return this.createPermit(weight)
  }

  /**
   * Waits for a permit in first-come order. Rejects with the signal's reason when it aborts, also when a permit was handed over in
   * the same turn: that one is passed on.
   *
   * @throws TypeError or RangeError (as a rejection) when `weight` is not a whole number of at least 1.
   */
  acquire(options?: AbortSignal | AcquireOptions): Promise<Permit> {
    try {
      if (options === undefined) return this.#wait(1, undefined)
      const { signal, weight = 1 } = acquireOptions(options)
      checkWeight(weight)
      signal?.throwIfAborted()
      return this.#wait(weight, signal)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /** Runs `fn` under a permit and gives the permit back however it ends. */
  async use<T>(fn: () => T | PromiseLike<T>, options?: AbortSignal | AcquireOptions): Promise<T> {
    checkFunction('fn', fn)
    const permit = await this.acquire(options)
    let outcome: PermitOutcome = 'ignore'
    try {
      const value = await fn()
      outcome = this.classify?.(false, value) ?? 'success'
      return value
    } catch (error) {
      outcome = this.classify?.(true, error) ?? outcome
      throw error
    } finally {
      permit.release(outcome)
    }
  }

  /** A snapshot. */
  statistics(): PermitStatistics {
    const { limit } = this
    return { limit, held: this.#held, free: limit - this.#held, waiting: this.waiting }
  }

  classify?(failed: boolean, valueOrError: unknown): PermitOutcome

  /** @internal */
  get held(): number {
    return this.#held
  }

  /** @internal */
  get waiting(): number {
    return this.#line.size + (this.#aside?.size ?? 0)
  }

  /** @internal Called by the permit, once. */
  giveBack(permit: QueuePermit, _outcome: PermitOutcome): void {
    this.#held -= permit.weight
    this.cap?.leave()
    this.#drain()
  }

  /** @internal */
  admit(): void {
    this.#drain()
  }

  /** @internal Sets the number of permits. */
  protected resize(limit: number): void {
    const aside = this.#aside
    if (limit > this.#limit && aside !== undefined) {
      // Who stood aside goes back to its place in the order of coming.
      this.#aside = undefined
      const all: PermitWaiter[] = []
      for (const list of [this.#line, aside])
        for (let waiter = list.first; waiter !== undefined; waiter = waiter.next) all.push(waiter)
      for (const waiter of all.sort((a, b) => a.order - b.order)) this.#move(waiter, limit)
    }
    this.#limit = limit
    this.#drain()
  }

  /** Nobody waits (any more). */
  protected emptied(): void {
    if (this.#held === 0) this.cap?.idle(this)
  }

  protected abstract createPermit(weight: number): QueuePermit

  #wait(weight: number, signal: AbortSignal | undefined): Promise<Permit> {
    const permit = this.tryAcquire(weight)
    if (permit !== undefined) return Promise.resolve(permit)
    const waiter = new PermitWaiter(weight, this.#order++)
    this.#line.push(waiter, signal)
    // A newcomer at the head may have to stand aside, or to be put in line for the cap.
    if (this.#line.first === waiter) this.#drain()
    return waiter.promise
  }

  /** Moves a waiter to where it belongs under `limit`, at the end. */
  #move(waiter: PermitWaiter, limit: number): void {
    const { signal } = waiter
    waiter.list!.remove(waiter)
    if (signal?.aborted) waiter.reject(signal.reason)
    else (waiter.weight > limit ? (this.#aside ??= new WaiterList()) : this.#line).push(waiter, signal)
  }

  /** Hands out what is free. */
  #drain(): void {
    const line = this.#line
    // At limit 0 everybody waits where they stand.
    for (let waiter = line.first; waiter !== undefined && this.#limit > 0; waiter = line.first) {
      const { signal, weight } = waiter
      if (weight > this.#limit) this.#move(waiter, this.#limit)
      else if (this.#held + weight > this.#limit || this.cap?.enter(this, true) === false) break
      else {
        line.remove(waiter)
        this.#held += weight
        hand(waiter, this.createPermit(weight), signal)
      }
    }
    if (this.waiting === 0) this.emptied()
  }
}

/** Law 86: until the turn is over the signal may still abort, perhaps because of what this very release set off. */
function hand(waiter: PermitWaiter, permit: Permit, signal: AbortSignal | undefined): void {
  if (signal === undefined) waiter.resolve(permit)
  else {
    queueMicrotask(() => {
      if (signal.aborted) {
        waiter.reject(signal.reason)
        permit.release('ignore')
      } else waiter.resolve(permit)
    })
  }
}
