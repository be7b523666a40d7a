import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Permutation } from './permutation.ts'

describe('Permutation', () => {
  it('maps every number to another one, and back, for any size and key', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer(), (size, key) => {
        const permutation = new Permutation(size)
        const images = Array.from({ length: size }, (_, x) => permutation.forward(x, key))
        expect([...images].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, x) => x))
        expect(images.map((y) => permutation.inverse(y, key))).toEqual(Array.from({ length: size }, (_, x) => x))
      }),
    )
  })

  it('works for sizes of millions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000_000 }), fc.integer(), fc.nat(), (size, key, n) => {
        const permutation = new Permutation(size)
        expect(permutation.inverse(permutation.forward(n % size, key), key)).toBe(n % size)
      }),
    )
  })

  it('deals differently under another key, and spreads neighbours', () => {
    const permutation = new Permutation(1300)
    const [a, b] = [1, 2].map((key) => Array.from({ length: 1300 }, (_, x) => permutation.forward(x, key)))
    const same = a!.filter((y, x) => y === b![x]).length
    expect(same).toBeLessThan(15)
    const near = a!.filter((y, x) => x > 0 && Math.abs(y - a![x - 1]!) < 13).length
    expect(near).toBeLessThan(60)
  })
})
