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
  readonly #hub: Hub
  readonly observer: AbortObserver

  /** `signal` must not be aborted yet: look first. */
  constructor(signal: AbortSignal, observer: AbortObserver) {
    super()
    this.observer = observer
    let hub = hubs.get(signal)
    if (hub === undefined) hubs.set(signal, (hub = new Hub(signal)))
    this.#hub = hub
    if (hub.size === 0) signal.addEventListener('abort', hub.fire)
    hub.push(this)
  }

  /** Stops observing; doing it again does nothing. */
  unlink(): void {
    const hub = this.#hub
    if (hub.remove(this) && hub.size === 0) hub.forget()
  }
}

class Hub extends LinkedList<AbortLink> {
  readonly #signal: AbortSignal

  constructor(signal: AbortSignal) {
    super()
    this.#signal = signal
  }

  forget(): void {
    this.#signal.removeEventListener('abort', this.fire)
  }

  readonly fire = (): void => {
    const reason: unknown = this.#signal.reason
    for (let link = this.shift(); link !== undefined; link = this.shift()) link.observer.onAbort(reason)
    this.forget()
  }
}

const hubs = new WeakMap<AbortSignal, Hub>()
