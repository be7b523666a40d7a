/** A sample counts as calm when no more than this were under way with it: a burst of hundreds slows down each of its requests. */
const CALM = 32
/** So many calm samples are enough, or so many of any kind. */
const ENOUGH_CALM = 40
const ENOUGH = 600
/** Where the logarithms of round trips differ by more than this, the next one may be much shorter than all before. */
const ALIKE = 0.25
/** The mean and the spread are those of about so many samples. */
const MEMORY = 500

/**
 * What the round trips to a host have in common, so that a request may be sent a little before the window that it needs has opened.
 *
 * A request that is sent `floor` early arrives late enough if its way there, and the way back of the answer that told when the window began, take
 * `floor` together: that is, if a round trip put together of two never takes less. Round trips are about lognormal, so that
 * five deviations below the mean are out of reach; nor is the floor ever above three quarters of the shortest that was seen.
 */
export class Latency {
  /** ms that a request may be sent early. */
  floor = 0
  /** The longest round trip of late, ms. */
  longest = 0
  #shortest = Infinity
  // Of the logarithms.
  #mean = 0
  #variance = 0
  #samples = 0
  #calm = 0
  /** How many times the usual number of samples it takes, after the floor was too high. */
  #caution = 1

  /** A response came `ms` after it was sent, with `others` under way. */
  add(ms: number, others: number): void {
    if (ms < this.#shortest) this.#shortest = ms
    // Forgets outliers slowly.
    this.longest = Math.max(ms, this.longest * 0.999)
    this.#samples++
    if (others <= CALM) this.#calm++
    const off = Math.log(Math.max(ms, 0.01)) - this.#mean
    const share = 1 / Math.min(this.#samples, MEMORY)
    this.#mean += off * share
    this.#variance += (off * off * (1 - share) - this.#variance) * share
    if (this.#calm < ENOUGH_CALM * this.#caution && this.#samples < ENOUGH * this.#caution) return
    const deviation = Math.sqrt(this.#variance)
    this.floor = deviation > ALIKE ? 0 : Math.min(0.75 * this.#shortest, Math.exp(this.#mean - 5 * deviation))
  }

  /** A request may have come too early: start again, more carefully. */
  distrust(): void {
    if (this.floor === 0) return
    this.#samples = this.#calm = 0
    this.#caution = Math.min(64, this.#caution * 4)
    this.floor = 0
  }
}
