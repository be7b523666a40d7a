import { workThrough } from './items.ts'
import type { LimitOptions } from './limits.ts'
import type { Items } from './source.ts'
import type { ItemFunction } from './task-context.ts'

/**
 * Calls `fn` for every item, so many at once, in memory that does not grow with the number of items: an endless input is fine.
 *
 * `items` may be an async iterable; one is pulled when there is room for it. The first failure aborts the others, waits for them and closes the source.
 * Default `concurrency` is 100.
 *
 * @throws AggregateError of every error, the first one first and as `cause`; the reason of an abort from outside; TimeoutError when the `deadline` passes;
 * TypeError, RangeError for wrong arguments.
 * @example
 * ```ts
 * import { forEach } from '@sluice/core'
 *
 * let sum = 0
 * await forEach([1, 2, 3], async (n) => void (sum += n), { concurrency: 2 })
 * console.log(sum) // 6
 * ```
 */
export async function forEach<I>(
  items: Items<I>,
  fn: ItemFunction<I, unknown>,
  options: LimitOptions = {},
): Promise<void> {
  return workThrough('forEach', items, fn, options, undefined)
}
