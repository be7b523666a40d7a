import type { Outcome } from '../outcome.ts'

/** What a sink is told when it opens. */
export interface SinkState {
  /** Up to where the store knows the output; undefined when the run is new. */
  readonly position: number | undefined
  /** The last bytes before `position`, to see whether it is still the same output. */
  readonly tail: Uint8Array | undefined
  /** Whether outcomes must survive a power cut. */
  readonly durable: boolean
}

/**
 * Where the outcomes of a run go. A sink of your own may do with `write` alone:
 *
 * Outcomes come in batches, each before the store says that it is done: after a kill in between, the same outcomes come once more.
 * A sink that can be cut back to a position (`open`) makes exactly-once of it.
 */
export interface Sink<I = unknown, R = unknown> {
  /**
   * Opens, and answers how much of the output is there, of what `state.position` says: less if its end was lost. The items behind it are done again, and
   * `cut` is called. A sink without `open` has no positions.
   */
  open?(state: SinkState): number | Promise<number>
  /** Drops what lies behind `position`. */
  cut?(position: number): void | Promise<void>
  /** Takes outcomes. Answers the position behind each of them, if the sink has any. */
  write(outcomes: readonly Outcome<I, R>[]): Promise<readonly number[] | void> | void
  /** Makes what was written survive a power cut. */
  sync?(): Promise<void>
  /** Ends it; everything has been written. */
  close?(): void | Promise<void>
}
