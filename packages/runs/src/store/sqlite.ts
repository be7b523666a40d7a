import { createRequire } from 'node:module'
import { StoreError } from '../errors.ts'

/** What SQLite stores and returns. */
export type SqlValue = null | number | string | Uint8Array

/** The part of `node:sqlite` that is used, which `@photostructure/sqlite` has too. */
export interface Database {
  exec(sql: string): void
  prepare(sql: string): Statement
  close(): void
}

/** A prepared statement. */
export interface Statement {
  run(...values: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint }
  get(...values: SqlValue[]): Record<string, SqlValue> | undefined
  all(...values: SqlValue[]): Record<string, SqlValue>[]
  iterate(...values: SqlValue[]): IterableIterator<Record<string, SqlValue>>
}

type Driver = new (path: string, options?: { readOnly?: boolean }) => Database

let driver: Driver | undefined

/** Opens a database with the SQLite of Node itself, or where it has none (before 22.13) of `@photostructure/sqlite`. @throws StoreError `NO_SQLITE`. */
export function openDatabase(path: string, options: { readOnly?: boolean } = {}): Database {
  driver ??= load()
  return new driver(path, options)
}

function load(): Driver {
  const own = withoutWarning(() => process.getBuiltinModule('node:sqlite')) as { DatabaseSync: Driver } | undefined
  if (own !== undefined) return own.DatabaseSync
  try {
    const { DatabaseSync } = createRequire(import.meta.url)('@photostructure/sqlite') as { DatabaseSync: Driver }
    return DatabaseSync
  } catch (error) {
    throw new StoreError(
      'NO_SQLITE',
      `a run keeps its state in SQLite, which Node ${process.versions.node} does not have: ` +
        'use Node 22.13 or newer, or install the package @photostructure/sqlite',
      { cause: error },
    )
  }
}

/** Node says that its SQLite is experimental, on standard error, which belongs to whoever uses us. */
function withoutWarning<T>(work: () => T): T {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return work()
  } finally {
    process.emitWarning = emitWarning
  }
}
