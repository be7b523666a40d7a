import { expect, test } from 'vitest'
import { EpochWindow } from './epoch-window.ts'

/** A window of 10 per minute, learned from the answer to a request that was sent at 0 and came back at 100. */
function learned(): EpochWindow {
  const window = new EpochWindow('w', 10, 60_000, 1, 0)
  window.told(100, 1, 41_000, 2000, 0, 100)
  window.answered(100, 1, 0)
  return window
}

test('ends by the earliest of the bounds that answers tell', () => {
  const window = learned()
  expect(window.resetIn(100)).toBe(41_000)
  for (let i = 0; i < 9; i++) window.take(200, 1)
  // 40.05 s left, told as 41: the bound of before was tighter. Then as 40, which is tighter still.
  window.told(1050, 2, 41_000, 2000, 200, 50)
  expect(window.resetIn(1050)).toBe(40_050)
  window.told(1100, 3, 39_500, 2000, 200, 50)
  expect(window.resetIn(1100)).toBe(39_500)
  for (let i = 0; i < 9; i++) window.answered(1100, 1, 200)
  expect(window.wait(1100, 1, 0)).toBe(39_500)
  expect(window.wait(40_600, 1, 0)).toBe(0)
})

test('follows a server that moves the end on', () => {
  const window = learned()
  window.take(30_000, 1)
  window.told(30_100, 2, 61_000, 2000, 30_000, 100)
  expect(window.resetIn(30_100)).toBe(60_000)
})

test('a token answered when the window may have been over, or not at all, is charged to the next as well', () => {
  const window = learned()
  // Over between 39,000 and 41,100.
  window.take(38_000, 1)
  window.take(38_000, 1)
  window.take(38_000, 1)
  window.answered(38_500, 1, 38_000)
  window.answered(40_000, 1, 38_000)
  window.roll(41_100, 1)
  expect(window.used).toBe(2)
  // Never sent after all.
  window.refund(1, 38_000)
  expect(window.used).toBe(1)
})

test("raises its count to the server's, and never lowers it", () => {
  const window = learned()
  window.told(200, 7, undefined, 0, 150, 50)
  expect(window.used).toBe(7)
  window.told(300, 3, undefined, 0, 150, 150)
  expect(window.used).toBe(7)
})

test('with nothing known and nothing under way it waits one length, not for ever', () => {
  const window = new EpochWindow('w', 2, 1000, 0, -Infinity)
  window.take(0, 2)
  expect(window.wait(10, 1, 2)).toBe(Infinity)
  expect(window.wait(20, 1, 0)).toBe(1000)
  expect(window.wait(1020, 1, 0)).toBe(0)
})

test('lets through what costs more than the limit once it is empty', () => {
  const window = new EpochWindow('w', 2, 1000, 0, -Infinity)
  expect(window.wait(0, 5, 0)).toBe(0)
})
