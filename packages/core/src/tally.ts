import type { TaskLedger } from './task-ledger.ts'
import { CANCELLED, FULFILLED, type TaskRecord } from './task.ts'

/** What became of the tasks of one group: how many are alive, how they ended, and which failures nobody has looked at. */
export class Tally<T> {
  created = 0
  live = 0
  fulfilled = 0
  rejected = 0
  cancelled = 0
  unread = 0
  firstUnread = ''
  readonly ledger: TaskLedger<T> | undefined
  /** Told of each failure; says whether it is dealt with (it ends the group). */
  readonly #onFailure: (record: TaskRecord) => boolean
  #idle: Promise<void> | undefined
  #wake: (() => void) | undefined

  constructor(ledger: TaskLedger<T> | undefined, onFailure: (record: TaskRecord) => boolean) {
    this.ledger = ledger
    this.#onFailure = onFailure
  }

  /** A task was handed in; answers its index. */
  open(name: string | undefined): number {
    this.live++
    this.ledger?.open(this.created, name)
    return this.created++
  }

  /** A task has ended for good, after `ran` ms of attempts. */
  settled(record: TaskRecord, ran: number): void {
    this.ledger?.close(record, ran)
    if (record.status === FULFILLED) this.fulfilled++
    else if (record.status === CANCELLED) this.cancelled++
    else {
      this.rejected++
      if (!this.#onFailure(record) && !record.observed && this.unread++ === 0) {
        this.firstUnread = `${record.label}: ${String(record.value)}`
      }
    }
    if (--this.live === 0) this.#wake?.()
  }

  /** Somebody reads the result of a task that has failed. */
  failureRead(): void {
    if (this.unread > 0) this.unread--
  }

  /** Waits until no task is alive. */
  idle(): Promise<void> | undefined {
    if (this.live === 0) return undefined
    return (this.#idle ??= new Promise((resolve) => {
      this.#wake = () => {
        this.#idle = this.#wake = undefined
        resolve()
      }
    }))
  }
}
