import { show } from '@sluice/core/internal'
import type { NewItem } from './store/run-store.ts'

/** An item on its way into the store. @throws TypeError when it has no key, or is no plain data. */
export function newItem<I>(item: I, keyOf: (item: I) => string | number, priority: number): NewItem {
  const own = keyOf(item)
  // Not a number is what comes of a field that is missing, and would be one key for all of them.
  if (typeof own !== 'string' && (typeof own !== 'number' || Number.isNaN(own))) {
    throw new TypeError(`the key of an item must be a string or a number, not ${show(own)}`)
  }
  const key = String(own)
  if (item === key) return { key, item, json: null, priority }
  const json: string | undefined = JSON.stringify(item)
  if (json === undefined) throw new TypeError(`an item must be plain data, not ${show(item)}`)
  return { key, item, json, priority }
}

/** The key of an item where nobody says otherwise. @throws TypeError when there is none. */
export function defaultKey(item: unknown): string | number {
  if (typeof item === 'string' || typeof item === 'number') return item
  const { key, id } = (typeof item === 'object' && item !== null ? item : {}) as { key?: unknown; id?: unknown }
  const own = key ?? id
  if (typeof own === 'string' || typeof own === 'number') return own
  throw new TypeError(
    'an item that is no string or number needs a field key or id, or the option key must tell its key',
  )
}
