import { describe, expect, test, vi } from 'vitest'
import { Queue, Semaphore, TaskGroup, map, mapIterable, type Permit, type PermitSource } from './index.ts'

/** A source that hands out `good` permits, and has failed ever after. */
function failing(good: number, how: 'acquire rejects' | 'acquire throws' | 'tryAcquire throws'): PermitSource {
  const slots = new Semaphore(good)
  let left = good
  const broken = new Error('the lease is gone')
  return {
    limit: good,
    tryAcquire(): Permit | undefined {
      if (left-- > 0) return slots.tryAcquire()
      if (how === 'tryAcquire throws') throw broken
      return undefined
    },
    acquire(): Promise<Permit> {
      if (how === 'acquire throws') throw broken
      return Promise.reject(broken)
    },
  }
}

describe.each(['acquire rejects', 'acquire throws', 'tryAcquire throws'] as const)('a source whose %s', (how) => {
  test('fails the tasks of a group that wait for it, and no others', async () => {
    const group = new TaskGroup<number>({ concurrency: failing(2, how) })
    const submitted = [0, 1, 2, 3].map((n) => group.createTask(async () => n))
    const accepted = await Promise.allSettled(submitted)
    expect(accepted.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
    await group.join()
    expect(group.results()).toEqual([0, 1])
    expect(group.exceptions()).toEqual([new Error('the lease is gone'), new Error('the lease is gone')])
    expect(group.statistics()).toMatchObject({ waiting: 0, running: 0, rejected: 2 })
  })

  test('ends map and mapIterable with its error', async () => {
    const work = map([1, 2, 3], async (n) => n, { concurrency: failing(1, how) })
    await expect(work).rejects.toMatchObject({ cause: new Error('the lease is gone') })
    const seen: number[] = []
    const stream = async (): Promise<void> => {
      for await (const n of mapIterable([1, 2, 3], async (item) => item, { concurrency: failing(1, how) })) seen.push(n)
    }
    await expect(stream()).rejects.toMatchObject({ cause: new Error('the lease is gone') })
  })

  test('is told to the exception handler of a queue', async () => {
    const exceptionHandler = vi.fn()
    const queue = new Queue<number>({ workers: failing(1, how), exceptionHandler })
    await queue.put(async () => 1)
    await queue.put(async () => 2)
    expect(await queue.join()).toEqual([1])
    expect(exceptionHandler).toHaveBeenCalledOnce()
  })
})
