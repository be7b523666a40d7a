import { Tinypool, type Options, type TinypoolWorker } from 'tinypool'
import { WorkerCrashedError, type WorkerEnd } from './errors.ts'
import type { Transferable } from './call.ts'

const ENTRY = new URL('../worker/entry.js', import.meta.url).href
/** Tells tinypool of an exit that it does not notice by itself; never seen outside. */
const EXITED = new Error('The worker has exited')

/** What kind of worker runs the calls. */
export type WorkerKind = 'thread' | 'process'

/** What a lane is made of. */
export type LaneOptions = Pick<Options, 'env' | 'execArgv' | 'resourceLimits' | 'idleTimeout'>

/**
 * One worker at a time, and the one call that it runs. It is a Tinypool of a single worker: that brings threads and processes
 * under one roof, starts a worker when there is something to do and ends it when there was nothing for a while. A Tinypool of many
 * workers would not do, since it cannot say which call a dying worker takes along, does not notice a thread that calls
 * `process.exit`, and leaves calls waiting when the last worker has died.
 */
export class Lane {
  readonly #kind: WorkerKind
  readonly #pool: Tinypool
  #worker: TinypoolWorker | undefined
  #exit: Promise<WorkerEnd> | undefined

  constructor(kind: WorkerKind, options: LaneOptions) {
    this.#kind = kind
    this.#pool = new Tinypool({
      ...options,
      // Tinypool starts a process with exactly this environment, and without it with none, not even PATH.
      ...(kind === 'process' ? { env: { ...process.env, ...options.env } as Record<string, string> } : undefined),
      runtime: kind === 'thread' ? 'worker_threads' : 'child_process',
      serialization: 'advanced',
      minThreads: 0,
      maxThreads: 1,
      // Atomics would stop the event loop of an idle worker, and with it the timers and sockets that its modules keep.
      useAtomics: false,
    })
    // An error that belongs to no running call: the worker died while it started, or while it was idle.
    this.#pool.on('error', () => this.#pool.cancelPendingTasks())
  }

  /** Whether a worker exists now. */
  get alive(): boolean {
    return this.#pool.threads.length > 0
  }

  /**
   * Sends a request to the worker, which is started if need be, and resolves to its reply. Rejects with a `WorkerCrashedError`
   * when the worker ends before it replies, and only when it has ended; with any other error when the request cannot be sent.
   */
  async run(request: unknown, transferList: readonly Transferable[], what: string): Promise<unknown> {
    try {
      const reply = this.#pool.run(request, { filename: ENTRY, transferList: transferList as Transferable[] })
      this.#watch()
      return await reply
    } catch (error) {
      if (this.#worker !== undefined && this.#pool.threads.includes(this.#worker)) throw error
      throw await this.#crashed(error, what)
    }
  }

  /** Terminates the worker, if there is one, and resolves when it has ended. */
  async end(): Promise<void> {
    if (!this.alive) return
    await this.#worker!.terminate()
    await this.#exit
  }

  #watch(): void {
    const worker = this.#pool.threads[0]!
    if (worker === this.#worker) return
    this.#worker = worker
    this.#exit = new Promise((resolve) => {
      worker.once('exit', (exitCode: number | null, signal?: string | null) => {
        resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined })
        if (this.#pool.threads.includes(worker)) worker.emit('error', EXITED)
      })
    })
  }

  async #crashed(error: unknown, what: string): Promise<WorkerCrashedError> {
    // A process that could not be started has no id, and will never exit.
    if (this.#worker?.threadId === undefined) {
      return new WorkerCrashedError(`No ${this.#kind} could be started for ${what}`, { cause: error })
    }
    const end = await this.#exit!
    // A process says nothing but that it has exited: its uncaught error stands on its stderr.
    if (error !== EXITED && this.#kind === 'thread') end.cause = error
    return new WorkerCrashedError(
      `The ${this.#kind} that ran ${what} ended before it answered: ${describeEnd(end)}`,
      end,
    )
  }
}

function describeEnd({ cause, exitCode, signal }: WorkerEnd): string {
  if (signal !== undefined) return `it was killed by ${signal}`
  if (cause instanceof Error) return `it did not catch ${cause.name}: ${cause.message}`
  return `it exited with code ${exitCode}`
}
