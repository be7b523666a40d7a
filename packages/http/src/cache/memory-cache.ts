import { checkCount } from '@sluice/core/internal'
import { LRUCache } from 'lru-cache'
import type { CacheEntry, CacheStore } from './cache-store.ts'

/** What an entry costs beside its body, about. */
const OVERHEAD = 512

/** Options of a {@link MemoryCache}. */
export interface MemoryCacheOptions {
  /** Bytes of all entries together, bodies and headers; what was used longest ago gives way. Default 104,857,600 (100 MiB). */
  maxBytes?: number | undefined
}

/**
 * Keeps responses in memory, bounded in bytes. One that is larger than a quarter of the bound is not kept at all.
 *
 * @example
 * ```ts
 * import { MemoryCache } from '@sluice/http'
 *
 * const store = new MemoryCache({ maxBytes: 10_000_000 })
 * console.log(store.bytes) // 0
 * ```
 */
export class MemoryCache implements CacheStore {
  readonly #entries: LRUCache<string, CacheEntry>

  /** @throws TypeError or RangeError when `maxBytes` is not a whole number of at least 1. */
  constructor(options: MemoryCacheOptions = {}) {
    const { maxBytes = 100 * 2 ** 20 } = options
    checkCount('maxBytes', maxBytes)
    const maxSize = Math.min(maxBytes, Number.MAX_SAFE_INTEGER)
    this.#entries = new LRUCache({
      maxSize,
      maxEntrySize: Math.max(1, Math.floor(maxSize / 4)),
      sizeCalculation: sizeOf,
    })
  }

  /** Bytes that the entries take, about. */
  get bytes(): number {
    return this.#entries.calculatedSize
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): CacheEntry | undefined {
    return this.#entries.get(key)
  }

  set(key: string, entry: CacheEntry): void {
    const { body } = entry
    // A small body may be a view of a large buffer, which must not be kept alive for it.
    const own = body.buffer.byteLength > body.byteLength + OVERHEAD ? { ...entry, body: new Uint8Array(body) } : entry
    this.#entries.set(key, own)
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }
}

function sizeOf({ body, headers, url }: CacheEntry, key: string): number {
  let size = OVERHEAD + body.byteLength + 2 * (key.length + url.length)
  for (const [name, value] of Object.entries(headers)) size += 2 * (name.length + value.length)
  return size
}
