import type { EventFacts } from '@sluice/core/internal'
import { AbortError, ClosedError, type Clock, type Permit, type PermitSource } from '@sluice/core'
import { ConnectionPool } from './connection-pool.ts'
import type { Connector } from './connector.ts'
import type { Cookies } from './cookies.ts'
import { DeadlineList } from './deadline-list.ts'
import { withAuthorization } from './dispatch-options.ts'
import { ExchangeTrace } from './exchange-trace.ts'
import { Exchange } from './exchange.ts'
import { HeaderList } from './headers.ts'
import type { Origin } from './origin.ts'
import type { ReadingOptions } from './response-reader.ts'
import type { SessionRequest, SessionResponse, TimeoutOptions } from './types.ts'

/** What a transport is made with: a session's options, checked and with their defaults. */
export interface TransportOptions {
  readonly clock: Clock
  readonly connections: number
  readonly connectionsPerHost: number
  readonly concurrency: PermitSource | undefined
  readonly http2: boolean
  readonly timeout: Required<TimeoutOptions>
  readonly maxRedirects: number
  /** The session's query, of which no credential goes to another origin. */
  readonly query: URLSearchParams
  readonly reading: ReadingOptions
  readonly cookies: Cookies | undefined
  readonly loadConnector: () => Promise<Connector>
  /** Undefined when nobody listens. */
  readonly emit: ((facts: EventFacts) => void) | undefined
}

let resolveNext: (response: SessionResponse) => void
let rejectNext: (reason: unknown) => void
// One executor for all: a closure per request would only carry these two out of the constructor.
const capture = (resolve: (response: SessionResponse) => void, reject: (reason: unknown) => void): void => {
  resolveNext = resolve
  rejectNext = reject
}

/** The innermost part of a session: sends requests over pooled connections and keeps account of them. */
export class Transport {
  readonly clock: Clock
  readonly pool: ConnectionPool
  readonly deadlines: DeadlineList
  readonly timeout: Required<TimeoutOptions>
  readonly maxRedirects: number
  readonly query: URLSearchParams
  readonly reading: ReadingOptions
  requests = 0
  failed = 0
  retried = 0
  inFlight = 0
  bytesReceived = 0
  /** Exchanges whose body nobody reads, though it is large. */
  readonly stalled: Set<Exchange> = new Set<Exchange>()
  readonly #concurrency: PermitSource | undefined
  readonly #cookies: Cookies | undefined
  readonly #emit: TransportOptions['emit']
  #lastOrigin: Origin | undefined
  #first: Exchange | undefined
  #last: Exchange | undefined
  #closing = false
  #onIdle: (() => void) | undefined

  constructor(options: TransportOptions) {
    this.clock = options.clock
    this.deadlines = new DeadlineList(options.clock)
    this.pool = new ConnectionPool({ ...options, deadlines: this.deadlines, connectTimeout: options.timeout.connect })
    this.timeout = options.timeout
    this.maxRedirects = options.maxRedirects
    this.query = options.query
    this.reading = options.reading
    this.#concurrency = options.concurrency
    this.#cookies = options.cookies
    this.#emit = options.emit
  }

  /** Sends a request; resolves with the head of the response. */
  readonly send = (request: SessionRequest): Promise<SessionResponse> => {
    if (this.#closing) return Promise.reject(new ClosedError('the session is closed: no request can be sent any more'))
    const promise = new Promise<SessionResponse>(capture)
    const exchange = new Exchange(this, request, resolveNext, rejectNext)
    if (exchange.begin()) {
      if (this.#concurrency === undefined) this.resend(exchange)
      else this.#admit(exchange, this.#concurrency)
    }
    return promise
  }

  /** Sends what `exchange` asks for now: the request itself, or where a redirect leads. */
  resend(exchange: Exchange): void {
    if (this.#cookies !== undefined) void this.#sendWithCookies(exchange, this.#cookies)
    else exchange.send()
  }

  /** @internal The events of a request, if somebody listens. */
  trace(exchange: Exchange): ExchangeTrace | undefined {
    return this.#emit === undefined ? undefined : new ExchangeTrace(exchange, this.#emit, this.requests + 1)
  }

  get hasCookies(): boolean {
    return this.#cookies !== undefined
  }

  /** Keeps the cookies of a response. */
  keepCookies(setCookies: readonly string[], url: string): void {
    this.#cookies?.keep(setCookies, url)
  }

  /** The headers of a request as undici sends them. */
  rawHeaders(request: SessionRequest): readonly string[] {
    const { headers } = request
    return headers instanceof HeaderList ? headers.raw : [...headers.entries()].flat()
  }

  /** Finds out where the URL of `exchange` leads. */
  locate(exchange: Exchange): void {
    const { url } = exchange
    // Most requests go where the last one went.
    let known = this.#lastOrigin
    let slash = known === undefined ? -1 : known.key.length
    if (known === undefined || url.charCodeAt(slash) !== 47 /* / */ || !url.startsWith(known.key)) {
      slash = url.indexOf('/', 8)
      known = slash < 0 ? undefined : this.pool.known(url.slice(0, slash))
    }
    if (known !== undefined) {
      this.#lastOrigin = exchange.origin = known
      exchange.path = url.slice(slash)
      return
    }
    const parsed = new URL(url)
    if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')
      throw new TypeError(`url must be http: or https:, not ${parsed.protocol}`)
    if (parsed.username !== '' || parsed.password !== '') {
      exchange.headers = withAuthorization(exchange.headers, parsed.username, parsed.password)
      parsed.username = parsed.password = ''
      exchange.url = parsed.href
    }
    exchange.origin = this.pool.origin(parsed.origin)
    exchange.path = parsed.pathname + parsed.search
  }

  /** @internal */
  enter(exchange: Exchange): void {
    this.requests++
    this.inFlight++
    const last = this.#last
    exchange.earlier = last
    if (last === undefined) this.#first = exchange
    else last.later = exchange
    this.#last = exchange
  }

  /** @internal */
  leave(exchange: Exchange): void {
    this.inFlight--
    const { earlier, later } = exchange
    if (earlier === undefined) this.#first = later
    else earlier.later = later
    if (later === undefined) this.#last = earlier
    else later.earlier = earlier
    exchange.earlier = exchange.later = undefined
    if (this.inFlight === 0 && this.#onIdle !== undefined) this.#onIdle()
  }

  /**
   * Takes no more requests, waits for those in flight (at most `graceMs`, then it aborts them) and closes every connection.
   * Bodies that nobody reads are drained or cut, since nobody can read them any more.
   */
  async close(graceMs: number): Promise<void> {
    this.#closing = true
    for (const exchange of this.#snapshot()) exchange.dumpUnread()
    if (this.inFlight > 0 && graceMs > 0) await this.#idle(graceMs)
    this.abort(new AbortError('the session was closed before the request was complete'))
    this.deadlines.close()
    await this.pool.close()
  }

  /**
   * Somebody waits for a connection: the longest stalled body is taken into memory. Otherwise a caller who collects responses
   * before reading them would wait for ever for the connections that they hold.
   */
  relieve(): void {
    for (const exchange of this.stalled) {
      this.stalled.delete(exchange)
      if (exchange.absorb()) return
    }
  }

  /** Aborts everything in flight. */
  abort(reason: unknown): void {
    for (const exchange of this.#snapshot()) exchange.abort(reason)
  }

  #snapshot(): Exchange[] {
    const all: Exchange[] = []
    for (let exchange = this.#first; exchange !== undefined; exchange = exchange.later) all.push(exchange)
    return all
  }

  #idle(graceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = graceMs === Infinity ? undefined : this.clock.setTimer(resolve, graceMs)
      this.#onIdle = () => {
        if (timer !== undefined) this.clock.clearTimer(timer)
        resolve()
      }
    })
  }

  #admit(exchange: Exchange, source: PermitSource): void {
    const permit = source.tryAcquire()
    if (permit === undefined) {
      void this.#waitForPermit(exchange, source)
      return
    }
    exchange.permit = permit
    this.resend(exchange)
  }

  async #waitForPermit(exchange: Exchange, source: PermitSource): Promise<void> {
    const controller = new AbortController()
    exchange.waitingFor = controller
    let permit: Permit
    try {
      permit = await source.acquire(controller.signal)
    } catch (error) {
      exchange.fail(error)
      return
    } finally {
      exchange.waitingFor = undefined
    }
    if (exchange.done) {
      permit.release('ignore')
      return
    }
    exchange.permit = permit
    this.resend(exchange)
  }

  async #sendWithCookies(exchange: Exchange, cookies: Cookies): Promise<void> {
    try {
      exchange.cookie = await cookies.header(exchange.url)
    } catch (error) {
      exchange.fail(error)
    }
    if (!exchange.done) exchange.send()
  }
}
