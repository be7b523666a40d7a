import { systemClock, type Clock, type RateWindow } from '@sluice/core'
import { Bucket } from './bucket.ts'
import type { BucketState, RateStore, TokenTimes, WindowUpdate } from './types.ts'

/** Limits as {@link MemoryRateStore.learned} gives them and its option `learned` takes them: plain JSON, without secrets. */
export interface LearnedLimits {
  readonly [bucket: string]: readonly { readonly id: string; readonly limit: number; readonly ms: number }[]
}

/** Options of a {@link MemoryRateStore}. */
export interface MemoryRateStoreOptions {
  /** Limits of an earlier life: their buckets need no probe. */
  learned?: LearnedLimits | undefined
  /** Idle buckets are forgotten when there are more than this. Default 10,000. */
  maxBuckets?: number | undefined
  clock?: Clock | undefined
}

/**
 * The counts of a rate limit, in memory.
 *
 * @example
 * ```ts
 * import { MemoryRateStore } from '@sluice/http'
 *
 * const store = new MemoryRateStore()
 * store.declare('api', [{ limit: 2, ms: 1000 }], false)
 * console.log(store.take(['api'], 1), store.take(['api'], 1)) // 0 0: both taken
 * console.log(store.take(['api'], 1)) // Infinity: the two must be sent before it is known when they expire
 * ```
 */
export class MemoryRateStore implements RateStore {
  readonly #buckets = new Map<string, Bucket>()
  readonly #clock: Clock
  readonly #maxBuckets: number
  #sweepAt: number

  constructor(options: MemoryRateStoreOptions = {}) {
    this.#clock = options.clock ?? systemClock
    this.#maxBuckets = this.#sweepAt = options.maxBuckets ?? 10_000
    for (const [name, windows] of Object.entries(options.learned ?? {})) {
      const bucket = new Bucket(name, [], false)
      bucket.restore(windows)
      this.#buckets.set(name, bucket)
    }
  }

  declare(bucket: string, limits: readonly RateWindow[], probe: boolean): void {
    const known = this.#buckets.get(bucket)
    if (known === undefined) {
      this.#sweep()
      this.#buckets.set(bucket, new Bucket(bucket, limits, probe))
    } else {
      known.declare(limits, probe)
    }
  }

  take(buckets: readonly string[], n: number): number {
    const now = this.#clock.now()
    let longest = 0
    for (const name of buckets) {
      const wait = this.#bucket(name).wait(now, n)
      if (wait > longest) longest = wait
    }
    if (longest > 0) return longest
    for (const name of buckets) this.#bucket(name).take(now, n)
    return 0
  }

  sync(
    bucket: string,
    windows: readonly WindowUpdate[],
    serverCounts: readonly (number | undefined)[],
    retryAfter: number | undefined,
    token: TokenTimes,
  ): void {
    this.#bucket(bucket).sync(this.#clock.now(), windows, serverCounts, retryAfter, token)
  }

  send(buckets: readonly string[], n: number, takenAt: number): boolean {
    const now = this.#clock.now()
    for (const name of buckets) if (!this.#bucket(name).mayStillSend(now, takenAt)) return false
    for (const name of buckets) this.#bucket(name).sent(now, n)
    return true
  }

  settle(buckets: readonly string[], n: number, token: TokenTimes): void {
    const now = this.#clock.now()
    for (const name of buckets) this.#bucket(name).settle(now, n, token)
  }

  statistics(): readonly BucketState[] {
    const now = this.#clock.now()
    return Array.from(this.#buckets.values(), (bucket) => bucket.state(now))
  }

  /** The limits that were learned, to be kept and handed to the next store: its first requests need not find them out again. */
  learned(): LearnedLimits {
    const learned: Record<string, { id: string; limit: number; ms: number }[]> = {}
    for (const { bucket, windows } of this.statistics()) {
      const own = windows.filter((window) => window.learned).map(({ id, limit, ms }) => ({ id, limit, ms }))
      if (own.length > 0) learned[bucket] = own
    }
    return learned
  }

  #bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name)
    if (bucket !== undefined) return bucket
    this.declare(name, [], false)
    return this.#buckets.get(name)!
  }

  /** Forgets idle buckets once there are too many; the next sweep waits until their number has doubled, so that it costs O(1) a bucket. */
  #sweep(): void {
    if (this.#buckets.size < this.#sweepAt) return
    const now = this.#clock.now()
    for (const [name, bucket] of this.#buckets) {
      if (this.#buckets.size <= this.#maxBuckets / 2) break
      if (bucket.idle(now)) this.#buckets.delete(name)
    }
    this.#sweepAt = Math.max(this.#maxBuckets, this.#buckets.size * 2)
  }
}
