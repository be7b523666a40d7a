/** One item of the input, before it is a request. */
export interface Item {
  /** Position among the items, from 0. */
  readonly index: number
  /** Where it stands, for messages: `urls.txt:7`, or `argument 2`. */
  readonly place: string
  /** As it is written into a list of failed items: a string, or an object. */
  readonly source: unknown
  /** The item when it is one value: what `{}` stands for. */
  readonly text: string | undefined
  /** The item when it has named fields. */
  readonly fields: Readonly<Record<string, unknown>> | undefined
  /** True when `fields` may say how the request is made (`url`, `method`, `headers`, `body`): NDJSON, not CSV. */
  readonly overrides: boolean
  /** True for what stands on the command line: it may name environment variables, what comes from elsewhere may not. */
  readonly trusted: boolean
}

/** A place of the input that is no item. */
export interface BadEntry {
  readonly place: string
  /** What is wrong with it. */
  readonly problem: string
}

/** What the input consists of. */
export type Entry = Item | BadEntry

/** An entry whose index is not yet known. */
export type RawEntry = RawItem | BadEntry

/** An item whose index is not yet known. */
export type RawItem = Omit<Item, 'index'>

/** An item that is a single value. */
export function textItem(place: string, source: unknown, text: string, trusted = false): RawItem {
  return { place, source, text, fields: undefined, overrides: false, trusted }
}

/** True for an entry that is no item. */
export function isBad(entry: RawEntry): entry is BadEntry {
  return 'problem' in entry
}
