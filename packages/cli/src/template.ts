import { ItemError, UsageError } from './errors.ts'
import type { Item } from './input/entry.ts'

/** `{}`, `{id}`, `{data.id}`, and `{+path}` for a value that is not encoded. */
const PLACEHOLDER = /\{(\+?)([\p{L}_][\p{L}\p{N}_.-]*)?\}/gu

interface Placeholder {
  /** Empty for `{}`. */
  readonly name: string
  readonly raw: boolean
}

/** A URL with places to fill in. */
export interface Template {
  /** The names of its fields, each once; `''` for `{}`. */
  readonly fields: readonly string[]
  /** The URL of one item. @throws ItemError when the item lacks a field. */
  fill(item: Item): string
}

/** True when `text` has a place for an item. */
export function isTemplate(text: string): boolean {
  return text.search(PLACEHOLDER) >= 0
}

/**
 * Reads a template. Values are encoded so that each stays one part of a path or one value of a query; `{+name}` keeps slashes and what else has a meaning in a URL.
 *
 * @param expand is applied to the text between the places.
 */
export function parseTemplate(text: string, expand: (text: string) => string): Template {
  const literals: string[] = []
  const places: Placeholder[] = []
  let end = 0
  for (const match of text.matchAll(PLACEHOLDER)) {
    literals.push(expand(text.slice(end, match.index)))
    places.push({ name: match[2] ?? '', raw: match[1] === '+' })
    end = match.index + match[0].length
  }
  literals.push(expand(text.slice(end)))
  const fields = [...new Set(places.map(({ name }) => name))]
  if (fields.includes('') && fields.length > 1) {
    throw new UsageError(`a template has either {} or named fields, and not both: ${text}`)
  }
  const [only] = fields.length === 1 ? fields : []
  return {
    fields,
    fill: (item) =>
      places.reduce((url, { name, raw }, i) => {
        const value = valueOf(item, name, only)
        return url + (raw ? encodeURI(value) : encodeURIComponent(value)) + literals[i + 1]!
      }, literals[0]!),
  }
}

function valueOf({ text, fields }: Item, name: string, only: string | undefined): string {
  // An item that is a single value fills the only field, whatever its name.
  if (text !== undefined && (name === '' || (fields === undefined && name === only))) return checked(text, name)
  if (fields === undefined) throw new ItemError(`is a single value, and the template has more than one field`)
  const names = Object.keys(fields)
  if (name === '') {
    if (names.length === 1) return checked(fields[names[0]!], names[0]!)
    throw new ItemError(
      `has ${names.length} fields, and {} does not say which: write for example {${names[0] ?? 'id'}}`,
    )
  }
  return checked(find(fields, name), name)
}

/** A field by its whole name, or else by its path. */
function find(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name]
  let value: unknown = fields
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

function checked(value: unknown, name: string): string {
  const what = name === '' ? 'the item' : `the field ${JSON.stringify(name)}`
  if (value === undefined) throw new ItemError(`has no field ${JSON.stringify(name)}`)
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new ItemError(
      `${what} must be a text or a number to stand in a URL, not ${value === null ? 'null' : typeof value}`,
    )
  }
  if (value === '') throw new ItemError(`${what} is empty`)
  return String(value)
}
