import { hash, mix } from './hash.ts'

/** A stream of numbers from a seed: the same seed gives the same stream on every machine. */
export class Random {
  #state: number
  readonly #step: number

  constructor(a: number, b = 0, c = 0, d = 0) {
    this.#state = hash(a, b, c, d)
    this.#step = hash(d, c, b, a) | 1
  }

  /** From 0 to 1, 1 excluded. */
  next(): number {
    this.#state = (this.#state + this.#step) | 0
    return mix(this.#state) / 4_294_967_296
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1))
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** One of these. */
  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)]!
  }

  /** `count` different ones of these, in no particular order. */
  sample<T>(items: readonly T[], count: number): T[] {
    const rest = [...items]
    const chosen: T[] = []
    while (chosen.length < count && rest.length > 0) {
      const at = Math.floor(this.next() * rest.length)
      chosen.push(rest[at]!)
      rest[at] = rest[rest.length - 1]!
      rest.pop()
    }
    return chosen
  }

  /** Around `median`, with the given spread as a factor: two thirds lie between median / spread and median × spread. */
  around(median: number, spread = 1.35): number {
    return median * spread ** this.normal()
  }

  /** Normally distributed, mean 0, deviation 1 (Box and Muller, 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
  }
}
