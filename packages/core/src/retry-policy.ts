import {
  checkCount,
  checkFunction,
  checkMoment,
  checkMs,
  checkNumber,
  checkObject,
  checkWord,
  isThenable,
} from './check.ts'
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

/** How many ms to wait before the next attempt; `undefined` when there must not be one. `end` is a deadline beside that of the options. */
export type RetryPolicy = (failure: RetryFailure, end?: number) => number | undefined

/**
 * Checks a `retry` option and makes a policy of it; `undefined` when nothing is to be retried.
 *
 * Exponential backoff with full jitter: `random() * min(max, base * factor ^ (attempt - 1))`, from Marc Brooker, "Exponential Backoff And Jitter", AWS
 * Architecture Blog, 2015. What `retryAfter` says is a floor. A wait that would end after the total deadline is not begun, nor one longer than a timer can hold.
 * The policy throws what a hook throws, and TypeError when `retryIf` answers with a promise.
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
  }
  checkObject('retry', option, 'a number of retries or an object of options')
  const { retries = 3, backoff = {}, maxElapsed = Infinity, deadline = Infinity, clock = defaultClock } = option
  checkObject('backoff', backoff, 'an object such as { base: 500 }')
  const { base = 500, factor = 2, max = 30_000, jitter = 'full' } = backoff
  const { retryIf = always, retryAfter = statedRetryAfter, onRetry, random = Math.random } = option
  checkCount('retries', retries, 0)
  checkMs('backoff.base', base)
  checkNumber('backoff.factor', factor, 1, Number.MAX_VALUE, 'a number of at least 1')
  checkMs('backoff.max', max)
  checkWord('backoff.jitter', jitter, 'full', 'none')
  checkNumber('maxElapsed', maxElapsed, 0, Infinity, 'milliseconds of at least 0')
  checkMoment('deadline', deadline)
  const hooks = { retryIf, retryAfter, onRetry: onRetry ?? always, random }
  for (const [name, hook] of Object.entries(hooks)) checkFunction(name, hook)
  if (retries === 0) return undefined
  return (failure, end = Infinity) => {
    const { error, attempt, elapsed } = failure
    if (attempt > retries) return undefined
    const verdict: unknown = retryIf(failure)
    if (isThenable(verdict)) throw new TypeError('retryIf must answer with true or false, not with a promise')
    if (!verdict) return undefined
    // Far along, the power overflows; 0 * Infinity would be NaN.
    const longest = Math.min(max, base * Math.min(factor ** (attempt - 1), Number.MAX_VALUE))
    const drawn = jitter === 'full' ? longest * random() : longest
    const floor = retryAfter(error)
    const delay = floor !== undefined && floor > drawn ? floor : drawn
    if (delay >= Math.min(maxElapsed - elapsed, Math.min(deadline, end) - clock.now()) || delay > MAX_TIMER_MS)
      return undefined
    onRetry?.({ ...failure, delay })
    return delay
  }
}

function always(): boolean {
  return true
}

function statedRetryAfter(error: unknown): number | undefined {
  const stated = (error as { retryAfter?: unknown } | null | undefined)?.retryAfter
  return typeof stated === 'number' ? stated : undefined
}
