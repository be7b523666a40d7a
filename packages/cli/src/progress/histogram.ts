/** Buckets to each doubling: a percentile is exact to 3%. */
const PER_DOUBLING = 12
/** The first bucket holds what is shorter, in ms. */
const SHORTEST = 0.1
const BUCKETS = 30 * PER_DOUBLING

/** Percentiles of times in ms, in memory that does not grow: logarithmic buckets. */
export class Histogram {
  readonly #counts = new Uint32Array(BUCKETS)
  #count = 0
  #sum = 0
  #max = 0

  get count(): number {
    return this.#count
  }

  get max(): number {
    return this.#max
  }

  /** 0 when there is nothing. */
  get mean(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count
  }

  add(ms: number): void {
    const bucket = ms <= SHORTEST ? 0 : Math.ceil(Math.log2(ms / SHORTEST) * PER_DOUBLING)
    this.#counts[Math.min(bucket, BUCKETS - 1)]!++
    this.#count++
    this.#sum += ms
    if (ms > this.#max) this.#max = ms
  }

  /** The time that a share of `quantile` (0 to 1) does not exceed; 0 when there is nothing. */
  quantile(quantile: number): number {
    if (this.#count === 0) return 0
    let left = Math.max(1, Math.ceil(this.#count * quantile))
    for (let i = 0; i < BUCKETS; i++) {
      left -= this.#counts[i]!
      if (left > 0) continue
      // The middle of the bucket, and never more than what was seen.
      return Math.min(this.#max, SHORTEST * 2 ** ((i - 0.5) / PER_DOUBLING))
    }
    return this.#max
  }
}
