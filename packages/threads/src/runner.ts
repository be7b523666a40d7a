import { Tinypool, type Options, type TinypoolWorker } from 'tinypool'
import { WorkerCrashedError, type WorkerEnd } from './errors.ts'
import type { Transferable } from './call.ts'

const ENTRY = new URL('../worker/entry.js', import.meta.url).href
/** Tells tinypool of an exit that it does not notice by itself; never seen outside. */
const EXITED = new Error('The worker has exited')

/** What kind of worker runs the calls. */
export type WorkerKind = 'thread' | 'process'

/** What a worker is started with. */
export type RunnerOptions = Pick<Options, 'env' | 'execArgv' | 'resourceLimits' | 'idleTimeout'>

/**
 * One worker, from its start to its end, and the calls that it runs one after another. It is a Tinypool of a single worker: that brings
 * threads and processes under one roof, starts the worker with its first call and ends it when there was nothing to do for a while. A
 * Tinypool of many would not do, since it cannot say which call a dying worker takes along, does not notice a thread that calls
 * `process.exit`, and leaves calls waiting when the last worker has died.
 */
export class Runner {
  readonly #kind: WorkerKind
  readonly #pool: Tinypool
  #worker: TinypoolWorker | undefined
  #exit: Promise<WorkerEnd> | undefined
  #startError: unknown

  constructor(kind: WorkerKind, options: RunnerOptions) {
    this.#kind = kind
    this.#pool = new Tinypool({
      ...fileFlags(),
      ...options,
      // Tinypool starts a process with exactly this environment, and without it with none, not even PATH.
      ...(kind === 'process' && { env: { ...process.env, ...options.env } as Record<string, string> }),
      runtime: kind === 'thread' ? 'worker_threads' : 'child_process',
      serialization: 'advanced',
      minThreads: 0,
      maxThreads: 1,
      // Atomics would stop the event loop of an idle worker, and with it the timers and sockets that its modules keep.
      useAtomics: false,
    })
    // An error that belongs to no running call: the worker died while it started, or while it was idle.
    this.#pool.on('error', (error) => {
      this.#startError ??= error
      // What never started never exits, and tinypool would wait for that for ever.
      if (!this.#started) this.#worker?.emit('exit', null, null)
      this.#pool.cancelPendingTasks()
    })
  }

  /** Whether the worker exists now. */
  get alive(): boolean {
    return this.#pool.threads.length > 0
  }

  /** Whether the worker has come and gone; then it takes no more calls. */
  get ended(): boolean {
    return this.#worker !== undefined && !this.alive
  }

  /**
   * Sends a request to the worker, and resolves to its reply. Rejects with a `WorkerCrashedError` when the worker ends before it replies,
   * and only when it has ended; with any other error when the request cannot be sent.
   */
  async run(request: unknown, transferList: readonly Transferable[], what: string): Promise<unknown> {
    try {
      const reply = this.#pool.run(request, { filename: ENTRY, transferList: transferList as Transferable[] })
      if (this.#worker === undefined) this.#watch(this.#pool.threads[0]!)
      return await reply
    } catch (error) {
      if (this.alive) throw error
      throw await this.#crashed(error, what)
    }
  }

  /** Terminates the worker, if there is one, and resolves when it has ended. */
  async end(): Promise<void> {
    if (this.alive && this.#started) await this.#worker!.terminate()
    await this.#exit
  }

  /** A process that the system could not start has no id. */
  get #started(): boolean {
    return this.#worker?.threadId !== undefined
  }

  #watch(worker: TinypoolWorker): void {
    this.#worker = worker
    this.#exit = new Promise((resolve) => {
      worker.once('exit', (exitCode: number | null, signal?: string | null) => {
        resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined })
        if (this.alive) worker.emit('error', EXITED)
      })
    })
  }

  async #crashed(error: unknown, what: string): Promise<WorkerCrashedError> {
    const said = this.#startError ?? error
    const end = await this.#exit
    if (end === undefined || !this.#started) {
      return new WorkerCrashedError(`No ${this.#kind} could be started for ${what}`, { cause: said })
    }
    // A process says nothing but that it has exited: its uncaught error stands on its stderr.
    const cause = said === EXITED || this.#kind === 'process' ? undefined : said
    return new WorkerCrashedError(
      `The ${this.#kind} that ran ${what} ended before it answered: ${describeEnd({ ...end, cause })}`,
      { ...end, cause },
    )
  }
}

/** With the flags of a program from `node --input-type=module --eval …`, which workers would inherit, no file can be run. */
function fileFlags(): { execArgv: string[] } | undefined {
  const flags = process.execArgv
  if (!flags.some((flag) => flag.startsWith('--input-type'))) return undefined
  const evaluates = /^(--input-type|--eval|--print|-e|-p|-pe)(=.*)?$/
  return {
    execArgv: flags.filter((flag, index) => {
      const before = flags[index - 1] ?? ''
      return !evaluates.test(flag) && (before.includes('=') || !evaluates.test(before))
    }),
  }
}

function describeEnd({ cause, exitCode, signal }: WorkerEnd): string {
  if (signal !== undefined) return `it was killed by ${signal}`
  if (cause instanceof Error) return `it did not catch ${cause.name}: ${cause.message}`
  return `it exited with code ${exitCode}`
}
