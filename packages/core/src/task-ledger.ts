import type { Outcome } from './task-context.ts'
import { CANCELLED, FULFILLED, REJECTED, type TaskRecord } from './task.ts'

/** Marks a place in the columns whose task has not ended. */
const OPEN: unique symbol = Symbol('open')

/**
 * What a group keeps of its tasks: plain values in columns, not handles, so that a finished task is garbage (law 23).
 * The columns are filled at creation, which keeps them dense however far out of order the tasks end.
 */
export class TaskLedger<T> {
  readonly #values: unknown[] = []
  readonly #status: number[] = []
  readonly #attempts: number[] = []
  readonly #waited: number[] = []
  readonly #ran: number[] = []
  readonly #names: (string | undefined)[] = []
  readonly #failures: number[] = []

  open(name: string | undefined): void {
    this.#values.push(OPEN)
    this.#status.push(0)
    this.#attempts.push(0)
    this.#waited.push(0)
    this.#ran.push(0)
    if (name !== undefined) this.#names[this.#values.length - 1] = name
  }

  close(record: TaskRecord): void {
    const { index, status } = record
    this.#values[index] = record.value
    this.#status[index] = status
    this.#attempts[index] = record.tries
    this.#waited[index] = record.waited
    this.#ran[index] = record.ran
    if (status === REJECTED) this.#failures.push(index)
  }

  /** Values of the fulfilled tasks in the order of creation. */
  results(): T[] {
    return this.#values.filter((_, index) => this.#status[index] === FULFILLED) as T[]
  }

  /** Errors in the order in which they occurred. */
  exceptions(): unknown[] {
    return this.#failures.map((index) => this.#values[index])
  }

  /** What became of each task that has ended, in the order of creation. */
  outcomes(): Outcome<T>[] {
    const outcomes: Outcome<T>[] = []
    this.#values.forEach((value, index) => {
      const status = this.#status[index]
      if (value === OPEN) return
      const facts = {
        index,
        name: this.#names[index],
        attempts: this.#attempts[index]!,
        waited: this.#waited[index]!,
        ran: this.#ran[index]!,
      }
      if (status === FULFILLED) outcomes.push({ ...facts, status: 'fulfilled', value: value as T })
      else outcomes.push({ ...facts, status: status === CANCELLED ? 'cancelled' : 'rejected', reason: value })
    })
    return outcomes
  }
}
