import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SlidingCount } from './sliding-count.ts'

test('it counts what happened in the last time, to a fiftieth of it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 100 }),
      fc.integer({ min: 0, max: 2000 }),
      (steps, later) => {
        const window = new SlidingCount(1000)
        let now = 5000
        const times = steps.map((step) => (now += step))
        for (const time of times) window.add(time)
        now += later
        const within = (ms: number): number => times.filter((time) => now - time < ms).length
        expect(window.count(now)).toBeGreaterThanOrEqual(within(980))
        expect(window.count(now)).toBeLessThanOrEqual(within(1000))
      },
    ),
  )
})
