import type { Clock, TimerHandle } from '@sluice/core'
import type { EventFacts } from '@sluice/core/internal'
import type { BatchLimits, Output, Written } from './sinks/output.ts'
import type { RunStore, StoredResult, StoredRetry } from './store/run-store.ts'
import { Wakeup } from './wakeup.ts'

/** How many results may wait to be written before nothing new is begun, as a multiple of a batch. */
const BACKLOG = 10

/** A result on its way. */
export interface Ended {
  readonly written: Written
  readonly result: Omit<StoredResult, 'line' | 'end'>
}

/** What a committer is made of. */
export interface CommitterParts {
  readonly store: RunStore
  readonly output: Output
  readonly batch: BatchLimits
  /** Lines that are in the output. */
  readonly lines: number
  /** Whether results must survive a power cut. */
  readonly durable: boolean
  readonly clock: Clock
  readonly emit: ((facts: EventFacts) => void) | undefined
  readonly at: (point: string) => void
  readonly onCommitted: (added: readonly { id: number; priority: number }[]) => void
  readonly onError: (kind: 'output' | 'store', error: unknown) => void
}

/**
 * Group commit: results are collected for some ms, written to the output, brought to the disk, and then marked as done in one transaction with the place where the output
 * ends. Never the other way round: what is marked is there, and what is there and not marked is cut away when the run is opened again.
 */
export class Committer {
  readonly #parts: CommitterParts
  #lines: number
  #results: Ended[] = []
  #retries = new Map<number, StoredRetry>()
  #bytes = 0
  #timer: TimerHandle
  #due = false
  #working: Promise<void> | undefined
  #failed = false
  readonly #room = new Wakeup()

  constructor(parts: CommitterParts) {
    this.#parts = parts
    this.#lines = parts.lines
  }

  /** Something could not be written. */
  get failed(): boolean {
    return this.#failed
  }

  /** True when nothing waits to be written. */
  get idle(): boolean {
    return this.#working === undefined && this.#results.length === 0
  }

  add(ended: Ended): void {
    if (this.#failed) return
    this.#results.push(ended)
    this.#bytes += ended.written.line?.length ?? 0
    this.#schedule()
  }

  /** An attempt has failed and is to be repeated. */
  retry(retry: StoredRetry): void {
    if (this.#failed) return
    this.#retries.set(retry.id, retry)
    this.#schedule()
  }

  /** Undefined when there is room for more; else resolves when that may be so. */
  full(): Promise<void> | undefined {
    const { results, bytes } = this.#parts.batch
    if (this.#failed || (this.#results.length < results * BACKLOG && this.#bytes < bytes * BACKLOG)) return undefined
    return this.#room.wait()
  }

  /** Writes what has come so far as soon as possible. */
  hurry(): void {
    if (this.#results.length === 0 && this.#retries.size === 0) return
    this.#due = true
    this.#start()
  }

  /** Resolves when everything is where it belongs. */
  async end(): Promise<void> {
    do {
      this.hurry()
      await this.#working
    } while (!this.#failed && this.#results.length + this.#retries.size > 0)
    if (this.#timer !== undefined) this.#parts.clock.clearTimer(this.#timer)
    if (this.#failed || !this.#parts.durable) return
    try {
      await this.#parts.store.durable()
    } catch (error) {
      this.#fail('store', error)
    }
  }

  #schedule(): void {
    const { batch, clock } = this.#parts
    const { results, bytes, ms } = batch
    if (this.#results.length >= results || this.#bytes >= bytes) {
      this.#due = true
      this.#start()
    } else if (this.#timer === undefined && !this.#due) {
      this.#timer = clock.setTimer(() => {
        this.#timer = undefined
        this.hurry()
      }, ms)
    }
  }

  #start(): void {
    this.#working ??= this.#work()
  }

  async #work(): Promise<void> {
    while (this.#due && !this.#failed) {
      this.#due = false
      if (this.#timer !== undefined) this.#parts.clock.clearTimer(this.#timer)
      this.#timer = undefined
      await this.#flush()
      this.#room.wake()
    }
    this.#working = undefined
  }

  async #flush(): Promise<void> {
    const { store, output, durable, clock, emit, at, onCommitted } = this.#parts
    const begun = clock.now()
    const ended = this.#results
    const retries = [...this.#retries.values()]
    this.#results = []
    this.#retries = new Map()
    this.#bytes = 0
    at('flush.begin')
    let report
    try {
      report = await output.write(ended.map(({ written }) => written))
      if (durable && report.bytes > 0) await output.sync()
    } catch (error) {
      return this.#fail('output', error)
    }
    at('flush.synced')
    try {
      let lines = this.#lines
      const results = ended.map(({ written, result }, i) => {
        const line = output.lines && written.line !== undefined ? lines++ : undefined
        return { ...result, line, end: report.ends[i] }
      })
      const last = report.ends.findLast((end) => end !== undefined)
      const position = last === undefined ? undefined : { position: last, tail: output.tail, lines }
      const added = store.commit({ results, retries, output: position })
      this.#lines = lines
      emit?.({ type: 'runCommit', results: results.length, bytes: report.bytes, ms: clock.now() - begun })
      onCommitted(added)
    } catch (error) {
      return this.#fail('store', error)
    }
    // The next batch need not wait for it.
    if (durable) store.durable().catch((error: unknown) => this.#fail('store', error))
  }

  #fail(kind: 'output' | 'store', error: unknown): void {
    if (this.#failed) return
    this.#failed = true
    this.#results = []
    this.#retries.clear()
    this.#room.wake()
    this.#parts.onError(kind, error)
  }
}
