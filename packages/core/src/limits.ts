import { AdaptiveLimit } from './adaptive-limit.ts'
import {
  checkCount,
  checkFunction,
  checkLimitMs,
  checkMoment,
  checkMs,
  checkOptions,
  checkSignal,
  refuse,
} from './check.ts'
import { systemClock, type Clock } from './clock.ts'
import type { EventListener } from './events.ts'
import type { PermitSource } from './permit.ts'
import { RateLimiter } from './rate-limiter.ts'
import { resolveRetry, type RetryOptions, type RetryPolicy } from './retry-policy.ts'

/** Limits, retries and observers: the options that everything which runs several tasks understands. */
export interface LimitOptions {
  /** How many tasks at once: a number, a shared `Semaphore` or another `PermitSource`, or `'auto'` to let an `AdaptiveLimit` find it. */
  concurrency?: number | 'auto' | PermitSource
  /** How many starts per time, for example `'20/s,100/2m'`, or a `RateLimiter` to share. Default: no limit. */
  rate?: string | RateLimiter
  /** Milliseconds for one attempt. Default: no limit. */
  timeout?: number
  /** When all of it must be done, as a time of `clock` (`performance.now() + ms`). Default: never. */
  deadline?: number
  /** Retries after a failed attempt: their number, or more precisely. Default: none. A backoff holds no slot. */
  retry?: number | RetryOptions
  /** Aborts everything. */
  signal?: AbortSignal
  /** After an abort, how many milliseconds to wait for a task that ignores its signal. Default: until it ends. */
  graceMs?: number
  /** Receives every event. */
  onEvent?: EventListener
  /** A name for errors and events. */
  name?: string
  /** Where time comes from. Default: `systemClock`. */
  clock?: Clock
}

/** {@link LimitOptions}, checked and made into parts. */
export interface Limits {
  clock: Clock
  /** Infinity when `source` decides. */
  limit: number
  source: PermitSource | undefined
  rate: RateLimiter | undefined
  timeout: number | undefined
  retry: RetryPolicy | undefined
  graceMs: number | undefined
}

/** Refuses what is in the place of the options and is something else. */
export function checkLimitOptions(options: unknown): asserts options is LimitOptions {
  checkOptions(options, 'an object such as { concurrency: 5, rate, signal }')
}

/** Checks the options and makes what they describe. */
export function resolveLimits(options: LimitOptions, defaultConcurrency: number): Limits {
  checkLimitOptions(options)
  const {
    concurrency = defaultConcurrency,
    rate,
    timeout,
    deadline,
    graceMs,
    name,
    onEvent,
    clock = systemClock,
  } = options
  checkSignal(options.signal)
  if (onEvent !== undefined) checkFunction('onEvent', onEvent)
  if (typeof clock?.setTimer !== 'function') refuse('clock', 'a Clock with now(), setTimer() and clearTimer()', clock)
  const told = { clock, ...(name !== undefined && { name }), ...(onEvent && { onEvent }) }
  let source: PermitSource | undefined
  if (concurrency === 'auto') source = new AdaptiveLimit(told)
  else if (typeof concurrency === 'object' && typeof concurrency?.tryAcquire === 'function') source = concurrency
  else checkCount('concurrency', concurrency)
  checkLimitMs('timeout', timeout)
  if (graceMs !== undefined) checkMs('graceMs', graceMs)
  checkMoment('deadline', deadline)
  return {
    clock,
    limit: source === undefined ? (concurrency as number) : Infinity,
    source,
    rate: rate === undefined || isLimiter(rate) ? rate : new RateLimiter(rate, told),
    timeout: timeout === Infinity ? undefined : timeout,
    retry: resolveRetry(options.retry, clock),
    graceMs,
  }
}

function isLimiter(rate: string | RateLimiter): rate is RateLimiter {
  return typeof (rate as Partial<RateLimiter> | null)?.offer === 'function'
}

/** True when nothing but a number limits the work, and nobody watches each task. */
export function isPlain({ concurrency, rate, timeout, retry, graceMs, onEvent }: LimitOptions): boolean {
  return (
    (concurrency === undefined || typeof concurrency === 'number') &&
    rate === undefined &&
    (timeout === undefined || timeout === Infinity) &&
    retry === undefined &&
    graceMs === undefined &&
    onEvent === undefined
  )
}
