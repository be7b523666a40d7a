import type { Line } from './lines.ts'
import { isComment } from './text-items.ts'

/** How items are written. */
export type InputFormat = 'lines' | 'ndjson' | 'csv' | 'tsv'

/** The names of {@link InputFormat}. */
export const INPUT_FORMATS: readonly InputFormat[] = ['lines', 'ndjson', 'csv', 'tsv']

const BY_ENDING: Readonly<Record<string, InputFormat>> = {
  csv: 'csv',
  tsv: 'tsv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  json: 'ndjson',
  txt: 'lines',
}

/** The format that the ending of a file's name tells, if it tells one; `.gz` is no ending of its own. */
export function formatByName(path: string): InputFormat | undefined {
  const [, ending] = /\.([a-z]+)$/i.exec(path.replace(/\.gz$/i, '')) ?? []
  return ending === undefined ? undefined : BY_ENDING[ending.toLowerCase()]
}

/** The format of what begins with these lines, or undefined if they are all skipped: neither a URL nor an id begins like JSON. */
export function formatByContent(lines: readonly Line[]): InputFormat | undefined {
  const first = lines.find(({ text, problem }) => problem === undefined && !isComment(text.trim()))
  if (first === undefined) return undefined
  return /^\s*["{[]/.test(first.text) ? 'ndjson' : 'lines'
}
