import { openDatabase, type Database } from './sqlite.ts'

/** How long somebody who only looks may hold the lock, in ms. */
const PATIENCE_MS = 500

/**
 * The lock of a run's folder: a write transaction that stays open on a database of its own. It is the operating system's, so it ends with the process that holds
 * it, however that ends.
 */
export class Lock {
  readonly #database: Database

  private constructor(database: Database) {
    this.#database = database
  }

  /** Takes the lock, or answers undefined when another process (or another run in this one) has it. */
  static take(path: string): Lock | undefined {
    const database = openDatabase(path)
    try {
      database.exec(`PRAGMA busy_timeout=${PATIENCE_MS}`)
      database.exec('BEGIN IMMEDIATE')
      return new Lock(database)
    } catch (error) {
      database.close()
      if (isBusy(error)) return undefined
      throw error
    }
  }

  /** Whether somebody holds it, as far as whoever asks may know. */
  static isTaken(path: string): boolean {
    try {
      const lock = Lock.take(path)
      lock?.release()
      return lock === undefined
    } catch {
      // It is not ours to touch.
      return false
    }
  }

  release(): void {
    this.#database.exec('ROLLBACK')
    this.#database.close()
  }
}

function isBusy(error: unknown): boolean {
  return /locked|busy/i.test((error as Error).message)
}
