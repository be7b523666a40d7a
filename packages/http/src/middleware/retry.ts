import { systemClock, type RetryOptions } from '@sluice/core'
import { checkFunction, resolveRetry } from '@sluice/core/internal'
import { isTransientStatus } from '../errors.ts'
import { retryAfterMs } from '../limits/retry-after.ts'
import type { Middleware, SessionRequest, SessionResponse } from '../types.ts'
import { checkWanted, wait } from './wait.ts'

/** One attempt that may be repeated: it has either an answer or an error. */
export interface FailedAttempt {
  readonly request: SessionRequest
  readonly response: SessionResponse | undefined
  readonly error: unknown
  /** 1 for the first attempt. */
  readonly attempt: number
  /** ms since the first attempt began. */
  readonly elapsed: number
}

/** Options of {@link retry}. */
export interface RetryMiddlewareOptions extends Omit<RetryOptions, 'retryIf' | 'retryAfter' | 'onRetry'> {
  /**
   * Whether this may be repeated. Default: an idempotent request whose body can be sent again, and that failed in passing: status 408, 425, 429
   * or 5xx (but 501 and 505), connection error, timeout.
   */
  retryIf?: ((failure: FailedAttempt) => boolean) | undefined
  /** Told about each failure that will be repeated, and after which `delay` in ms. */
  onRetry?: ((failure: FailedAttempt & { readonly delay: number }) => void) | undefined
}

/**
 * Repeats what failed in passing: exponential backoff with full jitter, `Retry-After` honoured in seconds and as a date, never beyond `maxElapsed` or the request's own deadline.
 * The last answer is returned, or the last error thrown, as it is. A wait that `Retry-After` asks for is not begun if it would end too late.
 *
 * While it waits the request holds no connection and nothing of the session's concurrency. Inside a task group it still holds the group's slot: there, give the
 * `retry` option to the group, with {@link retryTransient}, and the slot is free meanwhile.
 *
 * @param options number of retries, or options. Default: 3 retries, 500 ms doubled up to 30 s.
 * @throws TypeError or RangeError for wrong options.
 *
 * @example
 * ```ts
 * import { Session, retry } from '@sluice/http'
 *
 * await using session = new Session({ middleware: [retry({ retries: 5, backoff: { base: 1 } })] })
 * console.log((await session.get('https://api.example.com/flaky/2')).status) // 200
 * ```
 */
export function retry(options: number | RetryMiddlewareOptions = {}): Middleware {
  const given = typeof options === 'number' ? { retries: options } : options
  const { retryIf = isTransient, onRetry, ...rest } = given
  checkFunction('retryIf', retryIf)
  if (onRetry !== undefined) checkFunction('onRetry', onRetry)
  const core: RetryOptions = {
    ...rest,
    retryIf: ({ error }) => retryIf((error as Failure).facts),
    retryAfter: (error) => (error as Failure).retryAfter,
    onRetry: ({ error, delay }) => onRetry?.({ ...(error as Failure).facts, delay }),
  }
  const policy = resolveRetry(core)
  if (policy === undefined) return (request, next) => next(request)
  const clock = given.clock ?? systemClock
  return async (request, next) => {
    let started: number | undefined
    const first = request.attempt
    for (;;) {
      started ??= clock.now()
      let response: SessionResponse | undefined
      let error: unknown
      try {
        response = await next(request)
        if (response.status < 400) return response
      } catch (caught) {
        error = caught
      }
      const attempt = request.attempt - first + 1
      const elapsed = clock.now() - started
      const facts = { request, response, error, attempt, elapsed }
      const retryAfter = response === undefined ? statedBy(error) : retryAfterMs(response.headers)
      // Who has lost interest gets no further attempt, whatever the failure.
      const wanted = request.signal?.aborted !== true && request.scope?.aborted !== true
      const ms = wanted ? policy({ error: { facts, retryAfter }, attempt, elapsed }, request.deadline) : undefined
      if (ms === undefined) {
        if (response === undefined) throw error
        return response
      }
      await response?.dump()
      await wait(ms, request, clock)
      checkWanted(request)
      request.attempt++
    }
  }
}

interface Failure {
  readonly facts: FailedAttempt
  readonly retryAfter: number | undefined
}

function isTransient({ request, response, error }: FailedAttempt): boolean {
  if (!request.idempotent || !request.replayable) return false
  return response === undefined ? isTransientError(error) : isTransientStatus(response.status)
}

function isTransientError(error: unknown): boolean {
  return (error as { transient?: unknown } | null | undefined)?.transient === true
}

function statedBy(error: unknown): number | undefined {
  const stated = (error as { retryAfter?: unknown } | null | undefined)?.retryAfter
  return typeof stated === 'number' ? stated : undefined
}

/**
 * The `retry` option for a task group, queue or `map` whose tasks send requests: repeats a task that threw an error which may pass (a
 * `StatusError` of 408, 425, 429 or 5xx, a connection error, a timeout), and waits as long as `Retry-After` asks. The task holds no slot meanwhile.
 *
 * @example
 * ```ts
 * import { map } from '@sluice/core'
 * import { Session, retryTransient } from '@sluice/http'
 *
 * await using session = new Session({ raiseForStatus: true })
 * const load = async (n: number) => (await session.get(`https://api.example.com/flaky/${n}`)).status
 * console.log(await map([1, 2], load, { concurrency: 2, retry: retryTransient({ backoff: { base: 1 } }) })) // [ 200, 200 ]
 * ```
 */
export function retryTransient(options: Omit<RetryOptions, 'retryIf' | 'retryAfter'> = {}): RetryOptions {
  return { ...options, retryIf: ({ error }) => isTransientError(error) }
}
