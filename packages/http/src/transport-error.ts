import { ConnectTimeout } from './connect-attempt.ts'
import {
  ConnectionError,
  HeadersTooLargeError,
  HttpError,
  IncompleteBodyError,
  ProtocolError,
  ProxyError,
  TlsError,
  timeoutError,
} from './errors.ts'
import type { RequestPhase } from './types.ts'

/** What must be known of a request when undici or the system reports an error. */
export interface FailedRequest {
  readonly method: string
  readonly phase: RequestPhase
  /** 0 before the head of the response. */
  readonly status: number
  /** The URL without credentials. */
  shownUrl(): string
}

const NETWORK = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EADDRINUSE',
  'EMFILE',
  'ENFILE',
  'ENOENT',
  'EACCES',
])
const CERTIFICATE =
  /^(ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|PATH_LENGTH|HOSTNAME_MISMATCH|EPROTO)/

/** undici counts the bytes of a body. */
export const LENGTH_MISMATCH = 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'

/** True when the socket went away under a request: the sign of a keep-alive connection that the server had closed. */
export function isSocketLoss(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return (code === 'UND_ERR_SOCKET' && message !== 'bad response') || code === 'ECONNRESET' || code === 'EPIPE'
}

/** The typed error for what undici or the system reports. Errors of callers (bad arguments) become `TypeError`. */
export function transportError(error: unknown, request: FailedRequest): Error {
  const { code: rawCode, message, name } = error as { code?: unknown; message?: string; name?: unknown }
  const isParser = name === 'HTTPParserError'
  const code = typeof rawCode === 'string' ? rawCode : isParser ? 'HTTP_PARSER' : 'HTTP_FAILED'
  const { method, phase, status } = request
  const url = request.shownUrl()
  if (error instanceof ConnectTimeout) return timeoutError(method, url, 'connect', error.ms, phase)
  const details = { method, url, code, cause: error, phase, status }
  const head = `${method} ${url}:`
  if (error instanceof HttpError) return error
  if (
    code === 'UND_ERR_INVALID_ARG' ||
    code === 'UND_ERR_NOT_SUPPORTED' ||
    code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH'
  )
    return new TypeError(`${head} ${message ?? 'invalid request'}`, { cause: error })
  if (code.startsWith('ERR_PROXY')) return new ProxyError(`${head} ${message ?? 'the proxy failed'}`, details)
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return new HeadersTooLargeError(`${head} the head of the response is larger than maxHeaderSize`, details)
  if (code === LENGTH_MISMATCH)
    return phase === 'body'
      ? new IncompleteBodyError(`${head} the body is not as long as its content-length says`, details)
      : new ProtocolError(`${head} the response is not valid HTTP: its content-length cannot be right`, details)
  if (isParser) {
    // The bytes that it could not read: there may be cookies and tokens among them.
    delete (error as { data?: unknown }).data
    if (phase === 'body' && /invalid eof state/i.test(message ?? ''))
      return new IncompleteBodyError(`${head} the connection ended before the body was complete`, details)
    return new ProtocolError(`${head} the response is not valid HTTP: ${reason(message)}`, details)
  }
  if (code === 'UND_ERR_SOCKET' && (message === 'bad response' || message === 'bad upgrade'))
    return new ProtocolError(`${head} the server sent a response that nobody asked for`, details)
  if (CERTIFICATE.test(code)) return new TlsError(`${head} TLS failed: ${message ?? code}`, details)
  if (NETWORK.has(code)) {
    if (phase === 'body')
      return new IncompleteBodyError(`${head} the connection broke before the body was complete (${code})`, details)
    return new ConnectionError(`${head} ${connectionMessage(code, message, phase)}`, details)
  }
  return new HttpError(`${head} ${message ?? String(error)}`, details)
}

function connectionMessage(code: string, message: string | undefined, phase: RequestPhase): string {
  if (phase === 'connect')
    return `could not connect (${code}${message === undefined || message === '' ? '' : `: ${message}`})`
  return `the connection broke before a response came (${code}${message === undefined || message === '' ? '' : `: ${message}`})`
}

/** undici wraps the parser's reason in a sentence of its own. */
function reason(message: string | undefined): string {
  return /\((.*)\)$/.exec(message ?? '')?.[1] ?? message ?? 'unknown reason'
}
