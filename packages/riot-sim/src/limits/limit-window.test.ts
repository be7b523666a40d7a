import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { LimitWindow, type WindowMode } from './limit-window.ts'

/** Arrivals at these times; says which found room. */
function arrive(window: LimitWindow, times: readonly number[]): boolean[] {
  return times.map((time) => {
    const room = !window.isFull(time)
    window.charge(time)
    return room
  })
}

describe('a window that opens with the first request', () => {
  it('counts from there, and opens anew with the first request after its end', () => {
    const window = new LimitWindow(2, 10, 'first')
    expect(arrive(window, [7000, 8000, 9000])).toEqual([true, true, false])
    expect(window.roomAt(9000)).toBe(17_000)
    expect(window.count(16_999)).toBe(3)
    expect(window.count(17_000)).toBe(0)
    expect(arrive(window, [20_000])).toEqual([true])
    expect(window.roomAt(20_000)).toBe(20_000)
    expect(arrive(window, [29_999, 29_999, 30_000])).toEqual([true, false, true])
  })

  it('keeps how full its windows were', () => {
    const window = new LimitWindow(10, 1, 'first')
    arrive(window, [0, 1, 2, 3, 4, 2000, 2001, 5000])
    for (let i = 0; i < 14; i++) window.charge(9000)
    window.count(20_000)
    expect(window.closed).toBe(4)
    expect(window.fill).toEqual([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 1])
  })
})

describe('an aligned window', () => {
  it('starts at every multiple of its length', () => {
    const window = new LimitWindow(2, 10, 'aligned')
    expect(arrive(window, [7000, 8000, 9000])).toEqual([true, true, false])
    expect(window.roomAt(9000)).toBe(10_000)
    expect(arrive(window, [10_000, 19_999, 19_999, 20_000])).toEqual([true, true, false, true])
  })
})

describe('a sliding window', () => {
  it('looks back at every instant', () => {
    const window = new LimitWindow(2, 10, 'sliding')
    expect(arrive(window, [0, 4000])).toEqual([true, true])
    expect(window.roomAt(5000)).toBe(10_000)
    expect(arrive(window, [9999.5])).toEqual([false])
    // The one at 0 has left, but the rejected one counts.
    expect(window.count(10_000)).toBe(2)
    expect(window.roomAt(10_000)).toBe(14_000)
  })

  it('admits at most its limit in any span of its length', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 400 }),
        fc.integer({ min: 1, max: 20 }),
        (gaps, limit) => {
          const window = new LimitWindow(limit, 1, 'sliding')
          const admitted: number[] = []
          let now = 0
          for (const gap of gaps) {
            now += gap
            if (window.isFull(now)) continue
            window.charge(now)
            admitted.push(now)
          }
          for (let i = limit; i < admitted.length; i++)
            expect(admitted[i]! - admitted[i - limit]!).toBeGreaterThanOrEqual(1000)
        },
      ),
    )
  })
})

describe.each<WindowMode>(['first', 'aligned', 'sliding'])('any window (%s)', (mode) => {
  it('has room when it says it will, and not a moment earlier', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 3000, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        (gaps, limit) => {
          const window = new LimitWindow(limit, 2, mode)
          let now = 0
          for (const gap of gaps) {
            now += gap
            window.charge(now)
          }
          const room = window.roomAt(now)
          if (room > now) expect(window.isFull(room - 0.001)).toBe(true)
          expect(window.isFull(room)).toBe(false)
        },
      ),
    )
  })

  it('keeps its count when its limit changes', () => {
    const window = new LimitWindow(5, 10, mode)
    arrive(window, [1, 2, 3])
    window.limit = 2
    expect(window.isFull(4)).toBe(true)
    window.limit = 4
    expect(window.isFull(4)).toBe(false)
    expect(window.count(4)).toBe(3)
  })
})
