import type { Clock, TimerHandle } from './clock.ts'

/** A clock that never goes back: when the one below does, it goes on from where it was (law 113). */
export class MonotonicClock implements Clock {
  /** How much it is ahead of the clock below. */
  skew = 0
  readonly #clock: Clock
  #last = -Infinity

  constructor(clock: Clock) {
    this.#clock = clock
  }

  now(): number {
    const time = this.#clock.now()
    if (time < this.#last) this.skew += this.#last - time
    this.#last = time
    return time + this.skew
  }

  setTimer(callback: () => void, ms: number): TimerHandle {
    return this.#clock.setTimer(callback, ms)
  }

  clearTimer(handle: TimerHandle): void {
    this.#clock.clearTimer(handle)
  }
}
