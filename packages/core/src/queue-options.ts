import { checkCount, checkFunction, checkOptions, checkWord } from './check.ts'
import { resolveLimits, type LimitOptions, type Limits } from './limits.ts'
import type { PermitSource } from './permit.ts'
import type { TaskContext } from './task-context.ts'
import type { TaskOptions } from './task.ts'

/** The task that an exception handler is told about. */
export type QueuedTask = Pick<TaskContext, 'index' | 'name' | 'attempt'>

/** Receives the error of each failed task. What it throws itself is logged and changes nothing; `join` waits for a promise that it returns. */
export type ExceptionHandler = (error: unknown, task: QueuedTask) => unknown

/** Where a queue logs to; `console` fits. */
export interface QueueLogger {
  info(message: string): void
  warn(message: string, error: unknown): void
}

/** Options of a `Queue`. */
export interface QueueOptions extends Omit<LimitOptions, 'concurrency'> {
  /** How many tasks at once: a number, a shared `Semaphore` or another `PermitSource`, or `'auto'` to let an `AdaptiveLimit` find it. Default 25. */
  workers?: number | 'auto' | PermitSource
  /**
   * How many tasks may lie in the queue before `put` waits. Default: twice the workers, or 50 if `workers` is no number. With 0, `put` waits until a worker takes the task;
   * with `Infinity` it never waits, and a fast producer then costs memory without bound.
   */
  maxsize?: number
  /** Receives the error of each failed task. Default: logs a warning. */
  exceptionHandler?: ExceptionHandler
  /** Default: `console`. */
  logger?: QueueLogger
  /** `'info'` also logs each `join`, `'silent'` nothing at all. Default `'warn'`. */
  logLevel?: 'silent' | 'warn' | 'info'
}

/** Options of `put`. */
export interface PutOptions extends TaskOptions {
  /** Milliseconds that `put` waits before it puts the task into the queue. Default 0. */
  delay?: number
  /** Stops waiting when it aborts, and the task never runs. Once the task is in the queue, the signal has no effect. */
  signal?: AbortSignal
}

/** A snapshot of a `Queue`. */
export interface QueueStatistics {
  /** Tasks handed in, ever. */
  readonly created: number
  /** Calls of `put` that wait for their delay. */
  readonly delayed: number
  /** Calls of `put` that wait for room. */
  readonly blocked: number
  /** Tasks in the queue that have not begun. */
  readonly waiting: number
  /** Tasks that wait for their next attempt. */
  readonly backingOff: number
  /** Workers that are busy. */
  readonly running: number
  readonly fulfilled: number
  readonly rejected: number
  readonly cancelled: number
  readonly paused: boolean
}

/** Options of a queue, checked and complete. */
export interface ResolvedQueueOptions {
  limits: Limits
  maxsize: number
  exceptionHandler: ExceptionHandler | undefined
  logger: QueueLogger
  logLevel: 'silent' | 'warn' | 'info'
}

const WORKERS = 25

/** Checks the options and fills in the defaults. */
export function resolveQueueOptions(options: QueueOptions): ResolvedQueueOptions {
  checkOptions(options, 'an object such as { workers: 25 }')
  const { workers = WORKERS, exceptionHandler, logger = console, logLevel = 'warn' } = options
  const counted = workers !== 'auto' && typeof (workers as Partial<PermitSource> | null)?.tryAcquire !== 'function'
  if (counted) checkCount('workers', workers)
  const { maxsize = (counted ? (workers as number) : WORKERS) * 2 } = options
  checkCount('maxsize', maxsize, 0)
  if (exceptionHandler !== undefined) checkFunction('exceptionHandler', exceptionHandler)
  checkWord('logLevel', logLevel, 'silent', 'warn', 'info')
  const limits = resolveLimits({ ...options, concurrency: workers }, WORKERS)
  return { limits, maxsize, exceptionHandler, logger, logLevel }
}
