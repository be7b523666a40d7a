import { mix } from './hash.ts'

const ROUNDS = 4

/**
 * A secret order of 0 … size − 1 that is computed, not stored, in both directions: a Feistel network over two digits of base
 * ⌈√size⌉, walked on until it falls inside the range (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002).
 */
export class Permutation {
  readonly size: number
  readonly #base: number

  constructor(size: number) {
    this.size = size
    this.#base = Math.ceil(Math.sqrt(size))
  }

  /** Where `x` goes under `key`. */
  forward(x: number, key: number): number {
    const base = this.#base
    do {
      let low = x % base
      let high = (x - low) / base
      for (let round = 0; round < ROUNDS; round++) {
        const sum = (low + (mix((key + round) ^ Math.imul(high + 1, 0x9e3779b1)) % base)) % base
        low = high
        high = sum
      }
      x = high * base + low
    } while (x >= this.size)
    return x
  }

  /** What goes to `y` under `key`. */
  inverse(y: number, key: number): number {
    const base = this.#base
    do {
      let low = y % base
      let high = (y - low) / base
      for (let round = ROUNDS - 1; round >= 0; round--) {
        const before = low
        low = (high + base - (mix((key + round) ^ Math.imul(before + 1, 0x9e3779b1)) % base)) % base
        high = before
      }
      y = high * base + low
    } while (y >= this.size)
    return y
  }
}
