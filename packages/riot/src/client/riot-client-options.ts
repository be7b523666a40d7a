import type {
  CacheRule,
  CacheRuleTuple,
  CircuitBreakerOptions,
  Middleware,
  RetryMiddlewareOptions,
  SessionOptions,
} from '@sluice/http'
import type { RiotRateLimiter, RiotRateLimiterOptions } from '../limiter/riot-rate-limiter.ts'
import type { Platform, Region, ValShard } from '../routing.ts'
import type { NotFound } from './call-options.ts'
import type { FetchLike } from './fetch-transport.ts'

/** Options of the session that a client takes as they are. */
type Connection = Pick<
  SessionOptions,
  | 'name'
  | 'headers'
  | 'connections'
  | 'connectionsPerHost'
  | 'concurrency'
  | 'keepAlive'
  | 'timeout'
  | 'proxy'
  | 'tls'
  | 'http2'
  | 'maxBodySize'
  | 'parseJson'
  | 'graceMs'
  | 'onEvent'
  | 'clock'
>

/** Options of a {@link RiotClient}. */
export interface RiotClientOptions<Default extends NotFound = 'throw'> extends Connection {
  /** From https://developer.riotgames.com. It is sent as a header to Riot only, and appears in no error, event or log. */
  apiKey: string
  /** Where to ask for what belongs to a platform; regions and shards follow from it. */
  platform?: Platform | undefined
  /** Where to ask for what belongs to a region, if neither the call nor a match id says it. Default: the platform's. */
  region?: Region | undefined
  /** Where to ask for VALORANT. Default: the platform's. */
  shard?: ValShard | undefined
  /** What methods do at a 404: `'throw'` a `NotFoundError` (default), or resolve to `'null'`. A call may say otherwise. */
  notFound?: Default | undefined
  /** Default `https://{route}.api.riotgames.com`; for a simulator `http://127.0.0.1:8080/{route}`. */
  baseUrl?: string | undefined
  /** A limiter to share with other clients, options for one of its own, or `false` for none. Default: its own. */
  limiter?: RiotRateLimiter | RiotRateLimiterOptions | false | undefined
  /**
   * A file in which learned limits and used budgets are kept from run to run, so that a program that starts again in the middle of a window is not refused. It holds no key. Read when the client is
   * made, written every few seconds and at `close()`. Default: none.
   */
  limitsFile?: string | undefined
  /** How many times a request is sent again that Riot refused with 429. It costs no retry. Default `Infinity`: only signal and deadline end the waiting. */
  resend?: number | undefined
  /** How often, and when, a request that failed in passing (5xx, connection, timeout) is repeated. Default 3 times, after 500 ms doubled. Writes are not repeated. */
  retry?: number | RetryMiddlewareOptions | undefined
  /** What is answered from memory, and for how long: rules as `cache` of `@sluice/http` takes them, `[predicate, ttl in ms]`. For disk or Redis put `cache(store, rules)` into `middleware`. */
  cache?: readonly (CacheRule | CacheRuleTuple)[] | undefined
  /** Leaves an operation at a host alone that fails again and again. Default: no. */
  circuitBreaker?: boolean | Omit<CircuitBreakerOptions, 'key'> | undefined
  /** Layers outside of the client's own, outermost first: what they answer costs no budget. */
  middleware?: readonly Middleware[] | undefined
  /** Sends in place of the client's own connections. */
  fetch?: FetchLike | undefined
}
