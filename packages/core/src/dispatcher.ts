import type { AbortScope } from './abort-scope.ts'
import { Admission, capture, ignore, lastResolve } from './admission.ts'
import { systemClock } from './clock.ts'
import { taskChannel, type EventFacts } from './emit.ts'
import { AbandonedError, TimeoutError, isAbortEcho } from './errors.ts'
import { NestedSubmissions } from './nested-submissions.ts'
import type { Limits } from './limits.ts'
import type { Permit } from './permit.ts'
import { resolveRetry, retryDelay } from './retry-policy.ts'
import { CANCELLED, FULFILLED, REJECTED, RUNNING, WAITING, type TaskRecord } from './task.ts'
import { TimerEntry, TimerHeap } from './timer-heap.ts'
import { turnNow } from './turn-clock.ts'

/** What a dispatcher needs to know; limits that are not set cost nothing. */
export interface DispatcherOptions extends Limits {
  scope: AbortScope
  emit: ((facts: EventFacts) => void) | undefined
  /** Called when a task has ended for good, before its slot goes to the next. */
  onSettled(record: TaskRecord): void
  /** Called when somebody reads the result of a task that has failed. */
  onFailureRead(): void
}

const DONE: Promise<void> = Promise.resolve()

/** A place to run, reused from task to task, so that neither closures nor an async frame are made per task. */
class Slot {
  record: TaskRecord | undefined = undefined
  permit: Permit | undefined = undefined
  /** What a task returned or threw synchronously, until the next microtask: completion is never synchronous (law 31). */
  held: unknown = undefined
  readonly fulfilled: (value: unknown) => void
  readonly rejected: (reason: unknown) => void
  readonly returned: () => void
  readonly threw: () => void

  constructor(dispatcher: Dispatcher) {
    this.fulfilled = (value) => dispatcher.ended(this, false, value)
    this.rejected = (reason) => dispatcher.ended(this, true, reason)
    this.returned = () => dispatcher.ended(this, false, this.held)
    this.threw = () => dispatcher.ended(this, true, this.held)
  }
}

/**
 * Runs tasks: their attempts, timeouts, backoffs and their end. Who may start is decided by its {@link Admission}.
 */
export class Dispatcher {
  readonly options: DispatcherOptions
  readonly admission: Admission
  readonly #plain: boolean
  readonly #now: () => number
  readonly #timers: TimerHeap
  readonly #pool: Slot[] = []
  #nested: NestedSubmissions | undefined
  #current: TaskRecord | undefined

  constructor(options: DispatcherOptions) {
    this.options = options
    const { scope, limit, source, clock, rate, timeout, retry, graceMs, emit } = options
    this.#timers = new TimerHeap(clock)
    const plain = timeout === undefined && retry === undefined && graceMs === undefined && emit === undefined
    this.#plain = plain && !taskChannel?.hasSubscribers
    const coarse = this.#plain && clock === systemClock && rate === undefined && source === undefined
    this.#now = coarse ? turnNow : () => clock.now()
    this.admission = new Admission(scope, limit, source, rate, (record) => this.#begin(record))
  }

  /** Starts `record` now if it may, else queues it; the promise fulfils with the record when it is accepted. */
  submit(record: TaskRecord): Promise<TaskRecord> {
    this.options.emit?.({ type: 'queued', index: record.index, name: record.name })
    if (this.admission.tryEnter()) {
      this.#begin(record)
      return Promise.resolve(record)
    }
    record.since = this.#now()
    const promise = this.admission.enqueue(record, false)
    this.#tellWaiting(record)
    if (this.#current === undefined || this.options.source !== undefined) return promise
    this.#nested ??= new NestedSubmissions(
      () => this.admission.taken,
      (child, error) => this.#drop(child, error),
    )
    return this.#nested.watch(promise, this.#current, record)
  }

  /** Runs one attempt. The slot (and token) have been taken. */
  #begin(record: TaskRecord): void {
    const slot = this.#pool.pop() ?? new Slot(this)
    if (this.options.source !== undefined) slot.permit = this.admission.permit()
    if (record.settled || this.options.scope.aborted) {
      // Aborted between admission and start: the function is never called (law 32).
      if (!record.settled) this.#settle(record, CANCELLED, this.options.scope.reason)
      this.#free(slot, 'ignore')
      return
    }
    slot.record = record
    record.status = RUNNING
    record.tries++
    const now = this.#now()
    if (record.since !== 0) record.waited += now - record.since
    record.since = now
    if (!this.#plain || record.options !== undefined) this.#arm(record)
    const outer = this.#current
    this.#current = record
    try {
      const result = this.#plain ? record.fn(record) : this.#call(record)
      if (result instanceof Promise && result.constructor === Promise) result.then(slot.fulfilled, slot.rejected)
      else if (typeof (result as { then?: unknown } | null | undefined)?.then === 'function') {
        Promise.resolve(result).then(slot.fulfilled, slot.rejected)
      } else {
        slot.held = result
        DONE.then(slot.returned)
      }
    } catch (error) {
      slot.held = error
      DONE.then(slot.threw)
    }
    this.#current = outer
  }

  #call(record: TaskRecord): unknown {
    const { emit } = this.options
    if (record.tries === 1) emit?.({ type: 'started', index: record.index, name: record.name, waited: record.waited })
    if (!taskChannel?.hasSubscribers) return record.fn(record)
    const facts = { index: record.index, name: record.name, attempt: record.tries }
    return taskChannel.tracePromise(async () => await record.fn(record), facts)
  }

  /** Timers and links of an attempt that has any. */
  #arm(record: TaskRecord): void {
    const { graceMs, timeout: groupTimeout } = this.options
    const timeout = record.options?.timeout ?? groupTimeout
    if (graceMs !== undefined) record.enter()
    if (timeout === undefined || timeout === Infinity) return
    const extra = record.more()
    const at = this.options.clock.now() + timeout
    extra.attemptDeadline = at
    extra.timer = new TimerEntry(at, record, () => {
      extra.timer = undefined
      extra.timedOut = true
      record.stop(new TimeoutError(`${record.label} timed out after ${timeout} ms (attempt ${record.tries})`, timeout))
      this.#grace(record)
    })
    this.#timers.add(extra.timer)
  }

  /** From now on, `graceMs` until nobody waits for `record` any more. */
  #grace(record: TaskRecord): void {
    const { graceMs, clock } = this.options
    if (graceMs === undefined || record.status !== RUNNING) return
    const extra = record.more()
    if (extra.timer !== undefined) this.#timers.remove(extra.timer)
    extra.timer = new TimerEntry(clock.now() + graceMs, record, () => {
      extra.timer = undefined
      const error = new AbandonedError(
        `${record.label} did not stop within ${graceMs} ms of its abort and was abandoned: it ignores its signal. Its slot stays taken until it ends`,
        { cause: record.abortReason },
      )
      this.#settle(record, REJECTED, error)
    })
    this.#timers.add(extra.timer)
  }

  /** @internal An attempt has ended. */
  ended(slot: Slot, failed: boolean, result: unknown): void {
    const record = slot.record!
    slot.record = slot.held = undefined
    this.#nested?.ended(record)
    if (record.settled) {
      // It had been abandoned; now at last its slot is free.
      this.#free(slot, 'ignore')
      return
    }
    const timer = record.extra?.timer
    if (timer !== undefined) {
      this.#timers.remove(timer)
      record.extra!.timer = undefined
    }
    const { source } = this.options
    if (!failed) {
      const outcome = source?.classify?.(false, result)
      this.#attemptEvent(record, undefined)
      this.#settle(record, FULFILLED, result)
      this.#free(slot, outcome)
      return
    }
    const { scope } = this.options
    const extra = record.extra
    const reason = extra?.abortReason
    let error = result
    let cancelled = false
    if (reason !== undefined && isAbortEcho(error, reason)) {
      if (extra!.timedOut) error = reason
      else cancelled = true
    } else if (scope.aborted && isAbortEcho(error, scope.reason)) cancelled = true
    else if (extra?.timedOut && error instanceof Error && error.cause === undefined) {
      // The clean-up's error replaces the timeout, and keeps it as its cause (law 64).
      Object.defineProperty(error, 'cause', { value: reason, configurable: true, writable: true })
    }
    const outcome = cancelled ? 'ignore' : (source?.classify?.(true, error) ?? 'ignore')
    this.#attemptEvent(record, error)
    if (cancelled) this.#settle(record, CANCELLED, reason ?? scope.reason)
    else {
      const delay = this.#retryDelay(record, error)
      if (delay === undefined) this.#settle(record, REJECTED, error)
      else this.#backOff(record, delay)
    }
    this.#free(slot, outcome)
  }

  #attemptEvent(record: TaskRecord, error: unknown): void {
    const now = this.#now()
    const ms = now - record.since
    record.since = now
    record.ran += ms
    this.options.emit?.({
      type: 'attempt',
      index: record.index,
      name: record.name,
      attempt: record.tries,
      ms,
      ok: error === undefined,
      error,
    })
  }

  #retryDelay(record: TaskRecord, error: unknown): number | undefined {
    const own = record.options?.retry
    const policy = own === undefined ? this.options.retry : resolveRetry(own)
    if (policy === undefined || this.options.scope.aborted || record.extra?.cancelRequested) return undefined
    return retryDelay(policy, { error, attempt: record.tries, elapsed: record.waited + record.ran })
  }

  #backOff(record: TaskRecord, ms: number): void {
    record.status = WAITING
    record.refresh()
    this.admission.backingOff++
    this.options.emit?.({ type: 'waiting', index: record.index, name: record.name, on: 'backoff', ms })
    const promise = new Promise<TaskRecord>(capture)
    const wake = lastResolve<TaskRecord>()
    // Again a reaction in the task's own context: the retry sees what the first attempt saw.
    promise.then(this.#retry, ignore)
    const extra = record.more()
    extra.timer = new TimerEntry(this.options.clock.now() + ms, record, () => {
      extra.timer = undefined
      wake(record)
    })
    this.#timers.add(extra.timer)
  }

  readonly #retry = (record: TaskRecord): void => {
    const { admission } = this
    admission.backingOff--
    if (!record.settled) {
      void admission.enqueue(record, true)
      admission.pump()
      if (record.admit !== undefined) this.#tellWaiting(record)
    } else admission.pump()
  }

  #tellWaiting(record: TaskRecord): void {
    const { emit, rate } = this.options
    if (emit === undefined) return
    const on = this.admission.waitsFor
    emit({
      type: 'waiting',
      index: record.index,
      name: record.name,
      on,
      ms: on === 'limit' ? rate!.delay() : undefined,
    })
  }

  #settle(record: TaskRecord, status: number, value: unknown): void {
    record.status = status
    record.value = value
    record.leave()
    const extra = record.extra
    if (extra !== undefined) {
      if (extra.timer !== undefined) this.#timers.remove(extra.timer)
      extra.timer = undefined
      if (extra.promise !== undefined) (status === FULFILLED ? extra.fulfil : extra.reject)!(value)
    }
    this.options.emit?.({
      type: 'settled',
      index: record.index,
      name: record.name,
      status: record.state as 'fulfilled',
      attempts: record.tries,
      waited: record.waited,
      ran: record.ran,
      error: status === FULFILLED ? undefined : value,
    })
    this.options.onSettled(record)
  }

  #free(slot: Slot, outcome: 'success' | 'drop' | 'ignore' | undefined): void {
    slot.permit?.release(outcome)
    slot.permit = undefined
    this.#pool.push(slot)
    this.admission.leave()
  }

  /** @internal */
  failureRead(): void {
    this.options.onFailureRead()
  }

  /** @internal A handle was cancelled; its signal has been told. What only waits ends at once. */
  cancelled(record: TaskRecord): void {
    if (record.status === RUNNING) this.#grace(record)
    else this.#drop(record, record.extra!.abortReason ?? this.options.scope.reason)
  }

  #drop(record: TaskRecord, reason: unknown): void {
    // A timer in a waiting task is its backoff.
    if (record.extra?.timer !== undefined) this.admission.backingOff--
    const { admit } = record
    record.admit = undefined
    this.#settle(record, CANCELLED, reason)
    admit?.(Promise.reject(reason))
  }

  /** The scope was aborted: what waits is refused, what runs has been told and gets `graceMs`. */
  abort(reason: unknown): void {
    const { admission } = this
    for (let record = admission.shift(); record !== undefined; record = admission.shift()) {
      if (!record.settled) this.#drop(record, reason)
    }
    admission.close()
    for (const entry of this.#timers.entries()) {
      if (entry.owner.status === WAITING) this.#drop(entry.owner, reason)
    }
    if (this.options.graceMs === undefined) return
    for (const link of this.options.scope.links()) this.#grace(link.owner as TaskRecord)
  }
}
