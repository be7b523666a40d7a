import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Ring } from './ring.ts'

test('any order of push, shift and clear gives what an array gives', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ push: fc.nat(60) }) },
    { weight: 4, arbitrary: fc.record({ shift: fc.nat(60) }) },
    { weight: 1, arbitrary: fc.constant('clear' as const) },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const ring = new Ring<number>()
      let model: number[] = []
      let n = 0
      for (const what of steps) {
        const taken: unknown[] = []
        let expected: unknown[] = []
        if (what === 'clear') {
          ring.clear()
          model = []
        } else if ('push' in what) {
          for (let i = 0; i < what.push; i++) {
            ring.push(n)
            model.push(n++)
          }
        } else {
          expected = Array.from({ length: what.shift }, () => model.shift())
          for (let i = 0; i < what.shift; i++) taken.push(ring.shift())
        }
        expect(taken).toEqual(expected)
        expect(ring.size).toBe(model.length)
      }
    }),
    { numRuns: 500 },
  )
})

test('grows past its first size, and starts again small after it ran empty', () => {
  const ring = new Ring<number>()
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 5000; i++) ring.push(i)
    for (let i = 0; i < 5000; i++) expect(ring.shift()).toBe(i)
    expect(ring.shift()).toBeUndefined()
    expect(ring.size).toBe(0)
  }
})
