import { MAX_TIMER_MS, type Clock, type TimerHandle } from '@sluice/core'
import { Link, LinkedList } from '@sluice/core/internal'

/** Something that ends at a given moment unless it is removed before. It carries its own place in the list. */
export abstract class DeadlineNode extends Link {
  /** @internal The moment, by the list's clock. */
  at = 0

  /** Called when the time is up, after the node has left the list. */
  abstract onDeadline(): void
}

/** All nodes with the same duration: each new one ends last, so that the list is sorted by itself. */
class Bucket extends LinkedList<DeadlineNode> {
  readonly ms: number
  constructor(ms: number) {
    super()
    this.ms = ms
  }
}

/** More durations than this at once share one list, into which they are sorted. */
const MAX_BUCKETS = 16

/** A timer that fires this much later than asked for, in ms, was held up. */
const BLOCKED_MS = 10

/**
 * The time limits of everything in flight behind a single timer. Requests share few durations, so each duration has an
 * intrusive list; adding and removing is O(1), without a timer, closure or promise per request.
 *
 * The timer stays where it is when a node leaves early; at worst it fires for nothing. It never keeps the process alive,
 * since what it guards has a socket that does.
 */
export class DeadlineList {
  readonly #clock: Clock
  readonly #buckets: Bucket[] = []
  readonly #mixed = new LinkedList<DeadlineNode>()
  #timer: TimerHandle
  #timerAt = Infinity
  #waited = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Arms `node` to fire `ms` after `now`; a node that is already armed is armed anew. */
  add(node: DeadlineNode, ms: number, now: number): void {
    if (node.list !== undefined) this.remove(node)
    const bucket = this.#bucket(ms)
    if (bucket === undefined) {
      this.addAt(node, now + ms, now)
      return
    }
    node.at = now + ms
    bucket.push(node)
    if (node.at < this.#timerAt) this.#arm(node.at, now)
  }

  /** Arms `node` to fire at a given moment. O(1) when the moments do not decrease, as with one deadline for a whole run. */
  addAt(node: DeadlineNode, at: number, now: number): void {
    if (node.list !== undefined) this.remove(node)
    node.at = at
    const list = this.#mixed
    let before = list.last
    while (before !== undefined && before.at > at) before = before.previous
    list.insertAfter(before, node)
    if (at < this.#timerAt) this.#arm(at, now)
  }

  /** Takes `node` out; a node that is in no list is ignored. */
  remove(node: DeadlineNode): void {
    node.list?.remove(node)
  }

  /** Forgets the timer; whatever is still in the list never fires. */
  close(): void {
    if (this.#timerAt !== Infinity) this.#clock.clearTimer(this.#timer)
    this.#timer = undefined
    this.#timerAt = Infinity
  }

  #bucket(ms: number): Bucket | undefined {
    const buckets = this.#buckets
    for (let i = 0; i < buckets.length; i++) if (buckets[i]!.ms === ms) return buckets[i]
    if (buckets.length >= MAX_BUCKETS) {
      // Durations may be computed: forget those that nobody uses any more.
      for (let i = buckets.length - 1; i >= 0; i--) if (buckets[i]!.size === 0) buckets.splice(i, 1)
      if (buckets.length >= MAX_BUCKETS) return undefined
    }
    const bucket = new Bucket(ms)
    buckets.push(bucket)
    return bucket
  }

  #arm(at: number, now: number): void {
    if (this.#timerAt !== Infinity) this.#clock.clearTimer(this.#timer)
    this.#timerAt = at
    this.#timer = this.#clock.setTimer(this.#fire, Math.min(Math.max(0, Math.ceil(at - now)), MAX_TIMER_MS))
    ;(this.#timer as { unref?(): void } | null | undefined)?.unref?.()
  }

  readonly #fire = (): void => {
    const now = this.#clock.now()
    const late = now - this.#timerAt
    this.#timerAt = Infinity
    this.#timer = undefined
    if (late > BLOCKED_MS && !this.#waited) {
      // The event loop was blocked. What arrived meanwhile is read before the next timer, and may be just in time.
      this.#waited = true
      this.#arm(now + 1, now)
      return
    }
    this.#waited = false
    // All of them first: what fires may add and remove.
    const due: DeadlineNode[] = []
    let next = takeDue(this.#mixed, now, due)
    for (const bucket of this.#buckets) next = Math.min(next, takeDue(bucket, now, due))
    if (next < this.#timerAt) this.#arm(next, now)
    // Each list is sorted, all together are not.
    for (const node of due.sort((a, b) => a.at - b.at)) node.onDeadline()
  }
}

/** Moves what is due from a sorted list to `due`; returns the moment of the next. */
function takeDue(list: LinkedList<DeadlineNode>, now: number, due: DeadlineNode[]): number {
  while (list.first !== undefined && list.first.at <= now) due.push(list.shift()!)
  return list.first === undefined ? Infinity : list.first.at
}
