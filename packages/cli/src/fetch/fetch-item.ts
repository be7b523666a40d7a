import type { Item } from '../input/entry.ts'

/** An item of the input as the store of a run keeps it: a single value, an NDJSON object, or the fields of a CSV record. */
export type FetchItem = string | Readonly<Record<string, unknown>> | readonly ['csv', Readonly<Record<string, unknown>>]

/** What of an item must be kept to make its request again. */
export function fetchItem({ text, fields, overrides }: Item): FetchItem {
  if (fields === undefined) return text!
  return overrides ? fields : ['csv', fields]
}

/** The item again. `trusted`: it comes from the command line. */
export function itemOf(item: FetchItem, trusted: boolean): Omit<Item, 'index' | 'place'> {
  if (typeof item === 'string') return { source: item, text: item, fields: undefined, overrides: false, trusted }
  if (!isCsv(item)) return { source: item, text: undefined, fields: item, overrides: true, trusted: false }
  const [, fields] = item
  const values = Object.values(fields)
  return {
    source: fields,
    text: values.length === 1 ? (values[0] as string) : undefined,
    fields,
    overrides: false,
    trusted: false,
  }
}

function isCsv(item: FetchItem): item is readonly ['csv', Readonly<Record<string, unknown>>] {
  return Array.isArray(item)
}
