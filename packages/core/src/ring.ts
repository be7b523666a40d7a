const SMALL = 16

/** A first-in, first-out buffer of plain values: a ring that doubles when full, and lets go of its memory when it runs empty. */
export class Ring<T> {
  size = 0
  #items: (T | undefined)[] = new Array<T | undefined>(SMALL)
  #head = 0

  push(value: T): void {
    const items = this.#items
    if (this.size === items.length) {
      // Full: unroll, so that the oldest is at 0 again, and double.
      this.#items = [...items.slice(this.#head), ...items.slice(0, this.#head)]
      this.#head = 0
      this.#items.length *= 2
    }
    this.#items[(this.#head + this.size++) & (this.#items.length - 1)] = value
  }

  /** Takes out the oldest. Look at `size` first: an empty ring gives `undefined`. */
  shift(): T | undefined {
    if (this.size === 0) return undefined
    const items = this.#items
    const value = items[this.#head]
    items[this.#head] = undefined
    this.#head = (this.#head + 1) & (items.length - 1)
    if (--this.size === 0 && items.length > 1024) this.clear()
    return value
  }

  clear(): void {
    this.#items = new Array<T | undefined>(SMALL)
    this.#head = this.size = 0
  }
}
