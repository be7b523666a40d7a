import { toRecord } from './headers.ts'
import type { HeadersLike } from './types.ts'

/**
 * The headers of a response as the parser leaves them: `[name, value, …]` in bytes, of which only what is asked for becomes text.
 * Most requests look at one or two of a dozen.
 */
export class WireHeaders implements HeadersLike {
  readonly #raw: readonly Buffer[]

  constructor(raw: readonly Buffer[]) {
    this.#raw = raw
  }

  get(name: string): string | undefined {
    const raw = this.#raw
    let found: string | undefined
    for (let i = 0; i < raw.length; i += 2) {
      if (!isNamed(raw[i]!, name)) continue
      const value = text(raw[i + 1]!)
      found = found === undefined ? value : `${found}, ${value}`
    }
    return found
  }

  has(name: string): boolean {
    const raw = this.#raw
    for (let i = 0; i < raw.length; i += 2) if (isNamed(raw[i]!, name)) return true
    return false
  }

  getSetCookie(): string[] {
    const raw = this.#raw
    const cookies: string[] = []
    for (let i = 0; i < raw.length; i += 2) if (isNamed(raw[i]!, 'set-cookie')) cookies.push(text(raw[i + 1]!))
    return cookies
  }

  *entries(): IterableIterator<[name: string, value: string]> {
    const raw = this.#raw
    for (let i = 0; i < raw.length; i += 2) yield [text(raw[i]!).toLowerCase(), text(raw[i + 1]!)]
  }

  [Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    return this.entries()
  }

  toRecord(): Record<string, string | string[]> {
    return toRecord(this.entries())
  }
}

function text(bytes: Buffer): string {
  return bytes.toString('latin1')
}

/** Whether `bytes` spell `name`, in whatever case. The length tells almost always. */
function isNamed(bytes: Buffer, name: string): boolean {
  const { length } = name
  if (bytes.length !== length) return false
  for (let i = 0; i < length; i++) if (lower(bytes[i]!) !== lower(name.charCodeAt(i))) return false
  return true
}

function lower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code
}
