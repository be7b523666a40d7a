import { LiveLink, type AbortScope } from './abort-scope.ts'
import type { Clock } from './clock.ts'
import type { TaskContext } from './task-context.ts'

/** Work that has a signal as soon as somebody asks for it. What works on it are functions: a base class would make each object dearer. */
export interface Live {
  /** Whoever runs this work. */
  readonly owner: { readonly scope: AbortScope }
  /** Its place in the scope's list, once it has a signal. */
  live: LiveLink | undefined
  /** Why this work should stop; undefined while it may go on. */
  readonly abortReason: unknown
}

export function reasonOf({ aborted, reason }: AbortScope): unknown {
  return aborted ? reason : undefined
}

/** The signal of `work`, made when first read. */
export function signalOf(work: Live): AbortSignal {
  const live = enter(work)
  if (live.controller === undefined) {
    live.controller = new AbortController()
    const reason = work.abortReason
    if (reason !== undefined) live.controller.abort(reason)
  }
  return live.controller.signal
}

/** Joins the scope's list, so that an abort finds this work. */
export function enter(work: Live): LiveLink {
  if (work.live === undefined) {
    work.live = new LiveLink(work)
    work.owner.scope.live.push(work.live)
  }
  return work.live
}

/** The work is done: leave the scope's list. What never read its signal is not in it. */
export function leave(work: Live): void {
  if (work.live !== undefined) {
    work.owner.scope.live.remove(work.live)
    work.live = undefined
  }
}

/** The context of one item in a plain loop: three fields, and no AbortController unless somebody reads `signal`. */
export class LiveContext implements TaskContext, Live {
  // Declared only, as in TaskRecord.
  declare readonly owner: { readonly scope: AbortScope }
  declare readonly index: number
  declare live: LiveLink | undefined

  constructor(owner: { readonly scope: AbortScope }, index: number) {
    this.owner = owner
    this.index = index
    this.live = undefined
  }

  get attempt(): number {
    return 1
  }

  get deadline(): number | undefined {
    return this.owner.scope.deadline
  }

  get clock(): Clock {
    return this.owner.scope.clock
  }

  get signal(): AbortSignal {
    return signalOf(this)
  }

  get abortReason(): unknown {
    return reasonOf(this.owner.scope)
  }
}
