import { closeSync, fdatasync, open } from 'node:fs'
import { promisify } from 'node:util'
import { keyOf, storedKey } from './key.ts'
import type { Lock } from './lock.ts'
import type { ChunkRecord, NewItem, OutputPosition, Placed, RunStore, StoredBatch, StoredItem } from './run-store.ts'
import type { Database, SqlValue, Statement } from './sqlite.ts'

const openFile = promisify(open)
const syncFile = promisify(fdatasync)

/** The version since which several connections at once cannot damage a write-ahead log. */
const SOUND = '3.51.3'

/**
 * The store in a run's folder. A commit is safe against the end of the process at once. Against a power cut it is when `durable` has brought the write-ahead log
 * to the disk: what `synchronous=FULL` does inside of the commit, but outside of the main thread.
 */
export class SqliteStore implements RunStore {
  readonly counts: { known: number; ok: number; failed: number }
  /** True when no earlier session has been here. */
  readonly isNew: boolean
  readonly id: string
  /** How many sessions there were, this one included. */
  readonly sessions: number
  readonly #database: Database
  readonly #lock: Lock
  readonly #logPath: string
  readonly #at: (point: string) => void
  readonly #statements = new Map<string, Statement>()
  #log: number | undefined
  #syncing: Promise<void> | undefined
  #syncNext: Promise<void> | undefined
  #lastId: number

  constructor(database: Database, lock: Lock, logPath: string, at: (point: string) => void, isNew: boolean) {
    this.#database = database
    this.#lock = lock
    this.#logPath = logPath
    this.#at = at
    this.isNew = isNew
    this.id = String(this.meta('id'))
    this.sessions = Number(this.meta('sessions'))
    this.#lastId = this.#number('SELECT max(id) AS n FROM items')
    this.counts = { known: 0, ok: 0, failed: 0 }
    this.#count()
  }

  /** Whether the last session has ended in order, with all of its output on the disk: then the output ends where the store says, and nowhere else. */
  get wasEnded(): boolean {
    return this.meta('ended') === 1
  }

  /** Store and output agree: from now on it is `durable` that waits for the disk, and no longer each commit. */
  ready(): void {
    if (this.wasEnded) {
      // On the disk before anything is written: a power cut must not make it look as if somebody else had written it.
      this.#database.exec('PRAGMA synchronous=FULL')
      this.setMeta('ended', undefined)
    }
    this.#database.exec('PRAGMA synchronous=NORMAL')
  }

  /** What is wrong with the SQLite that is used, if anything. */
  get weakness(): string | undefined {
    const version = String(this.#sql('SELECT sqlite_version() AS v').get()!['v'])
    return compareVersions(version, SOUND) < 0
      ? `SQLite ${version} is older than ${SOUND}: do not open the store with other programs that write while the run is going on`
      : undefined
  }

  /** Where the output ended at the last commit; undefined before the first. */
  get output(): OutputPosition | undefined {
    const position = this.meta('position')
    if (position === undefined) return undefined
    return {
      position: Number(position),
      tail: this.meta('tail') as Uint8Array | undefined,
      lines: Number(this.meta('lines')),
    }
  }

  meta(key: string): SqlValue | undefined {
    return this.#sql('SELECT value FROM meta WHERE key=?').get(key)?.['value']
  }

  /** Keeps a fact about the run; undefined forgets it. */
  setMeta(key: string, value: SqlValue | undefined): void {
    if (value === undefined) this.#sql('DELETE FROM meta WHERE key=?').run(key)
    else this.#sql('INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)').run(key, value)
  }

  /** The output is this run's, and empty. */
  begin(file: string): void {
    this.#transaction('begin', () => {
      this.setMeta('output', file)
      this.#putOutput({ position: 0, tail: new Uint8Array(0), lines: 0 })
    })
  }

  /** Where the last result ends that does not lie behind `size`. */
  endBefore(size: number): number {
    return Number(this.#sql('SELECT ifnull(max(out_end), 0) AS n FROM results WHERE out_end <= ?').get(size)!['n'])
  }

  /**
   * Forgets the results that lie behind `size`, where the output ends now: they are done again. Answers how many there were, and where what is left ends.
   */
  undo(size: number): { undone: number; position: number } {
    return this.#transaction('undo', () => {
      const undone = Number(this.#sql('DELETE FROM results WHERE out_end > ?').run(size).changes)
      if (undone === 0) return { undone, position: this.output?.position ?? 0 }
      const { position, lines } = this.#sql(
        'SELECT ifnull(max(out_end), 0) AS position, ifnull(max(line) + 1, 0) AS lines FROM results',
      ).get()!
      this.setMeta('position', position)
      this.setMeta('lines', lines)
      this.setMeta('tail', undefined)
      this.#count()
      return { undone, position: Number(position) }
    })
  }

  /** Lines of the output that tell of a failure. */
  failedLines(): number[] {
    const rows = this.#sql('SELECT line FROM results WHERE ok=0 AND line IS NOT NULL ORDER BY line').all()
    return rows.map(({ line }) => Number(line))
  }

  /** Forgets what has failed, so that it is done again. `output` is where the output ends without the lines of it, all of which is on the disk. */
  forgetFailed(output: OutputPosition | undefined): void {
    this.#transaction('forget', () => {
      if (output !== undefined) {
        this.#database.exec(`
          CREATE TEMP TABLE gone AS SELECT line, row_number() OVER (ORDER BY line) AS n FROM results WHERE ok=0 AND line IS NOT NULL;
          CREATE UNIQUE INDEX temp.gone_line ON gone(line);
          UPDATE results SET out_end = ${output.position},
            line = line - ifnull((SELECT n FROM gone WHERE gone.line < results.line ORDER BY gone.line DESC LIMIT 1), 0)
            WHERE line IS NOT NULL;
          DROP TABLE gone;`)
        this.#putOutput(output)
      }
      this.#database.exec('DELETE FROM results WHERE ok=0')
      this.setMeta('rewrite', undefined)
      this.#count()
    })
  }

  chunk(n: number): ChunkRecord | undefined {
    const row = this.#sql('SELECT entries, digest, first, ids FROM chunks WHERE n=?').get(n)
    if (row === undefined) return undefined
    const entries = Number(row['entries'])
    const ids = new Uint32Array(entries)
    const packed = row['ids'] as Uint8Array | null
    if (packed === null) for (let i = 0; i < entries; i++) ids[i] = Number(row['first']) + i
    else new Uint8Array(ids.buffer).set(packed)
    return { entries, digest: row['digest'] as Uint8Array, ids }
  }

  putChunk(n: number, items: readonly NewItem[], digest: Uint8Array): readonly Placed[] {
    return this.#transaction('load', () => {
      const placed = items.map((item) => this.#place(item, null))
      const ids = Uint32Array.from(placed, ({ id }) => id)
      const first = ids[0] ?? 0
      const packed = ids.every((id, i) => id === first + i) ? null : new Uint8Array(ids.buffer)
      this.#sql('INSERT OR REPLACE INTO chunks(n, entries, digest, first, ids) VALUES (?, ?, ?, ?, ?)').run(
        n,
        items.length,
        digest,
        first,
        packed,
      )
      this.counts.known += placed.filter(({ fresh }) => fresh).length
      return placed
    })
  }

  *pending(ids: Uint32Array): Generator<number> {
    const first = ids[0]
    if (first === undefined) return
    const last = ids.at(-1)!
    if (last - first === ids.length - 1) {
      const rows = this.#sql(
        'SELECT i.id FROM items i LEFT JOIN results r ON r.id=i.id WHERE i.id BETWEEN ? AND ? AND r.id IS NULL ORDER BY i.id',
      ).all(first, last)
      for (const { id } of rows) yield Number(id)
      return
    }
    const done = this.#sql('SELECT 1 FROM results WHERE id=?')
    for (const id of ids) if (done.get(id) === undefined) yield id
  }

  /** What tasks have added and is not done. */
  *added(): Generator<{ id: number; priority: number }> {
    const rows = this.#sql(
      'SELECT id, priority FROM items i WHERE parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM results r WHERE r.id=i.id) ORDER BY id',
    ).all()
    for (const { id, priority } of rows) yield { id: Number(id), priority: Number(priority) }
  }

  /** The ids that tasks have added, done or not. */
  *allAdded(): Generator<number> {
    for (const { id } of this.#sql('SELECT id FROM items WHERE parent IS NOT NULL').iterate()) yield Number(id)
  }

  load(ids: readonly number[]): readonly StoredItem[] {
    const select = this.#sql(
      'SELECT key, long, item, r.attempts, r.not_before, r.began FROM items i LEFT JOIN retries r ON r.id=i.id WHERE i.id=?',
    )
    return ids.map((id) => {
      const row = select.get(id)!
      const key = keyOf(row['key'], row['long'])
      return {
        id,
        key,
        item: row['item'] === null ? key : (JSON.parse(String(row['item'])) as unknown),
        attempts: Number(row['attempts'] ?? 0),
        notBefore: Number(row['not_before'] ?? 0),
        began: Number(row['began'] ?? 0),
      }
    })
  }

  commit({ results, retries, output }: StoredBatch): readonly { id: number; priority: number }[] {
    return this.#transaction('commit', () => {
      const added: { id: number; priority: number }[] = []
      for (const { id, attempts, error, notBefore, began } of retries) {
        this.#sql('INSERT OR REPLACE INTO retries(id, attempts, error, not_before, began) VALUES (?, ?, ?, ?, ?)').run(
          id,
          attempts,
          JSON.stringify(error),
          notBefore,
          began,
        )
      }
      const insert = this.#sql(
        'INSERT OR REPLACE INTO results(id, ok, attempts, ms, line, out_end, error) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      const forget = this.#sql('DELETE FROM retries WHERE id=?')
      const done = this.#sql('SELECT 1 FROM results WHERE id=?')
      for (const { id, ok, attempts, ms, line, end, error, added: more } of results) {
        const facts = error === undefined ? null : JSON.stringify(error)
        insert.run(id, ok ? 1 : 0, attempts, Math.round(ms * 10) / 10, line ?? null, end ?? null, facts)
        if (attempts > 1) forget.run(id)
        if (ok) this.counts.ok++
        else this.counts.failed++
        for (const item of more) {
          const { id: child, fresh } = this.#place(item, id)
          if (fresh) this.counts.known++
          else if (done.get(child) !== undefined) continue
          added.push({ id: child, priority: item.priority })
        }
      }
      if (output !== undefined) this.#putOutput(output)
      return added
    })
  }

  async durable(): Promise<void> {
    // Whoever comes while one is under way needs the next, since its commit may have come too late for this one.
    if (this.#syncing !== undefined) return (this.#syncNext ??= this.#syncing.then(() => this.durable()))
    this.#syncNext = undefined
    this.#syncing = this.#sync()
    try {
      await this.#syncing
    } finally {
      this.#syncing = undefined
    }
  }

  /** Closes the store and gives the lock back. `ended`: all that was written is known, and on the disk. */
  close(ended: boolean): void {
    if (this.#log !== undefined) closeSync(this.#log)
    try {
      this.setMeta('writer', undefined)
      if (ended) this.setMeta('ended', 1)
      // Then all of it is in one file, also where the driver closes only when its statements are collected.
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {
      // The disk is full, or gone: what matters has been told by then.
    }
    this.#database.close()
    this.#lock.release()
  }

  async #sync(): Promise<void> {
    this.#log ??= await openFile(this.#logPath, 'r+')
    await syncFile(this.#log)
  }

  /** Finds the item with this key, or takes it in. */
  #place({ key, json, priority }: NewItem, parent: number | null): Placed {
    const { found, long } = storedKey(key)
    const id = this.#lastId + 1
    const insert = this.#sql(
      'INSERT OR IGNORE INTO items(id, key, long, item, parent, priority) VALUES (?, ?, ?, ?, ?, ?)',
    )
    if (Number(insert.run(id, found, long, json, parent, priority).changes) === 1) {
      this.#lastId = id
      return { id, fresh: true }
    }
    const known = this.#sql('SELECT id, item FROM items WHERE key=?').get(found)!
    if (parent !== null) {
      // It is of the run whether it stays in the input or not.
      this.#sql('UPDATE items SET parent=?, priority=? WHERE id=? AND parent IS NULL').run(
        parent,
        priority,
        known['id']!,
      )
    } else if (known['item'] !== json) {
      // What the input says now is what counts.
      this.#sql('UPDATE items SET item=? WHERE id=?').run(json, known['id']!)
    }
    return { id: Number(known['id']), fresh: false }
  }

  #putOutput({ position, tail, lines }: OutputPosition): void {
    this.setMeta('position', position)
    this.setMeta('tail', tail)
    this.setMeta('lines', lines)
  }

  #count(): void {
    const { counts } = this
    counts.known = this.#number('SELECT count(*) AS n FROM items')
    counts.ok = this.#number('SELECT count(*) AS n FROM results WHERE ok=1')
    counts.failed = this.#number('SELECT count(*) AS n FROM results WHERE ok=0')
  }

  #number(sql: string): number {
    return Number(this.#sql(sql).get()!['n'] ?? 0)
  }

  #sql(text: string): Statement {
    let statement = this.#statements.get(text)
    if (statement === undefined) {
      statement = this.#database.prepare(text)
      this.#statements.set(text, statement)
    }
    return statement
  }

  #transaction<T>(name: string, work: () => T): T {
    const before = { ...this.counts }
    const lastId = this.#lastId
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const value = work()
      this.#at(`${name}.transaction`)
      this.#database.exec('COMMIT')
      this.#at(`${name}.committed`)
      return value
    } catch (error) {
      Object.assign(this.counts, before)
      this.#lastId = lastId
      try {
        this.#database.exec('ROLLBACK')
      } catch {
        // A full disk has rolled it back already.
      }
      throw error
    }
  }
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number))
  for (const [i, part] of left!.entries()) if (part !== right![i]) return part - (right![i] ?? 0)
  return 0
}
