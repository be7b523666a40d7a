import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OrderedResults } from './ordered-results.ts'

test('whatever the order of arrival, values leave in the order of their index, once', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(1e9)), fc.uniqueArray(fc.nat(50)), (first, second) => {
      const results = new OrderedResults<string>()
      for (const indexes of [first, second]) {
        for (const index of indexes) results.add(index, `value ${index}`)
        expect(results.take()).toEqual(indexes.toSorted((a, b) => a - b).map((index) => `value ${index}`))
        expect(results.take()).toEqual([])
      }
    }),
  )
})

test('a million values that arrive backwards are no trouble', () => {
  const results = new OrderedResults<number>()
  for (let i = 1_000_000; i > 0; i--) results.add(i * 1000, i)
  const values = results.take()
  expect(values).toHaveLength(1_000_000)
  expect(values.findIndex((value, place) => value !== place + 1)).toBe(-1)
})
