import { Link, LinkedList, type AbortLink, type AbortObserver } from '@sluice/core/internal'
import type { Alarm } from './alarms.ts'
import { Heap } from './heap.ts'
import type { LimitScope } from './types.ts'

/** One who waits for a token. */
export class LaneWaiter<T> extends Link implements AbortObserver {
  readonly lane: Lane<T>
  /** Order within the lane: the time of arrival, moved ahead by the priority. Less goes first. */
  readonly rank: number
  readonly n: number
  readonly priority: number
  /** It had a token before and could not use it. */
  readonly returned: boolean
  place = -1
  readonly resolve: (value: T) => void
  readonly reject: (reason: unknown) => void
  /** Calls it off at its deadline. */
  alarm: Alarm | undefined = undefined
  signalLink: AbortLink | undefined = undefined
  scopeLink: AbortLink | undefined = undefined
  readonly #onLeave: (waiter: LaneWaiter<T>, reason: unknown) => void

  constructor(
    lane: Lane<T>,
    rank: number,
    priority: number,
    n: number,
    returned: boolean,
    resolve: (value: T) => void,
    reject: (reason: unknown) => void,
    onLeave: (waiter: LaneWaiter<T>, reason: unknown) => void,
  ) {
    super()
    this.lane = lane
    this.rank = rank
    this.priority = priority
    this.n = n
    this.returned = returned
    this.resolve = resolve
    this.reject = reject
    this.#onLeave = onLeave
  }

  onAbort(reason: unknown): void {
    this.#onLeave(this, reason)
  }
}

/**
 * Those who wait for the same buckets. Inside a priority the oldest is first; between priorities the rank decides, which is
 * the time of arrival minus a head start per priority: so the urgent overtake, and those who have waited longer than the head start are not overtaken any more.
 */
export class Lane<T> implements Alarm {
  readonly key: string
  /** The budgets by scope, in the order of the dialect. */
  readonly scopes: readonly { readonly scope: LimitScope; readonly key: string }[]
  /** Origin and identity that all its requests share. */
  readonly base: string
  /** What a request here takes its token from. */
  buckets: readonly string[] = []
  /** What was known of the server's own names when `buckets` was made. */
  version = -1
  /** Tokens out and not settled. */
  outstanding = 0
  size = 0
  /** Rank of the head, while several lanes are served together. */
  headRank = 0
  /** A store that answers later is being asked. */
  asking = false
  /** Waits for an answer rather than for a time. */
  parked = false
  /** About to be served. */
  ready = false
  /** An answer has come that told all there was to tell of its limits. */
  confirmed = false
  stalledAt: number | undefined = undefined
  place = -1
  at: number = Infinity
  readonly #onRing: (lane: Lane<T>) => void
  /** One line per priority in use: there are few. */
  readonly #lines: Line<T>[] = []
  /** Those who have been in a line before, and go back to where they were. */
  readonly #returned: Heap<LaneWaiter<T>> = new Heap((a, b) => a.rank < b.rank)

  constructor(
    key: string,
    base: string,
    scopes: readonly { readonly scope: LimitScope; readonly key: string }[],
    onRing: (lane: Lane<T>) => void,
  ) {
    this.key = key
    this.base = base
    this.scopes = scopes
    this.#onRing = onRing
  }

  ring(): void {
    this.#onRing(this)
  }

  /** The most particular of its budgets, for events. */
  get name(): string {
    return this.buckets.at(-1) ?? this.base
  }

  get head(): LaneWaiter<T> | undefined {
    let head = this.#returned.first
    for (const { first } of this.#lines) {
      if (first !== undefined && (head === undefined || first.rank < head.rank)) head = first
    }
    return head
  }

  push(waiter: LaneWaiter<T>): void {
    this.size++
    if (waiter.returned) return this.#returned.push(waiter)
    for (const line of this.#lines) if (line.priority === waiter.priority) return line.push(waiter)
    const line = new Line<T>(waiter.priority)
    this.#lines.push(line)
    line.push(waiter)
  }

  /** Takes one out and unties it from its signal and its deadline; false if it is out already. */
  remove(waiter: LaneWaiter<T>): boolean {
    const line = waiter.list as unknown as Line<T> | undefined
    if (!(waiter.returned ? this.#returned.remove(waiter) : line?.remove(waiter))) return false
    if (line?.size === 0) this.#lines.splice(this.#lines.indexOf(line), 1)
    waiter.signalLink?.unlink()
    waiter.scopeLink?.unlink()
    waiter.signalLink = waiter.scopeLink = undefined
    this.size--
    return true
  }

  /** All who wait, in no order. */
  waiters(): LaneWaiter<T>[] {
    const all: LaneWaiter<T>[] = this.#returned.members()
    for (const { first } of this.#lines)
      for (let waiter = first; waiter !== undefined; waiter = waiter.next) all.push(waiter)
    return all
  }
}

class Line<T> extends LinkedList<LaneWaiter<T>> {
  readonly priority: number

  constructor(priority: number) {
    super()
    this.priority = priority
  }
}
