import { AbortLink } from './abort-link.ts'
import { checkMs, checkOptions, checkSignal } from './check.ts'
import { systemClock, type Clock } from './clock.ts'

/** Options of {@link delay}; a task's context fits as it is. */
export interface DelayOptions {
  /** Ends the wait at once, with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Where time comes from. Default {@link systemClock}. */
  readonly clock?: Clock | undefined
}

/**
 * Waits `ms` milliseconds; 0 lets others go first. Nothing is left behind when it is aborted.
 *
 * @throws the signal's reason; TypeError or RangeError, as a rejection, when `ms` is negative, no number, or more than a timer can hold (24.8 days).
 *
 * @example
 * ```ts
 * import { delay } from '@sluice/core'
 *
 * await delay(5)
 * await delay(5_000, { signal: AbortSignal.abort('never mind') }).catch(console.log) // never mind
 * ```
 */
export function delay(ms: number, options: DelayOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    checkMs('ms', ms)
    checkOptions(options, 'an object such as { signal }')
    const { signal, clock = systemClock } = options
    checkSignal(signal)
    if (signal?.aborted) throw signal.reason
    const timer = clock.setTimer(() => {
      link?.unlink()
      resolve()
    }, ms)
    const link =
      signal &&
      new AbortLink(signal, {
        onAbort: (reason) => {
          clock.clearTimer(timer)
          reject(reason)
        },
      })
  })
}
