import type { RetryFailure, RetryOptions } from '@sluice/core'
import { resolveRetry } from '@sluice/core/internal'

/** What is left of the retries of an item that has used some in earlier sessions. @throws TypeError, RangeError for a wrong `option`. */
export function retryBudget(
  option: number | RetryOptions | undefined,
  used: { readonly attempts: number; readonly elapsed: number },
  onRetry: (failure: RetryFailure & { delay: number }) => void,
): RetryOptions | undefined {
  // Checked as it was given: what is left of it would say something else.
  if (resolveRetry(option) === undefined || option === undefined) return undefined
  const given: RetryOptions = typeof option === 'number' ? { retries: option } : option
  const { attempts, elapsed } = used
  const { retries = 3, backoff = {}, maxElapsed, retryIf, onRetry: tell } = given
  const { base = 500, factor = 2, max = 30_000 } = backoff
  // Numbered as the user sees them.
  const whole = <F extends RetryFailure>(failure: F): F => ({
    ...failure,
    attempt: failure.attempt + attempts,
    elapsed: failure.elapsed + elapsed,
  })
  return {
    ...given,
    retries: Math.max(0, retries - attempts),
    backoff: { ...backoff, base: Math.min(Math.max(max, base), base * Math.min(factor ** attempts, Number.MAX_VALUE)) },
    ...(maxElapsed !== undefined && { maxElapsed: Math.max(0, maxElapsed - elapsed) }),
    ...(retryIf && attempts > 0 && { retryIf: (failure: RetryFailure) => retryIf(whole(failure)) }),
    onRetry: (failure) => {
      const told = whole(failure)
      onRetry(told)
      tell?.(told)
    },
  }
}
