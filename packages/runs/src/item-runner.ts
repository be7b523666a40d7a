import type { Clock, RetryOptions, TaskContext, TaskGroup } from '@sluice/core'
import type { EventFacts } from '@sluice/core/internal'
import type { Ended } from './committer.ts'
import { errorFacts } from './error-facts.ts'
import { NotStartedError } from './errors.ts'
import { newItem } from './new-item.ts'
import type { OpenItem } from './open-item.ts'
import { outcomeLine, type Line, type Outcome } from './outcome.ts'
import { retryBudget } from './retry-budget.ts'
import type { RunContext, RunOptions } from './run-options.ts'
import type { StoredItem, StoredRetry } from './store/run-store.ts'

/** What a runner of items is made of. */
export interface ItemRunnerParts<I, R> {
  readonly group: TaskGroup<R>
  readonly task: RunOptions<I, R>['task']
  readonly retry: RunOptions<I, R>['retry']
  readonly keyOf: (item: I) => string | number
  readonly line: ((outcome: Outcome<I, R>) => Line | undefined) | undefined
  readonly redact: (text: string) => string
  readonly clock: Clock
  readonly emit: ((facts: EventFacts) => void) | undefined
  readonly onRetry: (retry: StoredRetry) => void
  /** An item has ended for good. */
  readonly onEnded: (ended: Ended, place: number) => void
  /** An item was taken back: before it began, or in the middle. */
  readonly onGivenUp: (place: number, begun: boolean) => void
}

/** Runs items as tasks of a group, which holds the limits and the retries. */
export class ItemRunner<I, R> {
  readonly #parts: ItemRunnerParts<I, R>
  readonly #open = new Set<OpenItem>()
  #places = 0
  #begun = 0
  #draining = false

  constructor(parts: ItemRunnerParts<I, R>) {
    this.#parts = parts
  }

  /** Items that were handed to the group and have not ended. */
  get open(): number {
    return this.#open.size
  }

  /** Of these, begun. */
  get begun(): number {
    return this.#begun
  }

  /** The place of the next item in the order of what is begun. */
  get nextPlace(): number {
    return this.#places
  }

  /** Takes the next place, for an item that begins later. */
  reserve(): number {
    return this.#places++
  }

  /** Resolves when the group has taken the item. */
  async begin(stored: StoredItem, place: number = this.reserve()): Promise<void> {
    const { group } = this.#parts
    const open: OpenItem = {
      stored,
      place,
      task: undefined,
      started: false,
      backingOff: false,
      attempts: stored.attempts,
      began: 0,
      firstBegan: stored.began === 0 ? Date.now() : stored.began,
      added: [],
    }
    this.#open.add(open)
    let budget
    try {
      budget = this.#budget(open)
    } catch (error) {
      this.#end(open, this.#failure(open, error))
      return
    }
    try {
      const task = await group.createTask((context) => this.#attempt(open, context), {
        name: stored.key,
        ...(budget && { retry: budget }),
      })
      open.task = task
      task.result().then(
        (value) => this.#fulfilled(open, value),
        (error: unknown) => this.#rejected(open, error, task.state === 'cancelled'),
      )
    } catch (error) {
      // Taken back before it began, unless it is a limit that has failed.
      if (group.signal.aborted) this.#giveUp(open)
      else this.#end(open, this.#failure(open, error))
    }
  }

  /** Nothing that has not begun begins any more. `backoffs` also takes back what waits for its next attempt. */
  drain(backoffs: boolean): void {
    this.#draining = true
    if (!backoffs) return
    for (const open of this.#open) if (open.backingOff) open.task?.cancel()
  }

  #budget(open: OpenItem): RetryOptions | undefined {
    const { retry } = this.#parts
    const { item, attempts, began } = open.stored
    return retryBudget(
      typeof retry === 'function' ? retry(item as I) : retry,
      { attempts, elapsed: began === 0 ? 0 : Math.max(0, Date.now() - began) },
      (failure) => this.#failed(open, failure.attempt, failure.error, failure.delay),
    )
  }

  #attempt(open: OpenItem, core: TaskContext): R | PromiseLike<R> {
    if (!open.started) {
      if (this.#draining) throw new NotStartedError()
      open.started = true
      this.#begun++
    }
    const { task, clock, emit, group, keyOf } = this.#parts
    const { stored } = open
    open.backingOff = false
    open.attempts = stored.attempts + core.attempt
    open.began = clock.now()
    // What an attempt that failed has added is forgotten.
    open.added = []
    const { added, attempts: attempt } = open
    const index = stored.id - 1
    emit?.({ type: 'runAttempt', index: core.index, name: stored.key, attempt })
    const context: RunContext<I> = {
      get signal() {
        return core.signal
      },
      get runSignal() {
        return group.signal
      },
      get deadline() {
        return core.deadline
      },
      key: stored.key,
      index,
      attempt,
      add: (item, options) => void added.push(newItem(item, keyOf, options?.priority ?? 0)),
    }
    return task(stored.item as I, context)
  }

  #failed(open: OpenItem, attempts: number, error: unknown, delay: number): void {
    const { onRetry, redact } = this.#parts
    open.backingOff = true
    onRetry({
      id: open.stored.id,
      attempts,
      error: errorFacts(error, redact),
      notBefore: Date.now() + delay,
      began: open.firstBegan,
    })
  }

  #fulfilled(open: OpenItem, value: R): void {
    const outcome = { ...this.#facts(open), status: 'fulfilled' as const, value }
    let line: Line | undefined
    try {
      line = this.#lineOf(outcome)
    } catch (error) {
      // A value that cannot be written is the failure of its item, and of no other.
      open.added = []
      this.#end(open, this.#failure(open, error))
      return
    }
    this.#end(open, outcome, line)
  }

  #rejected(open: OpenItem, error: unknown, cancelled: boolean): void {
    if (cancelled || error instanceof NotStartedError) this.#giveUp(open)
    else {
      open.added = []
      this.#end(open, this.#failure(open, error))
    }
  }

  #failure(open: OpenItem, reason: unknown): Outcome<I, R> {
    const error = errorFacts(reason, this.#parts.redact)
    return { ...this.#facts(open), status: 'rejected', reason, error }
  }

  #facts({ stored, attempts, began }: OpenItem): Pick<Outcome<I, R>, 'index' | 'key' | 'item' | 'attempts' | 'ms'> {
    const { id, key, item } = stored
    return { index: id - 1, key, item: item as I, attempts, ms: this.#parts.clock.now() - began }
  }

  #lineOf(outcome: Outcome<I, R>): Line | undefined {
    const line = this.#parts.line?.(outcome)
    if (typeof line === 'string' ? line.includes('\n') : line?.includes(NEWLINE)) {
      throw new TypeError(`the line of ${outcome.key} has a line end in it`)
    }
    return line
  }

  #failureLine(outcome: Outcome<I, R>): Line | undefined {
    try {
      return this.#lineOf(outcome)
    } catch {
      // It must be told that it has failed.
      return outcomeLine(outcome)
    }
  }

  #end(open: OpenItem, outcome: Outcome<I, R>, line?: Line): void {
    this.#close(open)
    const { stored, added, attempts } = open
    const ok = outcome.status === 'fulfilled'
    const written = { outcome, line: ok ? line : this.#failureLine(outcome) }
    const error = outcome.status === 'rejected' ? outcome.error : undefined
    const result = { id: stored.id, ok, attempts, ms: outcome.ms, error, added }
    this.#parts.onEnded({ written, result }, open.place)
  }

  #giveUp(open: OpenItem): void {
    this.#close(open)
    this.#parts.onGivenUp(open.place, open.started)
  }

  #close(open: OpenItem): void {
    this.#open.delete(open)
    if (open.started) this.#begun--
  }
}

const NEWLINE = 10
