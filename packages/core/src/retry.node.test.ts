import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { delay } from './delay.ts'
import { retry } from './retry.ts'
import { timeout } from './timeout.ts'
import { VirtualClock } from './virtual-clock.ts'

test("headline E: each attempt sees the submitter's context, also when a virtual clock fires the timers", async () => {
  const clock = new VirtualClock()
  const storage = new AsyncLocalStorage<string>()
  const seen: string[] = []
  const job = (name: string) =>
    storage.run(name, () =>
      retry(
        async (scope) => {
          seen.push(`${name} ${storage.getStore()}`)
          await delay(10, scope)
          seen.push(`${name} ${storage.getStore()}`)
          if (scope.attempt < 3) throw new Error('again')
        },
        { clock, onRetry: () => seen.push(`${name} ${storage.getStore()}`) },
      ),
    )
  await clock.run(() => Promise.all(['a', 'b', 'c', 'd'].map(job)))
  expect(seen).toHaveLength(4 * 8)
  expect(seen.filter((line) => line.split(' ')[0] !== line.split(' ')[1])).toEqual([])
})

test('code after a timeout is in the context of its caller', async () => {
  const clock = new VirtualClock()
  const storage = new AsyncLocalStorage<string>()
  const job = (name: string) =>
    storage.run(name, async () => {
      await timeout(10, (scope) => delay(50, scope), { clock }).catch(() => undefined)
      return storage.getStore()
    })
  expect(await clock.run(() => Promise.all([job('a'), job('b')]))).toEqual(['a', 'b'])
})
