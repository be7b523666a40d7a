import { AbortLink, type AbortObserver } from './abort-link.ts'
import { Alarm } from './alarm.ts'
import { say } from './check.ts'
import type { Clock } from './clock.ts'
import { TimeoutError } from './errors.ts'
import { Link, LinkedList } from './linked-list.ts'

/** The place of one running task in its scope's list: made when the task reads its signal, or when the scope must know it. */
export class LiveLink extends Link {
  readonly owner: object
  controller: AbortController | undefined = undefined
  constructor(owner: object) {
    super()
    this.owner = owner
  }
}

let jobs: (() => void)[] | undefined

/**
 * Runs `job`, or leaves it to the fan-out that is under way. So an abort that runs through thousands of nested
 * scopes is a loop, not a recursion (law 34).
 */
export function fanOut(job: () => void): void {
  if (jobs !== undefined) {
    jobs.push(job)
    return
  }
  const mine = (jobs = [job])
  try {
    for (let i = 0; i < mine.length; i++) mine[i]!()
  } finally {
    jobs = undefined
  }
}

/**
 * What can be aborted together: one listener on the outer signal, one lazily made controller of its own, and a list of the
 * tasks that asked for a signal. An outer abort keeps the outer reason's identity, so that everybody can tell whose abort it is.
 */
export class AbortScope implements AbortObserver {
  aborted = false
  reason: unknown
  /** The moment at which the scope aborts itself, or somebody else does. */
  readonly deadline: number | undefined
  readonly clock: Clock
  /** What may abort it from outside, and may have done so after somebody else did (law 30). */
  readonly outer: AbortSignal | undefined
  private readonly tell: (() => void) | undefined
  private controller: AbortController | undefined
  /** What asked for a signal, or what the scope must know for another reason. */
  readonly live: LinkedList<LiveLink> = new LinkedList()
  private outerLink: AbortLink | undefined
  private readonly alarm: Alarm | undefined

  constructor(outer: AbortSignal | undefined, deadline: number | undefined, clock: Clock, onAbort?: () => void) {
    this.clock = clock
    this.outer = outer
    this.tell = onAbort
    this.deadline = deadline
    if (outer?.aborted) {
      this.aborted = true
      this.reason = outer.reason
      return
    }
    const ms = deadline === undefined ? Infinity : deadline - clock.now()
    if (ms <= 0) {
      this.aborted = true
      this.reason = new TimeoutError('the deadline had passed before anything began', 0)
      return
    }
    if (outer) this.outerLink = new AbortLink(outer, this)
    if (deadline === undefined || deadline === Infinity) return
    const due = (): void => {
      const left = deadline - clock.now()
      if (left > 0) this.alarm!.set(left)
      else this.abort(new TimeoutError(`the deadline passed after ${Math.round(ms)} ms`, ms))
    }
    this.alarm = new Alarm(clock, due)
    this.alarm.set(ms)
  }

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController()
      if (this.aborted) this.controller.abort(this.reason)
    }
    return this.controller.signal
  }

  /** Aborts everything in the scope, once; the first reason stays. */
  abort(reason: unknown): void {
    if (this.aborted) return
    this.aborted = true
    this.reason = reason
    fanOut(() => {
      this.controller?.abort(reason)
      // A snapshot, since a listener may unlink its neighbours while we walk.
      for (const link of this.links()) link.controller?.abort(reason)
    })
    this.tell?.()
  }

  /** What is linked now, as a snapshot. */
  links(): LiveLink[] {
    const links: LiveLink[] = []
    for (let link = this.live.first; link !== undefined; link = link.next) links.push(link)
    return links
  }

  /** Forgets the outer signal and the timer: nothing of the scope is left behind. */
  dispose(): void {
    this.outerLink?.unlink()
    this.alarm?.clear()
  }

  /** @internal The outer signal aborted. */
  onAbort(reason: unknown): void {
    this.abort(reason)
  }
}

/**
 * Throws what a scope with these `errors` ends with, if anything. Always an `AggregateError`, also for one error, the one that set it off first and
 * as `cause`; an abort from outside comes out as its own reason unless errors came on top (laws 9 to 12); `own` is the abort that is no error.
 */
export function throwOutcome(scope: AbortScope, errors: unknown[], own: unknown, label: string): void {
  const { outer, aborted, reason } = scope
  if (errors.length > 0) {
    const many = errors.length === 1 ? 'an error' : `${errors.length} errors`
    throw new AggregateError(errors, `${label} failed with ${many}: ${say(errors[0])}`, {
      cause: outer?.aborted ? outer.reason : errors[0],
    })
  }
  if (outer?.aborted) throw outer.reason
  if (aborted && reason !== own) throw reason
}
