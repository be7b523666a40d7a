import { systemClock, type Clock } from '@sluice/core'
import { AbortLink } from '@sluice/core/internal'
import {
  ConnectionError,
  NotAdmittedError,
  RequestTimeoutError,
  bufferedResponse,
  redactUrl,
  type Middleware,
  type SessionRequest,
  type TimeoutOptions,
} from '@sluice/http'

/** What of a fetch function is needed. */
export type FetchLike = (
  url: string,
  init: {
    method: string
    headers: Record<string, string>
    body?: string
    redirect: 'follow' | 'manual' | 'error'
    signal: AbortSignal
  },
) => Promise<Pick<Response, 'status' | 'statusText' | 'headers' | 'arrayBuffer'>>

const EMPTY = new Uint8Array(0)

/**
 * The innermost layer for those who bring their own `fetch`: it sends in place of the session's connections. Its `timeout` is the whole attempt.
 */
export function fetchTransport(
  fetch: FetchLike,
  timeout: number | TimeoutOptions | undefined,
  clock: Clock = systemClock,
): Middleware {
  return async (request) => {
    const { method, url, headers, redirect } = request
    if (request.admit?.() === false) throw new NotAdmittedError()
    const abort = new Abort(request, totalOf(request.timeout) ?? totalOf(timeout) ?? Infinity, clock)
    try {
      const init = { method, redirect, signal: abort.signal, headers: plain(headers.toRecord()) }
      const { body } = request
      if (body !== undefined && typeof body !== 'string')
        throw new TypeError('with the option fetch only JSON and text can be sent')
      const response = await fetch(url, body === undefined ? init : { ...init, body })
      const head = {
        request,
        status: response.status,
        statusText: response.statusText,
        headers: Object.fromEntries(response.headers),
      }
      request.answered?.(bufferedResponse({ ...head, body: EMPTY }))
      return bufferedResponse({ ...head, body: new Uint8Array(await response.arrayBuffer()) })
    } catch (error) {
      if (abort.signal.aborted) throw abort.signal.reason
      if (!(error instanceof TypeError) || error.cause === undefined) throw error
      const shown = redactUrl(url)
      const { code, message } = error.cause as { code?: string; message?: string }
      throw new ConnectionError(`${method} ${shown}: ${message ?? error.message}`, {
        method,
        url: shown,
        code: code ?? 'FETCH_FAILED',
        phase: 'headers',
        cause: error,
      })
    } finally {
      abort.end()
    }
  }
}

/** One signal for all that may end an attempt: the caller, the session, the time limit, the deadline. */
class Abort {
  readonly #controller = new AbortController()
  readonly #links: AbortLink[] = []
  readonly #clock: Clock
  readonly #timer: unknown

  constructor(request: SessionRequest, total: number, clock: Clock) {
    this.#clock = clock
    const onAbort = (reason: unknown): void => this.#controller.abort(reason)
    for (const signal of [request.signal, request.scope]) {
      if (signal === undefined) continue
      if (signal.aborted) onAbort(signal.reason)
      else this.#links.push(new AbortLink(signal, { onAbort }))
    }
    const rest = (request.deadline ?? Infinity) - clock.now()
    const [limit, ms] = rest < total ? (['deadline', rest] as const) : (['total', total] as const)
    if (ms !== Infinity) this.#timer = clock.setTimer(() => onAbort(timeoutOf(request, limit, ms)), Math.max(0, ms))
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  end(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer)
    for (const link of this.#links) link.unlink()
  }
}

function timeoutOf({ method, url }: SessionRequest, limit: 'total' | 'deadline', ms: number): RequestTimeoutError {
  const shown = redactUrl(url)
  const text = limit === 'total' ? `the total timeout of ${Math.round(ms)} ms ran out` : 'the deadline passed'
  return new RequestTimeoutError(`${method} ${shown}: ${text} while waiting for the response`, ms, {
    method,
    url: shown,
    limit,
    phase: 'headers',
  })
}

function totalOf(timeout: number | TimeoutOptions | undefined): number | undefined {
  const total = typeof timeout === 'number' ? timeout : timeout?.total
  return total === 0 ? Infinity : total
}

function plain(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
