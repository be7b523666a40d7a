/** A sample counts as calm when no more than this were under way with it: a burst of hundreds slows down each of its requests. */
const CALM = 32

/**
 * What the round trips to a host have in common, so that a request may be sent a little before the window that it needs has opened.
 *
 * A request that is sent `floor` early arrives late enough if `floor` is no more than the shortest way there plus the shortest way of an
 * answer back. The shortest round trip seen is close to that sum once many were seen, and too long before: hence a part of it, and none at first.
 */
export class Latency {
  /** ms that a request may be sent early. */
  floor = 0
  /** The longest round trip of late, ms. */
  longest = 0
  #shortest = Infinity
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
    this.#update()
  }

  /** A request came too early: start again, more carefully. */
  distrust(): void {
    this.#samples = this.#calm = 0
    this.#caution = Math.min(64, this.#caution * 4)
    this.floor = 0
  }

  #update(): void {
    const calm = this.#calm / this.#caution
    const samples = this.#samples / this.#caution
    const part = calm >= 200 || samples >= 2000 ? 0.7 : calm >= 40 || samples >= 600 ? 0.5 : 0
    this.floor = part * this.#shortest
  }
}
