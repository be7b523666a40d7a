import type { Readable } from 'node:stream'
import { CsvItems } from './csv-items.ts'
import { isBad, textItem, type Entry, type RawEntry } from './entry.ts'
import { formatByContent, formatByName, type InputFormat } from './input-format.ts'
import { readLines, type Line } from './lines.ts'
import { ndjsonItems } from './ndjson-items.ts'
import { openInput, type InputSource } from './open-input.ts'
import { textItems } from './text-items.ts'

/** Where items come from. */
export interface ItemsInput {
  /** Items from the command line, or a source to read. */
  readonly from: readonly string[] | InputSource
  /** By the name or the content if undefined. */
  readonly format: InputFormat | undefined
}

/** The items of the input, one after the other as they are asked for. @throws InputError when it cannot be read. */
export async function* readItems(input: ItemsInput, stdin: () => Readable): AsyncGenerator<Entry, void> {
  let index = 0
  for await (const entries of readEntries(input, stdin)) {
    for (const entry of entries) yield isBad(entry) ? entry : { index: index++, ...entry }
  }
}

/** The entries of the input, some at a time. */
export async function* readEntries(
  { from, format }: ItemsInput,
  stdin: () => Readable,
): AsyncGenerator<Iterable<RawEntry>, void> {
  if (!('path' in from)) {
    yield from.map((text, i) => textItem(`item ${i + 1}`, text, text, true))
    return
  }
  const { path, name } = from
  let known = format ?? formatByName(path)
  let csv: CsvItems | undefined
  for await (const lines of readLines(openInput(from, stdin), path === '-' ? name : path)) {
    known ??= formatByContent(lines)
    if (known === undefined) yield problemsOf(lines, name)
    else if (known === 'ndjson') yield ndjsonItems(lines, name)
    else if (known === 'lines') yield textItems(lines, name)
    else yield (csv ??= new CsvItems(name, known === 'tsv' ? '\t' : ',')).items(lines)
  }
  if (csv !== undefined) yield csv.end()
}

/** Of lines that are all blank, comments or bad. */
function problemsOf(lines: readonly Line[], name: string): Iterable<RawEntry> {
  return textItems(lines, name)
}
