import { AbortScope, throwOutcome } from './abort-scope.ts'
import { ignore } from './ignore.ts'
import { Backlog, QueueTask } from './backlog.ts'
import { checkFunction, checkMs, checkSignal, isThenable, label } from './check.ts'
import { Dispatcher } from './dispatcher.ts'
import { emitter, type Emit } from './emit.ts'
import { AbortError, ClosedError } from './errors.ts'
import { OrderedResults } from './ordered-results.ts'
import {
  resolveQueueOptions,
  type PutOptions,
  type QueueOptions,
  type QueueStatistics,
  type ResolvedQueueOptions,
} from './queue-options.ts'
import type { TaskContext, TaskFunction } from './task-context.ts'
import { CANCELLED, FULFILLED, checkTaskOptions, joinsItself } from './task.ts'
import { Waiter, WaiterList } from './waiter-list.ts'

const DONE: Promise<void> = Promise.resolve()

/**
 * Workers that take tasks from a bounded queue: `put` waits while it is full, which is the backpressure; `join` waits until everything is finished and answers the
 * values. A failed task is reported to the exception handler, and the others go on.
 *
 * It is Pyot's queue. Against a `TaskGroup`: it can be joined again and again, and leaving its scope (`await using`) joins instead of aborting.
 *
 * Do not `await queue.put(…)` inside a task of the same queue: when all workers do so while the queue is full, nothing can go on. If the tasks do it before their first
 * own `await`, it is found, and `put` rejects with `DeadlockError`. After that, JavaScript gives no means to tell whose call it is.
 *
 * @example
 * ```ts
 * import { Queue } from '@sluice/core'
 *
 * await using queue = new Queue<number>({ workers: 3 })
 * for (let i = 1; i <= 5; i++) await queue.put(async () => i * i)
 * console.log(await queue.join()) // [1, 4, 9, 16, 25]
 * ```
 */
export class Queue<T = unknown> {
  readonly #name: string | undefined
  readonly #options: ResolvedQueueOptions
  readonly #emit: Emit | undefined
  readonly #scope: AbortScope
  readonly #dispatcher: Dispatcher
  readonly #backlog: Backlog
  readonly #delayed = new WaiterList<Waiter<void>>()
  readonly #results = new OrderedResults<T>()
  #created = 0
  /** Tasks that were handed in and are not finished, their exception handlers included. */
  #live = 0
  #fulfilled = 0
  #rejected = 0
  #cancelled = 0
  #joining: Waiter<T[]> | undefined
  #own: unknown
  #closed = false

  /** @throws TypeError or RangeError for wrong options, at once. */
  constructor(options: QueueOptions = {}) {
    this.#options = resolveQueueOptions(options)
    const { signal, deadline, onEvent, name } = options
    const { limits, maxsize } = this.#options
    this.#name = name
    this.#emit = emitter(onEvent, name, limits.clock)
    this.#scope = new AbortScope(signal, deadline, limits.clock, () => this.#aborted())
    this.#dispatcher = new Dispatcher({
      ...limits,
      scope: this.#scope,
      tally: { settled: (task) => this.#settled(task as QueueTask), failureRead: ignore },
      emit: this.#emit,
    })
    this.#backlog = new Backlog(maxsize, this.#dispatcher)
    this.#emit?.({ type: 'groupOpen' })
  }

  /** Aborts when the queue is cancelled, by whatever. */
  get signal(): AbortSignal {
    return this.#scope.signal
  }

  /**
   * Puts a task into the queue: resolves when it is in, and waits while the queue is full. A free worker starts it at once. Who waits is served in the order of the calls.
   * With `delay` it first waits so many milliseconds. The task runs in the async context of this call (`AsyncLocalStorage`), whoever made room for it.
   *
   * Rejects with the reason of its `signal`, with the reason for which the queue was cancelled, with `ClosedError` after the end of the queue's scope,
   * or with `DeadlockError` when every worker waits in `put`; the task then never runs.
   *
   * @throws TypeError when `fn` is no function; TypeError or RangeError for a wrong option.
   */
  put(fn: TaskFunction<T | undefined | void>, options?: PutOptions): Promise<void> {
    if (typeof fn !== 'function') checkFunction('a task', fn)
    if (options !== undefined) checkTaskOptions(options)
    const { delay = 0, signal } = options ?? {}
    checkSignal(signal)
    if (delay !== 0) checkMs('delay', delay)
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (this.#closed) {
      return Promise.reject(new ClosedError(`${this.#label} has left its scope: put after its end. Open a new queue`))
    }
    // Whoever it concerns is told that the queue was cancelled, so nobody need look here.
    if (this.#scope.aborted) return handled(Promise.reject(this.#scope.reason))
    const task = new QueueTask(this.#dispatcher, this.#created++, this.#run, fn, options)
    this.#live++
    return delay === 0 ? this.#enter(task, signal) : handled(this.#enterLater(task, delay, signal))
  }

  /**
   * Waits until everything that was handed in is finished, and answers the values in the order of the calls of `put`, without `undefined` and without failures. The queue
   * forgets them and can be used again. Several calls at the same time get the same array.
   *
   * Rejects with the reason when the queue's `signal` or `deadline` ended it; after `cancel()` it answers what was done until then. Rejects with `DeadlockError` when a task
   * calls it before its first own `await`: it would wait for itself.
   */
  join(): Promise<T[]> {
    const { running } = this.#dispatcher
    if (running !== undefined) return Promise.reject(joinsItself(running, 'queue'))
    this.#joining ??= new Waiter<T[]>()
    // Not at once: who joins in the same turn shares the results.
    if (this.#live === 0) void DONE.then(this.#joined)
    return this.#joining.promise
  }

  /** No task begins until `resume`; those that run go on. */
  pause(): void {
    this.#dispatcher.admission.pause()
  }

  /** Ends a {@link pause}. */
  resume(): void {
    this.#dispatcher.admission.resume()
  }

  /**
   * Ends the queue: running tasks are told by their `signal`, waiting ones are dropped, and `put` rejects, also where it waits already. `join` then waits for what still runs, and
   * answers what was done. Doing it again does nothing.
   */
  cancel(reason?: unknown): void {
    if (this.#scope.aborted) return
    this.#own = new AbortError(`${this.#label} was cancelled`, reason === undefined ? undefined : { cause: reason })
    this.#scope.abort(this.#own)
  }

  /** A snapshot of the queue. */
  statistics(): QueueStatistics {
    const { backingOff, taken, paused } = this.#dispatcher.admission
    return {
      created: this.#created,
      delayed: this.#delayed.size,
      blocked: this.#backlog.putters.size,
      waiting: this.#backlog.stored,
      backingOff,
      running: taken,
      fulfilled: this.#fulfilled,
      rejected: this.#rejected,
      cancelled: this.#cancelled,
      paused,
    }
  }

  /** Leaves the scope: everything that was handed in is finished first, after a `pause` too. Then `put` is refused. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#dispatcher.admission.paused) this.resume()
    while (this.#live > 0) await this.join().catch(ignore)
    if (this.#closed) return
    this.#closed = true
    this.#scope.dispose()
    const { fulfilled, rejected, cancelled } = this.statistics()
    this.#emit?.({ type: 'groupClose', fulfilled, rejected, cancelled })
  }

  /** `queue "name"`, for messages. */
  get #label(): string {
    return label('queue', this.#name)
  }

  #enter(task: QueueTask, signal: AbortSignal | undefined): Promise<void> {
    void this.#dispatcher.submit(task)
    return task.tries > 0 ? DONE : this.#backlog.add(task, signal)
  }

  async #enterLater(task: QueueTask, ms: number, signal: AbortSignal | undefined): Promise<void> {
    const { clock } = this.#options.limits
    const waiter = new Waiter<void>()
    this.#delayed.push(waiter, signal)
    const timer = clock.setTimer(() => {
      if (this.#delayed.remove(waiter)) waiter.resolve()
    }, ms)
    try {
      await waiter.promise
      if (this.#scope.aborted) throw this.#scope.reason
    } catch (error) {
      clock.clearTimer(timer)
      this.#cancelled++
      this.#finished()
      throw error
    }
    return this.#enter(task, signal)
  }

  /** What the dispatcher calls at each attempt. */
  readonly #run = (context: TaskContext): unknown => {
    const task = context as QueueTask
    this.#backlog.remove(task, undefined)
    return task.work(task)
  }

  /** A task has ended for good. */
  #settled(task: QueueTask): void {
    const { status, value } = task
    let handling: Promise<unknown> | undefined
    if (status === FULFILLED) {
      this.#fulfilled++
      if (value !== undefined) this.#results.add(task.index, value as T)
    } else if (status === CANCELLED) {
      this.#cancelled++
      this.#backlog.remove(task, value)
    } else {
      this.#rejected++
      // It has left already, unless it failed without having been called.
      this.#backlog.remove(task, undefined)
      handling = this.#handle(task)
    }
    if (handling === undefined) this.#finished()
    else void handling.then(() => this.#finished())
  }

  /** Tells the exception handler. Whatever it does, the worker and the rest of the queue are safe from it. */
  #handle(task: QueueTask): Promise<unknown> | undefined {
    const { exceptionHandler } = this.#options
    if (exceptionHandler === undefined) {
      this.#warn(`${task.label} failed:`, task.value)
      return undefined
    }
    const threw = (error: unknown): void => {
      this.#warn(`the exception handler threw when told of ${task.label}:`, error)
    }
    try {
      const handling = exceptionHandler(task.value, task)
      return isThenable(handling) ? Promise.resolve(handling).catch(threw) : undefined
    } catch (error) {
      threw(error)
      return undefined
    }
  }

  #finished(): void {
    this.#live--
    this.#joined()
  }

  /** Answers `join`, if nothing is left to wait for. */
  readonly #joined = (): void => {
    if (this.#live > 0 || this.#joining === undefined) return
    const { resolve, reject } = this.#joining
    this.#joining = undefined
    try {
      throwOutcome(this.#scope, [], this.#own, this.#label)
      resolve(this.#results.take())
    } catch (reason) {
      reject(reason)
    }
    if (this.#options.logLevel !== 'info') return
    const counts = `${this.#fulfilled} done, ${this.#rejected} failed, ${this.#cancelled} cancelled`
    this.#log((message) => this.#options.logger.info(message), `joined: so far ${counts}`)
  }

  #aborted(): void {
    this.#dispatcher.abort(this.#scope.reason)
    this.#delayed.rejectAll(this.#scope.reason)
  }

  #warn(what: string, error: unknown): void {
    if (this.#options.logLevel !== 'silent') this.#log((message) => this.#options.logger.warn(message, error), what)
  }

  #log(write: (message: string) => void, what: string): void {
    try {
      write(`sluice: ${this.#label}: ${what}`)
    } catch {
      // A logger that throws must not harm the work, and there is nobody left to tell.
    }
  }
}

/** The promise itself; that nobody looks at its rejection is no error. */
function handled<P extends Promise<unknown>>(promise: P): P {
  promise.catch(ignore)
  return promise
}
