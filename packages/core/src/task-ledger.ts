import type { Outcome } from './task-context.ts'
import { REJECTED, type TaskRecord } from './task.ts'

/** Marks a place whose task has not ended. */
const OPEN: unique symbol = Symbol('open')

/** How a task ended that did not simply fulfil. */
interface Failure {
  status: 'rejected' | 'cancelled'
  reason: unknown
}

/** Milliseconds that a task took: all its attempts, and what it waited for a slot, the rate and backoffs. */
export interface Spent {
  readonly ran: number
  readonly waited: number
}

/** How many tasks share a block of {@link Times}. */
const BITS = 10
const BLOCK = 1 << BITS

/**
 * What tasks took, by index: two numbers each, of seven digits, which is half the memory of exact ones. In blocks, since what grows as a whole
 * is copied again and again; a block in which all is 0 does not exist.
 */
class Times {
  private readonly blocks: (Float32Array | undefined)[] = []

  set(index: number, { ran, waited }: Spent): void {
    const block = this.blocks[index >> BITS] ?? this.add(index >> BITS)
    const at = 2 * (index & (BLOCK - 1))
    block[at] = ran
    block[at + 1] = waited
  }

  get(index: number): Spent {
    const block = this.blocks[index >> BITS]
    const at = 2 * (index & (BLOCK - 1))
    return { waited: toMicroseconds(block?.[at + 1]), ran: toMicroseconds(block?.[at]) }
  }

  private add(number: number): Float32Array {
    while (this.blocks.length <= number) this.blocks.push(undefined)
    return (this.blocks[number] = new Float32Array(2 * BLOCK))
  }
}

/** Also, -0 becomes 0. */
function toMicroseconds(ms = 0): number {
  return Math.max(0, Math.round(ms * 1000) / 1000)
}

/**
 * What a group keeps of its tasks: plain values in columns, not handles, so that a finished task is garbage (law 23).
 * A column is filled at creation, which keeps it dense however far out of order the tasks end; what few tasks have is kept only for them.
 */
export class TaskLedger<T> {
  /** The value; for a task that has not ended, or has failed, its place is held by `OPEN`. */
  readonly values: unknown[] = [OPEN]
  private readonly times = new Times()
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
  time({ index, tries }: TaskRecord, spent: Spent): void {
    if (spent.ran !== 0 || spent.waited !== 0) this.times.set(index, spent)
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
        ...this.times.get(index),
      }
      if (failure === undefined) outcomes.push({ ...facts, status: 'fulfilled', value: value as T })
      else outcomes.push({ ...facts, status: failure.status, reason: failure.reason })
    })
    return outcomes
  }
}
