import { systemClock, type Clock } from '@sluice/core'
import { checkFunction } from '@sluice/core/internal'
import { Credentials } from '../redact.ts'
import type { Middleware } from '../types.ts'

/** What {@link log} tells of one request that passed it. Nothing in it is secret. */
export interface LogEntry {
  readonly method: string
  /** Without credentials. */
  readonly url: string
  readonly route: string | undefined
  readonly attempt: number
  /** `undefined` when there was no answer. */
  readonly status: number | undefined
  /** Name and message of the error, if there was no answer. */
  readonly error: string | undefined
  /** ms until the head of the answer, or the error. */
  readonly ms: number
  /** With the option `headers`. */
  readonly requestHeaders: Readonly<Record<string, string>> | undefined
  /** With the option `headers`. */
  readonly responseHeaders: Readonly<Record<string, string>> | undefined
}

/** Options of {@link log}. */
export interface LogOptions {
  /** Receives each entry. Default: one line on standard error. What it throws is not caught. */
  write?: ((entry: LogEntry) => void) | undefined
  /** Tell the headers as well, credentials redacted. Default false. */
  headers?: boolean | undefined
  /** Further header and query names that are credentials. */
  credentials?: readonly string[] | undefined
  clock?: Clock | undefined
}

/**
 * Tells each request and how it ended. Outside of `retry` that is one entry for all attempts, inside it is one for each.
 *
 * @example
 * ```ts
 * import { Session, log } from '@sluice/http'
 *
 * const write = ({ method, url, status }: { method: string; url: string; status: number | undefined }) =>
 *   console.log(method, url, status) // GET https://api.example.com/me?api_key=REDACTED 200
 * await using session = new Session({ middleware: [log({ write })] })
 * await session.get('https://api.example.com/me?api_key=s3cret')
 * ```
 */
export function log(options: LogOptions = {}): Middleware {
  const { write = writeLine, headers = false, clock = systemClock } = options
  checkFunction('write', write)
  const credentials = new Credentials(options.credentials)
  return async (request, next) => {
    const started = clock.now()
    const { method, route, attempt } = request
    const url = credentials.redactUrl(request.url)
    const requestHeaders = headers ? credentials.redactHeaders(request.headers.entries()) : undefined
    const facts = { method, url, route, attempt, requestHeaders }
    try {
      const response = await next(request)
      const responseHeaders = headers ? credentials.redactHeaders(response.headers.entries()) : undefined
      write({ ...facts, status: response.status, error: undefined, ms: clock.now() - started, responseHeaders })
      return response
    } catch (error) {
      // Errors of this package are redacted; others may quote the URL.
      const text = String(error).replaceAll(request.url, url)
      write({ ...facts, status: undefined, error: text, ms: clock.now() - started, responseHeaders: undefined })
      throw error
    }
  }
}

function writeLine({ method, url, attempt, status, error, ms, requestHeaders, responseHeaders }: LogEntry): void {
  const again = attempt > 1 ? ` (attempt ${attempt})` : ''
  const headers = requestHeaders === undefined ? '' : ` ${JSON.stringify({ requestHeaders, responseHeaders })}`
  process.stderr.write(`${method} ${url} ${status ?? error} ${Math.round(ms)} ms${again}${headers}\n`)
}
