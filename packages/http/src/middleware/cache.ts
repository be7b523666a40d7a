import { createHash } from 'node:crypto'
import { systemClock, type Clock } from '@sluice/core'
import { checkFunction, checkNumber, show } from '@sluice/core/internal'
import { bufferedResponse } from '../buffered-response.ts'
import type { CacheEntry, CacheStore } from '../cache/cache-store.ts'
import { Flight, type Result } from '../cache/flight.ts'
import { MemoryCache } from '../cache/memory-cache.ts'
import { isTransientStatus } from '../errors.ts'
import { Credentials } from '../redact.ts'
import type { HeadersLike, Middleware, Next, SessionRequest, SessionResponse } from '../types.ts'

/** Which requests are kept, and for how long. */
export interface CacheRule {
  /** Default: all. */
  when?: ((request: SessionRequest) => boolean) | undefined
  /** ms for which an answer is fresh: 0 or less is not kept, `Infinity` for ever. Or a function of the answer. */
  ttl: number | ((response: SessionResponse) => number)
  /** For how many ms after that it may stand in when the server fails: connection error, timeout, 408, 425, 429, 5xx. Default 0. */
  staleIfError?: number | undefined
  /** ms for which "there is none" (404 and 410) is kept. Default 0. */
  negativeTtl?: number | undefined
}

/** A rule in short: `[predicate, ttl in ms]`. */
export type CacheRuleTuple = readonly [when: (request: SessionRequest) => boolean, ttl: CacheRule['ttl']]

/** How the cache dealt with a request: answered it, sent it, joined one that was under way, stood in for a failure, or had no rule for it. */
export type CacheResult = 'hit' | 'miss' | 'shared' | 'stale' | 'bypass'

/** Options of {@link cache}. */
export interface CacheOptions {
  /** Further request headers whose values tell entries apart. `accept` and `accept-language` always do, and everything that holds credentials. */
  vary?: readonly string[] | undefined
  /** Further header names that hold credentials. */
  credentials?: readonly string[] | undefined
  /** Keeps entries apart that would otherwise be the same, such as those of two versions of your program. */
  namespace?: string | undefined
  /** Told for each request. */
  onResult?: ((result: CacheResult, request: SessionRequest) => void) | undefined
  /** The time in ms since 1970. Default `Date.now`: entries may outlive the process. */
  now?: (() => number) | undefined
  clock?: Clock | undefined
}

/**
 * Keeps answers to GET and HEAD, by your rules: the first that matches decides, whatever `cache-control` says; without a match nothing is kept. The same request of several callers at once is sent once.
 * The key is a hash of method, URL and credentials: what one user was answered is never told to another, and no secret is in a key.
 *
 * Put it outside of `retry` and `rateLimit`: what it answers costs no token.
 *
 * @param store a {@link MemoryCache} (default), `DiskCache`, `RedisCache` or your own.
 * @param rules each `[predicate, ttl in ms]` or an object. Nothing else is kept.
 * @throws TypeError or RangeError for wrong rules.
 *
 * @example
 * ```ts
 * import { MemoryCache, Session, cache } from '@sluice/http'
 *
 * const results: string[] = []
 * await using session = new Session({
 *   middleware: [
 *     cache(
 *       new MemoryCache(),
 *       [{ when: ({ url }) => url.includes('/users/'), ttl: 60_000, staleIfError: 3_600_000 }, [() => true, 5_000]],
 *       { onResult: (result) => results.push(result) },
 *     ),
 *   ],
 * })
 * for (let i = 0; i < 3; i++) await session.get('https://api.example.com/users/1')
 * console.log(results) // [ 'miss', 'hit', 'hit' ]
 * ```
 */
export function cache(
  store: CacheStore = new MemoryCache(),
  rules: readonly (CacheRule | CacheRuleTuple)[] = [],
  options: CacheOptions = {},
): Middleware {
  const checked = checkRules(store, rules)
  const { onResult, now = Date.now, clock = systemClock, namespace = '' } = options
  if (onResult !== undefined) checkFunction('onResult', onResult)
  const credentials = new Credentials(options.credentials)
  const vary = new Set(['accept', 'accept-language', ...(options.vary ?? []).map((name) => name.toLowerCase())])
  const flights = new Map<string, Flight<CacheEntry>>()
  const careful = new CarefulStore(store, clock)

  /** Sends the request and keeps the answer, in memory at least, for those who have joined. */
  const fly = async (
    key: string,
    rule: CacheRule,
    stale: CacheEntry | undefined,
    request: SessionRequest,
    next: Next,
  ): Promise<CacheEntry> => {
    const flight = new Flight<CacheEntry>(clock)
    flights.set(key, flight)
    let result: Result<CacheEntry> = 'left'
    try {
      const response = await next(request)
      if (stale !== undefined && isTransientStatus(response.status)) {
        await response.dump()
        result = { value: stale }
        return stale
      }
      const entry = await entryOf(response, rule, now(), credentials)
      const ms = entry.staleUntil - now()
      // An answer that was redirected may have come from anywhere, but it is what this URL gives.
      if (entry.freshUntil > now()) await careful.set(key, entry, ms)
      result = { value: entry }
      return entry
    } catch (error) {
      // Its own caller's loss of interest is no failure for the others.
      if (request.signal?.aborted === true || request.scope?.aborted === true) throw error
      if (stale !== undefined && (error as { transient?: unknown } | null | undefined)?.transient === true) {
        result = { value: stale }
        return stale
      }
      // Nor is it that its own time was up: theirs may not be.
      if (request.deadline === undefined || clock.now() < request.deadline) result = { error }
      throw error
    } finally {
      flights.delete(key)
      flight.end(result)
    }
  }

  return async (request, next) => {
    const rule = isCacheable(request) ? checked.find(({ when }) => when === undefined || when(request)) : undefined
    if (rule === undefined || (typeof rule.ttl === 'number' && rule.ttl <= 0)) {
      onResult?.('bypass', request)
      return next(request)
    }
    const cookies = request.cookies === undefined ? '' : await request.cookies(request.url)
    const key = keyOf(request, cookies, namespace, vary, credentials)
    for (;;) {
      let flight = flights.get(key)
      if (flight === undefined) {
        const entry = await careful.get(key)
        if (entry !== undefined && entry.freshUntil > now()) return answer(entry, request, 'hit', onResult)
        // While the store was asked somebody may have begun.
        flight = flights.get(key)
        if (flight === undefined) {
          const stale = entry !== undefined && entry.staleUntil > now() ? entry : undefined
          const fresh = await fly(key, rule, stale, request, next)
          return answer(fresh, request, fresh === stale ? 'stale' : 'miss', onResult)
        }
      }
      const result = await flight.join(request)
      if (result === 'left') continue
      if ('error' in result) throw result.error
      return answer(result.value, request, 'shared', onResult)
    }
  }
}

/** ms for which a store that has failed is left alone. */
const STORE_PAUSE = 1000

/** A store that cannot be reached costs the use of it, not the request. */
class CarefulStore {
  readonly #store: CacheStore
  readonly #clock: Clock
  #askAgainAt = -Infinity
  #warned = false

  constructor(store: CacheStore, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  async get(key: string): Promise<CacheEntry | undefined> {
    if (this.#isLeftAlone) return undefined
    try {
      return await this.#store.get(key)
    } catch (error) {
      this.#failed(error)
      return undefined
    }
  }

  async set(key: string, entry: CacheEntry, ms: number): Promise<void> {
    if (this.#isLeftAlone) return
    try {
      await this.#store.set(key, entry, ms)
    } catch (error) {
      this.#failed(error)
    }
  }

  get #isLeftAlone(): boolean {
    return this.#clock.now() < this.#askAgainAt
  }

  #failed(error: unknown): void {
    this.#askAgainAt = this.#clock.now() + STORE_PAUSE
    if (this.#warned) return
    this.#warned = true
    console.warn(
      'sluice: the cache cannot use its store; requests go to the server, further failures are not reported',
      error,
    )
  }
}

function isCacheable({ method, headers, body }: SessionRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && body === undefined && !headers.has('range')
}

/** Everything that may change the answer, hashed: the URL and the headers may hold secrets. */
function keyOf(
  request: SessionRequest,
  cookies: string,
  namespace: string,
  vary: ReadonlySet<string>,
  credentials: Credentials,
): string {
  const parts = [namespace, request.method, request.url, request.redirect]
  const telling: string[] = []
  for (const [name, value] of request.headers.entries())
    if (vary.has(name) || credentials.isHeader(name)) telling.push(`${name}:${value}`)
  if (cookies !== '') telling.push(`jar:${cookies}`)
  // JSON keeps the parts apart, whatever is in them.
  return createHash('sha256')
    .update(JSON.stringify([...parts, telling.sort()]))
    .digest('base64url')
}

/** What is left of an answer when it is kept. Cookies belong to one visitor; the body is not compressed any more. */
const NOT_KEPT: ReadonlySet<string> = new Set([
  'set-cookie',
  'content-encoding',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
])

async function entryOf(
  response: SessionResponse,
  rule: CacheRule,
  time: number,
  credentials: Credentials,
): Promise<CacheEntry> {
  const { status, statusText, redirected } = response
  const ttl = status === 404 || status === 410 ? (rule.negativeTtl ?? 0) : response.ok ? ttlOf(rule, response) : 0
  const body = await response.bytes()
  const freshUntil = ttl > 0 ? time + ttl : time
  const staleUntil = ttl > 0 ? freshUntil + (rule.staleIfError ?? 0) : time
  // The request knows its URL, with whatever is secret in it; only where a redirect led must be remembered.
  const url = redirected ? credentials.redactUrl(response.url) : ''
  return { status, statusText, url, redirected, headers: keptHeaders(response.headers), body, freshUntil, staleUntil }
}

function ttlOf({ ttl }: CacheRule, response: SessionResponse): number {
  const ms = typeof ttl === 'number' ? ttl : ttl(response)
  checkNumber('the ttl that the rule has returned', ms, -Infinity, Infinity, 'milliseconds')
  return ms
}

function keptHeaders(headers: HeadersLike): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name] of headers.entries()) if (!NOT_KEPT.has(name)) kept[name] = headers.get(name)!
  return kept
}

function answer(
  entry: CacheEntry,
  request: SessionRequest,
  result: CacheResult,
  onResult: CacheOptions['onResult'],
): SessionResponse {
  onResult?.(result, request)
  const { status, statusText, headers, redirected } = entry
  const url = redirected ? entry.url : request.url
  // A copy: what one caller does to its bytes must not change what others get.
  return bufferedResponse({ request, status, statusText, headers, url, redirected, body: new Uint8Array(entry.body) })
}

function checkRules(store: CacheStore, rules: readonly (CacheRule | CacheRuleTuple)[]): CacheRule[] {
  if (typeof (store as Partial<CacheStore> | null)?.get !== 'function' || typeof store.set !== 'function')
    throw new TypeError(`store must be a MemoryCache, DiskCache, RedisCache or have their methods, not ${show(store)}`)
  if (!Array.isArray(rules))
    throw new TypeError(`rules must be an array of [predicate, ttl] or { when, ttl }, not ${show(rules)}`)
  return (rules as readonly (CacheRule | CacheRuleTuple)[]).map((rule, i) => {
    const { when, ttl, staleIfError, negativeTtl }: CacheRule = isTuple(rule) ? { when: rule[0], ttl: rule[1] } : rule
    const name = `rules[${i}]`
    if (when !== undefined) checkFunction(`${name}.when`, when)
    if (typeof ttl !== 'function')
      checkNumber(`${name}.ttl`, ttl, -Infinity, Infinity, 'milliseconds, or a function of the response')
    for (const [option, value] of Object.entries({ staleIfError, negativeTtl }))
      if (value !== undefined) checkNumber(`${name}.${option}`, value, 0, Infinity, 'milliseconds of at least 0')
    return { when, ttl, staleIfError, negativeTtl }
  })
}

function isTuple(rule: CacheRule | CacheRuleTuple): rule is CacheRuleTuple {
  return Array.isArray(rule)
}
