import { expect, test } from 'vitest'
import { makeSink, readLines } from '../test/folder.ts'
import { Run, run, type RunOptions } from './index.ts'

type Found = { items: number; done: number; failed: number; fresh: number | undefined; gone: number }
const names = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `item-${from + i}`)

/** Runs, and answers what was found at the start. */
async function findings(
  sink: string,
  items: RunOptions<string, string>['items'],
  calls?: string[],
): Promise<Found | undefined> {
  let found: Found | undefined
  await run({
    items,
    sink,
    task: async (key: string) => (calls?.push(key), key),
    onEvent: (event) => {
      if (event.type !== 'runFound') return
      const { items: all, done, failed, fresh, gone } = event
      found = { items: all, done, failed, fresh, gone }
    },
  })
  return found
}

test('a resumed run tells what is new and what is gone, wherever it stands', async () => {
  const sink = makeSink()
  expect(await findings(sink, names(0, 3500))).toBeUndefined()
  expect(await findings(sink, names(0, 3500))).toEqual({ items: 3500, done: 3500, failed: 0, fresh: 0, gone: 0 })
  const calls: string[] = []
  const changed = [...names(9000, 9003), ...names(17, 2000), 'middle', ...names(2000, 3500)]
  expect(await findings(sink, changed, calls)).toEqual({ items: 3487, done: 3483, failed: 0, fresh: 4, gone: 17 })
  expect(calls.sort()).toEqual(['item-9000', 'item-9001', 'item-9002', 'middle'])
  // In the opposite order, and what was gone is back.
  expect(await findings(sink, [...names(0, 3500)].reverse(), calls)).toEqual({
    items: 3500,
    done: 3500,
    failed: 0,
    fresh: 0,
    gone: 4,
  })
  expect(calls).toHaveLength(4)
  expect(readLines(sink)).toHaveLength(3504)
})

test('keys that come twice are done once, in one session and over several', async () => {
  const sink = makeSink()
  const calls: string[] = []
  const items = [...names(0, 1500), ...names(0, 1500), 'x', 'x']
  await findings(sink, items, calls)
  expect(calls).toHaveLength(1501)
  expect(await findings(sink, items, calls)).toEqual({ items: 1501, done: 1501, failed: 0, fresh: 0, gone: 0 })
  expect(calls).toHaveLength(1501)
})

test('keys of any length and with any character are told apart', async () => {
  const sink = makeSink()
  const odd = [
    '',
    ' ',
    'ä',
    '😀',
    '\0',
    '\n',
    'a\0b',
    'k'.repeat(10_000),
    `${'k'.repeat(10_000)}!`,
    '1',
    '01',
    'NULL',
    "'",
  ]
  await run({ items: odd, sink, task: async (key: string) => key.length })
  expect(
    readLines(sink)
      .map(({ key }) => key)
      .sort(),
  ).toEqual([...odd].sort())
  expect(await findings(sink, odd)).toMatchObject({ items: odd.length, done: odd.length, fresh: 0, gone: 0 })
})

test('what an item says now is what counts', async () => {
  const sink = makeSink()
  const seen: unknown[] = []
  const task = async (item: { id: number; name: string }): Promise<void> => void seen.push(item)
  const stop = new Run({
    items: [
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ],
    sink,
    task,
    concurrency: 1,
    onOutcome: () => ({ kind: 'enough' }),
  })
  await stop.start()
  await run({
    items: [
      { id: 1, name: 'A' },
      { id: 2, name: 'B' },
    ],
    sink,
    task,
  })
  expect(seen).toEqual([
    { id: 1, name: 'a' },
    { id: 2, name: 'B' },
  ])
})

test('what is gone is left alone, and done when it comes back', async () => {
  const sink = makeSink()
  const task = async (key: string): Promise<string> => key
  await new Run({ items: ['a', 'b', 'c'], sink, task, concurrency: 1, onOutcome: () => ({ kind: 'enough' }) }).start()
  await run({ items: ['a', 'c'], sink, task })
  expect(readLines(sink).map(({ key }) => key)).toEqual(['a', 'c'])
  await run({ items: ['a', 'b', 'c'], sink, task })
  expect(readLines(sink).map(({ key }) => key)).toEqual(['a', 'c', 'b'])
})

test('an endless input is read no further than the work needs', async () => {
  let pulled = 0
  function* endless(): Generator<number> {
    for (;;) yield pulled++
  }
  const job = new Run({
    items: endless(),
    sink: makeSink(),
    concurrency: 10,
    task: async (n: number) => new Promise<number>((resolve) => setTimeout(resolve, 1, n)),
    onOutcome: ({ index }) => (index > 300 ? { kind: 'enough' } : undefined),
  })
  await job.start()
  expect(pulled).toBeLessThan(15_000)
})
