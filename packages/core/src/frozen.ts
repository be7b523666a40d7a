import { isThenable, show } from './check.ts'

declare function structuredClone<T>(value: T): T

/** An object that has `true` under this, by itself or from its class, says that nothing about it or in it ever changes: {@link frozen} hands it out as it is. It is `Symbol.for('sluice.immutable')`. */
export const IMMUTABLE: unique symbol = Symbol.for('sluice.immutable') as never

/** A list that nobody can change through what they get from it. */
export interface Frozen<T> extends Iterable<T> {
  /** How many items there are. */
  readonly length: number
  /** A copy of the item at `index`, from the end if negative; `undefined` beyond the list. */
  at(index: number): T | undefined
}

/**
 * Takes down the items of `iterable`, and hands out a deep copy of each, one at a time, as often as it is iterated. Whatever a consumer changes in its copy, or hangs on to it, neither
 * reaches the source nor outlives the consumer's own reference: a long list that is worked off item by item stays as small as it was.
 *
 * Copies are made by `structuredClone`: plain data, dates, maps, sets, buffers. What says that it is {@link IMMUTABLE} needs no copy, and is handed out itself.
 *
 * @throws TypeError at once when `iterable` cannot be iterated; while iterating, for an item that cannot be copied whole (functions, instances of a class).
 *
 * @example
 * ```ts
 * import { frozen } from '@sluice/core'
 *
 * const matches = frozen([{ id: 'EUW1_1' }, { id: 'EUW1_2' }])
 * for (const match of matches) match.id = 'changed'
 * console.log([...matches].map((match) => match.id)) // [ 'EUW1_1', 'EUW1_2' ]
 * ```
 */
export function frozen<T>(iterable: Iterable<T>): Frozen<T> {
  if (typeof (iterable as Partial<Iterable<T>> | null | undefined)?.[Symbol.iterator] !== 'function') {
    const hint = isThenable(iterable) ? '; await it first' : ''
    throw new TypeError(`frozen takes an iterable, such as an array, not ${show(iterable)}${hint}`)
  }
  const items = [...iterable]
  return Object.freeze({
    length: items.length,
    at: (index: number) => copy(items.at(index)!, index),
    *[Symbol.iterator]() {
      for (const [i, item] of items.entries()) yield copy(item, i)
    },
  })
}

function copy<T>(item: T, index: number): T {
  if ((typeof item !== 'object' || item === null) && typeof item !== 'function') return item
  if ((item as { readonly [IMMUTABLE]?: unknown })[IMMUTABLE] === true) return item
  let cause: unknown
  try {
    const twin = structuredClone(item)
    const name = className(item)
    if (name === undefined || name === className(twin)) return twin
  } catch (error) {
    cause = error
  }
  throw new TypeError(
    `frozen: item ${index}, ${show(item)}, cannot be copied whole: only plain data can, not functions and instances of classes`,
    { cause },
  )
}

/** The name of an object's class: compared by name, since copies may come from another realm. */
function className(value: unknown): unknown {
  return (value as { constructor?: { name?: unknown } }).constructor?.name
}
