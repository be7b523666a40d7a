import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../errors.ts'

/** Chosen by the user: 70 MB that nobody else needs. */
const DUCKDB = '@duckdb/node-api'
/** A line of an output is no longer, in bytes. */
const LONGEST = 256 * 1024 * 1024

/** What is used of it. */
interface DuckDb {
  readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }> }
}
interface Connection {
  run(sql: string): Promise<unknown>
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>
  closeSync(): void
}

/** Writes an output as Parquet, objects and lists with types of their own, by DuckDB. @throws UsageError when DuckDB is not there. */
export async function exportParquet(from: string, to: string): Promise<number> {
  const { DuckDBInstance } = await loadDuckDb()
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const lines = `read_json(${quoted(from)}, format='newline_delimited', sample_size=-1, maximum_object_size=${LONGEST})`
    await connection.run(`COPY (SELECT * FROM ${lines}) TO ${quoted(to)} (FORMAT parquet)`)
    const counted = await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM read_parquet(${quoted(to)})`)
    return Number(counted.getRows()[0]![0])
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** From where this program is, or else from the working directory. */
async function loadDuckDb(): Promise<DuckDb> {
  for (const base of [import.meta.url, join(process.cwd(), 'package.json')]) {
    let path: string
    try {
      path = createRequire(base).resolve(DUCKDB)
    } catch {
      continue
    }
    const loaded = (await import(pathToFileURL(path).href)) as DuckDb & { default?: DuckDb }
    return loaded.default ?? loaded
  }
  throw new UsageError(`Parquet is written by DuckDB, which is not installed: npm install ${DUCKDB}`)
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`
}
