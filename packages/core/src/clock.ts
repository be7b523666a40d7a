/** An opaque handle of a timer that a {@link Clock} has armed. */
export type TimerHandle = unknown

/**
 * Where time comes from. Every part of Sluice that waits takes a `clock` option, so that a test can
 * hand in a `VirtualClock` and an hour passes in milliseconds.
 */
export interface Clock {
  /** Milliseconds on a monotonic time line; only differences mean something. */
  now(): number
  /** Calls `callback` once, `ms` milliseconds from now (at most 2^31 - 1; callers split longer waits). */
  setTimer(callback: () => void, ms: number): TimerHandle
  /** Forgets a timer; unknown or fired handles are ignored. */
  clearTimer(handle: TimerHandle): void
}

/** The longest delay a JavaScript timer can hold: 2^31 - 1 ms, about 24.8 days. A longer one would fire at once. */
export const MAX_TIMER_MS = 2_147_483_647

/** The clock of the machine: `performance.now()` and `setTimeout`. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer: (callback, ms) => setTimeout(callback, ms),
  clearTimer: (handle) => {
    clearTimeout(handle as ReturnType<typeof setTimeout>)
  },
}
