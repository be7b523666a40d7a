import { TaskGroup, TimeoutError, delay, gather, timeout } from '@sluice/core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ThreadPool } from './thread-pool.ts'
import { toThread } from './to-thread.ts'

// Starting real workers takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

// Calls in threads are tasks like any other: their signal is the group's.

const WORK = new URL('../fixtures/work.js', import.meta.url)
beforeAll(() => {
  ThreadPool.shared.size = 2
})
afterAll(() => ThreadPool.shared.close())

test('a group collects what its calls return, under its own limit', async () => {
  const results = await TaskGroup.run({ concurrency: 2 }, async (group: TaskGroup<number>) => {
    for (let i = 0; i < 6; i++) {
      await group.createTask(({ signal }) => toThread<number>(WORK, { args: [i, 1], signal }))
      expect(ThreadPool.shared.statistics().waiting).toBe(0)
    }
    await group.join()
    return group.results()
  })
  expect(results).toEqual([1, 2, 3, 4, 5, 6])
})

test('the first failure ends the calls that run and those that wait, and the threads are free again', async () => {
  const start = performance.now()
  const failing = TaskGroup.run({ onError: 'abort' }, async (group) => {
    for (let i = 0; i < 4; i++) {
      await group.createTask(({ signal }) => toThread(WORK, { name: 'compute', args: [60_000], signal }))
    }
    await group.createTask(async () => {
      await delay(50)
      throw new RangeError('one is enough')
    })
  })
  await expect(failing).rejects.toMatchObject({ errors: [new RangeError('one is enough')] })
  expect(ThreadPool.shared.statistics()).toMatchObject({ running: 0, waiting: 0 })
  expect(performance.now() - start).toBeLessThan(30_000)
  expect(await toThread(WORK, { args: [1, 1] })).toBe(2)
})

test('an error of a thread is an error of its task', async () => {
  const [failed, crashed, fine] = await gather(
    [
      ({ signal }) => toThread(WORK, { name: 'fail', args: ['range'], signal }),
      ({ signal }) => toThread(WORK, { name: 'exit', args: [1], signal }),
      ({ signal }) => toThread<number>(WORK, { args: [1, 2], signal }),
    ],
    { returnExceptions: true },
  )
  expect(failed).toMatchObject({ status: 'rejected', reason: { name: 'RangeError', message: 'far out' } })
  expect(crashed).toMatchObject({ status: 'rejected', reason: { name: 'WorkerCrashedError' } })
  expect(fine).toEqual({ status: 'fulfilled', value: 3 })
})

test('a timeout around a call terminates its thread', async () => {
  const endless = timeout(50, ({ signal }) => toThread(WORK, { name: 'compute', args: [60_000], signal }))
  await expect(endless).rejects.toThrow(TimeoutError)
  expect(ThreadPool.shared.statistics().running).toBe(0)
})
