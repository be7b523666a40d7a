import { MAX_TIMER_MS, type Clock, type TimerHandle } from '@sluice/core'
import { Heap, type HeapMember } from './heap.ts'

/** Something that wants to be told when its time has come. */
export interface Alarm extends HeapMember {
  /** `clock.now()` at which it is due. */
  at: number
  ring(): void
}

/** All that a limiter waits for, behind one timer of the clock that is armed for the earliest only. */
export class Alarms {
  readonly #clock: Clock
  readonly #afterRing: () => void
  readonly #heap = new Heap<Alarm>((a, b) => a.at < b.at)
  #timer: TimerHandle
  #armedFor = Infinity

  /** `afterRing` is called once when all that were due have rung. */
  constructor(clock: Clock, afterRing: () => void) {
    this.#clock = clock
    this.#afterRing = afterRing
  }

  set(alarm: Alarm, at: number): void {
    alarm.at = at
    if (alarm.place >= 0) this.#heap.update(alarm)
    else this.#heap.push(alarm)
    this.#arm()
  }

  clear(alarm: Alarm): void {
    if (!this.#heap.remove(alarm) || this.#heap.size > 0) return
    // One that is armed too early only looks and goes to sleep again; but with nothing left to wait for, the process must be able to end.
    this.#clock.clearTimer(this.#timer)
    this.#timer = undefined
    this.#armedFor = Infinity
  }

  /** Rings what is due now. */
  readonly ring = (): void => {
    const now = this.#clock.now()
    let rang = false
    for (let first = this.#heap.first; first !== undefined && first.at <= now; first = this.#heap.first) {
      this.#heap.remove(first)
      first.ring()
      rang = true
    }
    if (rang) this.#afterRing()
    this.#arm()
  }

  /** True when something is due and has not rung yet. */
  isDue(now: number): boolean {
    return this.#heap.first !== undefined && this.#heap.first.at <= now
  }

  #arm(): void {
    const first = this.#heap.first
    if (first === undefined || first.at >= this.#armedFor) return
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer)
    this.#armedFor = first.at
    // Timers count whole milliseconds.
    const ms = Math.ceil(Math.max(0, first.at - this.#clock.now()))
    this.#timer = this.#clock.setTimer(this.#onTimer, Math.min(ms, MAX_TIMER_MS))
  }

  readonly #onTimer = (): void => {
    this.#timer = undefined
    this.#armedFor = Infinity
    this.ring()
  }
}
