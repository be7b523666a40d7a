// Ten thousand calls may share one signal. A listener for each would make a list that every further addEventListener walks
// through from the start; so each signal has one listener, which tells everybody.
const fanouts = new WeakMap<AbortSignal, Fanout>()

class Fanout {
  readonly #signal: AbortSignal
  readonly #callbacks = new Set<() => void>()

  constructor(signal: AbortSignal) {
    this.#signal = signal
    fanouts.set(signal, this)
    signal.addEventListener('abort', this.#fire, { once: true })
  }

  add(callback: () => void): void {
    this.#callbacks.add(callback)
  }

  delete(callback: () => void): void {
    if (this.#callbacks.delete(callback) && this.#callbacks.size === 0) this.#close()
  }

  readonly #fire = (): void => {
    for (const callback of this.#callbacks) callback()
    this.#close()
  }

  #close(): void {
    fanouts.delete(this.#signal)
    this.#signal.removeEventListener('abort', this.#fire)
  }
}

/** Calls `callback` when `signal` aborts; the returned function forgets it, and with the last one the listener goes. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const fanout = fanouts.get(signal) ?? new Fanout(signal)
  fanout.add(callback)
  return () => fanout.delete(callback)
}
