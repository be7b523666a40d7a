import { checkFunction, refuse } from './check.ts'
import { workThrough } from './items.ts'
import { checkLimitOptions, type LimitOptions } from './limits.ts'
import type { TaskFunction } from './task-context.ts'

/** Options of {@link gather}. */
export interface GatherOptions extends LimitOptions {
  /** `true` answers what became of each task and lets all of them run to their end. Default: the first failure aborts the others. */
  returnExceptions?: boolean
}

type Functions = readonly TaskFunction<unknown>[]
type Values<F extends Functions> = { -readonly [K in keyof F]: Awaited<ReturnType<F[K]>> }
type SettledValues<F extends Functions> = { -readonly [K in keyof F]: PromiseSettledResult<Awaited<ReturnType<F[K]>>> }

/**
 * Runs functions at the same time and answers their values in the order of the functions; the type of a tuple is kept.
 *
 * It takes functions and not promises, so it can start, limit and abort them. The first failure aborts the others and waits for them (asyncio lets them
 * run on). With `returnExceptions: true` nothing is thrown for a failed task: each becomes a `PromiseSettledResult`. Default `concurrency` is Infinity.
 *
 * @throws AggregateError of every error, the first one first and as `cause`; the reason of an abort from outside; TypeError for what is no function.
 * @example
 * ```ts
 * import { gather } from '@sluice/core'
 *
 * const [name, age] = await gather([async () => 'Ada', () => 36])
 * console.log(name.toUpperCase(), age + 1) // ADA 37
 * ```
 */
export function gather<const F extends Functions>(
  fns: F,
  options: GatherOptions & { returnExceptions: true },
): Promise<SettledValues<F>>
export function gather<const F extends Functions>(
  fns: F,
  options?: GatherOptions & { returnExceptions?: false },
): Promise<Values<F>>
export function gather<T>(
  fns: Iterable<TaskFunction<T>>,
  options: GatherOptions & { returnExceptions: true },
): Promise<PromiseSettledResult<Awaited<T>>[]>
export function gather<T>(
  fns: Iterable<TaskFunction<T>>,
  options?: GatherOptions & { returnExceptions?: false },
): Promise<Awaited<T>[]>
export async function gather(fns: Iterable<TaskFunction<unknown>>, given: GatherOptions = {}): Promise<unknown[]> {
  if (typeof (fns as Partial<typeof fns> | null | undefined)?.[Symbol.iterator] !== 'function')
    refuse('the first argument of gather', 'an array of functions, as in gather([one, two])', fns)
  const functions = [...fns]
  // All are looked at before any is started: a mistake in the last must not leave half of them running.
  functions.forEach((fn, index) => checkFunction(`gather: functions[${index}]`, fn))
  checkLimitOptions(given)
  const { returnExceptions = false, ...options } = given
  const results: unknown[] = []
  const kind = { most: Infinity, keepGoing: returnExceptions }
  await workThrough('gather', functions, (fn, context) => fn(context), options, results, kind)
  return results
}
