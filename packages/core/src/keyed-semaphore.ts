import { checkCount, show } from './check.ts'
import type { Permit, PermitOutcome, PermitSource } from './permit.ts'
import type { CappedQueue, PermitCap, PermitQueue, PermitStatistics } from './permit-queue.ts'
import { Semaphore } from './semaphore.ts'

/** What one key has: a `Semaphore` or an `AdaptiveLimit`. */
export type KeyLimit = PermitQueue

/** Options of a {@link KeyedSemaphore}. */
export interface KeyedSemaphoreOptions<K> {
  /**
   * How many permits one key may have out at once, or a function that makes the limit of a key: a fresh `Semaphore` or
   * `AdaptiveLimit` each time. Default Infinity: only the shared limit counts.
   */
  perKey?: number | ((key: K) => KeyLimit) | undefined
  /** How many limits made by a `perKey` function are kept, with what they have learned, after their keys fell idle; those used last stay. Default 100. */
  keepIdle?: number | undefined
}

/** A snapshot of a {@link KeyedSemaphore}. */
export interface KeyedStatistics extends PermitStatistics {
  /** How many keys are in memory. */
  keys: number
}

/** The shared limit: a counter, and the queues that wait for it, each of which gets one permit in its turn. */
class RoundRobin implements PermitCap {
  held = 0
  limit: number
  readonly #rest: (queue: CappedQueue) => void
  readonly #ring = new Set<CappedQueue>()
  #turn: CappedQueue | undefined

  constructor(limit: number, rest: (queue: CappedQueue) => void) {
    this.limit = limit
    this.#rest = rest
  }

  enter(queue: CappedQueue, wait: boolean): boolean {
    if (this.held < this.limit && (this.#turn === queue || this.#ring.size === 0)) {
      this.held++
      this.#turn = undefined
      return true
    }
    if (wait) this.#ring.add(queue)
    return false
  }

  leave(): void {
    this.held--
    this.drain()
  }

  idle(queue: CappedQueue): void {
    this.#ring.delete(queue)
    this.#rest(queue)
  }

  drain(): void {
    // A queue that wants more than its turn gives has put itself at the end of the ring, where this loop finds it again.
    for (const queue of this.#ring) {
      if (this.held >= this.limit) break
      this.#ring.delete(queue)
      this.#turn = queue
      queue.admit()
    }
    this.#turn = undefined
  }
}

/**
 * One limit per key (host, region, user) under one shared limit. When the shared limit is what keeps people waiting, the keys are
 * served in turn, one permit each, so a key with a long queue cannot starve the others; within a key it is first come, first
 * served. What waits for its key takes nothing of the shared limit. A key that falls idle is forgotten.
 *
 * @example
 * ```ts
 * import { KeyedSemaphore } from '@sluice/core'
 *
 * const hosts = new KeyedSemaphore<string>(100, { perKey: 6 })
 * const permit = await hosts.for('example.org').acquire()
 * console.log(hosts.for('example.org').statistics().free) // 5
 * permit.release()
 * ```
 */
export class KeyedSemaphore<K = string> {
  readonly #shared: RoundRobin
  readonly #make: (key: K) => KeyLimit
  /** The limit of a key that needs no memory. */
  readonly #usual: number | undefined
  readonly #keepIdle: number
  readonly #queues = new Map<K, KeyLimit>()
  /** Keys that are idle but remembered, those used last at the end. */
  readonly #idle = new Set<K>()

  /**
   * @param limit The shared limit: a whole number from 0, or Infinity.
   * @throws TypeError or RangeError for another limit, `perKey` or `keepIdle`.
   */
  constructor(limit: number, options: KeyedSemaphoreOptions<K> = {}) {
    const { perKey = Infinity, keepIdle = 100 } = options
    checkCount('limit', limit, 0)
    checkCount('keepIdle', keepIdle, 0)
    if (typeof perKey === 'function') this.#make = perKey
    else {
      checkCount('perKey', perKey, 0)
      this.#usual = perKey
      this.#make = () => new Semaphore(perKey)
    }
    this.#keepIdle = this.#usual === undefined ? keepIdle : 0
    this.#shared = new RoundRobin(limit, ({ key }) => this.#rest(key as K))
  }

  /** The shared limit; can be set while in use. */
  get limit(): number {
    return this.#shared.limit
  }

  set limit(limit: number) {
    checkCount('limit', limit, 0)
    this.#shared.limit = limit
    this.#shared.drain()
  }

  /** The permits of one key, to be used like a semaphore. Cheap: call it each time, or keep what it returns. */
  for(key: K): KeySource {
    return new KeySource((use) => {
      const queue = this.#open(key)
      try {
        return use(queue)
      } finally {
        if (queue.held === 0 && queue.waiting === 0) this.#rest(key)
      }
    })
  }

  /** A snapshot; it looks at each key in memory. */
  statistics(): KeyedStatistics {
    const { limit, held } = this.#shared
    let waiting = 0
    for (const queue of this.#queues.values()) waiting += queue.waiting
    return { limit, held, free: limit - held, waiting, keys: this.#queues.size }
  }

  #open(key: K): KeyLimit {
    this.#idle.delete(key)
    let queue = this.#queues.get(key)
    if (queue === undefined) {
      queue = this.#make(key)
      if (queue?.cap !== undefined || queue?.held !== 0) {
        throw new TypeError(
          `perKey must make a fresh Semaphore or AdaptiveLimit for each key, not ${queue?.held === undefined ? show(queue) : 'one that is in use'}`,
        )
      }
      queue.cap = this.#shared
      queue.key = key
      this.#queues.set(key, queue)
    }
    return queue
  }

  /** The key is idle: forget it, unless there is something to remember. */
  #rest(key: K): void {
    // A limit that was set by hand stays.
    if (this.#usual !== undefined && this.#queues.get(key)?.limit !== this.#usual) return
    this.#idle.delete(key)
    this.#idle.add(key)
    for (const oldest of this.#idle) {
      if (this.#idle.size <= this.#keepIdle) break
      this.#idle.delete(oldest)
      this.#queues.delete(oldest)
    }
  }
}

/** The permits of one key of a {@link KeyedSemaphore}. */
export class KeySource implements PermitSource {
  /** Does something with the limit of the key, which exists only while it is needed. */
  readonly #with: <T>(use: (queue: KeyLimit) => T) => T

  /** @internal */
  constructor(using: <T>(use: (queue: KeyLimit) => T) => T) {
    this.#with = using
  }

  /** How many permits the key may have out at once; can be set while in use, and is remembered then. */
  get limit(): number {
    return this.#with((queue) => queue.limit)
  }

  set limit(limit: number) {
    this.#with((queue) => {
      queue.limit = limit
    })
  }

  tryAcquire(): Permit | undefined {
    return this.#with((queue) => queue.tryAcquire())
  }

  acquire(signal?: AbortSignal): Promise<Permit> {
    return this.#with((queue) => queue.acquire(signal))
  }

  /** Runs `fn` under a permit and gives the permit back however it ends. */
  use<T>(fn: () => T | PromiseLike<T>, signal?: AbortSignal): Promise<T> {
    return this.#with((queue) => queue.use(fn, signal))
  }

  classify(failed: boolean, valueOrError: unknown): PermitOutcome {
    return this.#with((queue) => queue.classify?.(failed, valueOrError)) ?? (failed ? 'ignore' : 'success')
  }

  /** A snapshot of the key. */
  statistics(): PermitStatistics {
    return this.#with((queue) => queue.statistics())
  }
}
