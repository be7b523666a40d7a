/**
 * What is wrong with a run's store or its output; nothing was begun and nothing was changed.
 *
 * - `LOCKED`: another process writes this run.
 * - `VERSION`: another version of Sluice wrote it, in a format that this one does not know.
 * - `JOB`: it belongs to another job.
 * - `FOREIGN_OUTPUT`: the output file holds something that no run has written.
 * - `CHANGED_OUTPUT`: somebody has changed the output file since.
 * - `CORRUPT`: it is no store, or damaged.
 * - `NO_SQLITE`: this Node has no SQLite.
 */
export type StoreErrorCode =
  | 'LOCKED'
  | 'VERSION'
  | 'JOB'
  | 'FOREIGN_OUTPUT'
  | 'CHANGED_OUTPUT'
  | 'CORRUPT'
  | 'NO_SQLITE'

/** The store of a run does not fit; see its `code`. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** An item got its slot when the run was already draining, and was not begun. It counts nowhere. */
export class NotStartedError extends Error {
  override readonly name: string = 'NotStartedError'
}

/** Carries what SQLite said, as its cause, out of a path on which other things fail too. */
export class StoreFailure extends Error {
  override readonly name: string = 'StoreFailure'
}
