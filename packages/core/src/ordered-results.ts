/**
 * Values that arrive in any order and leave in the order of their index. What is not added costs nothing, so a queue whose tasks return nothing
 * runs for ever in flat memory.
 */
export class OrderedResults<T> {
  #values: T[] = []
  #indexes: number[] = []
  #ordered = true

  add(index: number, value: T): void {
    const indexes = this.#indexes
    if (this.#ordered && indexes.length > 0 && indexes[indexes.length - 1]! > index) this.#ordered = false
    indexes.push(index)
    this.#values.push(value)
  }

  /** Hands out all values in order, and starts anew. */
  take(): T[] {
    const values = this.#values
    const indexes = this.#indexes
    const ordered = this.#ordered
    this.#values = []
    this.#indexes = []
    this.#ordered = true
    if (ordered) return values
    // Sorting plain numbers is several times faster than sorting by a comparator: index and place share one number. Exact up to 2^53.
    const first = indexes.reduce((a, b) => Math.min(a, b))
    const keys = Float64Array.from(indexes, (index, place) => (index - first) * values.length + place)
    return Array.from(keys.sort(), (key) => values[key % values.length]!)
  }
}
