import { expect, test } from 'vitest'
import { MonotonicClock } from './monotonic-clock.ts'
import { VirtualClock } from './virtual-clock.ts'

test('law 113: when the clock below goes back, time goes on from where it was', async () => {
  const virtual = new VirtualClock({ start: 1000 })
  let shift = 0
  const clock = new MonotonicClock({
    now: () => virtual.now() + shift,
    setTimer: (callback, ms) => virtual.setTimer(callback, ms),
    clearTimer: (handle) => virtual.clearTimer(handle),
  })
  expect([clock.now(), clock.skew]).toEqual([1000, 0])
  shift = -400
  expect([clock.now(), clock.skew]).toEqual([1000, 400])
  await virtual.advance(50)
  expect(clock.now()).toBe(1050)
  shift = -1000
  expect([clock.now(), clock.skew]).toEqual([1050, 1000])
  shift = 0
  expect(clock.now()).toBe(2050)
  let rang = 0
  clock.clearTimer(clock.setTimer(() => (rang += 10), 5))
  clock.setTimer(() => rang++, 5)
  await virtual.advance(5)
  expect(rang).toBe(1)
})
