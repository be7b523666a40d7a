import { AbortScope, throwOutcome } from './abort-scope.ts'
import { checkFunction, checkWord, label, refuse, say } from './check.ts'
import type { Clock, TimerHandle } from './clock.ts'
import { ignore } from './ignore.ts'
import { Dispatcher } from './dispatcher.ts'
import { emitter, type Emit } from './emit.ts'
import { AbortError, ClosedError, isAbortEcho } from './errors.ts'
import { resolveLimits, type LimitOptions } from './limits.ts'
import type { Outcome, TaskContext, TaskFunction } from './task-context.ts'
import { TaskLedger } from './task-ledger.ts'
import { Tally } from './tally.ts'
import { TaskRecord, checkTaskOptions, joinsItself, type Task, type TaskOptions } from './task.ts'

/** Options of a {@link TaskGroup}. */
export interface TaskGroupOptions extends LimitOptions {
  /** `'collect'` (default) keeps failures and lets the siblings go on; `'abort'` aborts the siblings at the first failure. */
  onError?: 'collect' | 'abort'
  /** `false` keeps nothing of a finished task. Default: `true`. */
  collectResults?: boolean
}

/** A snapshot of a group. */
export interface TaskGroupStatistics {
  /** Tasks handed in. */
  created: number
  /** Waiting for a slot or the rate. */
  waiting: number
  /** Waiting for their next attempt. */
  backingOff: number
  /** Slots taken. */
  running: number
  fulfilled: number
  rejected: number
  cancelled: number
}

/**
 * Runs tasks under a limit and ends only when all of them have ended: nothing outlives the group.
 *
 * The callback form is the primary one, since only it sees the body throw. Default `concurrency` is Infinity.
 *
 * @throws TypeError, RangeError for wrong options, at once.
 * @example
 * ```ts
 * import { TaskGroup, delay } from '@sluice/core'
 *
 * const results = await TaskGroup.run({ concurrency: 2 }, async (group: TaskGroup<number>) => {
 *   for (let i = 0; i < 5; i++) {
 *     await group.createTask(async ({ index, signal }) => {
 *       await delay(1, { signal })
 *       return index * index
 *     })
 *   }
 *   await group.join()
 *   return group.results()
 * })
 * console.log(results) // [0, 1, 4, 9, 16]
 * ```
 * The laws it keeps are numbered 1 to 41 in docs/laws.md.
 */
export class TaskGroup<T = unknown> {
  readonly #name: string | undefined
  readonly #scope: AbortScope
  readonly #clock: Clock
  readonly #emit: Emit | undefined
  readonly #dispatcher: Dispatcher
  readonly #abortOnError: boolean
  readonly #tally: Tally<T>
  /** Errors that end the group: those of tasks with `onError: 'abort'`, and the body's. */
  #errors: unknown[] = []
  #ended = false
  #own: unknown
  #warning: TimerHandle
  /** What `join` threw, weakly: the group must not keep errors alive. */
  #thrown: WeakRef<AggregateError> | undefined

  constructor(options: TaskGroupOptions = {}) {
    const limits = resolveLimits(options, Infinity)
    const { signal, deadline, onError = 'collect', onEvent, name } = options
    checkWord('onError', onError, 'collect', 'abort')
    const { clock } = limits
    this.#name = name
    this.#clock = clock
    this.#emit = emitter(onEvent, name, clock)
    this.#abortOnError = onError === 'abort'
    this.#tally = new Tally(options.collectResults === false ? undefined : new TaskLedger<T>(), (record) =>
      this.#failed(record),
    )
    this.#scope = new AbortScope(signal, deadline, clock, () => this.#aborted())
    this.#dispatcher = new Dispatcher({
      ...limits,
      scope: this.#scope,
      emit: this.#emit,
      tally: this.#tally,
    })
    this.#emit?.({ type: 'groupOpen' })
  }

  /** Opens a group, runs `body` with it, waits for every task, and answers what `body` returned. */
  static run<R, T = unknown>(body: (group: TaskGroup<T>) => R | PromiseLike<R>): Promise<R>
  static run<R, T = unknown>(options: TaskGroupOptions, body: (group: TaskGroup<T>) => R | PromiseLike<R>): Promise<R>
  static async run<R, T>(
    options: TaskGroupOptions | ((group: TaskGroup<T>) => R | PromiseLike<R>),
    body?: (group: TaskGroup<T>) => R | PromiseLike<R>,
  ): Promise<R> {
    if (typeof options === 'function') {
      if (body !== undefined)
        refuse('the options of TaskGroup.run', 'the first argument, and the body the second', options)
      return TaskGroup.run({}, options)
    }
    checkFunction('the body of TaskGroup.run', body)
    const group = new TaskGroup<T>(options)
    let value: R | undefined
    let joined: unknown
    try {
      if (!group.#scope.aborted) value = await body(group)
    } catch (error) {
      // What a join() in the body threw is the group's own outcome already.
      if (error instanceof AggregateError && group.#thrown?.deref() === error) joined = error
      else group.#bodyThrew(error)
    }
    await group.#finish()
    group.#warnLater()
    if (joined !== undefined) throw joined
    group.#throwIfFailed()
    return value as R
  }

  /** Aborts when the group is aborted, by whatever: hand it to what the body itself waits for. */
  get signal(): AbortSignal {
    return this.#scope.signal
  }

  /**
   * Hands in a task and waits until a slot is reserved for it: this is the backpressure. The handle's `result()` is the task's value.
   *
   * @throws TypeError when `fn` is no function; `ClosedError` after the end of the group; the group's abort reason while it shuts down;
   * `DeadlockError` when every slot is held by a task that waits here.
   */
  createTask<U extends T>(fn: TaskFunction<U>, options?: TaskOptions): Promise<Task<U>> {
    if (typeof fn !== 'function') checkFunction('a task', fn)
    if (options !== undefined) checkTaskOptions(options)
    if (this.#scope.aborted || this.#ended) return this.#refuse()
    const record = new TaskRecord<U>(this.#dispatcher, this.#tally.open(options?.name), fn, options)
    return this.#dispatcher.submit(record) as Promise<Task<U>>
  }

  /**
   * Starts a task that has a start-up phase and waits for what it hands to `started`, as trio's `nursery.start` does. An error before that is
   * the caller's; afterwards the task is one of the group's like any other.
   *
   * @throws what `fn` throws before it calls `started`; `ClosedError` if it ends without having called it.
   */
  async start<S>(
    fn: (context: TaskContext, started: (value: S) => void) => T | PromiseLike<T>,
    options?: TaskOptions,
  ): Promise<S> {
    checkFunction('a task', fn)
    let ready = false
    return new Promise((settle, fail) => {
      const submitted = this.createTask(async (context) => {
        try {
          const result = await fn(context, (value) => {
            ready = true
            settle(value)
          })
          if (!ready) fail(new ClosedError('the task ended without calling started(value)'))
          return result
        } catch (error) {
          if (ready) throw error
          fail(error)
          // The caller's error is no failure of the group, and no value either.
          return (context as TaskRecord<never>).giveUp(error)
        }
      }, options)
      // It may be aborted before it begins. What becomes of it later is not read here.
      submitted.then((task) => (task as TaskRecord).settlement()).catch(fail)
    })
  }

  /**
   * Waits until all tasks have ended, also those that are added meanwhile; then the group is finished.
   *
   * @throws AggregateError of all errors with `onError: 'abort'`; the reason of an abort from outside; `DeadlockError` when a task calls it
   * before its first own `await`: it would wait for itself.
   */
  async join(): Promise<void> {
    const { running } = this.#dispatcher
    if (running !== undefined) throw joinsItself(running, 'group')
    await this.#finish()
    this.#warnLater()
    // Who joins again is told the same, or that much, if nobody has kept it.
    if (this.#thrown !== undefined) throw this.#thrown.deref() ?? this.#scope.reason
    this.#throwIfFailed()
  }

  /** Values of the fulfilled tasks in the order of creation. */
  results(): T[] {
    const { created, fulfilled } = this.#tally
    return this.#kept('results').results(created === fulfilled)
  }

  /** Errors of the failed tasks in the order in which they occurred. */
  exceptions(): unknown[] {
    this.#read()
    return this.#kept('exceptions').exceptions()
  }

  /** What became of each ended task, in the order of creation. Times are exact to one turn of the event loop, or to seven digits when events are observed. */
  outcomes(): Outcome<T>[] {
    this.#read()
    return this.#kept('outcomes').outcomes()
  }

  /** Stops everything, and is no error: `join` and `run` end normally once all tasks have ended. Doing it again does nothing. */
  cancel(reason?: unknown): void {
    this.#abort(reason === undefined ? 'was cancelled' : 'was cancelled: see cause', reason)
  }

  statistics(): TaskGroupStatistics {
    const { waiting, backingOff, taken: running } = this.#dispatcher.admission
    const { created, fulfilled, rejected, cancelled } = this.#tally
    return { created, waiting, backingOff, running, fulfilled, rejected, cancelled }
  }

  /**
   * Leaves the scope: what still runs is aborted and waited for. `await group.join()` as the last statement of the scope is what waits for the work itself, and
   * throws; without it, what was aborted or had failed is only told by a warning.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    const left = this.#tally.live
    if (left > 0 && !this.#scope.aborted) {
      this.#abort('left its scope')
      if (this.#errors.length === 0) {
        this.#warn(
          `left its scope without join(), and aborted ${left} unfinished tasks. Make \`await group.join()\` the last statement of the scope`,
        )
      }
    }
    await this.#finish()
    this.#warnUnread()
    try {
      this.#throwIfFailed()
    } catch (error) {
      // The reason of an abort from outside is known to somebody, the errors of the tasks are not.
      if (error === this.#thrown?.deref())
        this.#warn(`left its scope without join(), which would have thrown: ${say(error)}`)
    }
  }

  /** `group "name"`, for messages. */
  get #label(): string {
    return label('task group', this.#name)
  }

  #refuse(): Promise<never> {
    if (this.#ended && !this.#scope.aborted) {
      return Promise.reject(new ClosedError(`${this.#label} is finished: createTask after its end. Open a new group`))
    }
    // The group's reason tells why it shuts down (law 17). Nobody need look: everything in the group is told.
    const refusal = Promise.reject(this.#scope.reason)
    refusal.catch(ignore)
    return refusal
  }

  #abort(what: string, cause?: unknown): void {
    if (this.#scope.aborted) return
    const reason = new AbortError(`${this.#label} ${what}`, cause === undefined ? undefined : { cause })
    this.#own = reason
    this.#scope.abort(reason)
  }

  #aborted(): void {
    this.#dispatcher.abort(this.#scope.reason)
  }

  #bodyThrew(error: unknown): void {
    const { aborted, reason } = this.#scope
    if (aborted && isAbortEcho(error, reason)) return
    this.#errors.push(error)
    this.#abort('aborts: its body threw', error)
  }

  /** True when the failure ends the group, and is told by its end. */
  #failed(record: TaskRecord): boolean {
    if (!this.#abortOnError) return false
    // First record, then abort (law 38).
    this.#errors.push(record.value)
    this.#abort(`aborts: ${record.label} failed`, record.value)
    return true
  }

  /** Waits for zero live tasks, and closes the group. */
  async #finish(): Promise<void> {
    for (let idle = this.#tally.idle(); idle !== undefined; idle = this.#tally.idle()) await idle
    if (this.#ended) return
    this.#ended = true
    this.#scope.dispose()
    const { fulfilled, rejected, cancelled } = this.#tally
    this.#emit?.({ type: 'groupClose', fulfilled, rejected, cancelled })
  }

  #throwIfFailed(): void {
    const scope = this.#scope
    const errors = this.#errors
    try {
      throwOutcome(scope, errors, this.#own, this.#label)
    } catch (error) {
      if (error instanceof AggregateError) this.#thrown = new WeakRef(error)
      throw error
    } finally {
      // Nothing of the errors stays in the group (law 24): the reason of its abort has one as its cause.
      this.#errors = []
      if (errors.length > 0 && scope.reason === this.#own) {
        this.#own = scope.reason = new AbortError(`${this.#label} has failed`)
      }
    }
  }

  #kept(what: string): TaskLedger<T> {
    if (this.#tally.ledger !== undefined) return this.#tally.ledger
    throw new TypeError(
      `${what}() has nothing to read: the group was made with collectResults: false. Leave that option out, or read task.result()`,
    )
  }

  /** After the code that follows had its turn to read the failures. */
  #warnLater(): void {
    if (this.#tally.unread > 0) this.#warning ??= this.#clock.setTimer(() => this.#warnUnread(), 0)
  }

  #warnUnread(): void {
    const { unread: lost, firstUnread } = this.#tally
    this.#read()
    if (lost > 0) {
      this.#warn(
        `lost ${lost} ${lost === 1 ? 'failure' : 'failures'} that nobody read, the first of ${firstUnread}. ` +
          "Read exceptions() or outcomes(), or use onError: 'abort'",
      )
    }
  }

  /** The failures so far are known to somebody. */
  #read(): void {
    this.#tally.unread = 0
    if (this.#warning !== undefined) this.#clock.clearTimer(this.#warning)
    this.#warning = undefined
  }

  #warn(message: string): void {
    console.warn(`sluice: ${this.#label} ${message}`)
  }
}
