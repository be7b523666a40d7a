import { AbortLink, type AbortObserver } from '@sluice/core/internal'
import type { Permit, PermitOutcome } from '@sluice/core'
import type { Dispatcher } from 'undici'
import type { Connection } from './connection.ts'
import { DeadlineNode } from './deadline-list.ts'
import { ConnectionError, RequestTimeoutError, timeoutError } from './errors.ts'
import { dispatchOptions } from './dispatch-options.ts'
import { IncomingBody, type BodySource } from './incoming-body.ts'
import { NotAdmittedError } from './limits/not-admitted.ts'
import type { ExchangeTrace } from './exchange-trace.ts'
import type { Origin, Waiter } from './origin.ts'
import { PhaseLimits } from './phase-limits.ts'
import { PooledResponse } from './pooled-response.ts'
import { redirectTarget, type RedirectTarget } from './redirect.ts'
import { tooLarge } from './response-reader.ts'
import type { Transport } from './transport.ts'
import { isSocketLoss, LENGTH_MISMATCH, transportError } from './transport-error.ts'
import type { RequestBody, RequestPhase, SessionRequest, SessionResponse } from './types.ts'
import { WireHeaders } from './wire-headers.ts'

/** Bytes of a redirect's body that are read to save its connection. */
const REDIRECT_BODY_LIMIT = 65_536

/**
 * One request from the moment the transport gets it to the last byte of its response, redirects included.
 *
 * It is everything at once that has to exist per request: undici's handler, the node of the deadline list (for the total
 * limit), the node of the list of requests in flight, and the observer of the caller's signal. So a request costs one object.
 */
export class Exchange extends DeadlineNode implements Dispatcher.DispatchHandler, AbortObserver, BodySource {
  readonly transport: Transport
  readonly request: SessionRequest
  readonly resolve: (response: SessionResponse) => void
  readonly reject: (reason: unknown) => void
  /** @internal Neighbours in the list of requests in flight. */
  earlier: Exchange | undefined = undefined
  /** @internal */
  later: Exchange | undefined = undefined
  /** @internal What this attempt holds of the session's concurrency. */
  permit: Permit | undefined = undefined
  /** @internal Ends the wait for that. */
  waitingFor: AbortController | undefined = undefined
  /** @internal What the cookie jar adds to the present hop. */
  cookie = ''

  // What is asked for now; a redirect changes it.
  method: string
  url: string
  headers: readonly string[]
  body: RequestBody | undefined
  origin!: Origin
  path = ''

  phase: RequestPhase = 'queue'
  status = 0
  done = false
  redirects = 0
  readonly started: number
  readonly #trace: ExchangeTrace | undefined
  #waiter: Waiter | undefined
  #connection: Connection | undefined
  /** Given by undici while the request is on the connection: ends it, with a call of `onError` at once. */
  #abortSent: ((reason: Error) => void) | undefined
  /** Given by undici with the head: goes on with the body. */
  #resumeBody: (() => void) | undefined
  #paused = false
  #incoming: IncomingBody | undefined
  #redirect: RedirectTarget | undefined
  #redirectBytes = 0
  #abortLink: AbortLink | undefined
  #limits: PhaseLimits | undefined
  #aborted: { readonly reason: unknown } | undefined
  #reused = false
  #triedAgain = false
  #asked = false

  constructor(
    transport: Transport,
    request: SessionRequest,
    resolve: (response: SessionResponse) => void,
    reject: (reason: unknown) => void,
  ) {
    super()
    this.transport = transport
    this.request = request
    this.resolve = resolve
    this.reject = reject
    this.method = request.method
    this.url = request.url
    this.headers = transport.rawHeaders(request)
    this.body = request.body
    this.started = transport.clock.now()
    this.#trace = transport.trace(this)
    this.#limits = PhaseLimits.of(this)
  }

  /** Joins those in flight: from now on time limit and signal hold. False when it ended before it began. */
  begin(): boolean {
    const { request, transport } = this
    const { signal, timeout, deadline } = request
    transport.enter(this)
    if (signal !== undefined) {
      if (signal.aborted) {
        this.fail(signal.reason)
        return false
      }
      this.#abortLink = new AbortLink(signal, this)
    }
    this.#limits?.begin('queue')
    const total = timeout?.total ?? transport.timeout.total
    const end = total === 0 ? Infinity : this.started + total
    if (deadline !== undefined && deadline < end) {
      transport.deadlines.addAt(this, deadline, this.started)
      if (deadline <= this.started) {
        this.onDeadline()
        return false
      }
    } else if (end !== Infinity) transport.deadlines.add(this, total, this.started)
    return true
  }

  /** Asks the pool for a connection to where the URL points. */
  send(): void {
    const { transport } = this
    this.phase = 'queue'
    try {
      transport.locate(this)
    } catch (error) {
      this.fail(error)
      return
    }
    this.#waiter = transport.pool.acquire(this, this.origin)
    if (this.#waiter === undefined) return
    this.#trace?.queued(transport.pool.waiting)
    transport.relieve()
  }

  /** @internal The session closes: what nobody reads is thrown away. */
  dumpUnread(): void {
    this.#incoming?.dumpUnread()
  }

  /** @internal The pool took it out of the queue. */
  onDequeued(): void {
    this.#waiter = undefined
  }

  /** @internal The pool gave it a connection. */
  onConnection(connection: Connection): void {
    this.#connection = connection
    this.phase = 'connect'
    this.#limits?.stop()
  }

  /** @internal No connection could be made. */
  onConnectFailed(error: Error): void {
    this.#waiter = undefined
    this.phase = 'connect'
    this.fail(transportError(error, this))
  }

  /**
   * @internal Lets a rate limit have the last word, once. False: it is held back and has failed, and its connection goes to the next.
   */
  isAdmitted(): boolean {
    const { admit } = this.request
    if (admit === undefined || this.#asked) return true
    this.#asked = true
    if (admit()) return true
    const connection = this.#connection!
    this.#connection = undefined
    this.fail(new NotAdmittedError())
    // Not from here: where everybody is held back, each would call the next.
    queueMicrotask(() => connection.pool.release(connection))
    return false
  }

  // undici's handler. These are the names that its clients call themselves: the newer ones (onRequestStart and so on) are called
  // by a wrapper, which makes two objects per request and turns every header into text, 4 % of the whole.

  onConnect(abort: (reason?: Error) => void): void {
    this.#abortSent = abort
    this.#paused = false
    const connection = this.#connection!
    this.#reused = connection.carried++ > 0
    if (this.#reused) connection.pool.reused++
    this.phase = 'headers'
    this.#limits?.begin('headers')
    this.#trace?.sent(connection, this.#reused)
  }

  onHeaders(status: number, raw: Buffer[], resume: () => void, statusText: string): boolean {
    if (status < 200) return true
    const { transport } = this
    this.status = status
    this.phase = 'body'
    this.#trace?.firstByte(status)
    this.#resumeBody = resume
    const headers = new WireHeaders(raw)
    if (transport.hasCookies) transport.keepCookies(headers.getSetCookie(), this.url)
    if (status >= 300 && status < 400) {
      try {
        this.#redirect = redirectTarget(this, headers)
      } catch (error) {
        this.#aborted = { reason: error }
        this.#abortSent!(error as Error)
        return false
      }
    }
    if (this.#redirect !== undefined) return true
    const incoming = (this.#incoming = new IncomingBody(this, transport.reading.maxBodySize))
    this.#limits?.begin('body')
    const response = new PooledResponse(this, headers, statusText, incoming)
    // Before the connection can go to another: a pause that this answer asks for holds back that one already.
    const { answered } = this.request
    if (answered !== undefined) answered(response)
    this.resolve(response)
    return !this.#paused
  }

  onData(chunk: Buffer): boolean {
    this.transport.bytesReceived += chunk.length
    if (this.#trace !== undefined) this.#trace.bytes += chunk.length
    const incoming = this.#incoming
    if (incoming === undefined) {
      this.#redirectBytes += chunk.length
      if (this.#redirectBytes > REDIRECT_BODY_LIMIT)
        this.#abortSent!(new Error('the body of the redirect is not needed'))
      return true
    }
    incoming.push(chunk)
    if (this.#paused) return false
    if (!this.done) this.#limits?.begin('body')
    return true
  }

  onComplete(): void {
    const connection = this.#connection!
    this.#connection = this.#abortSent = undefined
    if (this.#redirect !== undefined) {
      connection.pool.release(connection)
      this.#follow()
      return
    }
    this.#finish(isRefusal(this.status) ? 'drop' : 'success')
    this.#incoming!.end()
    connection.pool.release(connection)
  }

  onError(error: Error): void {
    if (this.done) return
    if (this.#aborted !== undefined) {
      this.fail(this.#aborted.reason)
      return
    }
    if (this.#redirect !== undefined) {
      // Its body was too long, or broke: the redirect itself is known.
      this.#loseConnection(error)
      this.#follow()
      return
    }
    if (this.status === 304 && (error as { code?: unknown }).code === LENGTH_MISMATCH) {
      // A 304 tells the length of what it does not send (RFC 9110, section 8.6), which undici takes for a promise.
      this.#finish('success')
      this.#incoming!.end()
      this.#loseConnection(error)
      return
    }
    if (this.status === 0 && this.#mayTryAgain(error)) {
      this.#tryAgain()
      return
    }
    this.fail(transportError(error, this))
  }

  // The ways in which it ends early

  /** @internal The caller's signal aborted. */
  onAbort(reason: unknown): void {
    this.abort(reason)
  }

  /** @internal The total limit or the deadline. */
  override onDeadline(): void {
    const limit = this.at === this.request.deadline ? 'deadline' : 'total'
    this.expire(limit, Math.max(0, Math.round(this.at - this.started)))
  }

  /** A time limit ran out. */
  expire(limit: RequestTimeoutError['limit'], ms: number): void {
    const phase =
      this.phase === 'queue' && this.#waiter !== undefined && this.origin.opening.length > 0 ? 'connect' : this.phase
    this.abort(timeoutError(this.method, this.shownUrl(), limit, ms, phase))
  }

  /** Ends it now; whoever waits for the response or its body gets `reason`. */
  abort(reason: unknown): void {
    if (this.done) return
    this.#aborted = { reason }
    // What undici has sent it ends with a call of onError at once.
    if (this.#abortSent !== undefined) this.#abortSent(reason as Error)
    if (!this.done) this.fail(reason)
  }

  /** It has failed: whoever waits for the response or its body gets `reason`. */
  fail(reason: unknown): void {
    if (this.done) return
    this.#finish(reason instanceof ConnectionError || reason instanceof RequestTimeoutError ? 'drop' : 'ignore', reason)
    if (this.waitingFor !== undefined) this.waitingFor.abort(reason)
    if (this.#waiter !== undefined) this.transport.pool.leave(this.#waiter, this.origin)
    this.#loseConnection(reason)
    this.transport.failed++
    if (this.#incoming === undefined) this.reject(reason)
    else this.#incoming.fail(reason)
  }

  // What the body needs

  pause(): void {
    this.#paused = true
    this.#limits?.stop()
  }

  resume(): void {
    this.#limits?.begin('body')
    if (!this.#paused) return
    this.#paused = false
    this.#resumeBody!()
  }

  onStalled(): boolean {
    if (this.transport.pool.waiting > 0) return true
    this.transport.stalled.add(this)
    return false
  }

  /** @internal Somebody needs the connection: takes the body into memory. False if that is not what holds it. */
  absorb(): boolean {
    return this.#incoming!.absorb()
  }

  onDump(): void {
    ;(this.#limits ??= PhaseLimits.forDump(this)).begin('dump')
  }

  cut(): void {
    this.abort(new Error('nobody reads the rest of the body'))
  }

  tooLarge(): void {
    this.abort(tooLarge({ status: this.status, url: this.url, request: this.request, reading: this.transport.reading }))
  }

  /** The URL without credentials. */
  shownUrl(): string {
    return this.transport.reading.credentials.redactUrl(this.url)
  }

  #mayTryAgain(error: Error): boolean {
    const { request } = this
    return this.#reused && !this.#triedAgain && request.idempotent && request.replayable && isSocketLoss(error)
  }

  /** The server had closed the connection while it rested: the client opens a new one for the same request. */
  #tryAgain(): void {
    this.#triedAgain = true
    this.#abortSent = undefined
    this.phase = 'connect'
    this.transport.retried++
    const connection = this.#connection!
    // The client is still busy with the end of the old socket.
    queueMicrotask(() => {
      if (!this.done) connection.client!.dispatch(dispatchOptions(this), this)
    })
  }

  #follow(): void {
    const target = this.#redirect!
    this.#trace?.redirect(this.status, this.transport.reading.credentials.redactUrl(target.url))
    this.#redirect = undefined
    this.#redirectBytes = 0
    this.#abortSent = undefined
    this.status = 0
    this.redirects++
    this.method = target.method
    this.url = target.url
    this.headers = target.headers
    this.body = target.body
    this.#limits?.begin('queue')
    this.transport.resend(this)
  }

  #loseConnection(reason: unknown): void {
    const connection = this.#connection
    if (connection === undefined) return
    this.#connection = this.#abortSent = undefined
    connection.pool.releaseFailed(connection, reason instanceof Error ? reason : new Error('the request was aborted'))
  }

  /** Leaves everything that it has joined. */
  #finish(outcome: PermitOutcome, error?: unknown): void {
    this.done = true
    const { transport } = this
    if (this.list !== undefined) transport.deadlines.remove(this)
    this.#limits?.stop()
    if (this.#abortLink !== undefined) this.#abortLink.unlink()
    if (transport.stalled.size > 0) transport.stalled.delete(this)
    if (this.permit !== undefined) this.permit.release(outcome)
    this.#trace?.end(error)
    transport.leave(this)
  }
}

/** How a permit source sees it: the server had no room. */
function isRefusal(status: number): boolean {
  return status === 429 || status === 503
}
