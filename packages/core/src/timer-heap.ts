import { MAX_TIMER_MS, type Clock, type TimerHandle } from './clock.ts'
import type { TaskRecord } from './task.ts'

/** Something that is due at a time. The heap keeps its place in `slot`, so that removing it needs no search. */
export class TimerEntry {
  readonly time: number
  readonly owner: TaskRecord
  readonly fire: () => void
  slot = -1
  constructor(time: number, owner: TaskRecord, fire: () => void) {
    this.time = time
    this.owner = owner
    this.fire = fire
  }
}

/** All waits of one group behind one timer of the clock: a binary heap, armed for its earliest entry only. */
export class TimerHeap {
  private readonly clock: Clock
  private readonly heap: TimerEntry[] = []
  private timer: TimerHandle
  private armedFor = Infinity

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** What is due some time, as a snapshot in no order. */
  entries(): TimerEntry[] {
    return this.heap.slice()
  }

  add(entry: TimerEntry): void {
    this.up(this.heap.length, entry)
    if (entry.slot === 0) this.arm()
  }

  remove(entry: TimerEntry): void {
    const heap = this.heap
    const hole = entry.slot
    if (hole < 0) return
    entry.slot = -1
    const last = heap.pop()!
    if (last !== entry) {
      if (hole > 0 && last.time < heap[(hole - 1) >> 1]!.time) this.up(hole, last)
      else this.down(hole, last)
    }
    // A timer that is armed too early only looks and goes to sleep again; re-arming at each removal would cost more.
    if (heap.length === 0) this.disarm()
  }

  private arm(): void {
    const first = this.heap[0]
    if (first === undefined || first.time >= this.armedFor) return
    this.disarm()
    this.armedFor = first.time
    const ms = Math.max(0, first.time - this.clock.now())
    this.timer = this.clock.setTimer(this.wake, Math.min(ms, MAX_TIMER_MS))
  }

  private disarm(): void {
    if (this.timer !== undefined) this.clock.clearTimer(this.timer)
    this.timer = undefined
    this.armedFor = Infinity
  }

  private readonly wake = (): void => {
    this.timer = undefined
    this.armedFor = Infinity
    // Node's timers may fire up to a millisecond early by performance.now(); such an entry is due.
    const now = this.clock.now() + 1
    for (let first = this.heap[0]; first !== undefined && first.time < now; first = this.heap[0]) {
      this.remove(first)
      first.fire()
    }
    this.arm()
  }

  private up(hole: number, entry: TimerEntry): void {
    const heap = this.heap
    while (hole > 0) {
      const parent = heap[(hole - 1) >> 1]!
      if (parent.time <= entry.time) break
      heap[hole] = parent
      parent.slot = hole
      hole = (hole - 1) >> 1
    }
    heap[hole] = entry
    entry.slot = hole
  }

  private down(hole: number, entry: TimerEntry): void {
    const heap = this.heap
    for (;;) {
      let child = 2 * hole + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && heap[child + 1]!.time < heap[child]!.time) child++
      if (heap[child]!.time >= entry.time) break
      const up = heap[child]!
      heap[hole] = up
      up.slot = hole
      hole = child
    }
    heap[hole] = entry
    entry.slot = hole
  }
}
