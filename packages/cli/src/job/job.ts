import type { EventListener, RateWindow } from '@sluice/core'
import type { Outcome, RunOptions, RunSummary } from '@sluice/runs'
import type { StopReason } from '../fetch/stop-policy.ts'
import type { LimitView } from '../progress/limit-view.ts'
import type { Secrets } from '../secrets.ts'
import type { SendWatch } from './send-watch.ts'

/** What a job may use of what surrounds it. */
export interface JobTools {
  /** Whom to tell events; undefined when nobody asks. */
  readonly onEvent: EventListener | undefined
  /** Stops the run; to be called when it has begun. */
  stop(reason: StopReason & { now: boolean }): void
}

/** What a command works through. */
export interface Job<I, R> {
  /** Such as `riot matches`. */
  readonly command: string
  /** What it is called on the screen. */
  readonly title: string
  readonly run: Pick<
    RunOptions<I, R>,
    | 'items'
    | 'task'
    | 'key'
    | 'line'
    | 'job'
    | 'concurrency'
    | 'rate'
    | 'retry'
    | 'timeout'
    | 'select'
    | 'durability'
    | 'dedupe'
  >
  /** How many at once, as far as it is known. */
  readonly slots: number
  /** True when that is found out on the way. */
  readonly adaptive?: boolean
  /** The rate that was asked for. */
  readonly rate?: readonly RateWindow[] | undefined
  /** Where the lines go if `-o` does not say. */
  readonly output?: string | undefined
  /** How many items the input has, if that can be told in advance. */
  readonly total?: number | Promise<number | undefined> | undefined
  /** Whether it shows who asks: then a refusal of that ends the run. */
  readonly credentials: boolean
  readonly secrets: Secrets
  /** True when a failure has no line, and so must be told. */
  readonly tellsFailures?: boolean
  /** The limits that it has learned, as they stand. */
  readonly limits?: () => readonly LimitView[]
  /** Those of them through which all that is left has to go. */
  readonly bounds?: () => readonly LimitView[]
  /** What of its items in flight only waits to be sent. */
  readonly unsent?: SendWatch
  /** Told of each outcome. */
  onOutcome?(outcome: Outcome<I, R>): void
  /** Called when nothing is in flight any more, however the run has ended. */
  close?(): Promise<void>
  /** Called after that, when the run has not failed as a whole. */
  onEnd?(summary: RunSummary): Promise<void>
  /** Words for the end of the run, beside the counts. */
  lastWords?(): string[]
}
