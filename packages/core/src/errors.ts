/** What an error of Sluice may carry besides its message. */
export interface SluiceErrorOptions {
  cause?: unknown
}

/** Work was told to stop: the reason of every abort that Sluice itself starts. `cause` says why. */
export class AbortError extends Error {
  override readonly name: string = 'AbortError'
}

/** A time limit ran out. */
export class TimeoutError extends Error {
  override readonly name: string = 'TimeoutError'
  /** The limit in milliseconds. */
  readonly ms: number
  constructor(message: string, ms: number, options?: SluiceErrorOptions) {
    super(message, options)
    this.ms = ms
  }
}

/** Something was handed to a group, queue or channel that is finished or shutting down. */
export class ClosedError extends Error {
  override readonly name: string = 'ClosedError'
}

/** A task ignored its aborted signal for longer than `graceMs`: nobody waits for it any more, its slot stays taken. */
export class AbandonedError extends Error {
  override readonly name: string = 'AbandonedError'
}

/** Everything that holds a slot waits for a slot: nothing could ever go on. */
export class DeadlockError extends Error {
  override readonly name: string = 'DeadlockError'
}

/**
 * True when `error` is only the echo of an abort for `reason`: the reason itself, or an `AbortError` that
 * carries it as `cause` or `reason` (Node's own APIs do the former). Any other error is a real one, and an abort must not hide it.
 */
export function isAbortEcho(error: unknown, reason: unknown): boolean {
  if (error === reason) return true
  if (typeof error !== 'object' || error === null) return false
  const e = error as { name?: unknown; cause?: unknown; reason?: unknown }
  return e.name === 'AbortError' && (e.cause === reason || e.reason === reason)
}

/** Says why a cleanup or a hook ran that failed, unless the error has a cause of its own (law 64). */
export function explain(error: unknown, cause: unknown): void {
  if (typeof error !== 'object' || !error || !Object.isExtensible(error)) return
  if ((error as { cause?: unknown }).cause !== undefined) return
  Object.defineProperty(error, 'cause', { value: cause, writable: true, configurable: true })
}

/** The errors inside an `AggregateError` and the ones nested in it, in order: what nested groups report, as one list (law 14). */
export function flattenErrors(error: unknown): unknown[] {
  return error instanceof AggregateError ? error.errors.flatMap(flattenErrors) : [error]
}
