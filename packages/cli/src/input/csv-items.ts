import { InputError } from '../errors.ts'
import { csvFields, endsOpen } from './csv-record.ts'
import type { RawEntry } from './entry.ts'
import type { Line } from './lines.ts'
import { isComment } from './text-items.ts'

/** A record that is longer is a quote that somebody forgot to close. */
const MAX_RECORD_LINES = 1000
const UNCLOSED = 'has a quote that is never closed'

/**
 * CSV with the names of the fields in its first record. A field may span lines; a quote that is never closed costs the line it stands in and
 * not the rest of the file.
 */
export class CsvItems {
  readonly #what: string
  readonly #separator: string
  #names: readonly string[] | undefined
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
    const goesOn = endsOpen(line.text, this.#separator, this.#open.length > 0)
    this.#open.push(line)
    if (!goesOn) yield* this.#record()
    else if (this.#open.length >= MAX_RECORD_LINES) yield* this.#giveUp()
  }

  /** The lines that are open are a record. */
  *#record(): Generator<RawEntry> {
    const values = csvFields(this.#open.map(({ text }) => text).join('\n'), this.#separator)
    const names = this.#names
    const place = this.#place(this.#open[0]!)
    const problem =
      typeof values === 'string'
        ? values
        : names !== undefined && values.length !== names.length
          ? `has ${values.length} fields, and the first line names ${names.length}`
          : undefined
    if (problem !== undefined) yield* this.#giveUp(problem)
    else {
      this.#open = []
      if (names === undefined) this.#names = checkNames(values as string[], place)
      else yield csvItem(names, values as string[], place)
    }
  }

  /** What begins in the first of the open lines is no record: that line is bad, and those after it are read again. */
  *#giveUp(problem = UNCLOSED): Generator<RawEntry> {
    const [first, ...others] = this.#open
    this.#open = []
    const place = this.#place(first!)
    if (this.#names === undefined) throw new InputError(`${place} ${problem}`)
    yield { place, problem: others.length === 0 ? problem : UNCLOSED }
    for (const line of others) yield* this.#add(line)
  }

  #place({ number }: Line): string {
    return `${this.#what}:${number}`
  }
}

function csvItem(names: readonly string[], values: readonly string[], place: string): RawEntry {
  const fields: Record<string, string> = Object.fromEntries(names.map((name, i) => [name, values[i]!]))
  const text = names.length === 1 ? values[0]! : undefined
  return { place, source: fields, text, fields, overrides: false, trusted: false }
}

function checkNames(names: readonly string[], place: string): readonly string[] {
  const empty = names.indexOf('')
  if (empty >= 0)
    throw new InputError(`${place}: field ${empty + 1} has no name; the first line of CSV names the fields`)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new InputError(`${place} names the field ${JSON.stringify(twice)} twice`)
  return names
}
