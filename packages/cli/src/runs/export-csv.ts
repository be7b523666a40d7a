import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { columnsOf, outputLines, rowOf, type Cell } from './output-rows.ts'

/** Writes an output as CSV (RFC 4180): the first record names the columns. */
export async function exportCsv(from: string, to: string): Promise<number> {
  const { columns, depth } = await columnsOf(from)
  let count = 0
  const records = async function* (): AsyncGenerator<string> {
    yield `${columns.map(field).join(',')}\r\n`
    for await (const line of outputLines(from)) {
      const row = rowOf(line, depth)
      count++
      yield `${columns.map((name) => field(row.get(name))).join(',')}\r\n`
    }
  }
  await pipeline(Readable.from(records()), createWriteStream(to))
  return count
}

function field(value: Cell | undefined): string {
  if (value === null || value === undefined) return ''
  const text = String(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
