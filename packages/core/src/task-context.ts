import type { Clock } from './clock.ts'

/** What a task function is told about its own run. */
export interface TaskContext {
  /** Aborts when the task should stop. Created when first read: a task that never asks pays nothing. */
  readonly signal: AbortSignal
  /** Position in the order of creation, from 0. */
  readonly index: number
  /** 1 for the first attempt, 2 for the first retry. */
  readonly attempt: number
  /** The `name` option of the task, if given. */
  readonly name?: string | undefined
  /** The moment (`clock.now()`) at which the innermost limit on this attempt runs out, if there is one. */
  readonly deadline?: number | undefined
  /** The clock that `deadline` is on, if it is not the machine's: what waits inside the task keeps the same time. */
  readonly clock?: Clock | undefined
}

/** A task: a function that receives its context and returns a value or a promise. */
export type TaskFunction<T> = (context: TaskContext) => T | PromiseLike<T>

/** A function over one item of an iterable. */
export type ItemFunction<I, R> = (item: I, context: TaskContext) => R | PromiseLike<R>

/** How a task ended, as plain data. Times in milliseconds; `waited` is for a slot, the rate and backoffs, `ran` is all attempts together. */
export type Outcome<T> =
  | {
      index: number
      name: string | undefined
      status: 'fulfilled'
      value: T
      attempts: number
      waited: number
      ran: number
    }
  | {
      index: number
      name: string | undefined
      status: 'rejected' | 'cancelled'
      reason: unknown
      attempts: number
      waited: number
      ran: number
    }
