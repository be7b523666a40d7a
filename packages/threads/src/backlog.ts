/** What a {@link Backlog} holds: its links are part of the item, so that taking one out of the middle is cheap. */
export interface Linked<T> {
  next: T | undefined
  previous: T | undefined
}

/** A first-come queue that anybody can leave from any place: ten thousand aborted calls leave in linear time, and hold no memory. */
export class Backlog<T extends Linked<T>> implements Iterable<T> {
  #first: T | undefined
  #last: T | undefined
  #size = 0

  get size(): number {
    return this.#size
  }

  push(item: T): void {
    item.previous = this.#last
    if (this.#last === undefined) this.#first = item
    else this.#last.next = item
    this.#last = item
    this.#size++
  }

  /** Takes the oldest item. */
  shift(): T | undefined {
    const first = this.#first
    if (first !== undefined) this.delete(first)
    return first
  }

  /** Takes out an item, which must be in this queue. */
  delete(item: T): void {
    const { previous, next } = item
    if (previous === undefined) this.#first = next
    else previous.next = next
    if (next === undefined) this.#last = previous
    else next.previous = previous
    item.previous = item.next = undefined
    this.#size--
  }

  /** Oldest first; the item just given may be taken out. */
  *[Symbol.iterator](): Iterator<T> {
    let item = this.#first
    while (item !== undefined) {
      const { next } = item
      yield item
      item = next
    }
  }
}
