const BUCKETS = 50

/** Counts what happened in the last `ms`, to a fiftieth of that, in memory that does not grow. */
export class SlidingCount {
  readonly ms: number
  readonly #counts = new Uint32Array(BUCKETS)
  readonly #width: number
  #at = -Infinity
  #total = 0

  constructor(ms: number) {
    this.ms = ms
    this.#width = ms / BUCKETS
  }

  add(time: number): void {
    const at = this.#turn(time)
    this.#counts[((at % BUCKETS) + BUCKETS) % BUCKETS]!++
    this.#total++
  }

  count(time: number): number {
    this.#turn(time)
    return this.#total
  }

  /** Forgets what is too old. */
  #turn(time: number): number {
    const at = Math.floor(time / this.#width)
    if (at - this.#at >= BUCKETS) {
      this.#counts.fill(0)
      this.#total = 0
    } else {
      for (let i = this.#at + 1; i <= at; i++) {
        const slot = ((i % BUCKETS) + BUCKETS) % BUCKETS
        this.#total -= this.#counts[slot]!
        this.#counts[slot] = 0
      }
    }
    if (at > this.#at) this.#at = at
    return this.#at
  }
}
