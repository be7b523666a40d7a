import { checkLimitMs, checkSignal, isThenable } from './check.ts'
import { systemClock, type Clock } from './clock.ts'
import { openStream, settlement, type StreamOptions } from './items.ts'
import type { Deliver } from './item-stream.ts'
import { checkLimitOptions } from './limits.ts'
import type { Items } from './source.ts'
import type { ItemFunction } from './task-context.ts'
import type { Task } from './task.ts'
import { checkHandles } from './wait.ts'

/** One completed item: where it stood in the input, the input itself, and its value. */
export interface Completed<I, R> {
  index: number
  input: I
  value: R
}

/** One settled item, as it comes with `returnExceptions: true`. */
export type Settled<I, R> =
  | { index: number; input: I; status: 'fulfilled'; value: R }
  | { index: number; input: I; status: 'rejected'; reason: unknown }

/** Options of `asCompleted` over tasks that run already. */
export interface AsCompletedTasksOptions {
  /** Milliseconds for all of it; then TimeoutError is thrown once. What runs is not ours and goes on. Default: no limit. */
  timeout?: number
  /** Ends the waiting. */
  signal?: AbortSignal
  /** Where time comes from. Default: `systemClock`. */
  clock?: Clock
}

type Handle<R> = Task<R> | PromiseLike<R>
type ResultOf<H> = H extends Task<infer R> ? R : Awaited<H>
type Stream<Y> = AsyncIterableIterator<Y, undefined> & AsyncDisposable

/**
 * Yields what completes first, first: calls `fn` for every item, so many at once, and yields each as it completes, with its index and its input.
 * Or takes tasks and promises that run already, which stay what they are: leaving the loop aborts only work that the call started itself.
 *
 * With `returnExceptions: true` failures are yielded like values (`status` tells them apart); otherwise the first one aborts the others and is thrown after what
 * completed before it. A slow consumer bounds what is worked ahead: `concurrency` (default 100) run and `buffer` (default as many) wait.
 *
 * @throws from the loop: AggregateError of the errors; TimeoutError; the reason of an abort from outside. At once: TypeError, RangeError.
 * @example
 * ```ts
 * import { asCompleted, delay } from '@sluice/core'
 *
 * const order: number[] = []
 * for await (const { input } of asCompleted([9, 1, 5], (ms, { signal }) => delay(ms, { signal }))) order.push(input)
 * console.log(order) // [1, 5, 9]
 * ```
 */
export function asCompleted<H extends Handle<unknown>>(
  tasks: Iterable<H>,
  options: AsCompletedTasksOptions & { returnExceptions: true },
): Stream<Settled<H, ResultOf<H>>>
export function asCompleted<H extends Handle<unknown>>(
  tasks: Iterable<H>,
  options?: AsCompletedTasksOptions & { returnExceptions?: false },
): Stream<Completed<H, ResultOf<H>>>
export function asCompleted<I, R>(
  items: Items<I>,
  fn: ItemFunction<I, R>,
  options: StreamOptions & { returnExceptions: true },
): Stream<Settled<I, Awaited<R>>>
export function asCompleted<I, R>(
  items: Items<I>,
  fn: ItemFunction<I, R>,
  options?: StreamOptions & { returnExceptions?: false },
): Stream<Completed<I, Awaited<R>>>
export function asCompleted<I, R>(
  items: Items<I>,
  fnOrOptions: ItemFunction<I, R> | (AsCompletedTasksOptions & { returnExceptions?: boolean }) = {},
  options: StreamOptions & { returnExceptions?: boolean } = {},
): Stream<Completed<I, R> | Settled<I, R>> {
  if (typeof fnOrOptions === 'object')
    return ofTasks(items as Iterable<Handle<R>>, fnOrOptions) as Stream<Completed<I, R>>
  checkLimitOptions(options)
  const { returnExceptions = false, ...rest } = options
  return openStream('asCompleted', items, fnOrOptions, rest, deliverer<I, R>(returnExceptions), {
    keepGoing: returnExceptions,
  })
}

function ofTasks<R>(
  tasks: Iterable<Handle<R>>,
  {
    timeout,
    signal,
    returnExceptions = false,
    clock = systemClock,
  }: AsCompletedTasksOptions & { returnExceptions?: boolean },
): Stream<Completed<Handle<R>, R> | Settled<Handle<R>, R>> {
  checkLimitMs('timeout', timeout)
  checkSignal(signal)
  return openStream(
    'asCompleted',
    checkHandles('asCompleted', tasks),
    (handle) => (isThenable(handle) ? handle : handle.result()),
    {
      concurrency: Infinity,
      clock,
      ...(signal && { signal }),
      ...(timeout !== undefined && { deadline: clock.now() + timeout }),
    },
    deliverer<Handle<R>, R>(returnExceptions),
    { owned: false, keepGoing: returnExceptions },
  )
}

function deliverer<I, R>(returnExceptions: boolean): Deliver<I, R, Completed<I, R> | Settled<I, R>> {
  return (index, input, failed, value) =>
    returnExceptions ? { index, input, ...settlement(failed, value) } : { index, input, value }
}
