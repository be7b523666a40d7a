import type { Origin } from './origin.ts'

/** Origins in which somebody waits for a connection that may be opened, the one whose first waiter came earliest on top. */
export class OriginHeap {
  readonly #items: Origin[] = []

  /** The origin whose first waiter came earliest. */
  get first(): Origin | undefined {
    return this.#items[0]
  }

  /** Brings the place of `origin` up to date: in with its first waiter's number, or out when `eligible` is false. */
  update(origin: Origin, eligible: boolean): void {
    const items = this.#items
    if (!eligible) {
      if (origin.heapIndex < 0) return
      const last = items.pop()!
      const index = origin.heapIndex
      origin.heapIndex = -1
      if (last === origin) return
      items[index] = last
      last.heapIndex = index
      this.#sift(last)
      return
    }
    origin.order = origin.waiting.first!.sequence
    if (origin.heapIndex < 0) origin.heapIndex = items.push(origin) - 1
    this.#sift(origin)
  }

  #sift(origin: Origin): void {
    const items = this.#items
    let index = origin.heapIndex
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (items[parent]!.order <= origin.order) break
      this.#put(items[parent]!, index)
      index = parent
    }
    for (;;) {
      let child = 2 * index + 1
      if (child >= items.length) break
      if (child + 1 < items.length && items[child + 1]!.order < items[child]!.order) child++
      if (items[child]!.order >= origin.order) break
      this.#put(items[child]!, index)
      index = child
    }
    this.#put(origin, index)
  }

  #put(origin: Origin, index: number): void {
    this.#items[index] = origin
    origin.heapIndex = index
  }
}
