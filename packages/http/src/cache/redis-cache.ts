import { show } from '@sluice/core/internal'
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

  /** @throws TypeError when `client` has no `getBuffer`: hand in an ioredis client. */
  constructor(client: RedisLike, options: RedisCacheOptions = {}) {
    if (typeof (client as Partial<RedisLike> | undefined)?.getBuffer !== 'function')
      throw new TypeError(`client must be an ioredis client (with getBuffer, set, del and scan), not ${show(client)}`)
    this.#client = client
    this.#prefix = options.prefix ?? 'sluice:cache:'
  }

  async get(key: string): Promise<CacheEntry | undefined> {
    const bytes = await this.#client.getBuffer(this.#prefix + key)
    return bytes === null ? undefined : decodeEntry(bytes)
  }

  async set(key: string, entry: CacheEntry, ms: number): Promise<void> {
    const bytes = encodeEntry(entry)
    // Redis takes whole milliseconds up to 2^63; beyond this is for ever as well.
    if (ms > Number.MAX_SAFE_INTEGER) await this.#client.set(this.#prefix + key, bytes)
    else await this.#client.set(this.#prefix + key, bytes, 'PX', Math.max(1, Math.ceil(ms)))
  }

  async delete(key: string): Promise<void> {
    await this.#client.del(this.#prefix + key)
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
}
