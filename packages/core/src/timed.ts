import { checkFunction, isThenable } from './check.ts'
import { systemClock, type Clock } from './clock.ts'

/** A value, and how long it took. */
export interface Timed<T> {
  value: T
  /** Milliseconds from the call to the value. */
  ms: number
}

/** What a timed function returns: a promise if the function returns one. */
export type TimedResult<R> = R extends PromiseLike<infer V> ? Promise<Timed<V>> : Timed<R>

/**
 * Wraps a function, plain or async, so that it returns its value together with the milliseconds it took. An error passes through.
 *
 * @throws TypeError when `fn` is not a function.
 *
 * @example
 * ```ts
 * import { delay, timed } from '@sluice/core'
 *
 * const { ms } = await timed(delay)(20)
 * console.log(ms > 10) // true
 * const { value } = timed(Math.max)(1, 2)
 * console.log(value) // 2
 * ```
 */
export function timed<This, A extends unknown[], R>(
  fn: (this: This, ...args: A) => R,
  options: { clock?: Clock | undefined } = {},
): (this: This, ...args: A) => TimedResult<R> {
  checkFunction('fn', fn)
  const { clock = systemClock } = options
  return function (this: This, ...args: A) {
    const start = clock.now()
    const stop = (value: unknown) => ({ value, ms: clock.now() - start })
    const result = fn.apply(this, args)
    return (isThenable(result) ? Promise.resolve(result).then(stop) : stop(result)) as TimedResult<R>
  }
}
