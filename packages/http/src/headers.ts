import { knownCredentials } from './redact.ts'
import type { HeadersInput, HeadersLike, MutableHeaders } from './types.ts'

/** RFC 9110, section 5.6.2: the characters of a header's name. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
/** RFC 9110, section 5.5: what a value must not hold. */
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/

function checkName(name: unknown): string {
  if (typeof name !== 'string' || !NAME.test(name))
    throw new TypeError(
      `a header name must consist of the letters, digits and !#$%&'*+-.^_\`|~ of HTTP, not ${JSON.stringify(name)}`,
    )
  return name.toLowerCase()
}

/** The value itself may be a secret, so that the message names the character only. */
function checkValue(name: string, value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string')
    throw new TypeError(`the header ${name} must be a string or a number, not ${typeof value}`)
  const at = text.search(BAD_VALUE)
  if (at >= 0) {
    const code = text.codePointAt(at)!.toString(16).toUpperCase().padStart(4, '0')
    throw new TypeError(
      `the header ${name} holds the character U+${code} at position ${at}, which HTTP does not allow; encode it`,
    )
  }
  return text.trim()
}

/**
 * Headers as the flat list `[name, value, name, value, …]` that undici sends, names in lower case.
 * It starts on a list that may be shared with others and copies it before the first write.
 */
export class HeaderList implements MutableHeaders {
  /** @internal Read only for everybody else. */
  raw: readonly string[]
  /** @internal */
  owned: boolean

  constructor(shared: readonly string[] = []) {
    this.raw = shared
    this.owned = false
  }

  /** What JSON and `console.log` show: credentials are redacted. `toRecord()` has them. */
  toJSON(): Record<string, string> {
    return knownCredentials.redactHeaders(this)
  }

  static from(input: HeadersInput | undefined, defaults: readonly string[] = []): HeaderList {
    const list = new HeaderList(defaults)
    if (input !== undefined) list.assign(input)
    return list
  }

  /** Sets every header of `input`; `undefined` deletes, repeated names of an iterable append. */
  assign(input: HeadersInput): void {
    if (input === null || typeof input !== 'object')
      throw new TypeError(
        `headers must be an object or an iterable of [name, value], not ${input === null ? 'null' : typeof input}`,
      )
    if (Symbol.iterator in input) {
      const seen = new Set<string>()
      for (const pair of input as Iterable<readonly [string, string]>) {
        if (pair === null || typeof pair !== 'object' || pair.length !== 2)
          throw new TypeError('headers as an iterable must yield [name, value] pairs')
        const key = checkName(pair[0])
        if (seen.has(key)) this.append(key, pair[1])
        else this.set(key, pair[1])
        seen.add(key)
      }
      return
    }
    const record = input
    for (const name of Object.keys(record)) {
      const value = record[name]
      if (value === undefined) this.delete(name)
      else if (Array.isArray(value)) {
        this.delete(name)
        for (const one of value as readonly string[]) this.append(name, one)
      } else this.set(name, value as string)
    }
  }

  get(name: string): string | undefined {
    const { raw } = this
    const key = name.toLowerCase()
    let found: string | undefined
    for (let i = 0; i < raw.length; i += 2) {
      if (raw[i] === key) found = found === undefined ? raw[i + 1]! : `${found}, ${raw[i + 1]!}`
    }
    return found
  }

  has(name: string): boolean {
    const { raw } = this
    const key = name.toLowerCase()
    for (let i = 0; i < raw.length; i += 2) if (raw[i] === key) return true
    return false
  }

  set(name: string, value: string): void {
    const key = checkName(name)
    const text = checkValue(key, value)
    if (this.has(key)) this.delete(key)
    this.#write().push(key, text)
  }

  append(name: string, value: string): void {
    const key = checkName(name)
    this.#write().push(key, checkValue(key, value))
  }

  delete(name: string): void {
    const key = checkName(name)
    if (!this.has(key)) return
    const { raw } = this
    const rest: string[] = []
    for (let i = 0; i < raw.length; i += 2) if (raw[i] !== key) rest.push(raw[i]!, raw[i + 1]!)
    this.raw = rest
    this.owned = true
  }

  getSetCookie(): string[] {
    return [...this.entries()].filter(([name]) => name === 'set-cookie').map(([, value]) => value)
  }

  *entries(): IterableIterator<[name: string, value: string]> {
    const { raw } = this
    for (let i = 0; i < raw.length; i += 2) yield [raw[i]!, raw[i + 1]!]
  }

  [Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    return this.entries()
  }

  toRecord(): Record<string, string | string[]> {
    return toRecord(this.entries())
  }

  #write(): string[] {
    if (!this.owned) {
      this.raw = [...this.raw]
      this.owned = true
    }
    return this.raw as string[]
  }
}

// Not in the class, where a name that is computed has no place in its declaration.
Object.defineProperty(HeaderList.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(this: HeaderList) {
    return this.toJSON()
  },
})

/** The headers of a response from memory: a view of a record. */
export class ResponseHeaders implements HeadersLike {
  readonly #record: Readonly<Record<string, string | readonly string[] | undefined>>

  constructor(record: Readonly<Record<string, string | readonly string[] | undefined>>) {
    this.#record = record
  }

  get(name: string): string | undefined {
    const record = this.#record
    let value = record[name]
    if (value === undefined) {
      const key = name.toLowerCase()
      if (key !== name) value = record[key]
    }
    // What the record inherits (`constructor`) is neither a string nor an array.
    if (typeof value === 'string') return value
    return Array.isArray(value) ? value.join(', ') : undefined
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  getSetCookie(): string[] {
    const value = this.#record['set-cookie']
    return value === undefined ? [] : typeof value === 'string' ? [value] : [...value]
  }

  *entries(): IterableIterator<[name: string, value: string]> {
    const record = this.#record
    for (const name of Object.keys(record)) {
      const value = record[name]
      if (typeof value === 'string') yield [name, value]
      else for (const one of value ?? []) yield [name, one]
    }
  }

  [Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    return this.entries()
  }

  toRecord(): Record<string, string | string[]> {
    return toRecord(this.entries())
  }
}

/** @internal Repeated names become an array. */
export function toRecord(entries: Iterable<[name: string, value: string]>): Record<string, string | string[]> {
  const record: Record<string, string | string[]> = {}
  for (const [name, value] of entries) {
    const before = Object.hasOwn(record, name) ? record[name] : undefined
    const next = before === undefined ? value : typeof before === 'string' ? [before, value] : [...before, value]
    Object.defineProperty(record, name, { value: next, writable: true, enumerable: true, configurable: true })
  }
  return record
}
