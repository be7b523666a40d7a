import { openDatabase, type SqlValue } from '@sluice/runs/internal'
import { columnsOf, outputLines, rowOf, type Cell } from './output-rows.ts'

/** Writes an output as a SQLite database with one table, `items`. */
export async function exportSqlite(from: string, to: string): Promise<number> {
  const { columns, depth } = await columnsOf(from)
  const names = distinct(columns)
  const database = openDatabase(to)
  try {
    database.exec('PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF')
    database.exec(
      `CREATE TABLE items (${names.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ') || '"index"'})`,
    )
    const insert = database.prepare(`INSERT INTO items VALUES (${columns.map(() => '?').join(', ') || 'NULL'})`)
    let count = 0
    database.exec('BEGIN')
    for await (const line of outputLines(from)) {
      const row = rowOf(line, depth)
      insert.run(...columns.map((name) => sqlValue(row.get(name))))
      count++
    }
    database.exec('COMMIT')
    return count
  } finally {
    database.close()
  }
}

function sqlValue(value: Cell | undefined): SqlValue {
  return typeof value === 'boolean' ? Number(value) : (value ?? null)
}

/** Names of columns are the same to SQLite if only capitals differ. */
function distinct(columns: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return columns.map((name) => {
    const times = (seen.get(name.toLowerCase()) ?? 0) + 1
    seen.set(name.toLowerCase(), times)
    return times === 1 ? name : `${name} ${times}`
  })
}
