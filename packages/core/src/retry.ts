import { CancelScope, abortReasonOf, type ScopeOptions } from './cancel-scope.ts'
import { checkFunction } from './check.ts'
import { delay } from './delay.ts'
import { resolveRetry, type RetryOptions } from './retry-policy.ts'
import { explain } from './errors.ts'
import type { ScopeFunction } from './timeout.ts'

/**
 * Runs `fn` until it succeeds, at most 1 + `retries` times, with exponential backoff and full jitter in between. `fn` receives the number of its `attempt` and a `signal`; each attempt is
 * a scope of its own. An abort is never retried, and ends a backoff at once. `deadline` also stops the attempt that runs when it comes; `maxElapsed` lets it end.
 * What the last attempt threw is thrown as it is.
 *
 * @throws the last attempt's error; the signal's reason; TypeError or RangeError, as a rejection, for wrong options.
 *
 * @example
 * ```ts
 * import { retry } from '@sluice/core'
 *
 * const answer = await retry(
 *   ({ attempt }) => {
 *     if (attempt < 3) throw new Error('not yet')
 *     return `after ${attempt} attempts`
 *   },
 *   { backoff: { base: 1 } },
 * )
 * console.log(answer) // after 3 attempts
 * ```
 */
export async function retry<T>(fn: ScopeFunction<T>, options: number | (RetryOptions & ScopeOptions) = {}): Promise<T> {
  checkFunction('fn', fn)
  const policy = resolveRetry(options)
  const outer: ScopeOptions = typeof options === 'number' ? {} : options
  let start: number | undefined
  for (let attempt = 1; ; attempt++) {
    const scope = new CancelScope(outer, false, attempt)
    start ??= scope.start
    try {
      return await scope.run(fn)
    } catch (error) {
      if (policy === undefined || abortReasonOf(outer) !== undefined) throw error
      let ms
      try {
        ms = policy({ error, attempt, elapsed: scope.clock.now() - start })
      } catch (hookError) {
        explain(hookError, error)
        throw hookError
      }
      if (ms === undefined) throw error
      await delay(ms, outer)
    }
  }
}
