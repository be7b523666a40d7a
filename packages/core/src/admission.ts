import { ignore } from './ignore.ts'
import type { Permit, PermitSource } from './permit.ts'
import type { RateLimiter, RateWaiter } from './rate-limiter.ts'
import { WAITING, type TaskRecord } from './task.ts'

const DONE: Promise<void> = Promise.resolve()

/** How many tasks per slot may sit in a backoff before new ones have to wait: what bounds memory while a server is down. */
const BACKOFFS_PER_SLOT = 10

/**
 * Decides who may start: a slot and a token of the rate, taken together or not at all, in first-come order. What waits for a token
 * holds no slot. A task that had to wait is started by a promise reaction which its submitter registered, so it runs in the
 * submitter's async context whoever's completion made room (headline E).
 */
export class Admission implements RateWaiter {
  /** Slots taken: running, or admitted and about to. */
  taken = 0
  /** Tasks in the queue, without those that were cancelled there and have not reached its head. */
  waiting = 0
  /** Tasks in a backoff: they hold no slot, but there may not be endlessly many. */
  backingOff = 0
  /** Nobody new gets a slot. */
  paused = false
  readonly limit: number
  readonly source: PermitSource | undefined
  readonly rate: RateLimiter | undefined
  private readonly start: (record: TaskRecord) => void
  private readonly fail: (record: TaskRecord, error: unknown) => void
  private readonly backoffLimit: number
  /** Nothing else decides: the short ways through. False in a pause, which must be looked at. */
  private onlyNumber: boolean
  /** Permits of tasks that are admitted but have not started; which task gets which does not matter. */
  private readonly permits: Permit[] = []
  private head: TaskRecord | undefined
  /** The last of several: that of one is not written down, since references from old objects to new ones are dear. */
  private tail: TaskRecord | undefined
  /** A permit that was waited for and is to be used or given back in this turn. */
  private spare: Permit | undefined
  private asking = false
  /** Takes back the request for a permit. */
  private gate: AbortController | undefined
  private offered = false

  constructor(
    limit: number,
    source: PermitSource | undefined,
    rate: RateLimiter | undefined,
    start: (record: TaskRecord) => void,
    fail: (record: TaskRecord, error: unknown) => void,
  ) {
    this.limit = limit
    this.source = source
    this.rate = rate
    this.start = start
    this.fail = fail
    this.onlyNumber = source === undefined && rate === undefined
    this.backoffLimit = Math.max(100, BACKOFFS_PER_SLOT * (source?.limit ?? limit))
  }

  /** Takes a slot and a token for a newcomer, if it need not wait. */
  tryEnter(): boolean {
    if (this.onlyNumber && this.head === undefined && this.backingOff === 0) {
      if (this.taken >= this.limit) return false
      this.taken++
      return true
    }
    if (this.head !== undefined || this.backingOff >= this.backoffLimit || !this.admissible()) return false
    this.taken++
    return true
  }

  /** The permit that goes with the slot of the task that starts now. */
  permit(): Permit | undefined {
    return this.source === undefined ? undefined : this.permits.pop()
  }

  /** The slot of a task is free again. */
  leave(): void {
    const { head } = this
    // The usual case: the first in the queue takes it over.
    if (head !== undefined && this.onlyNumber && head.status === WAITING && this.backingOff === 0) this.admit(head)
    else {
      this.taken--
      if (head !== undefined) this.pump()
    }
  }

  /** Slots taken if that is all of them, else Infinity: what waits for the rate, or may take a free slot, will go on. */
  get takenIfFull(): number {
    return this.taken < this.limit ? Infinity : this.taken
  }

  /** What the head of the queue waits for. */
  get waitsFor(): 'limit' | 'slot' {
    return this.offered ? 'limit' : 'slot'
  }

  /** Queues `record`; the promise fulfils with it once it has started. Retries go before those who have not begun. */
  enqueue(record: TaskRecord, front: boolean): Promise<TaskRecord> {
    // V8 builds this function into the code around it: nothing is allocated for it, nor for the `reject` that nobody takes.
    const promise = new Promise<TaskRecord>((resolve) => {
      record.admit = resolve
    })
    // The FIRST reaction, registered in the submitter's context: by the time the submitter goes on, the task has started.
    promise.then(this.start, ignore)
    this.waiting++
    if (this.head === undefined) this.head = record
    else if (front) {
      record.next = this.head
      this.tail ??= this.head
      this.head = record
    } else {
      ;(this.tail ?? this.head).next = record
      this.tail = record
    }
    return promise
  }

  /** Lets everybody in who may go now. */
  readonly pump = (): void => {
    while (this.eligible() && this.admissible()) this.next()
  }

  /** Nobody new gets a slot until `resume`. */
  pause(): void {
    this.paused = true
    this.onlyNumber = false
  }

  resume(): void {
    this.paused = false
    this.onlyNumber = this.source === undefined && this.rate === undefined
    this.pump()
  }

  /** Takes the head out of the queue. */
  shift(): TaskRecord | undefined {
    const record = this.head
    if (record === undefined) return undefined
    this.head = record.next
    if (record.next === undefined) this.tail = undefined
    record.next = undefined
    return record
  }

  /** Nobody waits any more: leave the queues of the limiter and of the source, since nothing of a group may outlive it. */
  close(): void {
    // What is left here was cancelled.
    while (this.shift() !== undefined);
    if (this.offered) this.rate!.withdraw(this)
    this.offered = false
    if (!this.asking) return
    this.asking = false
    this.gate!.abort()
    this.gate = undefined
  }

  /** @internal The limiter has a token for us: true takes it. */
  take(): boolean {
    this.offered = false
    if (!this.eligible() || !this.takeSlot()) return false
    this.next()
    // The next of ours comes behind the others who wait for this limiter, not before them.
    if (this.head !== undefined) void DONE.then(this.pump)
    return true
  }

  /** A slot and a token, or neither. */
  private admissible(): boolean {
    const { rate } = this
    // With an offer outstanding somebody of ours is in the limiter's queue already.
    if (this.offered || !this.takeSlot()) return false
    if (rate === undefined || rate.tryAcquire()) return true
    this.permits.pop()?.release('ignore')
    this.offered = true
    rate.offer(this)
    return false
  }

  private takeSlot(): boolean {
    if (this.paused) return false
    const { source } = this
    if (source === undefined) return this.taken < this.limit
    let permit = this.spare
    this.spare = undefined
    try {
      permit ??= source.tryAcquire()
    } catch (error) {
      this.ask(() => Promise.reject(error))
    }
    if (permit === undefined) this.ask((signal) => source.acquire(signal))
    else this.permits.push(permit)
    return permit !== undefined
  }

  /** One request for the whole group at a time. */
  private ask(acquire: (signal: AbortSignal) => Promise<Permit>): void {
    if (this.asking) return
    this.asking = true
    const gate = (this.gate ??= new AbortController())
    // A source of somebody's own may throw in place of rejecting.
    new Promise<Permit>((resolve) => resolve(acquire(gate.signal))).then(
      (permit) => {
        // Another request may have followed one that was taken back.
        if (this.gate === gate) this.asking = false
        this.spare = permit
        this.pump()
        this.spare?.release('ignore')
        this.spare = undefined
      },
      (error) => {
        if (this.gate !== gate) return
        this.asking = false
        // There will be no permit for the first in the queue: it fails, and the next one asks for itself.
        if (this.eligible()) this.fail(this.head!, error)
        this.pump()
      },
    )
  }

  /** Whether the head of the queue may start as far as backoffs go. Drops what was cancelled while it waited. */
  private eligible(): boolean {
    while (this.head?.settled) this.shift()
    const head = this.head
    return head !== undefined && (head.tries > 0 || this.backingOff < this.backoffLimit)
  }

  /** Lets the head of the queue go; its slot is taken from now on. */
  private next(): void {
    this.taken++
    this.admit(this.head!)
  }

  private admit(head: TaskRecord): void {
    this.shift()
    this.waiting--
    const admit = head.admit!
    head.admit = undefined
    admit(head)
  }
}
