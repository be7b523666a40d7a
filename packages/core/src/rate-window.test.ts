import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FixedLog, SlidingLog, type WindowLog } from './rate-window.ts'

/** Sends as fast as `log` lets it, in bursts with gaps between; the times of all tokens. */
function send(log: WindowLog, plan: readonly { gap: number; weight: number }[]): number[] {
  const times: number[] = []
  let now = 0
  for (const { gap, weight } of plan) {
    now += gap
    now += log.wait(now, weight)
    expect(log.wait(now, weight)).toBe(0)
    log.take(now, weight)
    for (let i = 0; i < weight; i++) times.push(now)
  }
  return times
}

const plan = (most: number) =>
  fc.array(fc.record({ gap: fc.oneof(fc.constant(0), fc.nat(150)), weight: fc.integer({ min: 1, max: most }) }), {
    maxLength: 60,
  })

describe('SlidingLog', () => {
  test('law 112: the limit holds in any interval, and nobody waits longer than it takes', () => {
    const limits = fc.integer({ min: 1, max: 9 }).chain((limit) => fc.tuple(fc.constant(limit), plan(limit)))
    fc.assert(
      fc.property(limits, fc.integer({ min: 1, max: 200 }), ([limit, steps], ms) => {
        const log = new SlidingLog(limit, ms)
        const times = send(log, steps)
        // Any limit + 1 tokens in a row take at least one window.
        for (let i = limit; i < times.length; i++) expect(times[i]! - times[i - limit]!).toBeGreaterThanOrEqual(ms)
        let arrival = 0
        let sent = 0
        for (const { gap, weight } of steps) {
          arrival = (times[sent - 1] ?? 0) + gap
          const last = sent + weight - 1
          const needed = Math.max(arrival, last >= limit ? times[last - limit]! + ms : 0)
          expect(times[last]).toBe(needed)
          sent += weight
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('law 112: above 8192 tokens it stays within the limit, and lets through what a cell less would', () => {
    for (const limit of [8193, 20_000, 50_001]) {
      const ms = 65_536
      const less = limit - Math.ceil(limit / 8192) + 1
      // Sums of it are exact.
      const gap = Math.floor((64 * 0.9 * ms) / limit) / 64
      const log = new SlidingLog(limit, ms)
      const times: number[] = []
      const lessTimes: number[] = []
      let now = 0
      // Evenly paced at first, then as fast as it goes.
      for (let i = 0; i < 3 * limit; i++) {
        const pace = i < limit ? gap : 0
        lessTimes.push(Math.max((lessTimes[i - 1] ?? 0) + pace, (lessTimes[i - less] ?? -Infinity) + ms))
        now += pace
        now += log.wait(now, 1)
        log.take(now, 1)
        times.push(now)
      }
      expect(times.findIndex((time, i) => i >= limit && time - times[i - limit]! < ms)).toBe(-1)
      expect(times.findIndex((time, i) => time > lessTimes[i]!)).toBe(-1)
      expect(log.used(now)).toBeLessThanOrEqual(limit)
    }
  })

  test('waiting for many tokens foresees the windows to come', () => {
    const log = new SlidingLog(3, 100)
    expect([1, 3, 4, 6, 7].map((count) => log.wait(0, count))).toEqual([0, 0, 100, 100, 200])
    log.take(10, 2)
    expect([1, 2, 3, 4, 5].map((count) => log.wait(20, count))).toEqual([0, 90, 90, 100, 190])
    expect(log.used(20)).toBe(2)
    expect(log.used(109)).toBe(2)
    expect(log.used(110)).toBe(0)
  })

  test('its history fills another log', () => {
    for (const limit of [5, 20_000]) {
      const log = new SlidingLog(limit, 1000)
      for (let now = 0; now < 100; now++) log.take(now, limit / 5)
      const copy = new SlidingLog(limit, 1000)
      for (const [time, count] of log.history()) copy.take(time, count)
      for (const count of [1, limit / 2, limit]) expect(copy.wait(100, count)).toBe(log.wait(100, count))
      expect(copy.used(100)).toBe(log.used(100))
    }
  })
})

describe('FixedLog', () => {
  test('the limit holds in each window, which opens with its first token', () => {
    const limits = fc.integer({ min: 1, max: 9 }).chain((limit) => fc.tuple(fc.constant(limit), plan(limit)))
    fc.assert(
      fc.property(limits, fc.integer({ min: 1, max: 200 }), ([limit, steps], ms) => {
        const times = send(new FixedLog(limit, ms), steps)
        let start = -Infinity
        let count = 0
        for (const time of times) {
          if (time >= start + ms) {
            start = time
            count = 0
          }
          expect(++count).toBeLessThanOrEqual(limit)
        }
      }),
    )
  })

  test('twice the limit may pass at a border', () => {
    const log = new FixedLog(3, 100)
    log.take(0, 1)
    log.take(99, 2)
    expect([1, 3, 4].map((count) => log.wait(99, count))).toEqual([1, 1, 101])
    expect(log.wait(100, 3)).toBe(0)
    log.take(100, 3)
    expect(log.used(100)).toBe(3)
    expect([...log.history()]).toEqual([[100, 3]])
  })
})
