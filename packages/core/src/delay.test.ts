import { expect, test } from 'vitest'
import { HOUR, WatchedController, outcome } from '../test/support.ts'
import { delay } from './delay.ts'
import { VirtualClock } from './virtual-clock.ts'

test('waits as long as it is told', async () => {
  const clock = new VirtualClock({ start: 10 })
  expect(await clock.run(() => outcome(clock, delay(250, { clock })))).toEqual({ value: undefined, at: 260 })
  expect(await clock.run(() => outcome(clock, delay(2 ** 31 - 1, { clock })))).toMatchObject({ at: 260 + 2 ** 31 - 1 })
})

test('0 lets others go first', async () => {
  const clock = new VirtualClock()
  const log: string[] = []
  await clock.run(async () => {
    const waiting = delay(0, { clock }).then(() => log.push('delayed'))
    await Promise.resolve()
    log.push('other')
    await waiting
  })
  expect(log).toEqual(['other', 'delayed'])
})

test('works on the clock of the machine', async () => {
  const start = performance.now()
  await delay(5)
  expect(performance.now() - start).toBeGreaterThan(3)
})

test('law 77: an aborted signal ends it at once, with its reason, before or while it waits', async () => {
  const clock = new VirtualClock()
  const outer = new WatchedController()
  const reason = new Error('enough')
  const waiting = Array.from({ length: 10_000 }, () => outcome(clock, delay(HOUR, { clock, signal: outer.signal })))
  expect(outer.listeners).toBe(1)
  clock.setTimer(() => outer.abort(reason), 10)
  const endings = await clock.run(() => Promise.all(waiting))
  expect(endings.filter(({ error, at }) => error === reason && at === 10)).toHaveLength(10_000)
  expect(await outcome(clock, delay(5, { clock, signal: outer.signal }))).toEqual({ error: reason, at: 10 })
  expect(outer.listeners).toBe(0)
  expect(clock.pending).toBe(0)
})

test('leaves no listener behind when it simply ends', async () => {
  const clock = new VirtualClock()
  const outer = new WatchedController()
  await clock.run(() =>
    Promise.all([delay(1, { clock, signal: outer.signal }), delay(2, { clock, signal: outer.signal })]),
  )
  expect(outer.added).toBe(1)
  expect(outer.listeners).toBe(0)
})

test('wrong times are refused, as a rejection', async () => {
  const clock = new VirtualClock()
  await expect(delay(-1, { clock })).rejects.toThrow(RangeError)
  await expect(delay(NaN, { clock })).rejects.toThrow(TypeError)
  await expect(delay('5' as never, { clock })).rejects.toThrow(/ms must be milliseconds from 0 to 2147483647.*not "5"/)
  await expect(delay(2 ** 31, { clock })).rejects.toThrow(/24\.8 days/)
  await expect(delay(Infinity, { clock })).rejects.toThrow(RangeError)
  expect(clock.pending).toBe(0)
})
