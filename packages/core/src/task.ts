import { checkLimitMs, checkOptions, label } from './check.ts'
import { ignore } from './ignore.ts'
import type { Dispatcher } from './dispatcher.ts'
import { AbortError, DeadlockError } from './errors.ts'
import type { LiveLink } from './abort-scope.ts'
import type { Clock } from './clock.ts'
import { leave, reasonOf, signalOf, type Live } from './live-context.ts'
import { resolveRetry, type RetryOptions } from './retry-policy.ts'
import type { TaskContext, TaskFunction } from './task-context.ts'
import type { TimerEntry } from './timer-heap.ts'

/** Where a task stands: `waiting` for a slot, the rate or a backoff, `running`, or ended in one of three ways. */
export type TaskState = 'waiting' | 'running' | 'fulfilled' | 'rejected' | 'cancelled'

/**
 * The handle of a task that a group has accepted. It is not thenable: awaiting `createTask` means "accepted",
 * awaiting `result()` means "done".
 */
export interface Task<T> {
  /** Position in the order of creation, from 0. */
  readonly index: number
  /** The `name` option of the task, if given. */
  readonly name: string | undefined
  /** Where the task stands now. */
  readonly state: TaskState
  /** The task's value; rejects with its error, or with the abort's reason if it was cancelled. Reading it or not is free: no rejection is left unhandled. */
  result(): Promise<T>
  /** Aborts this task alone. That is not a failure: its group goes on. A task that has ended stays as it is. */
  cancel(reason?: unknown): void
}

/** Options of a single task. */
export interface TaskOptions {
  /** A name for errors and events. */
  name?: string
  /** Milliseconds for one attempt; replaces the group's. */
  timeout?: number
  /** Retries of this task; replaces the group's. */
  retry?: number | RetryOptions
}

/** What `join` of a place that still waits for `task` rejects with when the task itself calls it. */
export function joinsItself(task: TaskRecord, home: string): DeadlockError {
  return new DeadlockError(
    `${task.label} calls join() of its own ${home}, and would wait for itself. Join outside the tasks`,
  )
}

/** Refuses wrong options of a task at once, and not at its first failure. */
export function checkTaskOptions(options: TaskOptions): void {
  checkOptions(options, "an object such as { name: 'one' }")
  checkLimitMs('timeout', options.timeout)
  resolveRetry(options.retry)
}

export const WAITING = 0
export const RUNNING = 1
export const FULFILLED = 2
export const REJECTED = 3
export const CANCELLED = 4
const STATES: readonly TaskState[] = ['waiting', 'running', 'fulfilled', 'rejected', 'cancelled']

/** What few tasks need, kept apart so that a task which needs none of it stays small. */
interface Extra {
  readonly options: TaskOptions | undefined
  abortReason: unknown
  timedOut: boolean
  cancelRequested: boolean
  timer: TimerEntry | undefined
  attemptDeadline: number | undefined
  /** True once somebody asked for the result: its failure is then known to them. */
  observed: boolean
  /** When the current attempt began, and how long it had waited before. */
  began: number
  delayed: number
  /** Milliseconds of the attempts before the current one, and of the waits before them. */
  ran: number
  waited: number
  promise: Promise<unknown> | undefined
  fulfil: ((value: unknown) => void) | undefined
  reject: ((reason: unknown) => void) | undefined
}

/** One object that is the queue's node, the context that the function receives, and the handle that the caller holds. */
export class TaskRecord<T = unknown> implements Task<T>, TaskContext, Live {
  // Declared only, and assigned in the constructor: as fields, each would be written twice, and V8 could not rely on what it is.
  /** A promise that is resolved with a record looks for this: found at once, it need not look through all the prototypes. */
  // oxlint-disable-next-line unicorn/no-thenable -- it never has one
  declare readonly then: undefined
  declare readonly owner: Dispatcher
  declare readonly index: number
  declare live: LiveLink | undefined
  declare tries: number
  declare status: number
  /** Settled: the value or the reason. Before: the function, which a finished task has no use for. */
  declare value: unknown
  /** While queued: resolves the promise that the submitter (or the retry) waits on. */
  declare admit: ((self: TaskRecord | Promise<never>) => void) | undefined
  declare next: TaskRecord | undefined
  /** When it began to wait; undefined while it does not. Not 0: a number with a fraction is boxed, in every object of the class if in one. */
  declare since: number | undefined
  declare extra: Extra | undefined

  constructor(owner: Dispatcher, index: number, fn: TaskFunction<T>, options: TaskOptions | undefined) {
    // oxlint-disable-next-line unicorn/no-thenable -- it never has one
    this.then = undefined
    this.owner = owner
    this.index = index
    this.live = undefined
    this.tries = 0
    this.status = WAITING
    this.value = fn
    this.admit = undefined
    this.next = undefined
    this.since = undefined
    this.extra = undefined
    if (options !== undefined) this.more(options)
  }

  get attempt(): number {
    return this.tries
  }

  get name(): string | undefined {
    return this.extra?.options?.name
  }

  get deadline(): number | undefined {
    const own = this.extra?.attemptDeadline
    const outer = this.owner.scope.deadline
    return own === undefined ? outer : outer === undefined ? own : Math.min(own, outer)
  }

  get clock(): Clock {
    return this.owner.scope.clock
  }

  get signal(): AbortSignal {
    return signalOf(this)
  }

  get state(): TaskState {
    return STATES[this.status]!
  }

  get settled(): boolean {
    return this.status >= FULFILLED
  }

  get abortReason(): unknown {
    return this.extra?.abortReason ?? reasonOf(this.owner.scope)
  }

  /** `task #3 "name"`, for messages. */
  get label(): string {
    const number = `task #${this.index}`
    return label(number, this.name, number)
  }

  more(options?: TaskOptions): Extra {
    return (this.extra ??= {
      options,
      abortReason: undefined,
      timedOut: false,
      cancelRequested: false,
      timer: undefined,
      attemptDeadline: undefined,
      observed: false,
      began: 0,
      delayed: 0,
      ran: 0,
      waited: 0,
      promise: undefined,
      fulfil: undefined,
      reject: undefined,
    })
  }

  result(): Promise<T> {
    const extra = this.more()
    if (!extra.observed) {
      extra.observed = true
      if (this.status === REJECTED) this.owner.tally.failureRead()
    }
    return this.settlement()
  }

  /** @internal The result for those who only want to know that the task has ended: its failure is not yet known to anybody. */
  settlement(): Promise<T> {
    const extra = this.more()
    if (extra.promise === undefined) {
      if (this.status === FULFILLED) return (extra.promise = Promise.resolve(this.value)) as Promise<T>
      extra.promise = new Promise((fulfil, reject) => {
        extra.fulfil = fulfil
        extra.reject = reject
      })
      // Nobody is obliged to read it (law 41).
      extra.promise.then(undefined, ignore)
      if (this.settled) extra.reject!(this.value)
    }
    return extra.promise as Promise<T>
  }

  cancel(reason?: unknown): void {
    if (this.settled) return
    const cause = reason === undefined ? undefined : { cause: reason }
    this.more().cancelRequested = true
    this.stop(new AbortError(`${this.label} was cancelled`, cause))
    this.owner.cancelled(this)
  }

  /** @internal Cancels the task from inside, for an error that somebody has been told of. */
  giveUp(error: unknown): never {
    this.cancel(error)
    this.more().timedOut = false
    throw this.abortReason
  }

  /** Aborts this task's own signal, once. */
  stop(reason: unknown): void {
    const extra = this.more()
    if (extra.abortReason !== undefined || this.owner.scope.aborted) return
    extra.abortReason = reason
    this.live?.controller?.abort(reason)
  }

  /** A new attempt begins with a fresh signal. */
  refresh(): void {
    leave(this)
    if (this.extra !== undefined) {
      this.extra.abortReason = undefined
      this.extra.timedOut = false
    }
  }
}
