import { workThrough } from './items.ts'
import type { LimitOptions } from './limits.ts'
import type { Items } from './source.ts'
import type { ItemFunction } from './task-context.ts'

/**
 * Calls `fn` for every item, so many at once, and answers the values in the order of the items.
 *
 * `items` may be an async iterable. The first failure aborts the others and waits for them. Default `concurrency` is 100.
 *
 * @throws AggregateError of every error, the first one first and as `cause`; the reason of an abort from outside; TimeoutError when the `deadline` passes;
 * TypeError, RangeError for wrong arguments.
 * @example
 * ```ts
 * import { map } from '@sluice/core'
 *
 * const lengths = await map(['one', 'three'], async (word, { index }) => `${index}: ${word.length}`, { concurrency: 10 })
 * console.log(lengths) // ['0: 3', '1: 5']
 * ```
 */
export async function map<I, R>(
  items: Items<I>,
  fn: ItemFunction<I, R>,
  options: LimitOptions = {},
): Promise<Awaited<R>[]> {
  const results: (R | undefined)[] = []
  await workThrough('map', items, fn, options, results)
  return results as Awaited<R>[]
}
