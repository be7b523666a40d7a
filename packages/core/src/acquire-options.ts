import { checkCount, refuse } from './check.ts'

/** What `acquire` of a semaphore or a rate limiter takes, in place of a bare signal. */
export interface AcquireOptions {
  /** Leaves the queue when it aborts; the promise then rejects with its reason. */
  signal?: AbortSignal | undefined
  /** How much of the limit this one takes: a whole number of at least 1. Default 1. */
  weight?: number | undefined
}

/** @internal The options, whichever of the two forms was given. */
export function acquireOptions<O extends AcquireOptions>(given: AbortSignal | O | undefined): O | AcquireOptions {
  if (given === undefined) return {}
  if (typeof (given as unknown) !== 'object' || !given)
    refuse('options', 'an AbortSignal, or an object such as { weight: 2 }', given)
  return 'aborted' in given ? { signal: given } : given
}

/** @internal Refuses what is not a whole number of at least 1. */
export function checkWeight(weight: unknown): asserts weight is number {
  checkCount('weight', weight, 1, Number.MAX_SAFE_INTEGER)
}
