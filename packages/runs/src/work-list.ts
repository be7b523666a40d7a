/** Numbers in the order in which they came. */
class Fifo {
  #items: number[] = []
  #head = 0

  get size(): number {
    return this.#items.length - this.#head
  }

  push(value: number): void {
    this.#items.push(value)
  }

  shift(): number {
    const value = this.#items[this.#head++]!
    if (this.#head > 4096 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
    return value
  }

  /** The next ones, at most so many. */
  peek(count: number): number[] {
    return this.#items.slice(this.#head, this.#head + count)
  }
}

/** Ids of what there is to do: the highest priority first, and within one in the order in which they came. A number each, so a million is no burden. */
export class WorkList {
  /** The highest priority first. */
  readonly #queues: { readonly priority: number; readonly ids: Fifo }[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  push(id: number, priority: number): void {
    this.#size++
    const at = this.#queues.findIndex((queue) => queue.priority <= priority)
    if (at >= 0 && this.#queues[at]!.priority === priority) {
      this.#queues[at]!.ids.push(id)
      return
    }
    const ids = new Fifo()
    ids.push(id)
    this.#queues.splice(at < 0 ? this.#queues.length : at, 0, { priority, ids })
  }

  /** Takes the next one. */
  shift(): number | undefined {
    const first = this.#first()
    if (first === undefined) return undefined
    this.#size--
    return first.shift()
  }

  /** Those that come next, at most so many. */
  peek(count: number): number[] {
    return this.#first()?.peek(count) ?? []
  }

  #first(): Fifo | undefined {
    while (this.#queues.length > 0) {
      const { ids } = this.#queues[0]!
      if (ids.size > 0) return ids
      this.#queues.shift()
    }
    return undefined
  }
}
