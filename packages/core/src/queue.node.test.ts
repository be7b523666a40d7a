import { AsyncLocalStorage } from 'node:async_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { Queue } from './queue.ts'
import { VirtualClock } from './virtual-clock.ts'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('headline E: each task, and each retry of it, runs in the async context of its own put, wherever it had to wait', async () => {
  const storage = new AsyncLocalStorage<string>()
  const clock = new VirtualClock()
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.setTimer(resolve, ms))
  const seen: string[] = []
  const queue = new Queue({ workers: 1, maxsize: 1, clock, retry: { retries: 1, backoff: { base: 5 } } })
  await clock.run(async () => {
    const puts: Promise<void>[] = []
    // One runs at once, one waits in the queue, two wait in put, one waits for its delay.
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      const options = id === 'e' ? { delay: 3 } : {}
      const work = async ({ attempt }: { attempt: number }) => {
        seen.push(`${id}${attempt} ${storage.getStore()}`)
        await sleep(1)
        seen.push(`${id}${attempt} ${storage.getStore()}`)
        if (attempt === 1) throw new Error('again')
      }
      puts.push(storage.run(id, () => queue.put(work, options)))
    }
    await storage.run('who joins', () => queue.join())
    await Promise.all(puts)
  })
  expect(seen).toHaveLength(20)
  for (const line of seen) expect(line.endsWith(line[0]!)).toBe(true)
})

test('law 23: a queue that lives on keeps neither finished tasks, nor their functions, nor their errors', async () => {
  const queue = new Queue({ workers: 2, maxsize: 2, exceptionHandler: () => {} })
  const refs: WeakRef<object>[] = []
  const tracked = <O extends object>(object: O): O => {
    refs.push(new WeakRef(object))
    return object
  }
  const round = async () => {
    for (let i = 0; i < 20; i++) {
      const big = tracked({ i })
      await queue.put(
        tracked(async ({ signal }: { signal: AbortSignal }) => {
          await turn()
          if (i % 3 === 0) throw tracked(new Error(`failed ${signal.aborted} ${big.i}`))
          return tracked({ value: i })
        }),
      )
    }
    await queue.join()
  }
  await round()
  await turn()
  gc()
  expect(refs.filter((ref) => ref.deref() !== undefined)).toEqual([])
  expect(queue.statistics()).toMatchObject({ fulfilled: 13, rejected: 7 })
})

test('law 23: tasks that return nothing run in flat memory', { timeout: 60_000 }, async () => {
  const queue = new Queue({ workers: 20 })
  const run = async (n: number) => {
    for (let i = 0; i < n; i++) await queue.put(async () => {})
    await turn()
    gc()
    return process.memoryUsage().heapUsed
  }
  const before = await run(10_000)
  const after = await run(300_000)
  expect(after - before).toBeLessThan(1_000_000)
})

test('an idle queue keeps no timer and no handle', async () => {
  const before = process.getActiveResourcesInfo().toSorted()
  const queue = new Queue({ workers: 2, timeout: 60_000, signal: new AbortController().signal })
  await queue.put(() => 1)
  await queue.put(() => 2, { delay: 1 })
  expect(await queue.join()).toEqual([1, 2])
  await turn()
  expect(process.getActiveResourcesInfo().toSorted()).toEqual(before)
})

test('law 41: whatever nobody awaits, no rejection is left unhandled', async () => {
  const unhandled: unknown[] = []
  const note = (error: unknown) => void unhandled.push(error)
  process.on('unhandledRejection', note)
  const queue = new Queue({ workers: 1, maxsize: 1, exceptionHandler: () => {} })
  void queue.put(() => Promise.reject(new Error('first')))
  for (let i = 0; i < 5; i++) void queue.put(() => turn())
  void queue.put(() => 1, { delay: 60_000 })
  await turn()
  queue.cancel()
  void queue.put(() => 1)
  await queue.join()
  await turn()
  await turn()
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})
