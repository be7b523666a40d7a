import { describe, expect, test } from 'vitest'
import { HOUR, WatchedController, controllersMade, deaf, outcome } from '../test/support.ts'
import type { CancelScope } from './cancel-scope.ts'
import { delay } from './delay.ts'
import { TimeoutError, flattenErrors } from './errors.ts'
import type { LimitOptions } from './limits.ts'
import { mapIterable } from './map-iterable.ts'
import { map } from './map.ts'
import { Queue } from './queue.ts'
import { retry } from './retry.ts'
import { shield } from './shield.ts'
import type { TaskContext } from './task-context.ts'
import { TaskGroup } from './task-group.ts'
import { moveOn, timeout } from './timeout.ts'
import { VirtualClock } from './virtual-clock.ts'

describe('no time at all', () => {
  test.each<[string, (options: LimitOptions, fn: () => void) => Promise<unknown>]>([
    [
      'a group',
      (options, fn) =>
        TaskGroup.run({ ...options, onError: 'abort' }, async (group) => {
          await group.createTask(fn)
        }),
    ],
    ['map', (options, fn) => map([1, 2], fn, { ...options, concurrency: 1 })],
    ['mapIterable', (options, fn) => mapIterable([1, 2], fn, options).next()],
    [
      'a queue',
      async (options, fn) => {
        const errors: unknown[] = []
        const exceptionHandler = (error: unknown) => errors.push(error)
        const queue = new Queue({ ...options, workers: 1, maxsize: 1, exceptionHandler })
        const puts = [1, 2, 3, 4].map(() => queue.put(fn))
        await Promise.all(puts)
        await queue.join()
        expect([errors.length, queue.statistics().waiting]).toEqual([4, 0])
        throw errors[0]
      },
    ],
  ])('law 66: a timeout of 0, or a deadline that has passed, starts nothing in %s', async (_, work) => {
    const clock = new VirtualClock({ start: 100 })
    const called: unknown[] = []
    for (const limit of [{ timeout: 0 }, { deadline: 100 }, { deadline: -5, retry: 2 }]) {
      const { error } = await clock.run(() =>
        outcome(
          clock,
          work({ ...limit, clock }, () => void called.push(limit)),
        ),
      )
      expect(flattenErrors(error)[0]).toMatchObject({ name: 'TimeoutError', ms: 0 })
    }
    expect([called, clock.pending]).toEqual([[], 0])
  })

  test('law 66: a task with a timeout of 0 is not called, and its retries are not either', async () => {
    const clock = new VirtualClock()
    await clock.run(async () => {
      const group = new TaskGroup({ clock })
      const task = await group.createTask(() => 'never', { timeout: 0, retry: { retries: 2, backoff: { base: 5 } } })
      await group.join()
      await expect(task.result()).rejects.toThrow(/task #0 timed out after 0 ms \(attempt 3\)/)
      expect(group.results()).toEqual([])
    })
  })
})

describe('a limit around a group', () => {
  test('law 81: cancels the group and gives one TimeoutError, no group error', async () => {
    for (const onError of ['collect', 'abort'] as const) {
      const clock = new VirtualClock()
      const ended: number[] = []
      const work = timeout(
        100,
        (scope) =>
          TaskGroup.run({ signal: scope.signal, clock, onError }, async (group) => {
            for (let i = 0; i < 5; i++) {
              await group.createTask(async (context) => {
                try {
                  await delay(HOUR, { signal: context.signal, clock })
                } finally {
                  await deaf(clock, 10 * i)
                  ended.push(i)
                }
              })
            }
          }),
        { clock },
      )
      const { error, at } = await clock.run(() => outcome(clock, work))
      expect(error).toBeInstanceOf(TimeoutError)
      expect(error).toMatchObject({ ms: 100 })
      expect((error as Error).cause).toBeUndefined()
      expect(at).toBe(140)
      expect(ended).toEqual([0, 1, 2, 3, 4])
      expect(clock.pending).toBe(0)
    }
  })

  test('law 81: moveOn around map gives the fallback', async () => {
    const clock = new VirtualClock()
    const work = moveOn(
      50,
      (scope) =>
        map([1, 2, 3], (ms, { signal }) => delay(ms * 20, { signal, clock }), {
          signal: scope.signal,
          clock,
          concurrency: 1,
        }),
      { clock, fallback: 'partial' },
    )
    expect(await clock.run(() => outcome(clock, work))).toEqual({ value: 'partial', at: 50 })
  })
})

/** What surrounds a task, on the clock of the test. */
const around = ({ signal, deadline, name, index }: TaskContext, clock: VirtualClock) => ({
  signal,
  deadline,
  name,
  index,
  clock,
})

describe('a limit inside a task', () => {
  /** Runs one task in a group that is cancelled after 10 ms, if at all. */
  const inTask = async (fn: (context: TaskContext, clock: VirtualClock) => Promise<unknown>, cancel = false) => {
    const clock = new VirtualClock()
    const reason = new Error('the user left')
    const outer = new WatchedController()
    if (cancel) clock.setTimer(() => outer.abort(reason), 10)
    const ending = await clock.run(async () => {
      await using group = new TaskGroup({ clock, signal: outer.signal, concurrency: 1 })
      const task = await group.createTask((context) => fn(context, clock), { name: 'match' })
      const result = await outcome(clock, task.result())
      await group.join().catch(() => undefined)
      return result
    })
    expect(clock.pending).toBe(0)
    expect(outer.listeners).toBe(0)
    return { ...ending, reason }
  }

  test("law 75: keeps within the task's deadline, and names the task", async () => {
    const { error } = await inTask((context, clock) =>
      timeout(100, (scope) => delay(HOUR, scope), around(context, clock)),
    )
    expect(error).toMatchObject({ message: '"match" did not end within 100 ms' })
    const clock = new VirtualClock()
    const seen: unknown[] = []
    await map(
      ['a', 'b'],
      (_, context) =>
        timeout(100, ({ index, deadline, attempt }) => seen.push({ index, deadline, attempt }), around(context, clock)),
      { clock, deadline: 40 },
    )
    expect(seen).toEqual([
      { index: 0, deadline: 40, attempt: 1 },
      { index: 1, deadline: 40, attempt: 1 },
    ])
  })

  test("law 72: the group's abort arrives with its own reason", async () => {
    let inner!: CancelScope
    const { error, reason, at } = await inTask(
      async (context, clock) => timeout(100, (scope) => delay(HOUR, (inner = scope)), around(context, clock)),
      true,
    )
    expect(error).toBe(reason)
    expect(inner.signal.reason).toBe(reason)
    expect(inner.expired).toBe(false)
    expect(at).toBe(10)
  })

  test('law 77: once the group is aborted, no limited work is started, though nobody ever read the signal', async () => {
    let started = false
    const { error, reason } = await inTask(async (context, clock) => {
      await deaf(clock, 20)
      await timeout(HOUR, () => (started = true), context)
    }, true)
    expect(error).toBe(reason)
    expect(started).toBe(false)
  })

  test('law 79: shield keeps the cleanup of a task safe from the abort of its group', async () => {
    let cleaned = -1
    const { error, reason } = await inTask(async (context, clock) => {
      try {
        await delay(HOUR, { signal: context.signal, clock })
      } finally {
        await shield((inner) => delay(30, inner), around(context, clock))
        cleaned = clock.now()
      }
    }, true)
    expect(error).toBe(reason)
    expect(cleaned).toBe(40)
  })

  test('law 109: a retry in a task ends its backoff at once when the group is aborted', async () => {
    const { error, reason, at } = await inTask(
      async (context, clock) => retry(() => Promise.reject(new Error('again')), around(context, clock)),
      true,
    )
    expect(error).toBe(reason)
    expect(at).toBe(10)
  })

  test('makes no controller unless somebody reads the signal', async () => {
    const clock = new VirtualClock()
    const made = await controllersMade(() =>
      clock.run(() => map([1, 2, 3], (_, context) => timeout(HOUR, () => deaf(clock, 10), context), { clock })),
    )
    expect(made).toBe(0)
  })
})

describe('a limit on each attempt of a group', () => {
  test("law 69: the group's own limit and one inside it: the outer one throws if it is due first", async () => {
    const clock = new VirtualClock()
    const limits = await clock.run(async () => {
      await using group = new TaskGroup({ clock, timeout: 50 })
      const errors: unknown[] = []
      for (const ms of [20, 80]) {
        const task = await group.createTask((context) =>
          timeout(ms, (scope) => delay(HOUR, scope), around(context, clock)),
        )
        errors.push(await task.result().catch((error: unknown) => error))
      }
      await group.join()
      group.exceptions()
      return errors
    })
    expect(limits).toMatchObject([
      { name: 'TimeoutError', ms: 20 },
      { name: 'TimeoutError', ms: 50 },
    ])
  })

  test('law 108: a backoff holds no slot, an attempt does', async () => {
    const clock = new VirtualClock()
    const log: string[] = []
    await clock.run(async () => {
      await using group = new TaskGroup({
        clock,
        concurrency: 1,
        retry: { backoff: { base: 100, jitter: 'none' }, clock },
      })
      for (const name of ['a', 'b', 'c']) {
        await group.createTask(async ({ attempt }) => {
          log.push(`${name}${attempt}@${clock.now()}`)
          await deaf(clock, 10)
          if (name === 'a' && attempt === 1) throw new Error('again')
        })
      }
      await group.join()
    })
    expect(log).toEqual(['a1@0', 'b1@10', 'c1@20', 'a2@110'])
  })
})
