/** One member of a structured list: `"default";q=100;w=60`. */
export interface StructuredItem {
  readonly value: string | number
  readonly parameters: Readonly<Record<string, string | number | true | undefined>>
}

/**
 * A list of items with parameters, as the RateLimit fields use it (RFC 9651, sections 3.1 and 3.3): integers, decimals, strings, tokens and byte sequences.
 * A member of a dictionary (`limit=100`) is read as an item with one parameter and the value `''`. `undefined` when the text is not such a list: a
 * field that is malformed anywhere must be ignored as a whole.
 */
export function parseStructuredList(text: string): StructuredItem[] | undefined {
  const scanner = new Scanner(text)
  const items: StructuredItem[] = []
  scanner.spaces()
  while (!scanner.end) {
    const item = scanner.item()
    if (item === undefined) return undefined
    items.push(item)
    scanner.spaces()
    if (scanner.end) break
    if (!scanner.eat(',')) return undefined
    scanner.spaces()
    if (scanner.end) return undefined
  }
  return items
}

const NUMBER = /-?\d{1,15}(?:\.\d{1,3})?/y
const STRING = /"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"/y
const TOKEN = /[A-Za-z*][A-Za-z0-9!#$%&'*+\-.^_`|~:/]*/y
const BYTES = /:([A-Za-z0-9+/=]*):/y
const KEY = /[a-z*][a-z0-9_.*-]*/y
const SPACES = /[ \t]*/y

class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get end(): boolean {
    return this.#at >= this.#text.length
  }

  spaces(): void {
    this.#match(SPACES)
  }

  eat(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  item(): StructuredItem | undefined {
    const parameters: Record<string, string | number | true | undefined> = Object.create(null) as Record<
      string,
      undefined
    >
    const start = this.#at
    let value: string | number | undefined
    const key = this.#match(KEY)?.[0]
    if (key !== undefined && this.eat('=')) {
      const member = this.#bare()
      if (member === undefined) return undefined
      parameters[key] = member
      value = ''
    } else {
      this.#at = start
      value = this.#bare()
    }
    if (value === undefined) return undefined
    while (this.eat(';')) {
      this.spaces()
      const name = this.#match(KEY)?.[0]
      if (name === undefined) return undefined
      const parameter = this.eat('=') ? this.#bare() : true
      if (parameter === undefined) return undefined
      parameters[name] = parameter
    }
    return { value, parameters }
  }

  #bare(): string | number | undefined {
    const number = this.#match(NUMBER)
    if (number !== null) return Number(number[0])
    const text = this.#match(STRING)
    if (text !== null) return text[1]!.replace(/\\(["\\])/g, '$1')
    return (this.#match(BYTES) ?? this.#match(TOKEN))?.[0]
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match !== null) this.#at = pattern.lastIndex
    return match
  }
}
