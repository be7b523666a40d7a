import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Histogram } from './histogram.ts'

test('a percentile is exact to 3%', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.9, 0.95, 0.99, 0.999),
      (times, quantile) => {
        const histogram = new Histogram()
        for (const ms of times) histogram.add(ms)
        const exact = times.sort((a, b) => a - b)[Math.max(1, Math.ceil(times.length * quantile)) - 1]!
        const found = histogram.quantile(quantile)
        expect(found).toBeGreaterThan(exact / 1.031)
        expect(found).toBeLessThan(exact * 1.031)
      },
    ),
  )
})

test('mean and maximum are exact; nothing is 0', () => {
  const histogram = new Histogram()
  expect([histogram.quantile(0.5), histogram.mean, histogram.max, histogram.count]).toEqual([0, 0, 0, 0])
  for (const ms of [1, 2, 6]) histogram.add(ms)
  expect([histogram.mean, histogram.max, histogram.count]).toEqual([3, 6, 3])
  histogram.add(1e12)
  expect(histogram.quantile(1)).toBeLessThanOrEqual(1e12)
})
