import { delay } from '@sluice/core'
import { VirtualClock } from '@sluice/core/testing'
import { expect, test } from 'vitest'
import { merge, type Lane } from './merge.ts'

/** Yields its name every so many ms, and notes how it ended. */
function lane(clock: VirtualClock, name: string, ms: number, count: number, ended: string[]): Lane<string> {
  return async function* (signal) {
    try {
      for (let i = 0; i < count; i++) {
        await delay(ms, { signal, clock })
        yield `${name}${i}`
      }
      ended.push(`${name} done`)
    } catch (error) {
      ended.push(`${name} ${(error as Error).name}`)
      throw error
    }
  }
}

async function collect(items: AsyncIterable<string>, into: string[] = []): Promise<string[]> {
  for await (const item of items) into.push(item)
  return into
}

test('what comes first is first, and none waits for another', async () => {
  const clock = new VirtualClock()
  const ended: string[] = []
  const lanes = [lane(clock, 'a', 10, 3, ended), lane(clock, 'b', 25, 2, ended)]
  expect(await clock.run(() => collect(merge(lanes, undefined)))).toEqual(['a0', 'a1', 'b0', 'a2', 'b1'])
  expect(ended).toEqual(['a done', 'b done'])
  expect(clock.now()).toBe(50)
})

test('an error ends the others at once, though they wait, and is told after what came before it', async () => {
  const clock = new VirtualClock()
  const ended: string[] = []
  const broken: Lane<string> = async function* (signal) {
    await delay(15, { signal, clock })
    if (clock.now() === 15) throw new RangeError('broken')
    yield 'never'
  }
  const seen: string[] = []
  const lanes = [lane(clock, 'a', 10, 3, ended), lane(clock, 'b', 100_000, 2, ended), broken]
  await clock.run(async () => {
    await expect(collect(merge(lanes, undefined), seen)).rejects.toThrow(RangeError)
  })
  expect(seen).toEqual(['a0'])
  expect(ended.sort()).toEqual(['a AbortError', 'b AbortError'])
  expect(clock.now()).toBe(15)
  expect(clock.pending).toBe(0)
})

test('leaving the loop ends all of them, and so does an abort from outside, with its reason', async () => {
  const clock = new VirtualClock()
  const ended: string[] = []
  const lanes = [lane(clock, 'a', 10, 9, ended), lane(clock, 'b', 100_000, 2, ended)]
  await clock.run(async () => {
    for await (const _ of merge(lanes, undefined)) break
    expect(ended.sort()).toEqual(['a AbortError', 'b AbortError'])
    const controller = new AbortController()
    const reason = new Error('enough')
    clock.setTimer(() => controller.abort(reason), 35)
    await expect(collect(merge(lanes, controller.signal))).rejects.toBe(reason)
    await expect(collect(merge(lanes, controller.signal))).rejects.toBe(reason)
  })
  expect(clock.now()).toBe(45)
  expect(clock.pending).toBe(0)
})
