import type { AbortScope } from './abort-scope.ts'
import { Admission } from './admission.ts'
import { systemClock, type Clock } from './clock.ts'
import { ignore } from './ignore.ts'
import { taskChannel, type Emit } from './emit.ts'
import { AbandonedError, TimeoutError, explain, isAbortEcho } from './errors.ts'
import { NestedSubmissions, type Submission } from './nested-submissions.ts'
import type { Limits } from './limits.ts'
import { enter, leave } from './live-context.ts'
import type { Permit, PermitOutcome } from './permit.ts'
import { resolveRetry } from './retry-policy.ts'
import type { Tally } from './tally.ts'
import type { TaskFunction } from './task-context.ts'
import { CANCELLED, FULFILLED, REJECTED, RUNNING, WAITING, type TaskRecord } from './task.ts'
import { TimerHeap } from './timer-heap.ts'
import { turnNow } from './turn-clock.ts'

/** What a dispatcher needs to know; limits that are not set cost nothing. */
export interface DispatcherOptions extends Limits {
  scope: AbortScope
  /** Told when a task has ended for good, before its slot goes to the next. */
  tally: Pick<Tally<never>, 'settled' | 'failureRead'>
  emit: Emit | undefined
}

/** A place to run, reused from task to task, so that neither closures nor an async frame are made per task. */
class Slot {
  record: TaskRecord | undefined = undefined
  /** The next one that is free. */
  next: Slot | undefined = undefined
  permit: Permit | undefined = undefined
  // These stand here and not in the task, since a slot's number is boxed once and a task's each time: -0 makes it so.
  /** Milliseconds that the task had waited for this attempt. */
  waited = -0
  /** Milliseconds that the attempt took; while it runs, minus the moment at which it began. */
  ran = -0
  readonly fulfilled: (value: unknown) => void
  readonly rejected: (reason: unknown) => void

  constructor(dispatcher: Dispatcher) {
    this.fulfilled = (value) => dispatcher.fulfilled(this, value)
    this.rejected = (reason) => dispatcher.ended(this, true, reason)
  }
}

/**
 * Runs tasks: their attempts, timeouts, backoffs and their end. Who may start is decided by its {@link Admission}.
 */
export class Dispatcher {
  readonly scope: AbortScope
  readonly admission: Admission
  readonly tally: DispatcherOptions['tally']
  // One by one, since what is reached through an options object is reached slowly.
  private readonly source: Limits['source']
  private readonly rate: Limits['rate']
  private readonly timeout: number | undefined
  private readonly retryPolicy: Limits['retry']
  private readonly graceMs: number | undefined
  private readonly clock: Clock
  private readonly emit: DispatcherOptions['emit']
  private readonly plain: boolean
  /** Nothing but a number limits the tasks, and nobody watches: the short way through, small enough to be inlined. */
  private readonly simple: boolean
  private readonly now: () => number
  private readonly timers: TimerHeap
  /** Slots that are free, linked: cheaper than an array. */
  private spare: Slot | undefined
  private nested: NestedSubmissions | undefined
  /** Where the task runs whose synchronous beginning runs now. Not the task: it is younger, which makes each assignment dearer. */
  private current: Slot | undefined

  constructor(options: DispatcherOptions) {
    const { scope, tally, limit, source, clock, rate, timeout, retry, graceMs, emit } = options
    this.scope = scope
    this.tally = tally
    this.source = source
    this.rate = rate
    this.timeout = timeout
    this.retryPolicy = retry
    this.graceMs = graceMs
    this.clock = clock
    this.emit = emit
    this.timers = new TimerHeap(clock)
    const plain = timeout === undefined && retry === undefined && graceMs === undefined && emit === undefined
    this.plain = plain && !taskChannel?.hasSubscribers
    this.simple = this.plain && rate === undefined && source === undefined
    this.now = this.simple && clock === systemClock ? turnNow : () => clock.now()
    this.admission = new Admission(
      limit,
      source,
      rate,
      (record) => this.admitted(record),
      (record, error) => this.drop(record, error, REJECTED),
    )
  }

  /** Starts `record` now if it may, else queues it; the promise fulfils with the record when it is accepted. */
  submit(record: TaskRecord): Promise<TaskRecord> {
    if (this.emit !== undefined) this.emit({ type: 'queued' }, record)
    if (this.admission.tryEnter()) {
      // Right after an assignment V8 knows that a record is no thenable, and need not look for `then`.
      record.status = RUNNING
      const accepted = Promise.resolve(record)
      this.begin(record)
      return accepted
    }
    return this.wait(record)
  }

  private wait(record: TaskRecord): Promise<TaskRecord> {
    record.since = this.now()
    const promise = this.admission.enqueue(record, false)
    this.tellWaiting(record)
    if (this.current === undefined || this.source !== undefined) return promise
    return this.watch(promise, {
      waits: () => record.admit !== undefined,
      refuse: (error) => this.drop(record, error),
      call: 'createTask()',
      home: 'group',
      remedy: 'the concurrency',
    })
  }

  /** Watches whether the task that runs now would wait for itself by awaiting `promise`. */
  watch<T>(promise: Promise<T>, submission: Submission): Promise<T> {
    const parent = this.running
    if (parent === undefined) return promise
    this.nested ??= new NestedSubmissions(() => this.admission.takenIfFull)
    return this.nested.watch(promise, parent, submission)
  }

  /** The task whose synchronous beginning runs now. */
  get running(): TaskRecord | undefined {
    return this.current?.record
  }

  /** Runs one attempt of a task that had to wait. The slot (and token) have been taken. */
  private admitted(record: TaskRecord): void {
    if (record.status === WAITING && !this.scope.aborted) {
      record.status = RUNNING
      this.begin(record)
      return
    }
    // Aborted between admission and start: the function is never called (law 32).
    if (!record.settled) this.settle(record, CANCELLED, this.scope.reason, 0, 0)
    this.admission.permit()?.release('ignore')
    this.admission.leave()
  }

  /** Runs one attempt of a task that has just been set to running. */
  private begin(record: TaskRecord): void {
    const slot = this.spare ?? new Slot(this)
    this.spare = slot.next
    const began = this.now()
    const { since } = record
    slot.record = record
    slot.ran = -began
    if (since !== undefined) {
      slot.waited = began - since
      record.since = undefined
    }
    record.tries++
    const expired = (!this.simple || record.extra !== undefined) && this.arm(record, slot)
    const outer = this.current
    this.current = slot
    let result
    try {
      if (expired) throw record.abortReason
      result = this.plain ? (record.value as TaskFunction<unknown>)(record) : this.call(record, slot.waited)
    } catch (error) {
      result = Promise.reject(error)
    }
    this.current = outer
    // Of what is no promise too the end is told in another turn: completion is never synchronous (law 31).
    Promise.resolve(result).then(slot.fulfilled, slot.rejected)
  }

  private call(record: TaskRecord, waited: number): unknown {
    const { index, name, tries: attempt } = record
    const fn = record.value as TaskFunction<unknown>
    if (attempt === 1) this.emit?.({ type: 'started', waited }, record)
    if (!taskChannel?.hasSubscribers) return fn(record)
    return taskChannel.tracePromise(async () => await fn(record), { index, name, attempt })
  }

  /** Permit, timers and links of an attempt that has any. True when it has no time at all. */
  private arm(record: TaskRecord, slot: Slot): boolean {
    slot.permit = this.admission.permit()
    const timeout = record.extra?.options?.timeout ?? this.timeout
    if (this.graceMs !== undefined) {
      enter(record)
      const extra = record.more()
      extra.began = -slot.ran
      extra.delayed = slot.waited
    }
    if (timeout === undefined || timeout === Infinity) return false
    const at = timeout - slot.ran
    const extra = record.more()
    extra.attemptDeadline = at
    const expire = (): void => {
      extra.timedOut = true
      record.stop(new TimeoutError(`${record.label} timed out after ${timeout} ms (attempt ${record.tries})`, timeout))
    }
    if (timeout === 0) expire()
    else {
      this.timers.set(record, at, () => {
        expire()
        this.grace(record)
      })
    }
    return timeout === 0
  }

  /** From now on, `graceMs` until nobody waits for `record` any more. */
  private grace(record: TaskRecord): void {
    const graceMs = this.graceMs
    const clock = this.clock
    if (graceMs === undefined || record.status !== RUNNING) return
    this.timers.set(record, clock.now() + graceMs, () => {
      const { began, delayed } = record.extra!
      const error = new AbandonedError(
        `${record.label} did not stop within ${graceMs} ms of its abort and was abandoned: it ignores its signal. Its slot stays taken until it ends`,
        { cause: record.abortReason },
      )
      this.settle(record, REJECTED, error, clock.now() - began, delayed)
    })
  }

  /** @internal An attempt has ended with a value. */
  fulfilled(slot: Slot, value: unknown): void {
    const record = slot.record!
    if (!this.simple || record.extra !== undefined || this.nested !== undefined) {
      this.ended(slot, false, value)
      return
    }
    slot.record = undefined
    record.status = FULFILLED
    record.value = value
    if (record.live !== undefined) leave(record)
    // Handed on in the slot, since numbers with a fraction are boxed as arguments.
    slot.ran += this.now()
    this.tally.settled(record, slot)
    this.vacate(slot)
    this.admission.leave()
  }

  /** @internal An attempt has ended. */
  ended(slot: Slot, failed: boolean, result: unknown): void {
    const record = slot.record!
    slot.record = undefined
    this.nested?.ended(record)
    if (record.settled) {
      // It had been abandoned; now at last its slot is free.
      this.free(slot, 'ignore')
      return
    }
    this.timers.clear(record)
    const ms = this.now() + slot.ran
    if (failed) this.failed(slot, record, result, ms)
    else {
      this.tellAttempt(record, true, undefined, ms)
      this.settle(record, FULFILLED, result, ms, slot.waited)
      this.free(slot, this.classify(false, result))
    }
  }

  private failed(slot: Slot, record: TaskRecord, thrown: unknown, ms: number): void {
    const { scope } = this
    const { extra } = record
    const reason = extra?.abortReason
    let error = thrown
    let cancelled = false
    if (reason !== undefined && isAbortEcho(error, reason)) {
      if (extra!.timedOut) error = reason
      else cancelled = true
    } else if (scope.aborted && isAbortEcho(error, scope.reason)) cancelled = true
    // The clean-up's error replaces the timeout, and keeps it as its cause (law 64).
    else if (extra?.timedOut) explain(error, reason)
    this.tellAttempt(record, false, error, ms)
    if (cancelled) this.settle(record, CANCELLED, reason ?? scope.reason, ms, slot.waited)
    else {
      let delay: number | undefined
      try {
        delay = this.retryDelay(record, error, ms + slot.waited)
      } catch (hookError) {
        // A hook of the retry policy threw: the task fails with that, and its slot is not lost.
        explain(hookError, error)
        error = hookError
      }
      if (delay === undefined) this.settle(record, REJECTED, error, ms, slot.waited)
      else this.backOff(record, delay, ms, slot.waited)
    }
    this.free(slot, cancelled ? 'ignore' : this.classify(true, error))
  }

  /** How the attempt counts for an adaptive limit. */
  private classify(failed: boolean, result: unknown): PermitOutcome | undefined {
    try {
      return this.source?.classify?.(failed, result) ?? (failed ? 'ignore' : 'success')
    } catch (error) {
      console.warn('sluice: classify of the permit source threw; the attempt is ignored', error)
      return 'ignore'
    }
  }

  private tellAttempt(record: TaskRecord, ok: boolean, error: unknown, ms: number): void {
    this.emit?.({ type: 'attempt', attempt: record.tries, ms, ok, error }, record)
  }

  private retryDelay(record: TaskRecord, error: unknown, ms: number): number | undefined {
    const own = record.extra?.options?.retry
    const policy = own === undefined ? this.retryPolicy : resolveRetry(own, this.clock)
    const stopped = (): boolean | undefined => this.scope.aborted || record.extra?.cancelRequested
    if (policy === undefined || stopped()) return undefined
    const elapsed = record.extra === undefined ? ms : record.extra.waited + record.extra.ran + ms
    const delay = policy({ error, attempt: record.tries, elapsed })
    // A hook of the policy may have cancelled it.
    return stopped() ? undefined : delay
  }

  private backOff(record: TaskRecord, ms: number, ran: number, waited: number): void {
    const extra = record.more()
    record.status = WAITING
    extra.ran += ran
    extra.waited += waited
    record.since = this.now()
    record.refresh()
    this.admission.backingOff++
    const promise = new Promise<TaskRecord>((wake) => {
      this.timers.set(record, this.clock.now() + ms, () => wake(record))
    })
    // Again a reaction in the task's own context: the retry sees what the first attempt saw.
    promise.then(this.retry, ignore)
    // Last, since whoever is told may cancel it.
    this.tellWaiting(record, ms)
  }

  private readonly retry = (record: TaskRecord): void => {
    const { admission } = this
    admission.backingOff--
    if (!record.settled) {
      void admission.enqueue(record, true)
      admission.pump()
      if (record.admit !== undefined) this.tellWaiting(record)
    } else admission.pump()
  }

  /** It waits for its turn, or `backoff` ms. */
  private tellWaiting(record: TaskRecord, backoff?: number): void {
    const { emit } = this
    if (emit === undefined) return
    const on = backoff === undefined ? this.admission.waitsFor : 'backoff'
    emit({ type: 'waiting', on, ms: on === 'limit' ? this.rate!.delay() : backoff }, record)
  }

  /** The end of a task, whose last attempt took `ran` ms after `waited` ms. */
  private settle(record: TaskRecord, status: number, value: unknown, ran: number, waited: number): void {
    record.status = status
    record.value = value
    if (record.live !== undefined) leave(record)
    const { extra, since } = record
    // It ends waiting.
    if (since !== undefined) waited = this.now() - since
    if (extra !== undefined) {
      ran += extra.ran
      waited += extra.waited
      this.timers.clear(record)
      if (extra.promise !== undefined) (status === FULFILLED ? extra.fulfil : extra.reject)!(value)
    }
    const error = status === FULFILLED ? undefined : value
    const state = record.state as 'fulfilled'
    this.emit?.({ type: 'settled', status: state, attempts: record.tries, waited, ran, error }, record)
    this.tally.settled(record, { ran, waited })
  }

  private free(slot: Slot, outcome: PermitOutcome | undefined): void {
    if (slot.permit !== undefined) {
      slot.permit.release(outcome)
      slot.permit = undefined
    }
    this.vacate(slot)
    this.admission.leave()
  }

  private vacate(slot: Slot): void {
    slot.waited = 0
    slot.next = this.spare
    this.spare = slot
  }

  /** @internal A handle was cancelled; its signal has been told. What only waits ends at once. */
  cancelled(record: TaskRecord): void {
    if (record.status === RUNNING) this.grace(record)
    else this.drop(record, record.extra!.abortReason ?? this.scope.reason)
  }

  private drop(record: TaskRecord, reason: unknown, status: number = CANCELLED): void {
    const { admission } = this
    const { admit, extra } = record
    // A timer in a waiting task is its backoff.
    const backedOff = extra?.timer !== undefined
    if (backedOff) admission.backingOff--
    if (admit !== undefined && --admission.waiting === 0) admission.close()
    record.admit = undefined
    this.settle(record, status, reason, 0, 0)
    admit?.(Promise.reject(reason))
    // Others may have waited because so many backed off.
    if (backedOff) admission.pump()
  }

  /** The scope was aborted: what waits is refused, what runs has been told and gets `graceMs`. */
  abort(reason: unknown): void {
    const { admission } = this
    for (let record = admission.shift(); record !== undefined; record = admission.shift()) {
      if (!record.settled) this.drop(record, reason)
    }
    admission.close()
    for (const entry of this.timers.entries()) {
      if (entry.owner.status === WAITING) this.drop(entry.owner, reason)
    }
    if (this.graceMs === undefined) return
    for (const link of this.scope.links()) this.grace(link.owner as TaskRecord)
  }
}
