import { MAX_TIMER_MS, type Clock, type TimerHandle } from './clock.ts'

/** One timer that is moved about: it calls back when the clock reaches a time, however far away. */
export class Alarm {
  readonly #clock: Clock
  readonly #ring: () => void
  #timer: TimerHandle
  #due = Infinity

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock
    this.#ring = ring
  }

  /** Rings in `ms`, or sooner if it was set so: who is woken too early looks and sets it again. */
  set(ms: number): void {
    const due = this.#clock.now() + ms
    if (due >= this.#due) return
    this.clear()
    this.#due = due
    this.#timer = this.#clock.setTimer(this.#fire, Math.min(Math.ceil(ms), MAX_TIMER_MS))
  }

  clear(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer)
    this.#timer = undefined
    this.#due = Infinity
  }

  readonly #fire = (): void => {
    this.#timer = undefined
    this.#due = Infinity
    this.#ring()
  }
}
