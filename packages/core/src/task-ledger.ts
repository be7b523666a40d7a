import type { Outcome } from './task-context.ts'
import { REJECTED, type TaskRecord } from './task.ts'

/** Marks a place whose task has not ended. */
const OPEN: unique symbol = Symbol('open')

/** How a task ended that did not simply fulfil. */
interface Failure {
  status: 'rejected' | 'cancelled'
  reason: unknown
}

/** Numbers by index, most of them often 0: it costs nothing until one is not. */
class Column {
  private data = new Float64Array(0)

  set(index: number, value: number): void {
    if (index >= this.data.length) {
      const grown = new Float64Array(Math.max(256, 2 * index))
      grown.set(this.data)
      this.data = grown
    }
    this.data[index] = value
  }

  get(index: number): number {
    return this.data[index] ?? 0
  }
}

/**
 * What a group keeps of its tasks: plain values in columns, not handles, so that a finished task is garbage (law 23).
 * A column is filled at creation, which keeps it dense however far out of order the tasks end; what few tasks have is kept only for them.
 */
export class TaskLedger<T> {
  /** The value; for a task that has not ended, or has failed, its place is held by `OPEN`. */
  readonly values: unknown[] = [OPEN]
  private readonly ran = new Column()
  private readonly waited = new Column()
  private readonly failures = new Map<number, Failure>()
  private attempts: Map<number, number> | undefined
  private names: Map<number, string> | undefined

  constructor() {
    // An array that began empty counts as one of integers until its first push: then neither push is compiled into the code around it.
    this.values.pop()
  }

  open(index: number, name: string | undefined): void {
    this.values.push(OPEN)
    if (name !== undefined) (this.names ??= new Map()).set(index, name)
  }

  /** What a task took, if it is not nothing, and one attempt. */
  time({ index, tries }: TaskRecord, ran: number, waited: number): void {
    if (ran !== 0) this.ran.set(index, ran)
    if (waited !== 0) this.waited.set(index, waited)
    if (tries !== 1) (this.attempts ??= new Map()).set(index, tries)
  }

  fail({ index, status, value: reason }: TaskRecord): void {
    this.failures.set(index, { status: status === REJECTED ? 'rejected' : 'cancelled', reason })
  }

  /** Values of the fulfilled tasks in the order of creation; `all`: there are no others. */
  results(all: boolean): T[] {
    const values = this.values as T[]
    return all ? values.slice() : values.filter((value) => (value as unknown) !== OPEN)
  }

  /** Errors in the order in which they occurred. */
  exceptions(): unknown[] {
    const errors: unknown[] = []
    for (const failure of this.failures.values()) if (failure.status === 'rejected') errors.push(failure.reason)
    return errors
  }

  /** What became of each task that has ended, in the order of creation. */
  outcomes(): Outcome<T>[] {
    const outcomes: Outcome<T>[] = []
    this.values.forEach((value, index) => {
      const failure = this.failures.get(index)
      if (value === OPEN && failure === undefined) return
      const facts = {
        index,
        name: this.names?.get(index),
        attempts: this.attempts?.get(index) ?? 1,
        waited: this.waited.get(index),
        ran: this.ran.get(index),
      }
      if (failure === undefined) outcomes.push({ ...facts, status: 'fulfilled', value: value as T })
      else outcomes.push({ ...facts, status: failure.status, reason: failure.reason })
    })
    return outcomes
  }
}
