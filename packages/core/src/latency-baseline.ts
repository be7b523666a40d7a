/** What cannot be chance: so many standard errors. */
const SURE = 2.5
/** So many samples are all the baseline remembers. */
const MEMORY = 500

/** The samples of one window. Of latencies we take logarithms: their tails are long, and a few slow answers must not look like a queue. */
export class LatencyWindow {
  count = 0
  #sum = 0
  #squares = 0

  add(ms: number): void {
    const log = Math.log(Math.max(ms, 0.01))
    this.count++
    this.#sum += log
    this.#squares += log * log
  }

  get mean(): number {
    return this.#sum / this.count
  }

  get variance(): number {
    return this.count < 2 ? 0 : Math.max(0, (this.#squares - this.#sum * this.mean) / (this.count - 1))
  }
}

/** How fast the other side answers when nobody queues there, and whether a window of samples is slower than that. */
export class LatencyBaseline {
  /** Logarithm of the latency in ms. */
  mean: number | undefined = undefined
  /** How many samples stand behind it. */
  #weight = 0
  #variance = 0

  /** How much slower than the baseline, as a logarithm, is not chance; at least the dead band. */
  tolerance(window: LatencyWindow, deadBand: number): number {
    const variance = this.#mix(window)
    return Math.max(
      deadBand,
      SURE * Math.sqrt(variance * (1 / window.count + 1 / Math.max(this.#weight, window.count))),
    )
  }

  /** Learns how much answers scatter. */
  note(window: LatencyWindow): void {
    this.#variance = this.#mix(window)
  }

  #mix({ count, variance }: LatencyWindow): number {
    return this.#variance + ((variance - this.#variance) * count) / (this.#weight + count)
  }

  /** Learns from a window without a queue of our own. It counts for `least` at least, from 0 to 1, and raises the baseline by `most` at most. */
  learn({ mean, count }: LatencyWindow, least: number = 0, most: number = Infinity): void {
    this.mean ??= mean
    this.mean += Math.min(most, (mean - this.mean) * Math.max(least, count / (this.#weight + count)))
    this.#weight = Math.min(MEMORY, this.#weight + count)
  }

  /** This is how it is now. */
  reset(window: LatencyWindow): void {
    this.mean = window.mean
    this.#weight = Math.min(MEMORY, window.count)
  }
}
