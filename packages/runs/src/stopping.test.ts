import { delay } from '@sluice/core'
import { expect, test } from 'vitest'
import { makeSink, readLines } from '../test/folder.ts'
import { Run, run, type StopReason } from './index.ts'

const keys = Array.from({ length: 50 }, (_, i) => `k${i}`)

test('a drain lets what is in flight end, and begins nothing new', async () => {
  const sink = makeSink()
  let begun = 0
  const told: [StopReason, number][] = []
  const job: Run<string, string> = new Run({
    items: keys,
    sink,
    concurrency: 4,
    onStop: (reason, inFlight) => told.push([reason, inFlight]),
    task: async (key: string) => {
      if (++begun === 4) setTimeout(() => job.stop({ kind: 'signal' }))
      await delay(30)
      return key
    },
  })
  const summary = await job.start()
  expect(summary).toMatchObject({ ok: 4, complete: false, stopped: { kind: 'signal' }, session: { cancelled: 0 } })
  expect(told).toEqual([[{ kind: 'signal' }, 4]])
  expect([begun, readLines(sink).length]).toEqual([4, 4])
})

test('an abort gives up what is in flight, and it is done again', async () => {
  const sink = makeSink()
  const task = async (key: string, { signal }: { signal: AbortSignal }): Promise<string> => {
    await delay(key === 'k0' ? 0 : 10_000, { signal })
    return key
  }
  const job: Run<string, string> = new Run({
    items: keys.slice(0, 5),
    sink,
    task,
    onOutcome: () => ({ kind: 'enough', now: true }),
  })
  expect(await job.start()).toMatchObject({ ok: 1, session: { cancelled: 4 }, stopped: { kind: 'enough' } })
  expect(await run({ items: keys.slice(0, 5), sink, task: async (key: string) => key })).toMatchObject({ ok: 5 })
  expect(readLines(sink)).toHaveLength(5)
})

test('a signal aborts, and run() throws its reason', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  const promise = run({
    items: keys,
    signal: controller.signal,
    task: async (_: string, { signal }) => {
      setTimeout(() => controller.abort(reason))
      await delay(10_000, { signal })
    },
  })
  await expect(promise).rejects.toBe(reason)
  await expect(run({ items: keys, signal: AbortSignal.abort(reason), task: async () => {} })).rejects.toBe(reason)
})

test('a deadline ends the run', async () => {
  const summary = await run({
    items: keys,
    deadline: performance.now() + 50,
    task: async (_: string, { signal }) => delay(10_000, { signal }),
  })
  expect(summary).toMatchObject({ ok: 0, complete: false, stopped: { kind: 'deadline' } })
})

test('an input that fails ends the run, and what it had brought is done', async () => {
  const sink = makeSink()
  function* broken(): Generator<string> {
    yield 'a'
    yield 'b'
    throw new Error('the pipe is broken')
  }
  await expect(run({ items: broken(), sink, task: async (key: string) => key })).rejects.toThrow('the pipe is broken')
  expect(await run({ items: ['a', 'b', 'c'], sink, task: async (key: string) => key })).toMatchObject({ ok: 3 })
  expect(readLines(sink)).toHaveLength(3)
})

test('an input that never comes is left', async () => {
  let closed = false
  const job = new Run<string, void>({
    items: {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<IteratorResult<string>>(() => {}),
        return: async () => {
          closed = true
          return { done: true, value: undefined as never }
        },
      }),
    },
    task: async () => {},
  })
  const done = job.start()
  setTimeout(() => job.stop({ kind: 'signal' }), 20)
  expect(await done).toMatchObject({ ok: 0, complete: false })
  expect(closed).toBe(true)
})

test('onOutcome that throws stops the run, and what was done is kept', async () => {
  const sink = makeSink()
  const onOutcome = (): undefined => {
    throw new Error('a bug')
  }
  await expect(run({ items: keys, sink, concurrency: 1, onOutcome, task: async (key: string) => key })).rejects.toThrow(
    'a bug',
  )
  expect(readLines(sink).length).toBeGreaterThan(0)
})

test('an output that fails stops the run, and run() throws the error', async () => {
  const taken: string[] = []
  const sink = {
    write: async (outcomes: readonly { key: string }[]) => {
      if (taken.length >= 10) throw new Error('no room')
      taken.push(...outcomes.map(({ key }) => key))
    },
  }
  const task = async (key: string): Promise<string> => (await delay(30), key)
  await expect(run({ items: keys, sink, concurrency: 10, task })).rejects.toThrow('no room')
})
