/** The times of the latest arrivals, oldest first, in a ring that grows. */
export class ArrivalLog {
  #times = new Float64Array(64)
  #first = 0
  size = 0

  /** Adds an arrival; it must not be earlier than the last one. */
  add(time: number): void {
    if (this.size === this.#times.length) this.#grow()
    this.#times[(this.#first + this.size) % this.#times.length] = time
    this.size++
  }

  /** The arrival with `index` others before it. */
  at(index: number): number {
    return this.#times[(this.#first + index) % this.#times.length]!
  }

  /** Forgets what came `age` ms before `now`, or earlier. */
  forgetOlder(now: number, age: number): void {
    while (this.size > 0 && this.#times[this.#first]! + age <= now) {
      this.#first = (this.#first + 1) % this.#times.length
      this.size--
    }
  }

  #grow(): void {
    const bigger = new Float64Array(this.#times.length * 2)
    for (let i = 0; i < this.size; i++) bigger[i] = this.at(i)
    this.#times = bigger
    this.#first = 0
  }
}
