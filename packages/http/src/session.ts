import { AbortError, ClosedError, type Clock } from '@sluice/core'
import { compose } from './compose.ts'
import { HeaderList } from './headers.ts'
import { sessionFetch } from './fetch.ts'
import { abandonBody, encodeBody, type EncodedBody } from './request-body.ts'
import { checkSessionOptions, checkTimeout } from './session-options.ts'
import { statusError } from './status-error.ts'
import type { SessionStatistics } from './statistics.ts'
import { Transport } from './transport.ts'
import type { Next, RequestOptions, SessionOptions, SessionRequest, SessionResponse } from './types.ts'
import { UrlResolver } from './url.ts'

/** Of RFC 9110, section 9.2.2. */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])
const NO_BODY: EncodedBody = { body: undefined, contentType: undefined, replayable: true }

const DEFAULT_HEADERS = { 'user-agent': 'sluice', accept: '*/*', 'accept-encoding': 'gzip, deflate, br' }

/**
 * Sends requests over pooled connections: what `aiohttp.ClientSession` is to Python.
 *
 * Make one per server or per task, not per request, and let its scope end it: leaving waits for what is in flight and leaves no socket behind.
 *
 * @example
 * ```ts
 * import { Session } from '@sluice/http'
 *
 * await using session = new Session({ baseUrl: 'https://api.example.com', timeout: 10_000 })
 * const response = await session.get('/users', { params: { page: 2 } })
 * const users = await response.json<{ name: string }[]>()
 * ```
 */
export class Session implements AsyncDisposable {
  readonly #transport: Transport
  readonly #urls: UrlResolver
  readonly #headers: readonly string[]
  /** Of the default headers what may go to another origin than that of `baseUrl`. */
  readonly #publicHeaders: readonly string[]
  readonly #next: Next
  readonly #raiseForStatus: boolean
  readonly #parseJson: ((text: string) => unknown) | undefined
  readonly #name: string | undefined
  readonly #clock: Clock
  readonly #graceMs: number
  readonly #cookies: ((url: string) => Promise<string>) | undefined
  /** Only with middleware: what waits in it must hear of the end. */
  readonly #scope: AbortController | undefined
  /** Requests that are in middleware or below it; counted only with middleware. */
  #calls = 0
  #onQuiet: (() => void) | undefined
  #closing: Promise<void> | undefined

  /** @throws TypeError or RangeError for an option that is not valid, naming it. */
  constructor(options: SessionOptions = {}) {
    const transportOptions = checkSessionOptions(options)
    this.#transport = new Transport(transportOptions)
    const { credentials } = transportOptions.reading
    this.#urls = new UrlResolver(options.baseUrl, options.query, (name) => credentials.isQuery(name))
    const headers = HeaderList.from(DEFAULT_HEADERS)
    if (!transportOptions.reading.decompress) headers.delete('accept-encoding')
    if (options.headers !== undefined) headers.assign(options.headers)
    this.#headers = headers.raw
    const open = new HeaderList(headers.raw)
    for (const [name] of headers) if (credentials.isHeader(name)) open.delete(name)
    this.#publicHeaders = open.raw
    this.#raiseForStatus = options.raiseForStatus ?? false
    this.#parseJson = options.parseJson
    this.#name = options.name
    this.#clock = transportOptions.clock
    this.#graceMs = options.graceMs ?? Infinity
    const { cookies } = transportOptions
    this.#cookies = cookies && ((url) => cookies.header(url))
    const { middleware = [] } = options
    this.#next = compose(middleware, this.#transport.send)
    this.#scope = middleware.length === 0 ? undefined : new AbortController()
  }

  /** Sends a GET request. */
  get(url: string | URL, options?: RequestOptions): Promise<SessionResponse> {
    return this.#send('GET', url, options)
  }

  /** Sends a POST request. */
  post(url: string | URL, options?: RequestOptions): Promise<SessionResponse> {
    return this.#send('POST', url, options)
  }

  /** Sends a PUT request. */
  put(url: string | URL, options?: RequestOptions): Promise<SessionResponse> {
    return this.#send('PUT', url, options)
  }

  /** Sends a PATCH request. */
  patch(url: string | URL, options?: RequestOptions): Promise<SessionResponse> {
    return this.#send('PATCH', url, options)
  }

  /** Sends a DELETE request. */
  delete(url: string | URL, options?: RequestOptions): Promise<SessionResponse> {
    return this.#send('DELETE', url, options)
  }

  /** Sends a HEAD request. */
  head(url: string | URL, options?: RequestOptions): Promise<SessionResponse> {
    return this.#send('HEAD', url, options)
  }

  /** Sends a request with any method. Resolves with the head of the response; its body is read by `json()` and the like. */
  request(method: string, url: string | URL, options?: RequestOptions): Promise<SessionResponse> {
    let verb: string
    try {
      verb = normaliseMethod(method)
    } catch (error) {
      return Promise.reject(error)
    }
    return this.#send(verb, url, options)
  }

  #send(method: string, url: string | URL, options: RequestOptions | undefined): Promise<SessionResponse> {
    let response: Promise<SessionResponse>
    try {
      const request = this.#build(method, url, options)
      response = this.#scope === undefined ? this.#next(request) : this.#call(request)
      // It may have failed before anything was sent: in the queue, or in middleware.
      if (!request.replayable) response.catch(() => abandonBody(request.body))
    } catch (error) {
      return Promise.reject(error)
    }
    return (options?.raiseForStatus ?? this.#raiseForStatus) ? response.then(this.#raise) : response
  }

  /**
   * `fetch` over this session, with its limits, middleware and connections: for clients that are made for `fetch`.
   * It may be handed on as it is (`fetch: session.fetch`). The body of a Request is read into memory, so that it can be sent again.
   *
   * @example
   * ```ts
   * import { Session } from '@sluice/http'
   *
   * await using session = new Session({ connections: 10 })
   * const response = await session.fetch('https://api.example.com/users/7')
   * console.log(response.ok, await response.text()) // true {"id":7,"method":"GET","path":"/users/7"}
   * ```
   *
   * @throws TypeError `fetch failed` with the real error as `cause`, or the signal's reason, as the WHATWG says.
   */
  readonly fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> =>
    sessionFetch((method, url, options) => this.request(method, url, options), input, init)

  /** What the session has done and is doing. */
  statistics(): SessionStatistics {
    const { pool, requests, failed, retried, inFlight, bytesReceived } = this.#transport
    return {
      open: pool.open,
      idle: pool.idle,
      waiting: pool.waiting,
      reused: pool.reused,
      bytes: bytesReceived,
      requests,
      inFlight,
      failed,
      connected: pool.opened,
      retried,
    }
  }

  /**
   * Takes no more requests, waits for those in flight and closes every connection. What is still in flight after `graceMs`
   * (default: the session's) is aborted. Bodies that nobody reads are drained or cut.
   */
  close(options: { graceMs?: number } = {}): Promise<void> {
    return (this.#closing ??= this.#close(options.graceMs ?? this.#graceMs))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(graceMs: number): Promise<void> {
    const started = this.#clock.now()
    if (this.#calls > 0 && graceMs > 0) {
      await new Promise<void>((resolve) => {
        const timer = graceMs === Infinity ? undefined : this.#clock.setTimer(resolve, graceMs)
        this.#onQuiet = () => {
          if (timer !== undefined) this.#clock.clearTimer(timer)
          resolve()
        }
      })
    }
    if (this.#calls > 0) this.#scope!.abort(new AbortError('the session was closed before the request was complete'))
    await this.#transport.close(Math.max(0, graceMs - (this.#clock.now() - started)))
  }

  #build(method: string, url: string | URL, options: RequestOptions | undefined): SessionRequest {
    if (this.#closing !== undefined) throw new ClosedError('the session is closed: no request can be sent any more')
    const name = this.#name
    const target = this.#urls.resolve(url, options?.params)
    const defaults = this.#urls.isForeign(target) ? this.#publicHeaders : this.#headers
    if (options === undefined) {
      return {
        method,
        url: target,
        route: undefined,
        headers: new HeaderList(defaults),
        body: undefined,
        replayable: true,
        idempotent: IDEMPOTENT.has(method),
        signal: undefined,
        scope: this.#scope?.signal,
        timeout: undefined,
        deadline: undefined,
        cookies: this.#cookies,
        redirect: 'follow',
        attempt: 1,
        parseJson: this.#parseJson,
        source: name,
        context: {},
        admit: undefined,
        answered: undefined,
      }
    }
    const { body, contentType, replayable } = hasBody(options) ? encodeBody(options) : NO_BODY
    const headers = HeaderList.from(options.headers, defaults)
    if (contentType !== undefined && !headers.has('content-type')) headers.set('content-type', contentType)
    return {
      method,
      url: target,
      route: options.route,
      headers,
      body,
      replayable,
      idempotent: options.idempotent ?? IDEMPOTENT.has(method),
      signal: options.signal,
      scope: this.#scope?.signal,
      timeout: checkTimeout(options.timeout),
      deadline: options.deadline,
      cookies: this.#cookies,
      redirect: options.redirect ?? 'follow',
      attempt: 1,
      parseJson: options.parseJson ?? this.#parseJson,
      source: name,
      context: options.context ?? {},
      admit: undefined,
      answered: undefined,
    }
  }

  #call(request: SessionRequest): Promise<SessionResponse> {
    const response = this.#next(request)
    this.#calls++
    response.then(this.#onCallEnd, this.#onCallEnd)
    return response
  }

  readonly #onCallEnd = (): void => {
    if (--this.#calls === 0) this.#onQuiet?.()
  }

  readonly #raise = (response: SessionResponse): SessionResponse | Promise<SessionResponse> =>
    response.status < 400 ? response : this.#refuse(response)

  async #refuse(response: SessionResponse): Promise<never> {
    throw await statusError(response, this.#transport.reading.credentials)
  }
}

function hasBody(options: RequestOptions): boolean {
  return (
    options.json !== undefined ||
    options.body !== undefined ||
    options.form !== undefined ||
    options.multipart !== undefined
  )
}

function normaliseMethod(method: string): string {
  if (typeof method !== 'string' || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method))
    throw new TypeError(`method must be a name like GET or POST, not ${JSON.stringify(method)}`)
  return method.toUpperCase()
}
