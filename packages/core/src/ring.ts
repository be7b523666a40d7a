/** A first-in, first-out buffer of plain values: an array whose used-up beginning is cut off now and then. */
export class Ring<T> {
  #items: T[] = []
  #head = 0

  get size(): number {
    return this.#items.length - this.#head
  }

  push(value: T): void {
    this.#items.push(value)
  }

  /** Takes out the oldest. Look at `size` first: an empty ring gives `undefined`. */
  shift(): T | undefined {
    if (this.size === 0) return undefined
    const items = this.#items
    const value = items[this.#head]
    items[this.#head++] = undefined!
    // Half of it is used up: so many values were shifted since the last time as are moved now.
    if (this.#head > 32 && this.#head * 2 >= items.length) {
      items.splice(0, this.#head)
      this.#head = 0
    }
    return value
  }

  clear(): void {
    this.#items = []
    this.#head = 0
  }
}
