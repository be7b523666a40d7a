import { say } from './check.ts'
import type { Spent, TaskLedger } from './task-ledger.ts'
import { CANCELLED, FULFILLED, type TaskRecord } from './task.ts'

/** What became of the tasks of one group: how many are alive, how they ended, and which failures nobody has looked at. */
export class Tally<T> {
  created = 0
  live = 0
  rejected = 0
  cancelled = 0
  unread = 0
  firstUnread = ''
  readonly ledger: TaskLedger<T> | undefined
  /** Told of each failure; says whether it is dealt with (it ends the group). */
  private readonly onFailure: (record: TaskRecord) => boolean
  private idling: Promise<void> | undefined
  private wake: (() => void) | undefined

  constructor(ledger: TaskLedger<T> | undefined, onFailure: (record: TaskRecord) => boolean) {
    this.ledger = ledger
    this.onFailure = onFailure
  }

  /** A task was handed in; answers its index. */
  open(name: string | undefined): number {
    this.live++
    this.ledger?.open(this.created, name)
    return this.created++
  }

  get fulfilled(): number {
    return this.created - this.live - this.rejected - this.cancelled
  }

  /** A task has ended for good. */
  settled(record: TaskRecord, spent: Spent): void {
    const { ledger } = this
    if (record.status !== FULFILLED) this.failed(record)
    else if (ledger !== undefined) ledger.values[record.index] = record.value
    ledger?.time(record, spent)
    if (--this.live === 0) this.wake?.()
  }

  /** Somebody reads the result of a task that has failed. */
  failureRead(): void {
    if (this.unread > 0) this.unread--
  }

  private failed(record: TaskRecord): void {
    this.ledger?.fail(record)
    if (record.status === CANCELLED) {
      this.cancelled++
      return
    }
    this.rejected++
    if (!this.onFailure(record) && !record.extra?.observed && this.unread++ === 0) {
      this.firstUnread = `${record.label}: ${say(record.value)}`
    }
  }

  /** Waits until no task is alive. */
  idle(): Promise<void> | undefined {
    if (this.live === 0) return undefined
    return (this.idling ??= new Promise((resolve) => {
      this.wake = () => {
        this.idling = this.wake = undefined
        resolve()
      }
    }))
  }
}
