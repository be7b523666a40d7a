import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { Semaphore } from './semaphore.ts'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

test('law 91: a cancelled waiter, its signal and its promise can be collected while the semaphore lives', async () => {
  const semaphore = new Semaphore(1)
  const held = semaphore.tryAcquire()!
  const alive: WeakRef<object>[] = []
  const cancelMany = async () => {
    for (let i = 0; i < 1000; i++) {
      const controller = new AbortController()
      const waiting = semaphore.acquire(controller.signal)
      alive.push(new WeakRef(controller.signal), new WeakRef(waiting))
      controller.abort({ i })
      await waiting.catch(() => {})
    }
  }
  await cancelMany()
  for (let i = 0; i < 20 && alive.some((ref) => ref.deref() !== undefined); i++) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    gc()
  }
  expect(alive.filter((ref) => ref.deref() !== undefined).length).toBeLessThanOrEqual(2)
  expect(semaphore.statistics()).toEqual({ limit: 1, held: 1, free: 0, waiting: 0 })
  held.release()
})
