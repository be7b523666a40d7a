import { systemClock, type TaskContext } from '@sluice/core'
import { checkWord, show } from '@sluice/core/internal'
import {
  MemoryCache,
  Session,
  cache,
  circuitBreaker,
  isTransientStatus,
  rateLimit,
  retry,
  type FailedAttempt,
  type Middleware,
  type SessionOptions,
  type SessionRequest,
  type SessionStatistics,
} from '@sluice/http'
import { RiotRateLimiter, type RiotHostState } from '../limiter/riot-rate-limiter.ts'
import { REGIONS, VAL_SHARDS, isPlatform } from '../routing.ts'
import type { NotFound } from './call-options.ts'
import { fetchTransport } from './fetch-transport.ts'
import { headerPairs } from './header-pairs.ts'
import { checkMany, outcomesOf, type ItemOutcome, type Items, type ManyOptions } from './item-outcome.ts'
import { LimitsFile } from './limits-file.ts'
import { makeMethod, type MethodHost, type PlainOperation } from './make-method.ts'
import { OPERATION, ROUTE } from './operation-of.ts'
import type { RiotClientOptions } from './riot-client-options.ts'
import { ALIASES, SERVICES, WithServices } from './services.ts'
import { wholeBody } from './whole-body.ts'

/** ms for one attempt: Riot answers in a second, or not at all. */
const TIMEOUT = 30_000

/**
 * The Riot Games API: a method for each of its 82 operations, that uses every limit to the full and is not refused. Values of the path come in
 * the order of the path, everything else is a member of one object of options behind them.
 *
 * Make one per key. Leaving its scope waits for what is in flight and closes all connections.
 *
 * @example
 * ```ts
 * import { RiotClient } from '@sluice/riot'
 * import { PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator() // in place of Riot's servers
 * await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'euw1', baseUrl: `${server.url}/{route}` })
 *
 * const { entries } = await riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5')
 * const ids = await riot.matchV5.getMatchIdsByPuuid(entries[0]!.puuid, { count: 5, type: 'ranked' })
 * for await (const outcome of riot.matchV5.getMatch.many(ids))
 *   console.log(outcome.status, outcome.input) // ok EUW1_…
 * ```
 */
export class RiotClient<Default extends NotFound = 'throw'> extends WithServices<Default> implements AsyncDisposable {
  /** Undefined with `limiter: false`. */
  readonly limiter: RiotRateLimiter | undefined
  readonly #session: Session
  readonly #limitsFile: LimitsFile | undefined
  readonly #shown: Readonly<Record<string, unknown>>
  #closing: Promise<void> | undefined

  /** @throws TypeError or RangeError for an option that is not valid, naming it. */
  constructor(options: RiotClientOptions<Default>) {
    const { apiKey, platform, region, shard, notFound = 'throw', clock = systemClock } = options
    const { baseUrl = 'https://{route}.api.riotgames.com', name, headers } = options
    const timeout = withTotal(options.timeout)
    super()
    checkKey(apiKey)
    checkDefaults(options)
    checkWord('notFound', notFound, 'throw', 'null')
    checkBaseUrl(baseUrl)
    this.#limitsFile = options.limitsFile === undefined ? undefined : new LimitsFile(options.limitsFile, clock)
    this.limiter = limiterOf(options, this.#limitsFile)
    const { connections, connectionsPerHost, concurrency, keepAlive, proxy, tls, http2, maxBodySize, parseJson } =
      options
    this.#session = new Session({
      name,
      headers: [...headerPairs(headers), ['x-riot-token', apiKey]],
      timeout,
      clock,
      connections,
      connectionsPerHost,
      concurrency,
      keepAlive,
      proxy,
      tls,
      http2,
      maxBodySize,
      parseJson,
      graceMs: options.graceMs,
      onEvent: options.onEvent,
      middleware: this.#layers(options),
    })
    const shown = Object.entries({ baseUrl, platform, region, shard, notFound })
    this.#shown = Object.fromEntries(shown.filter(([, value]) => value !== undefined))
    const [before, after] = baseUrl.split('{route}') as [string, string]
    this.#makeServices({
      session: this.#session,
      defaults: { platform, region, shard },
      notFound,
      clock,
      baseOf: (route) => before + route + after.replace(/\/+$/, ''),
      conceal: (text) => text.replaceAll(apiKey, 'REDACTED'),
    })
  }

  /**
   * Calls `fn` for each item, with an outcome for each: for what `many` of a method cannot say, such as a region for each item or several calls for one.
   * Hand on the `signal`: leaving the loop then aborts what runs.
   *
   * @param options as of `many`: `concurrency` (default 100), `buffer`, `order`, `signal`.
   * @throws TypeError or RangeError at once for wrong options; from the loop the reason of an abort from outside.
   * @example
   * ```ts
   * import { PLATFORMS, RiotClient } from '@sluice/riot'
   * import { PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
   *
   * await using server = await startSimulator()
   * await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, baseUrl: `${server.url}/{route}` })
   * const rotations = riot.map(PLATFORMS.filter((name) => name !== 'pbe1'), (platform, { signal }) =>
   *   riot.championV3.getChampionRotations({ platform, signal }),
   * )
   * let free = 0
   * for await (const outcome of rotations) if (outcome.status === 'ok') free += outcome.value.freeChampionIds.length
   * console.log(free > 100) // true
   * ```
   */
  map<Input, Value>(
    items: Items<Input>,
    fn: (item: Input, context: TaskContext) => Value | PromiseLike<Value>,
    options: ManyOptions = {},
  ): AsyncIterableIterator<ItemOutcome<Input, Awaited<Value>>, void> {
    checkMany(fn, options)
    return outcomesOf(items, fn, options)
  }

  /** What is known of each host's limits, how much of them is used, and until when; empty with `limiter: false`. */
  limits(): RiotHostState[] {
    return this.limiter?.limits() ?? []
  }

  /** What the connections have done and are doing. */
  statistics(): SessionStatistics {
    return this.#session.statistics()
  }

  /** Takes no more calls, waits for those in flight (at most `graceMs`, default as long as they take), closes every connection, and writes `limitsFile`. */
  close(options?: { graceMs?: number }): Promise<void> {
    return (this.#closing ??= this.#close(options))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** What `console.log` shows: where it asks, and not its 82 methods. */
  [Symbol.for('nodejs.util.inspect.custom')](
    _: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    return `RiotClient ${inspect(this.#shown, options)}`
  }

  async #close(options: { graceMs?: number } | undefined): Promise<void> {
    await this.#session.close(options)
    await this.#limitsFile?.close()
  }

  #makeServices(host: MethodHost): void {
    for (const [service, operations] of Object.entries(SERVICES)) {
      // `leagueExpV4` is `league-exp-v4` at Riot.
      const id = service.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
      const methods: Record<string, object> = {}
      for (const [name, operation] of Object.entries(operations))
        methods[name] = makeMethod(host, `${id}.${name}`, operation as PlainOperation)
      const aliases: Readonly<Record<string, string>> =
        (ALIASES as Record<string, Record<string, string>>)[service] ?? {}
      for (const [alias, name] of Object.entries(aliases)) methods[alias] = methods[name]!
      Object.defineProperty(this, service, { value: Object.freeze(methods), enumerable: true })
    }
  }

  #layers(options: RiotClientOptions<NotFound>): Middleware[] {
    const { middleware = [], cache: rules, retry: retries = {}, resend = Infinity, circuitBreaker: breaker } = options
    const { fetch, clock } = options
    const layers = [...middleware]
    if (rules !== undefined) layers.push(cache(new MemoryCache(), rules, { clock }))
    const given = typeof retries === 'number' ? { retries } : retries
    layers.push(retry({ clock, ...given, retryIf: exceptRefusals(given.retryIf) }))
    if (breaker !== undefined && breaker !== false)
      layers.push(circuitBreaker({ ...(breaker === true ? {} : breaker), key: circuitOf }))
    layers.push(wholeBody)
    if (this.limiter !== undefined) {
      if (this.#limitsFile !== undefined) layers.push(this.#limitsFile.watch(this.limiter))
      layers.push(rateLimit(this.limiter, { resend }))
    }
    if (fetch !== undefined) layers.push(fetchTransport(fetch, withTotal(options.timeout), clock))
    return layers
  }
}

/** Whoever limits a part of an attempt still has a limit for all of it. */
function withTotal(timeout: SessionOptions['timeout'] = TIMEOUT): SessionOptions['timeout'] {
  return typeof timeout === 'object' && timeout !== null ? { total: TIMEOUT, ...timeout } : timeout
}

/** A 429 is the limiter's business. */
function exceptRefusals(
  retryIf: ((failure: FailedAttempt) => boolean) | undefined,
): (failure: FailedAttempt) => boolean {
  return (failure) => {
    if (failure.response?.status === 429) return false
    if (retryIf !== undefined) return retryIf(failure)
    const { request, response, error } = failure
    if (!request.idempotent || !request.replayable) return false
    return response === undefined
      ? (error as { transient?: unknown } | null | undefined)?.transient === true
      : isTransientStatus(response.status)
  }
}

function circuitOf({ context }: SessionRequest): string {
  return `${String(context[ROUTE])} ${String(context[OPERATION])}`
}

function limiterOf(
  { limiter = {}, clock, name, onEvent }: RiotClientOptions<NotFound>,
  file: LimitsFile | undefined,
): RiotRateLimiter | undefined {
  if (limiter === false) {
    if (file !== undefined) throw new TypeError('limitsFile wants a limiter; limiter must not be false')
    return undefined
  }
  if (limiter instanceof RiotRateLimiter) {
    if (file !== undefined)
      throw new TypeError(
        'limitsFile wants a limiter of the client’s own: give options of a limiter, or hand its state to the shared one',
      )
    return limiter
  }
  return new RiotRateLimiter({ clock, name, onEvent, state: file?.read(), ...limiter })
}

function checkKey(apiKey: unknown): void {
  // The key itself is never shown, not even a wrong one.
  if (typeof apiKey !== 'string' || apiKey === '')
    throw new TypeError(
      `apiKey must be a key of the Riot API, such as RGAPI-…, not ${apiKey === '' ? 'empty' : typeof apiKey}; get one at https://developer.riotgames.com`,
    )
  if (!/^[!-~]+$/.test(apiKey))
    throw new TypeError('apiKey must not contain spaces, line breaks or other special characters')
}

function checkDefaults({ platform, region, shard }: RiotClientOptions<NotFound>): void {
  if (platform !== undefined && !isPlatform(platform)) {
    const hint = (REGIONS as readonly unknown[]).includes(platform) ? ': that is a region, use the option region' : ''
    throw new TypeError(`platform must be a platform such as euw1, not ${show(platform)}${hint}`)
  }
  if (region !== undefined) {
    const hint = isPlatform(region) ? ': that is a platform, use the option platform' : ''
    if (!REGIONS.includes(region))
      throw new TypeError(`region must be one of ${REGIONS.join(', ')}, not ${show(region)}${hint}`)
  }
  if (shard !== undefined) checkWord('shard', shard, ...VAL_SHARDS)
}

function checkBaseUrl(baseUrl: unknown): void {
  const whole = typeof baseUrl === 'string' ? baseUrl.replace('{route}', 'na1') : ''
  if (whole === baseUrl || !/^https?:/.test(whole) || !URL.canParse(whole))
    throw new TypeError(
      `baseUrl must be a URL with {route} where the host's name goes, such as https://{route}.api.riotgames.com, not ${show(baseUrl)}`,
    )
}
