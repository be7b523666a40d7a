import { describe, expect, expectTypeOf, test, vi } from 'vitest'
import { HOUR, WatchedController, deaf, outcome } from '../test/support.ts'
import { asCompleted } from './as-completed.ts'
import { delay } from './delay.ts'
import { TimeoutError } from './errors.ts'
import { TaskGroup } from './task-group.ts'
import { VirtualClock } from './virtual-clock.ts'

const A = new Error('a')
const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const one of source) all.push(one)
  return all
}

describe('asCompleted over items', () => {
  test('law 55: yields in completion order', async () => {
    const clock = new VirtualClock()
    const all = await clock.run(() => collect(asCompleted([30, 10, 20], (ms) => deaf(clock, ms).then(() => `${ms}`))))
    expect(all).toEqual([
      { index: 1, input: 10, value: '10' },
      { index: 2, input: 20, value: '20' },
      { index: 0, input: 30, value: '30' },
    ])
    expectTypeOf(all).toEqualTypeOf<{ index: number; input: number; value: string }[]>()
    // Which of the two kinds comes out must be known to the compiler.
    // @ts-expect-error -- true or false
    void asCompleted([1], (n) => n, { returnExceptions: Boolean(all.length) })
  })

  test('law 59: leaving the loop aborts what runs, waits for it, and closes the source', async () => {
    const clock = new VirtualClock()
    const log: string[] = []
    function* source(): Generator<number> {
      try {
        for (let i = 0; ; i++) yield i
      } finally {
        log.push(`closed ${clock.now()}`)
      }
    }
    await clock.run(async () => {
      const stream = asCompleted(
        source(),
        async (i, { signal }) => {
          await delay(i === 0 ? 10 : HOUR, { signal, clock }).catch(() => deaf(clock, 7))
          log.push(`${i} ${clock.now()}`)
          return i
        },
        { concurrency: 3, clock },
      )
      for await (const { input } of stream) if (input === 0) break
      log.push(`left ${clock.now()}`)
    })
    // Item 3 had taken the slot of item 0.
    expect(log).toEqual(['0 10', '1 17', '2 17', '3 17', 'closed 17', 'left 17'])
  })

  test('law 60: several consumers lose nothing and are served first come, first served', async () => {
    const clock = new VirtualClock()
    await clock.run(async () => {
      const stream = asCompleted([3, 1, 2], (ms) => deaf(clock, ms), { concurrency: 3, clock })
      const got = await Promise.all([stream.next(), stream.next(), stream.next(), stream.next()])
      expect(got.map((step) => step.value?.input)).toEqual([1, 2, 3, undefined])
      expect(got[3]).toEqual({ done: true, value: undefined })
    })
  })

  test('after it was left, nothing more comes, not even what was ready', async () => {
    const stream = asCompleted([1, 2, 3], (n) => n)
    await stream.next()
    expect(await stream.return?.()).toEqual({ done: true, value: undefined })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  test('law 61: after break nothing new is started', async () => {
    const clock = new VirtualClock()
    const started: number[] = []
    await clock.run(async () => {
      for await (const _ of asCompleted([0, 1, 2, 3, 4, 5], (i) => (started.push(i), deaf(clock, 1)), {
        concurrency: 2,
        clock,
      }))
        break
      await deaf(clock, 100)
    })
    expect(started.length).toBeLessThanOrEqual(3)
  })

  test.each([
    ['plain', {}],
    ['through a group', { retry: 0 }],
  ])('law 62: a slow consumer bounds the number of undelivered results, %s', async (__, rich) => {
    const clock = new VirtualClock()
    let started = 0
    let most = 0
    await clock.run(async () => {
      let delivered = 0
      for await (const _ of asCompleted(
        {
          *[Symbol.iterator]() {
            for (;;) yield 0
          },
        },
        () => (started++, deaf(clock, 1)),
        { concurrency: 4, buffer: 3, clock, ...rich },
      )) {
        delivered++
        await deaf(clock, 50)
        most = Math.max(most, started - delivered)
        if (delivered === 20) break
      }
    })
    expect(most).toBe(7)
  })

  test('nothing starts before the first value is asked for', async () => {
    const fn = vi.fn()
    const stream = asCompleted([1, 2], fn)
    await Promise.resolve()
    expect(fn).not.toHaveBeenCalled()
    await stream.return!()
    expect(fn).not.toHaveBeenCalled()
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  test('a failure is thrown after what completed before it; with returnExceptions it is yielded', async () => {
    const clock = new VirtualClock()
    const work = (ms: number, { signal }: { signal: AbortSignal }): Promise<number> =>
      delay(ms, { signal, clock }).then(() => (ms === 20 ? Promise.reject(A) : ms))
    const seen: number[] = []
    const run = clock.run(async () => {
      for await (const { value } of asCompleted([10, 20, HOUR], work, { clock })) {
        seen.push(value)
        await deaf(clock, 50)
      }
    })
    await expect(run).rejects.toMatchObject({ errors: [A], cause: A })
    expect(seen).toEqual([10])
    const all = await clock.run(() => collect(asCompleted([10, 20, 30], work, { clock, returnExceptions: true })))
    expect(all.map((one) => (one.status === 'fulfilled' ? one.value : one.reason))).toEqual([10, A, 30])
  })

  test('rate, retry and timeout go through a group, and backpressure holds', async () => {
    const clock = new VirtualClock()
    const seen = await clock.run(() =>
      collect(
        asCompleted(
          [1, 2, 3, 4],
          async (n, { attempt }) => {
            if (n === 2 && attempt === 1) throw A
            return [n, clock.now()]
          },
          { rate: '2/s', retry: { retries: 1, backoff: { base: 10, jitter: 'none' } }, clock },
        ),
      ),
    )
    expect(seen.map(({ value }) => value)).toEqual([
      [1, 0],
      [2, 1000],
      [3, 1000],
      [4, 2000],
    ])
    expect(clock.pending).toBe(0)
  })
})

describe('asCompleted over tasks', () => {
  test('law 56: yields the very handles that were passed in', async () => {
    const clock = new VirtualClock()
    await clock.run(async () => {
      await TaskGroup.run({ clock }, async (group: TaskGroup<number>) => {
        const tasks = [await group.createTask(() => deaf(clock, 20).then(() => 1)), await group.createTask(() => 2)]
        const foreign = deaf(clock, 10).then(() => 'promise')
        const seen = await collect(asCompleted([...tasks, foreign]))
        expect(seen.map(({ input }) => input)).toEqual([tasks[1], foreign, tasks[0]])
        expect(seen.map(({ value }) => value)).toEqual([2, 'promise', 1])
      })
    })
  })

  test('law 57: the timeout is thrown once, then the end; what is not ours goes on', async () => {
    const clock = new VirtualClock()
    await clock.run(async () => {
      const slow = deaf(clock, 100).then(() => 'slow')
      const stream = asCompleted([slow, deaf(clock, 10)], { timeout: 50, clock })
      expect((await stream.next()).value).toMatchObject({ index: 1 })
      const { error, at } = await outcome(clock, stream.next())
      expect([error, at]).toEqual([expect.any(TimeoutError), 50])
      expect(await stream.next()).toEqual({ done: true, value: undefined })
      expect(await slow).toBe('slow')
    })
  })

  test('what is done already is yielded, even if there is no time', async () => {
    const clock = new VirtualClock()
    const stream = asCompleted([Promise.resolve(1), deaf(clock, HOUR)], { timeout: 0, clock })
    expect((await stream.next()).value).toMatchObject({ index: 0, value: 1 })
    await clock.advance(5)
    const { error } = await clock.run(() => outcome(clock, stream.next()))
    expect(error).toBeInstanceOf(TimeoutError)
  })

  test('law 57: own work is aborted by its deadline', async () => {
    const clock = new VirtualClock()
    let told: unknown
    const run = clock.run(() =>
      collect(
        asCompleted(
          [1],
          (_, { signal }) =>
            delay(HOUR, { signal, clock }).catch((reason: unknown) => {
              told = reason
              throw reason
            }),
          { deadline: 20, clock },
        ),
      ),
    )
    await expect(run).rejects.toThrow(TimeoutError)
    expect(told).toBeInstanceOf(TimeoutError)
  })

  test('law 58: an unused timeout is cleared, and no listener stays', async () => {
    const clock = new VirtualClock()
    const outer = new WatchedController()
    await clock.run(() => collect(asCompleted([deaf(clock, 1)], { timeout: HOUR, clock, signal: outer.signal })))
    expect([clock.pending, clock.now(), outer.listeners]).toEqual([0, 1, 0])
  })

  test('functions are refused with an explanation', () => {
    expect(() => asCompleted([() => 1] as never)).toThrow(
      /number 0 is function .* asCompleted\(fns, \(fn, context\) => fn\(context\)\)/,
    )
    expect(() => asCompleted(5 as never, () => 1)).toThrow(/asCompleted needs an iterable .* not 5/)
  })
})
