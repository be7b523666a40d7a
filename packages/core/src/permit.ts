/**
 * How the work under a permit ended, as the other side's capacity goes: `success` is a sample of its speed, `drop` means
 * it refused (429, 503, connection error, timeout), `ignore` says nothing about it (own abort, a bug in user code).
 */
export type PermitOutcome = 'success' | 'drop' | 'ignore'

/** The right to run. Give it back exactly once; giving it back again does nothing. */
export interface Permit extends Disposable {
  /** Gives the permit back. `outcome` (default `'success'`) feeds adaptive limits, others ignore it. */
  release(outcome?: PermitOutcome): void
  [Symbol.dispose](): void
}

/**
 * What a group, a queue, `map` or a `Session` takes as `concurrency` in place of a number: a `Semaphore`, an `AdaptiveLimit`, or your own.
 * Sharing one source shares the budget.
 */
export interface PermitSource {
  /** A permit, if one is free now and nobody waits for it; otherwise `undefined`. Never waits. */
  tryAcquire(): Permit | undefined
  /**
   * Waits for a permit in first-come order. An aborted `signal` leaves the queue with its reason, and loses no permit. Rejecting with anything else fails
   * the task that waits for the permit.
   */
  acquire(signal?: AbortSignal): Promise<Permit>
  /** How many permits may be out at once; can be set while in use. */
  limit: number
  /** How an error, or a value, counts (see {@link PermitOutcome}); without it every value is a success and every error is ignored. */
  classify?(failed: boolean, valueOrError: unknown): PermitOutcome
}
