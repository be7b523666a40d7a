import type { Clock, EventListener, LimitOptions, RetryOptions } from '@sluice/core'
import type { Writable } from 'node:stream'
import type { RunCounts } from './events.ts'
import type { Line, Outcome } from './outcome.ts'
import type { BatchLimits } from './sinks/output.ts'
import type { Sink } from './sinks/sink.ts'
import type { StopReason } from './stop-reason.ts'

/** What a task may say of an item that it adds. */
export interface AddOptions {
  /** The higher is taken first; items of the input have 0. Default 0. */
  priority?: number
}

/** What the task of an item is told. */
export interface RunContext<I> {
  /** Aborts when this attempt should stop: its timeout, or the end of the run. */
  readonly signal: AbortSignal
  /** Aborts with the whole run alone: one signal for all, and so cheaper than `signal` where attempts have no timeout of their own. */
  readonly runSignal: AbortSignal
  /** The key of the item. */
  readonly key: string
  /** Number of the item in the order in which the run came to know it, from 0; the same after a resume. */
  readonly index: number
  /** 1 for the first attempt. Attempts of earlier sessions count. */
  readonly attempt: number
  /** The moment (`clock.now()`) at which the innermost limit on this attempt runs out, if there is one. */
  readonly deadline: number | undefined
  /**
   * Adds an item to the run. It is kept in the same transaction as the completion of this task, so it is there if and only if this item is done;
   * what an attempt that fails has added is forgotten. An item whose key is known is not added again.
   */
  add(item: I, options?: AddOptions): void
}

/** Options of {@link run}: what to do, where the outcomes go, and the limits of every concurrent call in Sluice. */
export interface RunOptions<I, R> extends Omit<LimitOptions, 'retry'> {
  /**
   * Items to work on, pulled as they are needed. They must survive JSON, since a resumed run reads them back from its store; a
   * {@link BadItem} among them is counted, told to `onBadItem` and left out.
   */
  items: Iterable<I | BadItem> | AsyncIterable<I | BadItem>
  /** Works on one item; called again for each retry. */
  task: (item: I, context: RunContext<I>) => R | PromiseLike<R>
  /**
   * What tells an item from the others, in this run and in the next. Default: the item itself if it is a string or a number, else its field `key` or `id`.
   * An item for which it throws is bad.
   */
  key?: (item: I) => string | number
  /**
   * Where the outcomes go: a file that ends in `.ndjson` or `.ndjson.gz` (or another name), `'-'` for standard output, a stream, or a {@link Sink} of your own.
   * Default: nowhere, only the store remembers what is done.
   */
  sink?: string | Writable | Sink<I, R>
  /** Folder of the run's store. Default: the path of the sink with `.sluice` after it. `false` keeps nothing: then nothing can be resumed. */
  store?: string | false
  /** What makes two calls the same job, as plain data. A store of another job is refused. */
  job?: unknown
  /** The line of an outcome in a file or on standard output, without its end; undefined for none. Default {@link outcomeLine}. */
  line?: (outcome: Outcome<I, R>) => Line | undefined
  /** Only these parts of the value are written, such as `'id,info.name'`. Works on the default line. */
  select?: string
  /** Lines in the order of the items, held back for at most four times the concurrency. Default false. */
  ordered?: boolean
  /** Retries after a failed attempt, for all or for each item. Attempts of earlier sessions count. Default none. */
  retry?: number | RetryOptions | ((item: I) => number | RetryOptions)
  /** Forget what an earlier call has done, and overwrite its output. Default false. */
  fresh?: boolean
  /** Try again what has failed for good. Default false. */
  retryFailed?: boolean
  /** `'power'` (default) survives a power cut, `'process'` the end of the process at any point, which is cheaper. */
  durability?: 'power' | 'process'
  /** Keys that come twice are done once. Default true; false only without a store, for input without an end. */
  dedupe?: boolean
  /** Told when the store is open, before anything is begun. What it throws ends the run. */
  onOpen?: (opened: OpenedRun) => void
  /** Told of each outcome, before it is kept. What it answers stops the run. */
  onOutcome?: (outcome: Outcome<I, R>) => StopReason | undefined
  /** Told of each bad item. */
  onBadItem?: (bad: BadItem) => void
  /** Told when the run stops before its end, with how many items are in flight. */
  onStop?: (reason: StopReason, inFlight: number) => void
  /** Applied to every text about an error that is stored or written: take secrets out here. */
  redact?: (text: string) => string
  /** Receives every event of the run and its tasks. */
  onEvent?: EventListener
  /** Name of the run in events, errors and lists. Default `'run'`. */
  name?: string
  clock?: Clock
}

/** What a run found when it opened its store. */
export interface OpenedRun extends RunCounts {
  readonly id: string
  /** Folder of the store. */
  readonly store: string
  /** How many sessions there were, this one included. */
  readonly sessions: number
  /** Results that were lost with the end of the output, and are done again. */
  readonly undone: number
}

/** A place of the input that is no item: an iterable may yield it in place of one. */
export class BadItem {
  /** Where it stands, such as `ids.csv:17`. */
  readonly place: string
  /** What is wrong with it. */
  readonly problem: string

  constructor(place: string, problem: string) {
    this.place = place
    this.problem = problem
  }
}

/** @internal Key of the {@link TestHook} among the options. */
export const TEST_HOOK: unique symbol = Symbol('test hook')

/** @internal What the crash tests reach into a run with. */
export interface TestHook {
  /** Called at each named point where a process may end; it does not come back from the one that is meant. */
  readonly at: (point: string) => void
  /** Smaller batches. */
  readonly batch?: BatchLimits
  /** Items of the input in a transaction. */
  readonly chunk?: number
}
