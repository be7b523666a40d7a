import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { ErrorFacts } from './error-facts.ts'
import { StoreError } from './errors.ts'
import { keyOf } from './store/key.ts'
import { LOCK_FILE, STORE_FILE, checkFormat, toldOf } from './store/open-store.ts'
import { Lock } from './store/lock.ts'
import { openDatabase, type Database, type SqlValue } from './store/sqlite.ts'

/** Where a run stands. */
export interface RunReport {
  readonly id: string
  readonly name: string
  /** Folder of its store. */
  readonly store: string
  /** Its output, if that is a file that lies beside the store as usual; else its name. */
  readonly output: string | undefined
  readonly job: unknown
  /** When it was begun first, ISO 8601. */
  readonly created: string
  readonly sessions: number
  /** Items that it knows of. */
  readonly items: number
  readonly ok: number
  readonly failed: number
  /** Items that are not done; of an input that has not been read to its end there are more to come. */
  readonly pending: number
  /** Of these, to be tried again. */
  readonly retrying: number
  readonly inputEnded: boolean
  /** Who writes it now. */
  readonly writer: { readonly pid: number; readonly started: string } | undefined
}

/** How an item of a run stands. */
export interface ItemReport {
  readonly index: number
  readonly key: string
  readonly item: unknown
  readonly state: 'ok' | 'failed' | 'pending'
  readonly attempts: number
  /** Why it has failed, or failed the last time. */
  readonly error: ErrorFacts | undefined
  /** How long the last attempt took, in ms, if it has ended. */
  readonly ms: number | undefined
}

/**
 * Looks at a run without disturbing it, also while another process works on it.
 *
 * @throws StoreError when `store` is no store of a run, or one of another version.
 * @example
 * ```ts
 * import { mkdtempSync } from 'node:fs'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { RunReader, run } from '@sluice/runs'
 *
 * const sink = join(mkdtempSync(join(tmpdir(), 'sluice-')), 'out.ndjson')
 * const task = async (n: number) => {
 *   if (n === 2) throw new RangeError('two is too much')
 * }
 * await run({ items: [1, 2, 3], task, sink })
 * using reader = new RunReader(`${sink}.sluice`)
 * const { ok, failed, pending } = reader.report()
 * console.log(ok, failed, pending) // 2 1 0
 * for (const { key, error } of reader.items('failed')) console.log(key, error?.message) // 2 two is too much
 * ```
 */
export class RunReader implements Disposable {
  readonly #database: Database
  readonly #folder: string

  constructor(store: string) {
    const folder = resolve(store)
    const path = join(folder, STORE_FILE)
    if (!existsSync(path)) throw new StoreError('CORRUPT', `${store} is no store of a run: it has no ${STORE_FILE}`)
    let database: Database | undefined
    try {
      database = openDatabase(path, { readOnly: true })
      database.exec('PRAGMA busy_timeout=2000')
      if (checkFormat(database, store))
        throw new StoreError('CORRUPT', `${store} is empty: the run was ended before it began`)
    } catch (error) {
      database?.close()
      throw toldOf(store, error)
    }
    this.#database = database
    this.#folder = folder
  }

  /** Where the run stands now. */
  report(): RunReport {
    const text = (key: string): string => String(this.#meta(key) ?? '')
    const file = text('output')
    const beside = join(dirname(this.#folder), file)
    const items = this.#count('items')
    const ok = this.#count('results WHERE ok=1')
    const failed = this.#count('results WHERE ok=0')
    const isTaken = Lock.isTaken(join(this.#folder, LOCK_FILE))
    const writer = text('writer')
    return {
      id: text('id'),
      name: text('name'),
      store: this.#folder,
      output: file === '' ? undefined : basename(this.#folder) === `${file}.sluice` ? beside : file,
      job: JSON.parse(text('job')) as unknown,
      created: text('created'),
      sessions: Number(this.#meta('sessions')),
      items,
      ok,
      failed,
      pending: items - ok - failed,
      retrying: this.#count('retries'),
      inputEnded: this.#meta('inputEnded') === 1,
      writer: isTaken && writer !== '' ? (JSON.parse(writer) as { pid: number; started: string }) : undefined,
    }
  }

  /** The items in the order in which the run came to know them, all or those in one state. */
  *items(state?: ItemReport['state']): Generator<ItemReport, void> {
    const filter = { ok: 'r.ok=1', failed: 'r.ok=0', pending: 'r.id IS NULL' }
    const rows = this.#database
      .prepare(
        `SELECT i.id, i.key, i.long, i.item, r.ok, r.ms, ifnull(r.attempts, t.attempts) AS attempts, ifnull(r.error, t.error) AS error
         FROM items i LEFT JOIN results r ON r.id=i.id LEFT JOIN retries t ON t.id=i.id
         ${state === undefined ? '' : `WHERE ${filter[state]}`} ORDER BY i.id`,
      )
      .iterate()
    for (const row of rows) {
      const key = keyOf(row['key'], row['long'])
      const error = row['error']
      yield {
        index: Number(row['id']) - 1,
        key,
        item: row['item'] === null ? key : (JSON.parse(String(row['item'])) as unknown),
        state: row['ok'] === null ? 'pending' : row['ok'] === 1 ? 'ok' : 'failed',
        attempts: Number(row['attempts'] ?? 0),
        error: typeof error === 'string' ? (JSON.parse(error) as ErrorFacts) : undefined,
        ms: row['ms'] === null ? undefined : Number(row['ms']),
      }
    }
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }

  #meta(key: string): SqlValue | undefined {
    return this.#database.prepare('SELECT value FROM meta WHERE key=?').get(key)?.['value']
  }

  #count(what: string): number {
    return Number(this.#database.prepare(`SELECT count(*) AS n FROM ${what}`).get()!['n'])
  }
}
