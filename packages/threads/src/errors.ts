/** What is known about the end of a worker. */
export interface WorkerEnd {
  /** What it said before it ended, if anything: an uncaught error of the thread, an exit code, a signal. */
  cause?: unknown
  /** The exit code, if it ended by exiting: `process.exit(3)` or an uncaught error. */
  exitCode?: number | undefined
  /** The signal that killed it, if one did: `'SIGKILL'`, `'SIGSEGV'`. Only a process can be killed by a signal. */
  signal?: string | undefined
}

/**
 * The thread or process that ran a call ended before the call was answered: it called `process.exit`, an error of it was
 * never caught, it ran out of memory, or somebody killed it. Only the call that ran there is lost; its pool starts another worker.
 */
export class WorkerCrashedError extends Error {
  override readonly name: string = 'WorkerCrashedError'
  /** The exit code, if the worker ended by exiting. */
  readonly exitCode: number | undefined
  /** The signal that killed the worker process, such as `'SIGKILL'`. */
  readonly signal: string | undefined
  constructor(message: string, end: WorkerEnd = {}) {
    super(message, end.cause === undefined ? undefined : { cause: end.cause })
    this.exitCode = end.exitCode
    this.signal = end.signal
  }
}
