import type { Clock, EventListener, PermitSource } from '@sluice/core'

/** Read access to headers. Names are matched without regard to case; lower-case names are the cheapest. */
export interface HeadersLike extends Iterable<[name: string, value: string]> {
  /** The value, repeated headers joined by `', '`; `undefined` when the header is absent. */
  get(name: string): string | undefined
  has(name: string): boolean
  /** Every `set-cookie` value by itself, since they cannot be joined. */
  getSetCookie(): string[]
  entries(): IterableIterator<[name: string, value: string]>
  /** Plain record with lower-case names. It holds credentials as they are: redact it before showing it. */
  toRecord(): Record<string, string | string[]>
}

/** The headers of a request, which middleware may change. Copied on the first write, so that defaults are shared until then. */
export interface MutableHeaders extends HeadersLike {
  set(name: string, value: string): void
  append(name: string, value: string): void
  delete(name: string): void
}

/** What may be given as headers. `undefined` leaves a header out, also a default one. */
export type HeadersInput =
  | Readonly<Record<string, string | number | readonly string[] | undefined>>
  | Iterable<readonly [name: string, value: string]>

/** One value of the query; `undefined` and `null` leave the parameter out, an array repeats it. */
export type QueryValue = string | number | bigint | boolean | undefined | null
/** What may be given as query. */
export type QueryInput = Readonly<Record<string, QueryValue | readonly QueryValue[]>> | URLSearchParams

/** A body as the transport sends it. */
export type RequestBody =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | FormData
  | URLSearchParams
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>

/** Time limits in ms; 0 or `Infinity` means none. */
export interface TimeoutOptions {
  /** The whole attempt: waiting for a connection, connecting, redirects, and the body to its last byte. Default 300,000. */
  total?: number
  /** From the beginning, and from each redirect, until there is a connection: the wait for a free one, and for a new one to be made. Default none. */
  queue?: number
  /** Establishing a connection, TLS and proxy included. Default 10,000. */
  connect?: number
  /** From the moment the request is sent to the response's headers. Default none. */
  headers?: number
  /** Between two chunks of the body, while somebody reads it. Default none. */
  body?: number
}

/** Which part of a request a time limit caught. */
export type RequestPhase = 'queue' | 'connect' | 'headers' | 'body'

/** What middleware of one request tells other middleware. Use a symbol or a name with your package's prefix as key. */
export type RequestContext = Record<string | symbol, unknown>

/**
 * One request on its way through the middleware: plain data with own properties, so `next({ ...request, url })` works.
 * A retrying middleware raises `attempt` and calls `next` again with the same request, unless `replayable` is false.
 */
export interface SessionRequest {
  /** Upper case. */
  readonly method: string
  /** Absolute and final, with the query. It may hold secrets: show `redactUrl(url)` only. */
  readonly url: string
  /** The path template (`/users/{id}`), if the caller has one: a name of low cardinality for events and per-route limits. */
  readonly route: string | undefined
  readonly headers: MutableHeaders
  readonly body: RequestBody | undefined
  /** False when the body is a stream that can be read only once: then a retry is not possible. */
  readonly replayable: boolean
  /** May be sent twice without harm: GET, HEAD, OPTIONS, TRACE, PUT and DELETE, unless the caller said otherwise. */
  readonly idempotent: boolean
  readonly signal: AbortSignal | undefined
  /** Aborts when the session is closed by force: whatever waits in middleware (a backoff, a rate limit) must end then as well. */
  readonly scope: AbortSignal | undefined
  /** Limits of one attempt, the session's defaults filled in by the transport. */
  readonly timeout: TimeoutOptions | undefined
  /** The moment (`clock.now()`) after which the call is of no use any more, retries and waits included. */
  readonly deadline: number | undefined
  /** The cookies that the session's jar adds when this is sent to `url`; `undefined` without a jar. They are credentials. */
  readonly cookies?: ((url: string) => Promise<string>) | undefined
  /** What happens on 301, 302, 303, 307 and 308. */
  readonly redirect: 'follow' | 'manual' | 'error'
  /** 1 for the first attempt. A retrying middleware raises it before it calls `next` again. */
  attempt: number
  /** How `response.json()` parses; `JSON.parse` if undefined. */
  parseJson: ((text: string) => unknown) | undefined
  /** Name of the session, for events. */
  readonly source: string | undefined
  /** A bag for middleware; empty when the request enters the first one, unless the caller filled it. */
  readonly context: RequestContext
  /**
   * Set by rate-limiting middleware. The transport calls it once, synchronously, when a connection is free and immediately before
   * the request is written: this is the instant at which a rate-limit token is spent. `false` means "not now": the transport sends
   * nothing, passes the connection to the next in line and rejects with `NotAdmittedError` (`limits/not-admitted.ts`).
   */
  admit?: (() => boolean) | undefined
  /**
   * Set by rate-limiting middleware. The transport calls it once, synchronously, with the final response before its connection is
   * given to the next request and before `next` resolves. It must neither throw nor read the body.
   */
  answered?: ((response: SessionResponse) => void) | undefined
}

/**
 * A response, light: nothing is decoded before it is asked for.
 * `json()`, `text()` and `bytes()` may be called repeatedly and after each other; `body` hands the bytes over once.
 */
export interface SessionResponse {
  readonly status: number
  readonly statusText: string
  /** True for 200 to 299. */
  readonly ok: boolean
  readonly headers: HeadersLike
  /** URL of the last hop. It may hold secrets: show `redactUrl(url)` only. */
  readonly url: string
  /** True when a redirect was followed. */
  readonly redirected: boolean
  /** The request that this answers, as it entered the transport. */
  readonly request: SessionRequest
  /** Parsed JSON. Throws `DecodeError` naming URL, status, position and the first 200 characters. */
  json<T = unknown>(): Promise<T>
  /** Text in the charset of `content-type` (UTF-8 if none), without a byte order mark. */
  text(): Promise<string>
  bytes(): Promise<Uint8Array>
  /** The decoded body as chunks. Leaving the loop early cuts the connection. Throws `TypeError` if the body is already read. */
  readonly body: AsyncIterable<Uint8Array>
  /** Throws the body away so that its connection is free again; a long rest is cut. Never rejects. */
  dump(): Promise<void>
}

/** The rest of the way to the server. */
export type Next = (request: SessionRequest) => Promise<SessionResponse>

/**
 * One layer around the transport. Call `next` to send, zero or more times. A response that is not returned must be
 * read or dumped (`await response.dump()`), or its connection stays taken.
 *
 * Middleware that builds a response of its own (a cache) uses `bufferedResponse` of `buffered-response.ts`.
 */
export type Middleware = (request: SessionRequest, next: Next) => Promise<SessionResponse>

/** Options of one request. */
export interface RequestOptions {
  headers?: HeadersInput | undefined
  /** Query parameters, added to those in the URL and to the session's `query`. */
  params?: QueryInput | undefined
  /** Sent as JSON with `content-type: application/json`. */
  json?: unknown
  /** Sent as `application/x-www-form-urlencoded`. */
  form?: QueryInput | undefined
  /** Sent as `multipart/form-data`; the values may be Blobs. */
  multipart?: FormData | Readonly<Record<string, string | Blob>> | undefined
  /** Sent as it is. Streams are not replayable. At most one of `json`, `form`, `multipart` and `body`. */
  body?: RequestBody | undefined
  signal?: AbortSignal | undefined
  /** ms for one attempt, or each limit by itself. */
  timeout?: number | TimeoutOptions | undefined
  /** The moment (`clock.now()`) after which the call is of no use, retries and waits included. */
  deadline?: number | undefined
  /** The path template for events and per-route limits. */
  route?: string | undefined
  /** Default `'follow'`: at most `maxRedirects` hops. `'manual'` returns the 3xx, `'error'` throws `RedirectError`. */
  redirect?: 'follow' | 'manual' | 'error' | undefined
  /** Whether sending twice does no harm; by default a question of the method. */
  idempotent?: boolean | undefined
  /** Overrides the session's. */
  raiseForStatus?: boolean | undefined
  /** How `response.json()` parses. */
  parseJson?: ((text: string) => unknown) | undefined
  /** First content of `request.context`. */
  context?: RequestContext | undefined
}

/** Options of a session. */
export interface SessionOptions {
  /** Name in events. */
  name?: string | undefined
  /** Goes before every URL that is not absolute: with `https://api.example/v1`, `/users` and `users` are both `https://api.example/v1/users`. */
  baseUrl?: string | URL | undefined
  /** Sent with every request; credentials among them only to the origin of `baseUrl`, if there is one. */
  headers?: HeadersInput | undefined
  /** Added to every URL; credentials among them only to those of `baseUrl`'s origin, if there is one. */
  query?: QueryInput | undefined
  /** Open connections over all origins together, waiting ones first come, first served. Default 100. */
  connections?: number | undefined
  /** Open connections to one origin. Default: no limit but `connections`. */
  connectionsPerHost?: number | undefined
  /** Requests in flight; sharing one source shares the budget. Default: as many as there are connections. */
  concurrency?: number | PermitSource | undefined
  /** How long an unused connection stays open, in ms. Default 15,000. A server's `Keep-Alive: timeout` may shorten it; 0 closes each after its request. */
  keepAlive?: number | undefined
  /** ms for one attempt, or each limit by itself. */
  timeout?: number | TimeoutOptions | undefined
  /** Reject responses of 400 and above with `StatusError`, after all middleware. Default false. */
  raiseForStatus?: boolean | undefined
  /** Redirects that are followed before `TooManyRedirectsError`. Default 10. */
  maxRedirects?: number | undefined
  /** Further header and query names that are credentials: redacted in events and errors, dropped on another origin. */
  credentials?: readonly string[] | undefined
  /** `true` for a jar of the session's own, or a `CookieJar` of tough-cookie. Default: cookies are neither kept nor sent. */
  cookies?: boolean | CookieJarLike | undefined
  /** Composed once, the first is the outermost. */
  middleware?: readonly Middleware[] | undefined
  /** A proxy's URL, or `true` for HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the environment (default), or `false` for none. */
  proxy?: boolean | string | URL | ProxyOptions | undefined
  /** Use HTTP/2 where the server offers it. Default false: it costs 1.6 to 2.5 times the CPU. */
  http2?: boolean | undefined
  /** Options for `tls.connect`: `ca`, `cert`, `key`, `servername`, `rejectUnauthorized` and so on. */
  tls?: TlsOptions | undefined
  /** Path of a Unix domain socket to connect to in place of the URL's host. */
  socketPath?: string | undefined
  /** Decode gzip, deflate and br. Default true. */
  decompress?: boolean | undefined
  /**
   * Largest body in bytes, counted after decompression, before `BodyTooLargeError`. Default 268,435,456 (256 MiB).
   * A body that comes uncompressed and is read as a stream (`body`) may be of any length: it takes no memory.
   */
  maxBodySize?: number | undefined
  /** Largest head of a response in bytes. Default 16,384. */
  maxHeaderSize?: number | undefined
  /** How `response.json()` parses. Default `JSON.parse`. */
  parseJson?: ((text: string) => unknown) | undefined
  /** How long leaving the scope waits for requests in flight before it aborts them, in ms. Default: as long as they take. */
  graceMs?: number | undefined
  /** Receives the session's events. */
  onEvent?: EventListener | undefined
  clock?: Clock | undefined
}

/** A proxy. */
export interface ProxyOptions {
  /** `http:` or `https:`; user and password in it become `proxy-authorization`. */
  url: string | URL
  /** Headers for the proxy only. */
  headers?: HeadersInput | undefined
  /** Hosts that are reached directly, in the form of NO_PROXY: `example.com,.local,127.0.0.1:8080` or `*`. */
  noProxy?: string | undefined
  /** TLS options of the connection to an `https:` proxy. */
  tls?: TlsOptions | undefined
}

/** Options for `tls.connect`, passed through. */
export type TlsOptions = Readonly<Record<string, unknown>>

/** The two methods of tough-cookie's `CookieJar` that a session uses. */
export interface CookieJarLike {
  getCookieString(url: string): Promise<string>
  setCookie(cookie: string, url: string, options?: { ignoreError?: boolean }): Promise<unknown>
}
