export {
  createClient,
  type ApiEntry,
  type ApiTable,
  type ClientMethod,
  type ClientOf,
  type ClientOptions,
  type PathDefaults,
  type RouteBase,
  type RouteNames,
  type Sender,
} from './api/client.ts'
export { createApi, type Api, type ApiMethod, type CollectJournal, type CollectOptions } from './api/create-api.ts'
export {
  del,
  get,
  head,
  patch,
  post,
  put,
  type CallOptions,
  type EndpointFacts,
  type EndpointOptions,
  type ReadEndpoint,
  type WriteEndpoint,
  type WriteOptions,
} from './api/endpoint.ts'
export type {
  CollectInput,
  InitArguments,
  OperationAt,
  OperationInit,
  OperationMethod,
  PathsWith,
  ResultOf,
} from './api/openapi-types.ts'
export { PathTemplate, type PathArguments, type PathNames, type PathValue } from './api/path-template.ts'
export {
  BodyTooLargeError,
  ConnectionError,
  DecodeError,
  HeadersTooLargeError,
  HttpError,
  IncompleteBodyError,
  ProtocolError,
  ProxyError,
  RedirectError,
  RequestTimeoutError,
  ResponseError,
  StatusError,
  TlsError,
  TooManyRedirectsError,
  isTransientStatus,
  type HttpErrorDetails,
} from './errors.ts'
export type { CacheEntry, CacheStore } from './cache/cache-store.ts'
export { DiskCache, type DiskCacheOptions } from './cache/disk-cache.ts'
export { MemoryCache, type MemoryCacheOptions } from './cache/memory-cache.ts'
export { RedisCache, type RedisCacheOptions, type RedisLike } from './cache/redis-cache.ts'
export { discord } from './limits/dialects/discord.ts'
export { github } from './limits/dialects/github.ts'
export { rateLimitDraft, type DraftOptions } from './limits/dialects/rate-limit-draft.ts'
export { rateLimitHeaders } from './limits/dialects/rate-limit-headers.ts'
export { reddit } from './limits/dialects/reddit.ts'
export { retryAfterHeader } from './limits/dialects/retry-after.ts'
export { standardDialect } from './limits/dialects/standard.ts'
export { twitter } from './limits/dialects/twitter.ts'
export {
  HttpRateLimiter,
  type HttpRateLimiterOptions,
  type HttpRateLimiterStatistics,
  type TicketOptions,
} from './limits/http-rate-limiter.ts'
export { MemoryRateStore, type LearnedLimits, type MemoryRateStoreOptions } from './limits/memory-rate-store.ts'
export { NotAdmittedError } from './limits/not-admitted.ts'
export { retryAfterMs } from './limits/retry-after.ts'
export { hostScope, routeScope } from './limits/scopes.ts'
export type { Ticket } from './limits/ticket.ts'
export type {
  BucketState,
  HeaderDialect,
  LimitReport,
  LimitScope,
  LimitedRequest,
  LimitedResponse,
  RateInput,
  RateStore,
  TokenTimes,
  WindowReport,
  WindowUpdate,
} from './limits/types.ts'
export { bufferedResponse, type BufferedResponseInit } from './buffered-response.ts'
export type { HttpEventType } from './events.ts'
export { cache, type CacheOptions, type CacheResult, type CacheRule, type CacheRuleTuple } from './middleware/cache.ts'
export { CircuitOpenError, circuitBreaker, type CircuitBreakerOptions } from './middleware/circuit-breaker.ts'
export { decodeJson } from './middleware/decode-json.ts'
export { log, type LogEntry, type LogOptions } from './middleware/log.ts'
export { raiseForStatus } from './middleware/raise-for-status.ts'
export { rateLimit, type RateLimitOptions, type RequestLimiter } from './middleware/rate-limit.ts'
export { retry, retryTransient, type FailedAttempt, type RetryMiddlewareOptions } from './middleware/retry.ts'
export { userAgent } from './middleware/user-agent.ts'
export { redactUrl } from './redact.ts'
export { Session } from './session.ts'
export type { SessionStatistics } from './statistics.ts'
export type {
  CookieJarLike,
  HeadersInput,
  HeadersLike,
  Middleware,
  MutableHeaders,
  Next,
  ProxyOptions,
  QueryInput,
  QueryValue,
  RequestBody,
  RequestContext,
  RequestOptions,
  RequestPhase,
  SessionOptions,
  SessionRequest,
  SessionResponse,
  TimeoutOptions,
  TlsOptions,
} from './types.ts'
