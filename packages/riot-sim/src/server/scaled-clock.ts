import { MAX_TIMER_MS, type Clock, type TimerHandle } from '@sluice/core'

/** Another clock, so many times as fast, that can be put forward: for a day of rate limits in a minute. */
export class ScaledClock implements Clock {
  readonly #clock: Clock
  readonly #speed: number
  readonly #start: number
  #skipped = 0

  constructor(clock: Clock, speed: number) {
    this.#clock = clock
    this.#speed = speed
    this.#start = clock.now()
  }

  now(): number {
    return (this.#clock.now() - this.#start) * this.#speed + this.#skipped
  }

  setTimer(callback: () => void, ms: number): TimerHandle {
    return this.#clock.setTimer(callback, Math.min(MAX_TIMER_MS, ms / this.#speed))
  }

  clearTimer(handle: TimerHandle): void {
    this.#clock.clearTimer(handle)
  }

  /** Puts the clock forward. Timers that are armed fire when they would have. */
  skip(ms: number): void {
    this.#skipped += ms
  }
}
