import { AbortLink, type AbortObserver } from './abort-link.ts'
import { Link, LinkedList } from './linked-list.ts'

/** One who waits in a {@link WaiterList}: a promise, and the means to settle it. `data` is what the list's owner wants to know of it. */
export class Waiter<T, D = unknown> extends Link implements AbortObserver {
  readonly promise: Promise<T>
  declare resolve: (value: T | PromiseLike<T>) => void
  declare reject: (reason: unknown) => void
  /** @internal */
  signal: AbortSignal | undefined = undefined
  /** @internal */
  abortLink: AbortLink | undefined = undefined

  readonly data: D

  constructor(data?: D) {
    super()
    this.data = data as D
    this.promise = new Promise<T>((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
  }

  /** @internal The signal aborted while this one waited: leave, and let the list look whether somebody behind can go on. */
  onAbort(reason: unknown): void {
    const list = this.list as WaiterList<this> | undefined
    if (list?.remove(this)) {
      this.reject(reason)
      list.onLeave?.(this, reason)
    }
  }
}

type AnyWaiter = Link & Pick<Waiter<unknown>, 'reject' | 'signal' | 'abortLink' | 'onAbort'>

/**
 * Waiters in first-come order. Leaving from the middle is O(1); who was taken out cannot be cancelled any more, and who is
 * cancelled is never taken out, so what is handed over is neither lost nor doubled (laws 85, 86, 97, 98, 100).
 */
export class WaiterList<W extends AnyWaiter> extends LinkedList<W> {
  /** Called after a cancelled waiter has left from anywhere in the list. */
  readonly onLeave: ((waiter: W, reason: unknown) => void) | undefined

  constructor(onLeave?: (waiter: W, reason: unknown) => void) {
    super()
    this.onLeave = onLeave
  }

  /** Puts `waiter` at the end. An aborted `signal` must have been refused before. */
  override push(waiter: W, signal?: AbortSignal): void {
    super.push(waiter)
    if (signal !== undefined) {
      waiter.signal = signal
      waiter.abortLink = new AbortLink(signal, waiter)
    }
  }

  override remove(waiter: W): boolean {
    if (!super.remove(waiter)) return false
    waiter.abortLink?.unlink()
    waiter.signal = waiter.abortLink = undefined
    return true
  }

  /**
   * Takes out the oldest that still waits. One whose signal has aborted, though nobody has told it yet (we may be inside
   * another listener of that very signal), is rejected and passed over: it must not be handed what it will not use.
   */
  take(): W | undefined {
    for (;;) {
      const waiter = this.first
      if (waiter === undefined) return undefined
      const { signal } = waiter
      if (!signal?.aborted) {
        this.remove(waiter)
        return waiter
      }
      waiter.onAbort(signal.reason)
    }
  }

  /** Takes out all and rejects them. */
  rejectAll(reason: unknown): void {
    for (let waiter = this.shift(); waiter !== undefined; waiter = this.shift()) waiter.reject(reason)
  }
}
