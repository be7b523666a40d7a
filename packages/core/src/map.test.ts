import { describe, expect, expectTypeOf, test } from 'vitest'
import { HOUR, WatchedController, controllersMade, deaf, outcome } from '../test/support.ts'
import { AdaptiveLimit } from './adaptive-limit.ts'
import { delay } from './delay.ts'
import { TimeoutError } from './errors.ts'
import { forEach } from './for-each.ts'
import type { LimitOptions } from './limits.ts'
import { mapIterable } from './map-iterable.ts'
import { map } from './map.ts'
import type { PermitSource } from './permit.ts'
import { Semaphore } from './semaphore.ts'
import type { TaskContext } from './task-context.ts'
import { VirtualClock } from './virtual-clock.ts'

const A = new Error('a')
const B = new Error('b')

async function* later<T>(clock: VirtualClock, ms: number, items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) {
    await deaf(clock, ms)
    yield item
  }
}

/** An async iterator that is no generator, and breaks if it is asked twice at once, or again after its end. */
function single<T>(items: T[]): AsyncIterable<T> {
  let asked = false
  let over = false
  let at = 0
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        expect([asked, over]).toEqual([false, false])
        asked = true
        await Promise.resolve()
        asked = false
        over = at === items.length
        return at < items.length ? { done: false, value: items[at++]! } : { done: true, value: undefined }
      },
    }),
  }
}

describe.each([
  ['plain', {}],
  ['through a group', { retry: 0 }],
])('map, %s', (_, rich) => {
  const range = Array.from({ length: 50 }, (__, i) => i)

  test('values in the order of the items, never more at once than allowed', async () => {
    const clock = new VirtualClock()
    for (const items of [range, new Set(range), later(clock, 1, range), single(range)]) {
      let running = 0
      let most = 0
      const values = await clock.run(() =>
        map(
          items,
          async (i, { index }) => {
            expect(index).toBe(i)
            most = Math.max(most, ++running)
            await deaf(clock, (i * 7) % 11)
            running--
            return `${i}`
          },
          { concurrency: 4, clock, ...rich },
        ),
      )
      expectTypeOf(values).toEqualTypeOf<string[]>()
      expect(values).toEqual(range.map(String))
      expect(most).toBe(4)
    }
    expect(clock.pending).toBe(0)
  })

  test('an async source is pulled only when there is room', async () => {
    const clock = new VirtualClock()
    let pulled = 0
    let ended = 0
    async function* source(): AsyncGenerator<number> {
      for (; pulled < 20;) yield pulled++
    }
    await clock.run(() =>
      forEach(
        source(),
        async () => {
          await deaf(clock, 1)
          // A group is handed an item and told to wait with it, so it has one in hand.
          expect(pulled - ended).toBeLessThanOrEqual(_ === 'plain' ? 3 : 4)
          ended++
        },
        { concurrency: 3, clock, ...rich },
      ),
    )
    expect(ended).toBe(20)
  })

  test('laws 3 and 12: a failure aborts the others, waits, closes the source, and throws all errors', async () => {
    const clock = new VirtualClock()
    const log: string[] = []
    function* source(): Generator<number> {
      try {
        for (let i = 0; ; i++) yield i
      } finally {
        log.push('closed')
      }
    }
    const run = map(
      source(),
      async (i, { signal }) => {
        if (i === 2) {
          await deaf(clock, 5)
          throw A
        }
        await delay(HOUR, { signal, clock }).catch(async (reason: unknown) => {
          await deaf(clock, i + 1)
          log.push(`${i} ${clock.now()}`)
          throw i === 1 ? B : reason
        })
      },
      { concurrency: 3, clock, ...rich },
    )
    const { error, at } = await clock.run(() => outcome(clock, run))
    expect(error).toMatchObject({ errors: [A, B], cause: A, message: 'map failed with 2 errors: Error: a' })
    expect([at, log]).toEqual([7, ['0 6', '1 7', 'closed']])
  })

  test('an abort from outside comes out as its own reason, also while the source never answers', async () => {
    const never = new Promise<never>(() => {})
    async function* silent(): AsyncGenerator<number> {
      yield await never
    }
    const next = () => never
    for (const items of [
      [1, 2, 3],
      silent(),
      { [Symbol.asyncIterator]: () => ({ next }) },
      { [Symbol.asyncIterator]: () => ({ next, return: () => Promise.reject(new Error('cannot be closed now')) }) },
    ]) {
      const clock = new VirtualClock()
      const outer = new WatchedController()
      clock.setTimer(() => outer.abort('stop'), 5)
      const run = map(items, (__, { signal }) => delay(HOUR, { signal, clock }), {
        signal: outer.signal,
        clock,
        ...rich,
      })
      expect(await clock.run(() => outcome(clock, run))).toEqual({ error: 'stop', at: 5 })
      expect(outer.listeners).toBe(0)
    }
  })

  test('law 61: an item that comes after the abort is not begun', async () => {
    const clock = new VirtualClock()
    const outer = new AbortController()
    const begun: number[] = []
    clock.setTimer(() => outer.abort('stop'), 15)
    const run = map(later(clock, 10, [1, 2]), (n) => begun.push(n), { signal: outer.signal, clock, ...rich })
    expect(await clock.run(() => outcome(clock, run))).toEqual({ error: 'stop', at: 15 })
    await clock.advance(HOUR)
    expect(begun).toEqual([1])
  })

  test('law 23: an item that has ended is let go: the abort reaches only those that run', async () => {
    const clock = new VirtualClock()
    const works = [
      map,
      (...args: Parameters<typeof mapIterable<number, void>>) => {
        const stream = mapIterable(...args)
        return stream.next().then(() => stream.next())
      },
    ]
    for (const work of works) {
      const outer = new AbortController()
      clock.setTimer(() => outer.abort('stop'), 5)
      const signals: AbortSignal[] = []
      const fn = async (n: number, { signal }: TaskContext): Promise<void> => {
        signals.push(signal)
        if (n === 2) await delay(HOUR, { signal, clock })
      }
      await clock.run(() => outcome(clock, work([1, 2], fn, { signal: outer.signal, clock, ...rich })))
      expect(signals.map(({ aborted }) => aborted)).toEqual([false, true])
    }
  })

  test('a deadline ends it with a TimeoutError, and leaves no timer', async () => {
    const clock = new VirtualClock()
    const { error, at } = await clock.run(() =>
      outcome(
        clock,
        map([1, 2], (__, { signal, deadline }) => (expect(deadline).toBe(30), delay(HOUR, { signal, clock })), {
          deadline: 30,
          clock,
          ...rich,
        }),
      ),
    )
    expect([error, at, clock.pending]).toEqual([expect.any(TimeoutError), 30, 0])
  })

  test('a source that throws is an error like any other', async () => {
    const clock = new VirtualClock()
    for (const items of [
      (function* () {
        yield 1
        throw A
      })(),
      (async function* () {
        yield 1
        throw A
      })(),
    ]) {
      const { error } = await clock.run(() =>
        outcome(
          clock,
          map(items, (__, { signal }) => delay(HOUR, { signal, clock }), { clock, ...rich }),
        ),
      )
      expect(error).toMatchObject({ errors: [A] })
    }
  })

  test('Infinity runs all at once; an empty source ends at once', async () => {
    const clock = new VirtualClock()
    for (const items of [range, later(clock, 0, range)]) {
      const start = clock.now()
      await clock.run(() => forEach(items, () => deaf(clock, 10), { concurrency: Infinity, clock, ...rich }))
      expect(clock.now() - start).toBe(10)
    }
    expect(await map([], () => 1, rich)).toEqual([])
  })
})

describe('mapIterable', () => {
  test('yields in order, each as soon as it and all before it are there, with bounded look-ahead', async () => {
    const clock = new VirtualClock()
    const seen: [number, number][] = []
    let started = 0
    await clock.run(async () => {
      for await (const ms of mapIterable([30, 10, 20, 5, 40, 1], async (ms) => (started++, await deaf(clock, ms), ms), {
        concurrency: 2,
        buffer: 1,
        clock,
      })) {
        seen.push([ms, clock.now()])
        expect(started - seen.length).toBeLessThanOrEqual(3)
      }
    })
    expect(seen).toEqual([
      [30, 30],
      [10, 30],
      [20, 30],
      [5, 35],
      [40, 70],
      [1, 70],
    ])
  })

  test('a loop that is left is told when the source cannot be closed, as for await tells it, but of no failed item', async () => {
    const closing = (error?: Error) =>
      (function* () {
        try {
          for (let n = 0; ; n++) yield n
        } finally {
          // oxlint-disable-next-line no-unsafe-finally -- a source that fails in its clean-up
          if (error !== undefined) throw error
        }
      })()
    const leave = async (error?: Error) => {
      const work = async (n: number) => {
        if (n > 0) throw B
        return n
      }
      for await (const value of mapIterable(closing(error), work, { concurrency: 2 })) return value
      return 'empty'
    }
    await expect(leave(A)).rejects.toBe(A)
    expect(await leave()).toBe(0)
  })

  test.each([
    ['plain', {}],
    ['through a group', { retry: 0 }],
  ])('law 61: what the source yields while it aborts the work is not begun, %s', async (_, rich) => {
    const begun: number[] = []
    const source = function* (controller: AbortController): Generator<number> {
      yield 1
      controller.abort('enough')
      yield 2
    }
    const works = [
      (options: LimitOptions, items: Iterable<number>) => map(items, (n) => begun.push(n), options),
      (options: LimitOptions, items: Iterable<number>) => mapIterable(items, (n) => begun.push(n), options).next(),
    ]
    for (const work of works) {
      const controller = new AbortController()
      await work({ signal: controller.signal, ...rich }, source(controller)).catch(() => {})
    }
    expect(begun).toEqual([1, 1])
  })

  test('what was ready before a failure is yielded before it is thrown', async () => {
    const clock = new VirtualClock()
    const seen: number[] = []
    const run = clock.run(async () => {
      for await (const value of mapIterable(
        [1, 2, 3, 4],
        (n) => (n === 3 ? deaf(clock, 5).then(() => Promise.reject(A)) : n),
        { clock },
      )) {
        seen.push(value)
        await deaf(clock, 10)
      }
    })
    await expect(run).rejects.toMatchObject({ errors: [A] })
    expect(seen).toEqual([1, 2])
  })

  test.each<[string, (clock: VirtualClock) => PermitSource]>([
    [
      'a semaphore that is closed at first',
      (clock) => {
        const slots = new Semaphore(0)
        clock.setTimer(() => (slots.limit = 2), 10)
        return slots
      },
    ],
    [
      'an adaptive limit that is paused at first',
      (clock) => {
        const limit = new AdaptiveLimit({ clock })
        limit.pause(10)
        return limit
      },
    ],
  ])('%s holds it up, and no longer', async (_, make) => {
    const clock = new VirtualClock()
    const values = await clock.run(async () => {
      const seen: number[] = []
      for await (const n of mapIterable([1, 2, 3], (n) => n, { concurrency: make(clock), buffer: 0, clock })) {
        seen.push(n, clock.now())
      }
      return seen
    })
    expect(values).toEqual([1, 10, 2, 10, 3, 10])
  })

  test('10,000 items out of order by thousands arrive in order', async () => {
    const clock = new VirtualClock()
    let next = 0
    await clock.run(async () => {
      const stream = mapIterable(
        {
          *[Symbol.iterator]() {
            for (let i = 0; i < 10_000; i++) yield i
          },
        },
        async (i) => {
          await deaf(clock, (i * 7919) % 5000)
          return i
        },
        { concurrency: 3000, clock },
      )
      for await (const value of stream) expect(value).toBe(next++)
    })
    expect(next).toBe(10_000)
  })
})

test('no AbortController is made unless somebody reads a signal', async () => {
  const made = await controllersMade(async () => {
    await map([1, 2, 3], async (n) => n, { signal: new WatchedController().signal })
    for await (const _ of mapIterable([1, 2, 3], async (n) => n));
  })
  // The WatchedController itself extends the class that was there before.
  expect(made).toBe(0)
})
