import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { StoreError } from '../errors.ts'
import { Lock } from './lock.ts'
import { APPLICATION_ID, FORMAT, SCHEMA } from './schema.ts'
import { SqliteStore } from './sqlite-store.ts'
import { openDatabase, type Database } from './sqlite.ts'

/** Names of the files in a run's folder. */
export const STORE_FILE = 'store.sqlite'
export const LOCK_FILE = 'lock.sqlite'

/** How a store is opened. */
export interface StoreOptions {
  /** What it must be for, as JSON. */
  readonly job: string
  readonly name: string
  /** What was there is forgotten. */
  readonly fresh: boolean
  /** Whether what is done must survive a power cut. */
  readonly durable: boolean
  readonly id: () => string
  /** The crash tests end the process here. */
  readonly at: (point: string) => void
}

/** Opens the store in `folder`, or makes one. @throws StoreError when it does not fit, or somebody else writes it. */
export function openStore(folder: string, options: StoreOptions): SqliteStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = Lock.take(join(folder, LOCK_FILE))
  if (lock === undefined)
    throw new StoreError('LOCKED', `${folder} is in use${writerOf(folder)}: wait for it, or stop it`)
  const path = join(folder, STORE_FILE)
  let database: Database | undefined
  try {
    if (options.fresh) for (const end of ['-wal', '-shm', '']) rmSync(path + end, { force: true })
    database = openDatabase(path)
    const isNew = checkFormat(database, folder)
    database.exec(
      'PRAGMA journal_mode=WAL; PRAGMA busy_timeout=5000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000',
    )
    // What is done at the opening is rare, and waits for the disk by itself.
    database.exec(`PRAGMA synchronous=${options.durable ? 'FULL' : 'NORMAL'}`)
    database.exec('BEGIN IMMEDIATE')
    options.at('open.begin')
    if (isNew) {
      database.exec(SCHEMA)
      put(database, 'id', options.id())
      put(database, 'name', options.name)
      put(database, 'job', options.job)
      put(database, 'created', new Date().toISOString())
    } else checkJob(database, folder, options.job)
    put(database, 'sessions', Number(get(database, 'sessions') ?? 0) + 1)
    put(database, 'writer', JSON.stringify({ pid: process.pid, started: new Date().toISOString() }))
    options.at('open.transaction')
    database.exec('COMMIT')
    options.at('open.committed')
    return new SqliteStore(database, lock, `${path}-wal`, options.at, isNew)
  } catch (error) {
    database?.close()
    lock.release()
    throw toldOf(folder, error)
  }
}

/** True when nothing is in it yet. @throws StoreError when it is not ours, or of another version. */
export function checkFormat(database: Database, folder: string): boolean {
  const version = Number(database.prepare('PRAGMA user_version').get()!['user_version'])
  const application = Number(database.prepare('PRAGMA application_id').get()!['application_id'])
  if (version === FORMAT && application === APPLICATION_ID) return false
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()!
  if (version === 0 && application === 0 && tables === 0) return true
  if (application !== APPLICATION_ID)
    throw new StoreError('CORRUPT', `${folder} holds a database that is no store of a run`)
  throw new StoreError(
    'VERSION',
    `${folder} was written in format ${version} of the store, and this version of Sluice knows format ${FORMAT}: ` +
      'use the version that wrote it, or start over (fresh)',
  )
}

function checkJob(database: Database, folder: string, job: string): void {
  const before = String(get(database, 'job'))
  if (before === job) return
  throw new StoreError(
    'JOB',
    `${folder} belongs to another job (${differences(before, job)}): name another output, or start over (fresh)`,
  )
}

/** What of a job has changed, by the names of its fields. */
function differences(before: string, now: string): string {
  const [old, given] = [before, now].map((text) => JSON.parse(text) as unknown)
  if (typeof old !== 'object' || typeof given !== 'object' || old === null || given === null) {
    return `it was ${before}, and is ${now}`
  }
  const text = (value: unknown): string => JSON.stringify(value) ?? 'not set'
  const changed = [...new Set([...Object.keys(old), ...Object.keys(given)])]
    .map((name) => [name, text((old as never)[name]), text((given as never)[name])] as const)
    .filter(([, was, is]) => was !== is)
  return changed.map(([name, was, is]) => `${name} was ${was}, and is ${is}`).join('; ')
}

/** Who writes the run, as far as it is known. */
function writerOf(folder: string): string {
  try {
    const database = openDatabase(join(folder, STORE_FILE), { readOnly: true })
    try {
      const { pid, started } = JSON.parse(String(get(database, 'writer'))) as { pid: number; started: string }
      return ` by process ${pid} since ${started}`
    } finally {
      database.close()
    }
  } catch {
    // It has only just begun.
    return ''
  }
}

function get(database: Database, key: string): unknown {
  return database.prepare('SELECT value FROM meta WHERE key=?').get(key)?.['value']
}

function put(database: Database, key: string, value: string | number): void {
  database.prepare('INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)').run(key, value)
}

/** The same error, or what it means where SQLite complains. */
export function toldOf(folder: string, error: unknown): unknown {
  if (error instanceof StoreError || !isSqlite(error)) return error
  return new StoreError('CORRUPT', `${folder} cannot be used: ${(error as Error).message}`, { cause: error })
}

/** SQLite's own complaints, as both drivers tell them. */
function isSqlite(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /SQLITE/.test(code)
}
