import { existsSync, rmSync, renameSync } from 'node:fs'
import { UsageError } from '../errors.ts'
import { outputProblem } from '../output/open-output.ts'

/** Writes the rows of an output to a file; answers how many. */
type Exporter = (from: string, to: string) => Promise<number>

const EXPORTERS: Readonly<Record<string, () => Promise<Exporter>>> = {
  csv: async () => (await import('./export-csv.ts')).exportCsv,
  sqlite: async () => (await import('./export-sqlite.ts')).exportSqlite,
  parquet: async () => (await import('./export-parquet.ts')).exportParquet,
}

/**
 * Writes the output of a run in another form, which the ending of `to` names. Never half a file: it is put in its place when it is whole.
 *
 * @returns how many rows it has.
 * @throws UsageError when `to` has another ending, or is there already.
 */
export async function exportRun(from: string, to: string, { fresh }: { fresh: boolean }): Promise<number> {
  const [, ending = ''] = /\.([a-z0-9]+)$/i.exec(to) ?? []
  const load = EXPORTERS[ending === 'db' ? 'sqlite' : ending]
  if (load === undefined) throw new UsageError(`--output ${to}: write a name that ends in .csv, .sqlite or .parquet`)
  if (!fresh && existsSync(to))
    throw new UsageError(`${to} exists already: name another file, or add --fresh to overwrite it`)
  const exporter = await load()
  const half = `${to}.${process.pid}.tmp`
  try {
    const count = await exporter(from, half)
    renameSync(half, to)
    return count
  } catch (error) {
    rmSync(half, { force: true })
    if (error instanceof UsageError || (error as NodeJS.ErrnoException).code === undefined) throw error
    throw new UsageError(outputProblem(to, error), { cause: error })
  }
}
