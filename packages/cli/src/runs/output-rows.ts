import { UsageError } from '../errors.ts'
import { readLines } from '../input/lines.ts'
import { inputSource, openInput } from '../input/open-input.ts'

/** What a cell holds. Lists are JSON. */
export type Cell = string | number | boolean | null
/** A line of an output, flat: `data.info.gameId`. */
export type Row = ReadonlyMap<string, Cell>

/** Objects inside of objects become columns down to this depth, and are JSON below. */
const DEPTHS = [4, 3, 2, 1, 0] as const
/** More columns than that are of no use to anybody, and too many for SQLite. */
const MOST_COLUMNS = 500

/** The lines of an output as JSON. @throws UsageError for a line that is none. */
export async function* outputLines(path: string): AsyncGenerator<Readonly<Record<string, unknown>>, void> {
  for await (const lines of readLines(openInput(inputSource(path), neverStdin), path)) {
    for (const { number, text, problem } of lines) {
      if (text === '' && problem === undefined) continue
      let value: unknown
      try {
        value = JSON.parse(text)
      } catch (error) {
        throw new UsageError(`${path}:${number} is no JSON: ${problem ?? (error as Error).message}`, { cause: error })
      }
      yield typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as Record<string, unknown>)
        : { data: value }
    }
  }
}

/** A line as a row. */
export function rowOf(line: Readonly<Record<string, unknown>>, depth: number): Row {
  const row = new Map<string, Cell>()
  const put = (name: string, value: unknown, left: number): void => {
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value) || left < 0) row.set(name, JSON.stringify(value))
      else for (const [key, below] of Object.entries(value)) put(name === '' ? key : `${name}.${key}`, below, left - 1)
    } else row.set(name, value as Cell)
  }
  put('', line, depth + 1)
  return row
}

/** The columns of an output, in the order in which they turn up, and the depth at which there are not too many. @throws UsageError */
export async function columnsOf(path: string): Promise<{ columns: string[]; depth: number }> {
  const found = DEPTHS.map((depth) => ({ depth, columns: new Set<string>() }))
  for await (const line of outputLines(path)) {
    for (const { depth, columns } of found) {
      if (columns.size <= MOST_COLUMNS) for (const name of rowOf(line, depth).keys()) columns.add(name)
    }
  }
  const { depth, columns } = found.find((one) => one.columns.size <= MOST_COLUMNS) ?? found.at(-1)!
  return { columns: [...columns], depth }
}

function neverStdin(): never {
  throw new Error('an output is not standard input')
}
