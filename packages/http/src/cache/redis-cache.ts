import { systemClock, TimeoutError, type Clock } from '@sluice/core'
import { checkMs, show } from '@sluice/core/internal'
import type { CacheEntry, CacheStore } from './cache-store.ts'
import { decodeEntry, encodeEntry } from './entry-codec.ts'

/** What a {@link RedisCache} needs of its client. An `ioredis` client fits as it is. */
export interface RedisLike {
  getBuffer(key: string): Promise<Buffer | null>
  set(key: string, value: Buffer): Promise<unknown>
  set(key: string, value: Buffer, unit: 'PX', ms: number): Promise<unknown>
  del(...keys: string[]): Promise<unknown>
  scan(
    cursor: string | number,
    match: 'MATCH',
    pattern: string,
    count: 'COUNT',
    n: number,
  ): Promise<[cursor: string, keys: string[]]>
}

/** Options of a {@link RedisCache}. */
export interface RedisCacheOptions {
  /** Stands before every key. Default `'sluice:cache:'`. */
  prefix?: string | undefined
  /** ms after which Redis counts as out of reach, and the request goes to the server. Default 1,000; 0 means never. */
  timeout?: number | undefined
  clock?: Clock | undefined
}

/**
 * Keeps responses in Redis or Valkey, which forgets them when they expire. The client is yours: you make it and you close it.
 *
 * @example
 * ```ts no-run needs a Redis server and the package ioredis
 * import { RedisCache, Session, cache, type RedisLike } from '@sluice/http'
 *
 * declare const redis: RedisLike // new Redis('redis://127.0.0.1:6379') of ioredis
 * await using session = new Session({ middleware: [cache(new RedisCache(redis), [[() => true, 60_000]])] })
 * ```
 */
export class RedisCache implements CacheStore {
  readonly #client: RedisLike
  readonly #prefix: string
  readonly #timeout: number
  readonly #clock: Clock

  /** @throws TypeError when `client` has no `getBuffer`: hand in an ioredis client. RangeError for a timeout that is none. */
  constructor(client: RedisLike, options: RedisCacheOptions = {}) {
    if (typeof (client as Partial<RedisLike> | undefined)?.getBuffer !== 'function')
      throw new TypeError(`client must be an ioredis client (with getBuffer, set, del and scan), not ${show(client)}`)
    this.#client = client
    const { prefix = 'sluice:cache:', timeout = 1000, clock = systemClock } = options
    checkMs('timeout', timeout)
    this.#prefix = prefix
    this.#timeout = timeout
    this.#clock = clock
  }

  async get(key: string): Promise<CacheEntry | undefined> {
    const bytes = await this.#inTime(this.#client.getBuffer(this.#prefix + key))
    return bytes === null ? undefined : decodeEntry(bytes)
  }

  async set(key: string, entry: CacheEntry, ms: number): Promise<void> {
    const bytes = encodeEntry(entry)
    // Redis takes whole milliseconds up to 2^63; beyond this is for ever as well.
    await this.#inTime(
      ms > Number.MAX_SAFE_INTEGER
        ? this.#client.set(this.#prefix + key, bytes)
        : this.#client.set(this.#prefix + key, bytes, 'PX', Math.max(1, Math.ceil(ms))),
    )
  }

  async delete(key: string): Promise<void> {
    await this.#inTime(this.#client.del(this.#prefix + key))
  }

  /** Deletes the keys with this cache's prefix, and no others. */
  async clear(): Promise<void> {
    const pattern = `${this.#prefix.replace(/[\\*?[\]^-]/g, '\\$&')}*`
    let cursor = '0'
    do {
      const [next, keys] = await this.#client.scan(cursor, 'MATCH', pattern, 'COUNT', 1000)
      cursor = next
      if (keys.length > 0) await this.#client.del(...keys)
    } while (cursor !== '0')
  }

  /** A client that has lost its connection keeps commands until it is back, which may be never. */
  #inTime<T>(answer: Promise<T>): Promise<T> {
    if (this.#timeout === 0) return answer
    return new Promise((resolve, reject) => {
      const timer = this.#clock.setTimer(
        () => reject(new TimeoutError(`Redis has not answered within ${this.#timeout} ms`, this.#timeout)),
        this.#timeout,
      )
      const done = (): void => this.#clock.clearTimer(timer)
      answer.then(resolve, reject).then(done, done)
    })
  }
}
