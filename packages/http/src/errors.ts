import { TimeoutError } from '@sluice/core'
import { retryAfterMs } from './limits/retry-after.ts'
import type { HeadersLike, RequestPhase } from './types.ts'

/** What an error knows of its request. `url` is redacted before it comes here. */
export interface HttpErrorDetails {
  method: string
  url: string
  code: string
  cause?: unknown
}

/** Something went wrong with a request: the base of every error of `@sluice/http` except {@link RequestTimeoutError}. */
export class HttpError extends Error {
  override readonly name: string = 'HttpError'
  /** The system's or undici's code (`ECONNREFUSED`, `UND_ERR_SOCKET`), or Sluice's own (`HTTP_STATUS`). */
  readonly code: string
  readonly method: string
  /** Without credentials. */
  readonly url: string

  constructor(message: string, details: HttpErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = details.code
    this.method = details.method
    this.url = details.url
  }

  /** True when the same request may well succeed later. */
  get transient(): boolean {
    return false
  }
}

/** No connection could be made, or it broke: refused, reset, closed early, host unknown. */
export class ConnectionError extends HttpError {
  override readonly name: string = 'ConnectionError'
  /** What the request was doing. */
  readonly phase: RequestPhase
  constructor(message: string, details: HttpErrorDetails & { phase: RequestPhase }) {
    super(message, details)
    this.phase = details.phase
  }
  override get transient(): boolean {
    return true
  }
}

/** The TLS handshake failed: a certificate that is not trusted, expired or of another host, or no common protocol. */
export class TlsError extends ConnectionError {
  override readonly name: string = 'TlsError'
  override get transient(): boolean {
    return false
  }
}

/** The proxy could not be reached or refused the tunnel. */
export class ProxyError extends ConnectionError {
  override readonly name: string = 'ProxyError'
}

/** The server answered, but the answer cannot be used: the base of the errors below. */
export class ResponseError extends HttpError {
  override readonly name: string = 'ResponseError'
  /** 0 when no status line arrived. */
  readonly status: number
  constructor(message: string, details: HttpErrorDetails & { status: number }) {
    super(message, details)
    this.status = details.status
  }
}

/** What came back is not HTTP: invalid header bytes, a wrong chunk size, a status line that is none. */
export class ProtocolError extends ResponseError {
  override readonly name: string = 'ProtocolError'
}

/** The head of the response is larger than `maxHeaderSize`. */
export class HeadersTooLargeError extends ResponseError {
  override readonly name: string = 'HeadersTooLargeError'
}

/** The body ended before, or went on after, what its head promised. */
export class IncompleteBodyError extends ResponseError {
  override readonly name: string = 'IncompleteBodyError'
  override get transient(): boolean {
    return true
  }
}

/** The body, after decompression, is larger than `maxBodySize`. */
export class BodyTooLargeError extends ResponseError {
  override readonly name: string = 'BodyTooLargeError'
  /** The limit in bytes. */
  readonly limit: number
  constructor(message: string, details: HttpErrorDetails & { status: number; limit: number }) {
    super(message, details)
    this.limit = details.limit
  }
}

/** The body is not what it claims to be: no JSON, or corrupt gzip. The message names the place and the first 200 characters. */
export class DecodeError extends ResponseError {
  override readonly name: string = 'DecodeError'
  /** Index of the character at which the JSON goes wrong, if known. */
  readonly position: number | undefined
  /** The first 200 characters of the body. */
  readonly excerpt: string
  constructor(
    message: string,
    details: HttpErrorDetails & { status: number; position: number | undefined; excerpt: string },
  ) {
    super(message, details)
    this.position = details.position
    this.excerpt = details.excerpt
  }
}

/** A redirect that cannot be followed: no valid location, a stream that cannot be sent twice, or `redirect: 'error'`. */
export class RedirectError extends ResponseError {
  override readonly name: string = 'RedirectError'
}

/** More redirects than `maxRedirects`. */
export class TooManyRedirectsError extends RedirectError {
  override readonly name: string = 'TooManyRedirectsError'
  /** The limit. */
  readonly limit: number
  constructor(message: string, details: HttpErrorDetails & { status: number; limit: number }) {
    super(message, details)
    this.limit = details.limit
  }
}

/** The status is 400 or above and `raiseForStatus` is on. */
export class StatusError extends ResponseError {
  override readonly name: string = 'StatusError'
  readonly headers: HeadersLike
  /** The beginning of the body as text, at most 64 KiB of it. */
  readonly body: string
  constructor(message: string, details: HttpErrorDetails & { status: number; headers: HeadersLike; body: string }) {
    super(message, details)
    // Headers may hold cookies: not enumerable, so that no logger prints them by itself.
    Object.defineProperty(this, 'headers', { value: details.headers, enumerable: false })
    this.headers = details.headers
    this.body = details.body
  }
  /** How many ms the server asked to be left alone by `Retry-After`, if it did; the `retry` option of groups waits for so long. */
  get retryAfter(): number | undefined {
    return retryAfterMs(this.headers)
  }
  /** True for 408, 425, 429 and 5xx except 501 and 505. */
  override get transient(): boolean {
    return isTransientStatus(this.status)
  }
}

/** Statuses after which the same request may succeed later: 408, 425, 429, and 5xx except 501 and 505. */
export function isTransientStatus(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501 && status !== 505)
}

/** A time limit of a request ran out. `limit` says which one, `phase` what the request was doing. */
export class RequestTimeoutError extends TimeoutError {
  override readonly name: string = 'RequestTimeoutError'
  readonly code: string = 'HTTP_TIMEOUT'
  readonly method: string
  /** Without credentials. */
  readonly url: string
  readonly limit: 'total' | 'queue' | 'connect' | 'headers' | 'body' | 'deadline'
  readonly phase: RequestPhase
  constructor(
    message: string,
    ms: number,
    details: { method: string; url: string; limit: RequestTimeoutError['limit']; phase: RequestPhase },
  ) {
    super(message, ms)
    this.method = details.method
    this.url = details.url
    this.limit = details.limit
    this.phase = details.phase
  }
  /** A later attempt may be faster. */
  get transient(): boolean {
    return true
  }
}

const DURING: Readonly<Record<RequestPhase, string>> = {
  queue: 'waiting for a connection',
  connect: 'connecting',
  headers: 'waiting for the response',
  body: 'reading the body',
}

/** The error for a time limit that ran out. */
export function timeoutError(
  method: string,
  url: string,
  limit: RequestTimeoutError['limit'],
  ms: number,
  phase: RequestPhase,
): RequestTimeoutError {
  const name = limit === 'deadline' ? 'the deadline passed' : `the ${limit} timeout of ${Math.round(ms)} ms ran out`
  return new RequestTimeoutError(`${method} ${url}: ${name} while ${DURING[phase]}`, ms, { method, url, limit, phase })
}
