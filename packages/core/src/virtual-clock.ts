import { checkNumber } from './check.ts'
import { MAX_TIMER_MS, type Clock, type TimerHandle } from './clock.ts'
import { DeadlockError } from './errors.ts'

/** Options of a {@link VirtualClock}. */
export interface VirtualClockOptions {
  /** What `now()` says at first, in ms. Default 0. */
  start?: number
  /**
   * A seed. Timers due at the same instant then fire in an order drawn from it, instead of in the order of arming:
   * code that is correct must not depend on that order, and the same seed gives the same order again.
   */
  shuffle?: number
}

interface Timer {
  callback: () => void
  due: number
  /** Decides between timers due at the same instant. */
  rank: number
  /** How many timers of 0 ms, each armed after the one before fired, led to this one. */
  depth: number
  /** Place in the heap, -1 once fired or cleared. */
  place: number
}

/** So many turns of the event loop without anything happening are taken as proof that nothing ever will. */
const IDLE_TURNS = 1000
/** A chain of so many timers of 0 ms, each armed after the one before fired, is taken as an endless loop. */
const MAX_DEPTH = 100_000

/**
 * A clock whose time moves only when a test says so: an hour of timeouts, rate limits and retries runs in milliseconds,
 * and always in the same order (by time, then in the order of arming). Hand it to anything that takes a `clock`.
 *
 * It sees its own timers and the promises that hang on them. Real I/O and real timers it cannot see: do not wait for them in
 * `run`, since time jumps on without them.
 *
 * @example
 * ```ts
 * import { VirtualClock } from '@sluice/core/testing'
 *
 * const clock = new VirtualClock()
 * const end = await clock.run(async () => {
 *   await new Promise<void>((resolve) => clock.setTimer(resolve, 3_600_000))
 *   return clock.now()
 * })
 * console.log(end) // 3600000
 * ```
 */
export class VirtualClock implements Clock {
  #now: number
  readonly #heap: Timer[] = []
  readonly #random: (() => number) | undefined
  #armed = 0
  #fired = 0
  #depth = 0
  #advancing = 0

  /** @throws TypeError or RangeError when `start` or `shuffle` is not a finite number. */
  constructor(options: VirtualClockOptions = {}) {
    const { start = 0, shuffle } = options
    checkNumber('start', start, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number of milliseconds')
    if (shuffle !== undefined) {
      checkNumber('shuffle', shuffle, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number, used as a seed')
      this.#random = seeded(shuffle)
    }
    this.#now = start
  }

  /** How many timers are armed. */
  get pending(): number {
    return this.#heap.length
  }

  now(): number {
    return this.#now
  }

  /**
   * Arms a timer; a negative `ms` counts as 0. It never fires before `advance` or `run` let it.
   *
   * @throws RangeError when `ms` is longer than a real timer can hold: on the system clock it would fire at once.
   */
  setTimer(callback: () => void, ms: number): TimerHandle {
    checkNumber(
      'ms of setTimer',
      ms,
      -Infinity,
      MAX_TIMER_MS,
      `at most ${MAX_TIMER_MS} (a real timer would fire at once)`,
    )
    const now = this.#now
    let due = ms > 0 ? now + ms : now
    // Rounding must not swallow a tiny wait: who waits until `deadline - now()` is 0 would wait without end.
    if (ms > 0 && due === now) due = now + Math.max(Math.abs(now) * Number.EPSILON, Number.MIN_VALUE)
    const order = this.#armed++
    const rank = this.#random === undefined ? order : this.#random()
    const depth = due === now ? this.#depth + 1 : 0
    const timer: Timer = { callback, due, rank, depth, place: this.#heap.length }
    this.#heap.push(timer)
    this.#up(timer)
    return timer
  }

  clearTimer(handle: TimerHandle): void {
    const timer = handle as Timer | undefined
    if (timer !== undefined && timer !== null && this.#heap[timer.place] === timer) this.#remove(timer)
  }

  /**
   * Moves time on by `ms`, and fires what becomes due on the way, also timers that are armed meanwhile. After each timer every
   * promise that can go on does so before the next one fires.
   *
   * @throws what a timer's callback threw.
   */
  async advance(ms: number): Promise<void> {
    checkNumber('ms of advance', ms, 0, Number.MAX_VALUE, 'a finite number of milliseconds of at least 0')
    const target = this.#now + ms
    const turns = openTurns()
    this.#advancing++
    try {
      await turns.next()
      while (this.#heap.length > 0 && this.#heap[0]!.due <= target) {
        this.#fire()
        await turns.next()
      }
      if (this.#now < target) this.#moveTo(target)
    } finally {
      turns.close()
      this.#advancing--
    }
  }

  /**
   * Runs `body` and resolves to its value; whenever nothing else can happen, time jumps to the next timer.
   *
   * @throws DeadlockError when `body` is still pending though no timer is armed and nothing happens any more; what `body` or a timer's callback threw.
   */
  async run<T>(body: () => Promise<T> | T): Promise<T> {
    let settled = false
    const done = () => {
      settled = true
    }
    const result = (async () => body())()
    result.then(done, done)
    const turns = openTurns()
    let idle = 0
    try {
      for (;;) {
        await turns.next()
        if (settled) return await result
        if (this.#advancing > 0) continue
        if (this.#heap.length > 0) {
          idle = 0
          this.#fire()
        } else if (++idle > IDLE_TURNS) {
          throw new DeadlockError(
            `VirtualClock.run: nothing can happen any more, yet the body is still pending. Timers armed: 0, fired so far: ${this.#fired}, now: ${this.#now} ms. ` +
              'Either it waits for something that only it could do, or it waits for time that this clock does not keep: ' +
              'pass { clock } to every part that waits, and use no real timers and no real I/O in the body',
          )
        }
      }
    } finally {
      turns.close()
    }
  }

  #fire(): void {
    const timer = this.#heap[0]!
    this.#remove(timer)
    if (timer.due > this.#now) this.#moveTo(timer.due)
    else this.#depth = Math.max(this.#depth, timer.depth)
    if (timer.depth > MAX_DEPTH) {
      throw new DeadlockError(
        `VirtualClock: ${MAX_DEPTH} timers of 0 ms fired one after the other, and time still stands at ${this.#now} ms: something arms a new one each time. Give it a delay`,
      )
    }
    this.#fired++
    timer.callback()
  }

  #moveTo(time: number): void {
    this.#now = time
    this.#depth = 0
  }

  #remove(timer: Timer): void {
    const last = this.#heap.pop()!
    if (last !== timer) {
      last.place = timer.place
      this.#heap[last.place] = last
      this.#up(last)
      this.#down(last)
    }
    timer.place = -1
  }

  #up(timer: Timer): void {
    while (timer.place > 0) {
      const parent = this.#heap[(timer.place - 1) >> 1]!
      if (!before(timer, parent)) return
      this.#swap(parent, timer)
    }
  }

  #down(timer: Timer): void {
    for (;;) {
      const left = this.#heap[2 * timer.place + 1]
      if (left === undefined) return
      const right = this.#heap[2 * timer.place + 2]
      const child = right !== undefined && before(right, left) ? right : left
      if (!before(child, timer)) return
      this.#swap(timer, child)
    }
  }

  #swap(parent: Timer, child: Timer): void {
    const place = parent.place
    parent.place = child.place
    child.place = place
    this.#heap[parent.place] = parent
    this.#heap[place] = child
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.due < b.due || (a.due === b.due && a.rank < b.rank)
}

/** The mulberry32 generator by Tommy Ettinger (public domain): small, seedable, good enough to shuffle. */
function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Port {
  onmessage: (() => void) | null
  postMessage(message: unknown): void
  close(): void
}
interface Surroundings {
  setImmediate?: (callback: () => void) => unknown
  MessageChannel: new () => { port1: Port; port2: Port }
}

// Taken once, so that a test that replaces the global timers does not stop this clock.
const { setImmediate, MessageChannel } = globalThis as unknown as Surroundings

/** Turns of the event loop: when `next()` fulfils, every promise that could go on has done so. */
interface Turns {
  next(): Promise<void>
  /** Lets go of what would keep the process alive. */
  close(): void
}

const openTurns: () => Turns =
  typeof setImmediate === 'function'
    ? () => ({
        next: () =>
          new Promise((resolve) => {
            setImmediate(resolve)
          }),
        close: () => undefined,
      })
    : () => {
        const { port1, port2 } = new MessageChannel()
        return {
          next: () =>
            new Promise((resolve) => {
              port1.onmessage = () => resolve()
              port2.postMessage(0)
            }),
          close: () => port1.close(),
        }
      }
