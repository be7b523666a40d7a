import { InputError } from '../errors.ts'
import { csvFields, isOpen } from './csv-record.ts'
import type { RawEntry } from './entry.ts'
import type { Line } from './lines.ts'
import { isComment } from './text-items.ts'

/** A record that is longer is a quote that somebody forgot to close. */
const MAX_RECORD_LINES = 1000

/**
 * CSV with the names of the fields in its first record. A field may span lines; a quote that is never closed costs the line it stands in and
 * not the rest of the file.
 */
export class CsvItems {
  readonly #what: string
  readonly #separator: string
  #names: string[] | undefined
  /** The lines of a record that is not complete. */
  #open: Line[] = []

  constructor(what: string, separator: string) {
    this.#what = what
    this.#separator = separator
  }

  /** @throws InputError when the first record cannot be the names of the fields. */
  *items(lines: readonly Line[]): Generator<RawEntry> {
    for (const line of lines) yield* this.#add(line)
  }

  /** What is left at the end of the input. */
  *end(): Generator<RawEntry> {
    while (this.#open.length > 0) yield* this.#giveUp()
  }

  *#add(line: Line): Generator<RawEntry> {
    if (line.problem !== undefined) {
      while (this.#open.length > 0) yield* this.#giveUp()
      yield { place: this.#place(line), problem: line.problem }
      return
    }
    if (this.#open.length === 0 && isComment(line.text.trim())) return
    this.#open.push(line)
    // An even number of quotes in a further line leaves the record open.
    if (isOpen(line.text) === (this.#open.length === 1)) {
      if (this.#open.length >= MAX_RECORD_LINES) yield* this.#giveUp()
      return
    }
    const record = this.#open.map(({ text }) => text).join('\n')
    const [first] = this.#open
    this.#open = []
    yield* this.#record(record, this.#place(first!))
  }

  /** The quote in the first line is never closed: that line is bad, and those after it are read again. */
  *#giveUp(): Generator<RawEntry> {
    const [first, ...others] = this.#open
    this.#open = []
    const place = this.#place(first!)
    if (this.#names === undefined) throw new InputError(`${place} has a quote that is never closed`)
    yield { place, problem: 'has a quote that is never closed' }
    for (const line of others) yield* this.#add(line)
  }

  *#record(record: string, place: string): Generator<RawEntry> {
    const values = csvFields(record, this.#separator)
    if (this.#names === undefined) {
      this.#names = checkNames(values, place)
      return
    }
    const names = this.#names
    if (typeof values === 'string') yield { place, problem: values }
    else if (values.length !== names.length) {
      yield { place, problem: `has ${values.length} fields, and the first line names ${names.length}` }
    } else {
      const fields: Record<string, string> = Object.fromEntries(names.map((name, i) => [name, values[i]!]))
      const text = names.length === 1 ? values[0]! : undefined
      yield { place, source: fields, text, fields, overrides: false, trusted: false }
    }
  }

  #place({ number }: Line): string {
    return `${this.#what}:${number}`
  }
}

function checkNames(names: string[] | string, place: string): string[] {
  if (typeof names === 'string') throw new InputError(`${place} ${names}`)
  const empty = names.indexOf('')
  if (empty >= 0)
    throw new InputError(`${place}: field ${empty + 1} has no name; the first line of CSV names the fields`)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new InputError(`${place} names the field ${JSON.stringify(twice)} twice`)
  return names
}
