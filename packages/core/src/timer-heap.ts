import { Alarm } from './alarm.ts'
import type { Clock } from './clock.ts'
import type { TaskRecord } from './task.ts'

/** The timer of a task, of which it has one at a time. The heap keeps its place in `slot`, so that removing it needs no search. */
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

/** All waits of one group behind one timer of the clock: a binary heap, with an alarm for its earliest entry. */
export class TimerHeap {
  private readonly clock: Clock
  private readonly heap: TimerEntry[] = []
  private readonly alarm: Alarm

  constructor(clock: Clock) {
    this.clock = clock
    this.alarm = new Alarm(clock, () => this.wake())
  }

  /** What is due some time, as a snapshot in no order. */
  entries(): TimerEntry[] {
    return this.heap.slice()
  }

  /** Calls `fire` at `time`, in place of what was set for `owner` before. */
  set(owner: TaskRecord, time: number, fire: () => void): void {
    this.clear(owner)
    const entry = new TimerEntry(time, owner, fire)
    owner.more().timer = entry
    this.place(this.heap.length, entry)
    if (entry.slot === 0) this.arm()
  }

  /** Forgets what was set for `owner`. */
  clear(owner: TaskRecord): void {
    const entry = owner.extra?.timer
    if (entry === undefined) return
    owner.extra!.timer = undefined
    const { heap } = this
    const hole = entry.slot
    const last = heap.pop()!
    if (last !== entry) this.place(hole, last)
    // An alarm that rings too early only looks and is set again; setting it anew at each removal would cost more.
    if (heap.length === 0) this.alarm.clear()
  }

  private arm(): void {
    const first = this.heap[0]
    if (first !== undefined) this.alarm.set(Math.max(0, first.time - this.clock.now()))
  }

  private wake(): void {
    // Node's timers may fire up to a millisecond early by performance.now(); such an entry is due.
    const now = this.clock.now() + 1
    for (let first = this.heap[0]; first !== undefined && first.time < now; first = this.heap[0]) {
      this.clear(first.owner)
      first.fire()
    }
    this.arm()
  }

  /** Fills the hole at `hole`: with those above it as long as they are later, else with those below that are earlier; what remains is for `entry`. */
  private place(hole: number, entry: TimerEntry): void {
    const { heap } = this
    const move = (from: number): void => {
      const moved = heap[from]!
      heap[hole] = moved
      moved.slot = hole
      hole = from
    }
    for (;;) {
      const up = (hole - 1) >> 1
      if (up < 0 || heap[up]!.time <= entry.time) break
      move(up)
    }
    for (;;) {
      let down = 2 * hole + 1
      if (down + 1 < heap.length && heap[down + 1]!.time < heap[down]!.time) down++
      if (down >= heap.length || heap[down]!.time >= entry.time) break
      move(down)
    }
    heap[hole] = entry
    entry.slot = hole
  }
}
