import { LiveLink, type AbortScope } from './abort-scope.ts'
import type { Clock } from './clock.ts'
import type { TaskContext } from './task-context.ts'

/** The context of one item in a plain loop: three fields, and no AbortController unless somebody reads `signal`. */
export class LiveContext implements TaskContext {
  /** Whoever runs this work. */
  readonly owner: { readonly scope: AbortScope }
  readonly index: number
  /** @internal */
  live: LiveLink | undefined = undefined

  constructor(owner: { readonly scope: AbortScope }, index: number) {
    this.owner = owner
    this.index = index
  }

  /** @internal */
  get scope(): AbortScope {
    return this.owner.scope
  }

  get attempt(): number {
    return 1
  }

  get name(): string | undefined {
    return undefined
  }

  get deadline(): number | undefined {
    return this.scope.deadline
  }

  get clock(): Clock {
    return this.scope.clock
  }

  get signal(): AbortSignal {
    const live = this.enter()
    if (live.controller === undefined) {
      live.controller = new AbortController()
      const reason = this.abortReason
      if (reason !== undefined) live.controller.abort(reason)
    }
    return live.controller.signal
  }

  /** Why this work should stop; undefined while it may go on. */
  get abortReason(): unknown {
    return this.scope.aborted ? this.scope.reason : undefined
  }

  /** Joins the scope's list, so that an abort finds this work. */
  enter(): LiveLink {
    if (this.live === undefined) {
      this.live = new LiveLink(this)
      this.scope.link(this.live)
    }
    return this.live
  }

  /** The work is done: leave the scope's list. A context that never read its signal is not in it. */
  leave(): void {
    if (this.live !== undefined) {
      this.scope.unlink(this.live)
      this.live = undefined
    }
  }
}
