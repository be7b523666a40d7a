import { AsyncLocalStorage, createHook } from 'node:async_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { delay } from './delay.ts'
import { map } from './map.ts'
import { TaskGroup } from './task-group.ts'
import { VirtualClock } from './virtual-clock.ts'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Objects that are watched, and how many of them are still alive after a collection. */
function watch() {
  const refs: WeakRef<object>[] = []
  return {
    track: <O extends object>(object: O): O => {
      refs.push(new WeakRef(object))
      return object
    },
    alive: async (): Promise<number> => {
      for (let i = 0; i < 10 && refs.some((ref) => ref.deref() !== undefined); i++) {
        await turn()
        gc()
      }
      return refs.filter((ref) => ref.deref() !== undefined).length
    },
  }
}

test('law 23: while a group is open, finished tasks, their functions, contexts and values can be collected', async () => {
  const { track, alive } = watch()
  await TaskGroup.run({ concurrency: 4, collectResults: false }, async (group) => {
    const fill = async () => {
      for (let i = 0; i < 100; i++) {
        track(
          await group.createTask(
            track(async (context) => {
              track(context.signal)
              await turn()
              if (i % 10 === 0) throw track(new Error('failed'))
              return track({ i })
            }),
          ),
        )
      }
      while (group.statistics().running > 0) await turn()
    }
    await fill()
    // The reason of the first failure nobody read is kept as text only.
    expect(await alive()).toBe(0)
    expect(group.statistics()).toMatchObject({ created: 100, running: 0, fulfilled: 90, rejected: 10 })
  })
})

test('law 23: with collectResults a group keeps the values and the errors, and nothing else of a task', async () => {
  const kept = watch()
  const gone = watch()
  const group = new TaskGroup<object>({ concurrency: 4 })
  const fill = async () => {
    for (let i = 0; i < 40; i++) {
      gone.track(
        await group.createTask(
          gone.track(async ({ signal }) => {
            gone.track(signal)
            await turn()
            // No Error: the frames of its stack would hold the function.
            if (i % 2 === 0) throw kept.track({ failed: i })
            return kept.track({ i })
          }),
        ),
      )
    }
    await group.join()
    expect(group.exceptions()).toHaveLength(20)
  }
  await fill()
  expect(await gone.alive()).toBe(0)
  expect(await kept.alive()).toBe(40)
  expect([group.results().length, group.exceptions().length]).toEqual([20, 20])
})

test('law 23: a handle that is kept holds its value, and no longer its function', async () => {
  const { track, alive } = watch()
  const group = new TaskGroup<string>()
  const submit = () => group.createTask(track(async () => 'value'))
  const task = await submit()
  await group.join()
  expect(await alive()).toBe(0)
  expect(await task.result()).toBe('value')
})

test('law 24: after its end a group, though it is kept, holds no error and no task', async () => {
  const { track, alive } = watch()
  const outer = new AbortController()
  const options = { onError: 'abort', collectResults: false, signal: outer.signal } as const
  const groups: TaskGroup<unknown>[] = []
  const fail = async () => {
    const viaBody = TaskGroup.run(options, async (group) => {
      groups.push(group)
      track(await group.createTask(track(({ signal }) => delay(60_000, { signal }))))
      throw track(new Error('the body'))
    })
    const joined = new TaskGroup<unknown>(options)
    groups.push(joined)
    track(await joined.createTask(track(({ signal }) => delay(60_000, { signal }))))
    track(await joined.createTask(track(() => Promise.reject(track(new Error('a task'))))))
    for (const end of [viaBody, joined.join()]) {
      track(
        await end.then(
          () => ({}),
          (error: Error) => error,
        ),
      )
    }
  }
  await fail()
  expect(await alive()).toBe(0)
  for (const group of groups) expect(group.statistics().running).toBe(0)
})

test('law 41: no rejection is left unhandled, whoever fails and whatever nobody reads', async () => {
  const unhandled: unknown[] = []
  const note = (error: unknown) => void unhandled.push(error)
  process.on('unhandledRejection', note)
  const outer = new AbortController()
  const group = new TaskGroup<unknown>({ concurrency: 1, collectResults: false, signal: outer.signal })
  const first = await group.createTask(() => Promise.reject(new Error('failed')))
  void group.createTask(() => {
    throw new Error('thrown')
  })
  void group.createTask(({ signal }) => delay(60_000, { signal }))
  void group.createTask(() => 'waits')
  void first.result()
  await turn()
  await turn()
  outer.abort(new Error('enough'))
  void group.createTask(() => 'refused')
  await group.join().catch(() => {})
  await turn()
  await turn()
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

test('headline E: at concurrency 1 each of four tasks, and each retry of it, sees the context of its submitter', async () => {
  const storage = new AsyncLocalStorage<string>()
  const clock = new VirtualClock()
  const seen: string[] = []
  await clock.run(() =>
    TaskGroup.run({ concurrency: 1, clock, retry: { retries: 2, backoff: { base: 7 } } }, async (group) => {
      const submit = (name: string) =>
        storage.run(name, async () => {
          await group.createTask(async ({ attempt, signal }) => {
            seen.push(`${name} ${storage.getStore()}`)
            await delay(5, { signal, clock })
            seen.push(`${name} ${storage.getStore()}`)
            if (attempt < 3) throw new Error('again')
          })
          seen.push(`${name} ${storage.getStore()}`)
        })
      await Promise.all(['a', 'b', 'c', 'd'].map(submit))
      await storage.run('who joins', () => group.join())
    }),
  )
  expect(seen).toHaveLength(4 * (3 * 2 + 1))
  for (const line of seen) expect(line[0]).toBe(line[2])
})

test('a task costs few promises: 2 in map, 4 in createTask', async () => {
  let made = 0
  const hook = createHook({
    init: (_, type) => {
      if (type === 'PROMISE') made++
    },
  })
  /** Promises for each task more. */
  const perTask = async (run: (n: number) => Promise<unknown>) => {
    const counts: number[] = []
    for (const n of [1000, 1000, 3000]) {
      const before = made
      await run(n)
      counts.push(made - before)
    }
    return (counts[2]! - counts[1]!) / 2000
  }
  hook.enable()
  try {
    const body = async () => {}
    const perItem = await perTask((n) => map(Array.from({ length: n }), body, { concurrency: 100 }))
    const perCreated = await perTask((n) =>
      TaskGroup.run({ concurrency: 100 }, async (group) => {
        for (let i = 0; i < n; i++) await group.createTask(body)
      }),
    )
    expect(perItem).toBeGreaterThan(0)
    expect(perItem).toBeLessThanOrEqual(2)
    expect(perCreated).toBeGreaterThan(0)
    expect(perCreated).toBeLessThanOrEqual(4)
  } finally {
    hook.disable()
  }
})
