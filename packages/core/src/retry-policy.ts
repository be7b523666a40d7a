import { checkCount, checkFunction, checkMs, checkNumber, isThenable, show } from './check.ts'
import { MAX_TIMER_MS, systemClock, type Clock } from './clock.ts'

/** What is known about a failed attempt. */
export interface RetryFailure {
  /** What the attempt threw. */
  error: unknown
  /** Its number: 1 for the first attempt. */
  attempt: number
  /** Milliseconds since the first attempt began. */
  elapsed: number
}

/** How long to wait between attempts. */
export interface Backoff {
  /** The longest wait before the first retry, in ms. Default 500. */
  base?: number
  /** How much longer each further wait may be. Default 2. */
  factor?: number
  /** No wait is longer than this many ms, unless the other side asks for it (`retryAfter`). Default 30,000. */
  max?: number
  /** `'full'` (default) draws each wait between 0 and its longest, so that clients which failed together do not come back together; `'none'` always waits the longest. */
  jitter?: 'full' | 'none'
}

/** Which failures are retried, how often, and after which wait. */
export interface RetryOptions {
  /** How many times to try again after the first attempt. Default 3; `Infinity` for as long as the other limits allow. */
  retries?: number
  /** Exponential backoff. */
  backoff?: Backoff
  /** No attempt begins later than so many ms after the first one. It wins over `retries`. Default: no limit. */
  maxElapsed?: number | undefined
  /** No attempt begins later than at this moment (`clock.now()`). It wins over `retries`. Default: no limit. */
  deadline?: number | undefined
  /** Whether this failure may be retried at all. Default: every failure is, except an abort. */
  retryIf?: ((failure: RetryFailure) => boolean) | undefined
  /**
   * How many ms the other side asked to be left alone: the wait is at least this long.
   * Default: `error.retryAfter`, if that is a number.
   */
  retryAfter?: ((error: unknown) => number | undefined) | undefined
  /** Told about each failure that will be retried, and after which `delay` in ms. */
  onRetry?: ((failure: RetryFailure & { delay: number }) => void) | undefined
  /** Draws from [0, 1) for the jitter. Default `Math.random`. */
  random?: (() => number) | undefined
  /** Where time comes from. Default {@link systemClock}. */
  clock?: Clock | undefined
}

/** `RetryOptions` with nothing left open. */
export interface RetryPolicy {
  readonly retries: number
  readonly base: number
  readonly factor: number
  readonly max: number
  readonly jitter: boolean
  readonly maxElapsed: number
  readonly deadline: number
  readonly retryIf: ((failure: RetryFailure) => boolean) | undefined
  readonly retryAfter: (error: unknown) => number | undefined
  readonly onRetry: ((failure: RetryFailure & { delay: number }) => void) | undefined
  readonly random: () => number
  readonly clock: Clock
}

/**
 * Checks a `retry` option and fills in the defaults; `undefined` when nothing is to be retried.
 *
 * @internal
 */
export function resolveRetry(
  option: number | RetryOptions | undefined,
  defaultClock: Clock = systemClock,
): RetryPolicy | undefined {
  if (option === undefined) return undefined
  if (typeof option === 'number') {
    checkCount('retry', option, 0)
    option = { retries: option }
  } else if (typeof option !== 'object' || option === null) {
    throw new TypeError(`retry must be a number of retries or an object of options, not ${show(option)}`)
  }
  const { retries = 3, backoff = {}, maxElapsed = Infinity, deadline = Infinity } = option
  if (typeof backoff !== 'object' || backoff === null) {
    throw new TypeError(`backoff must be an object such as { base: 500 }, not ${show(backoff)}`)
  }
  const { base = 500, factor = 2, max = 30_000, jitter = 'full' } = backoff
  const { retryIf, retryAfter = statedRetryAfter, onRetry, random = Math.random, clock = defaultClock } = option
  checkCount('retries', retries, 0)
  checkMs('backoff.base', base)
  checkNumber('backoff.factor', factor, 1, Number.MAX_VALUE, 'a number of at least 1')
  checkMs('backoff.max', max)
  if (jitter !== 'full' && jitter !== 'none') {
    throw new TypeError(`backoff.jitter must be 'full' or 'none', not ${show(jitter)}`)
  }
  checkNumber('maxElapsed', maxElapsed, 0, Infinity, 'milliseconds of at least 0')
  checkNumber('deadline', deadline, -Infinity, Infinity, 'a moment of clock.now()')
  if (retryIf !== undefined) checkFunction('retryIf', retryIf)
  checkFunction('retryAfter', retryAfter)
  if (onRetry !== undefined) checkFunction('onRetry', onRetry)
  checkFunction('random', random)
  if (retries === 0) return undefined
  const bound = { retryIf, retryAfter, onRetry, random, clock }
  return { retries, base, factor, max, jitter: jitter === 'full', maxElapsed, deadline, ...bound }
}

/**
 * How many ms to wait before the next attempt, which `onRetry` is told; `undefined` when there must not be one. Exponential backoff with full jitter:
 * `random() * min(max, base * factor ^ (attempt - 1))`, from Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 * What `retryAfter` says is a floor. A wait that would end after the total deadline is not begun, nor one longer than a timer can hold.
 *
 * @throws what a hook throws, and TypeError when `retryIf` answers with a promise.
 * @internal
 */
export function retryDelay(policy: RetryPolicy, failure: RetryFailure): number | undefined {
  if (failure.attempt > policy.retries) return undefined
  const verdict: unknown = policy.retryIf === undefined || policy.retryIf(failure)
  if (isThenable(verdict)) throw new TypeError('retryIf must answer with true or false, not with a promise')
  if (!verdict) return undefined
  // Far along, the power overflows; 0 * Infinity would be NaN.
  const growth = Math.min(policy.factor ** (failure.attempt - 1), Number.MAX_VALUE)
  let ms = Math.min(policy.max, policy.base * growth)
  if (policy.jitter) ms *= policy.random()
  const floor = policy.retryAfter(failure.error)
  if (floor !== undefined && floor > ms) ms = floor
  const left = Math.min(policy.maxElapsed - failure.elapsed, policy.deadline - policy.clock.now())
  if (ms >= left || ms > MAX_TIMER_MS) return undefined
  policy.onRetry?.({ ...failure, delay: ms })
  return ms
}

function statedRetryAfter(error: unknown): number | undefined {
  const stated = (error as { retryAfter?: unknown } | null | undefined)?.retryAfter
  return typeof stated === 'number' ? stated : undefined
}
