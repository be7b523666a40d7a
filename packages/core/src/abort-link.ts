import { Link, LinkedList } from './linked-list.ts'

/** One who wants to know when a signal aborts. */
export interface AbortObserver {
  onAbort(reason: unknown): void
}

/**
 * The place of one observer at an AbortSignal. However many wait on the same signal, it has one listener: adding and removing
 * a listener costs time linear in the listeners already there, joining and leaving this list does not. The listener is removed with the last link.
 */
export class AbortLink extends Link {
  readonly observer: AbortObserver

  /** `signal` must not be aborted yet: look first. */
  constructor(signal: AbortSignal, observer: AbortObserver) {
    super()
    this.observer = observer
    let hub = hubs.get(signal)
    if (!hub) hubs.set(signal, (hub = new Hub(signal)))
    hub.push(this)
  }

  /** Stops observing; doing it again does nothing. */
  unlink(): void {
    this.list?.remove(this)
  }
}

class Hub extends LinkedList<AbortLink> {
  readonly #signal: AbortSignal

  constructor(signal: AbortSignal) {
    super()
    this.#signal = signal
  }

  override push(link: AbortLink): void {
    if (this.size === 0) this.#signal.addEventListener('abort', this.#fire)
    super.push(link)
  }

  override remove(link: AbortLink): boolean {
    const removed = super.remove(link)
    if (removed && this.size === 0) this.#signal.removeEventListener('abort', this.#fire)
    return removed
  }

  readonly #fire = (): void => {
    for (let link = this.shift(); link; link = this.shift()) link.observer.onAbort(this.#signal.reason)
  }
}

const hubs = new WeakMap<AbortSignal, Hub>()
