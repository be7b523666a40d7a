import { Wakeup } from './wakeup.ts'

/** Brings what ends in any order into the order in which it was begun, and bounds how far the last may be ahead of the first that is missing. */
export class OrderedWindow<T> {
  readonly #size: number
  readonly #release: (value: T) => void
  readonly #held = new Map<number, T | undefined>()
  readonly #room = new Wakeup()
  #next = 0

  constructor(size: number, release: (value: T) => void) {
    this.#size = size
    this.#release = release
  }

  /** Takes what `place` has ended with, or undefined if there is nothing of it. */
  put(place: number, value: T | undefined): void {
    this.#held.set(place, value)
    while (this.#held.has(this.#next)) {
      const due = this.#held.get(this.#next)
      this.#held.delete(this.#next++)
      if (due !== undefined) this.#release(due)
    }
    this.#room.wake()
  }

  /** Undefined if `place` is near enough to begin with; else resolves when that may be so. */
  full(place: number): Promise<void> | undefined {
    return place - this.#next < this.#size ? undefined : this.#room.wait()
  }

  /** Gives away what is held, also behind a gap: what is missing will not come. */
  flush(): void {
    const held = [...this.#held].sort(([a], [b]) => a - b)
    this.#held.clear()
    for (const [, value] of held) if (value !== undefined) this.#release(value)
  }
}
