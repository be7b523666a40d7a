import { CancelScope, type ScopeOptions } from './cancel-scope.ts'
import { checkLimitMs, checkMoment } from './check.ts'

/** The work under a time limit: it receives the scope as its context. */
export type ScopeFunction<T> = (scope: CancelScope) => T | PromiseLike<T>

/** Options of {@link moveOn}. */
export interface MoveOnOptions<F = undefined> extends ScopeOptions {
  /** What to return when time runs out. Default `undefined`. */
  readonly fallback?: F
}

/**
 * Runs `fn` and gives it `ms` milliseconds. When they are over, `scope.signal` aborts, and once `fn` has settled, and not before, a `TimeoutError` is thrown: nothing runs on
 * behind the caller's back. If `fn` returns a value all the same, the value counts; if its cleanup fails, that error is thrown, with the timeout as its `cause`.
 * With 0 ms `fn` is not started; `undefined` and `Infinity` set no limit. Limits nest when the inner one is handed the outer scope, or the task's
 * context, as `options`: the earliest counts, and of several that have run out the outermost one throws.
 *
 * @throws TimeoutError when time ran out; the outer signal's own reason when that aborted; TypeError or RangeError, as a rejection, for a wrong `ms`.
 *
 * @example
 * ```ts
 * import { TimeoutError, delay, timeout } from '@sluice/core'
 *
 * try {
 *   await timeout(10, (scope) => delay(5_000, scope))
 * } catch (error) {
 *   console.log(error instanceof TimeoutError) // true
 * }
 * ```
 */
export async function timeout<T>(ms: number | undefined, fn: ScopeFunction<T>, options: ScopeOptions = {}): Promise<T> {
  return within(new CancelScope(options), ms, fn)
}

/**
 * Like {@link timeout}, up to the moment `at` on the clock's time line (`clock.now()`; by default `performance.now()`), however far away. With a moment
 * that is over, `fn` is not started; `undefined` and `Infinity` set no limit.
 *
 * @throws TimeoutError when the moment came; the outer signal's own reason when that aborted; TypeError, as a rejection, when `at` is not a number.
 *
 * @example
 * ```ts
 * import { deadline, delay } from '@sluice/core'
 *
 * const end = performance.now() + 1_000
 * for (const ms of [1, 2]) await deadline(end, (scope) => delay(ms, scope))
 * ```
 */
export async function deadline<T>(
  at: number | undefined,
  fn: ScopeFunction<T>,
  options: ScopeOptions = {},
): Promise<T> {
  checkMoment('at', at)
  return new CancelScope(options).run(fn, at)
}

/**
 * Like {@link timeout}, but when time runs out it returns `options.fallback` (default `undefined`) instead of throwing. `scope.expired` tells the two apart.
 * Every other error is thrown.
 *
 * @example
 * ```ts
 * import { delay, moveOn } from '@sluice/core'
 *
 * const value = await moveOn(
 *   10,
 *   async (scope) => {
 *     await delay(5_000, scope)
 *     return 'fresh'
 *   },
 *   { fallback: 'stale' },
 * )
 * console.log(value) // stale
 * ```
 */
export async function moveOn<T, F = undefined>(
  ms: number | undefined,
  fn: ScopeFunction<T>,
  options: MoveOnOptions<F> = {},
): Promise<T | F> {
  const scope = new CancelScope(options)
  try {
    return await within(scope, ms, fn)
  } catch (error) {
    if (scope.expired) return options.fallback as F
    throw error
  }
}

async function within<T>(scope: CancelScope, ms: number | undefined, fn: ScopeFunction<T>): Promise<T> {
  checkLimitMs('ms', ms, '; for more write deadline(clock.now() + ms, fn)')
  return scope.run(fn, scope.start + (ms ?? Infinity))
}
