import { openStream, type StreamOptions } from './items.ts'
import type { Items } from './source.ts'
import type { ItemFunction } from './task-context.ts'

/**
 * Calls `fn` for every item, so many at once, and yields the values in the order of the items, each as soon as it and all before it are there.
 *
 * Nothing starts before the first value is asked for, and a slow consumer bounds what is worked ahead: `concurrency` (default 100) run and `buffer`
 * (default as many) wait. Leaving the loop aborts what runs, waits for it and closes the source.
 *
 * @throws from the loop: AggregateError of the errors after the values before them; the reason of an abort from outside. At once: TypeError, RangeError.
 * @example
 * ```ts
 * import { mapIterable } from '@sluice/core'
 *
 * const seen: number[] = []
 * for await (const square of mapIterable([1, 2, 3], async (n) => n * n, { concurrency: 2 })) seen.push(square)
 * console.log(seen) // [1, 4, 9]
 * ```
 */
export function mapIterable<I, R>(
  items: Items<I>,
  fn: ItemFunction<I, R>,
  options: StreamOptions = {},
): AsyncIterableIterator<Awaited<R>, undefined> & AsyncDisposable {
  return openStream('mapIterable', items, fn, options, (_, __, ___, value) => value as Awaited<R>, { ordered: true })
}
