/** A response as a cache keeps it. */
export interface CacheEntry {
  readonly status: number
  readonly statusText: string
  /** Lower-case names; no `set-cookie`, no `content-encoding`. */
  readonly headers: Readonly<Record<string, string>>
  /** Where a redirect led, without credentials; empty without one. */
  readonly url: string
  readonly redirected: boolean
  /** Decoded, and never changed. */
  readonly body: Uint8Array
  /** ms since 1970; may be Infinity. */
  readonly freshUntil: number
  /** Until then it may stand in for an answer that failed. At least `freshUntil`. */
  readonly staleUntil: number
}

/**
 * Where a cache keeps its entries. Keys are hashes and hold no secret. What `get` returns may be expired: the cache looks.
 * A store that fails is passed over, with one warning: the request goes to the server.
 */
export interface CacheStore {
  get(key: string): CacheEntry | undefined | Promise<CacheEntry | undefined>
  /** Keeps `entry` for at least `ms` (may be Infinity), if there is room. */
  set(key: string, entry: CacheEntry, ms: number): void | Promise<void>
  delete(key: string): void | Promise<void>
  clear(): void | Promise<void>
}
