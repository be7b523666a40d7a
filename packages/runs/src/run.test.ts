import { expect, test } from 'vitest'
import { makeSink, readLines } from '../test/folder.ts'
import { Run, run, type RunContext } from './index.ts'

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i)
const keysOf = (sink: string): string[] =>
  readLines(sink)
    .map(({ key }) => key)
    .sort()

test('every item is done once, and a second call finds nothing to do', async () => {
  const sink = makeSink()
  const items = numbers(3000)
  let calls = 0
  const options = { items, sink, task: async (n: number) => (calls++, n * 2) }
  expect(await run(options)).toMatchObject({ items: 3000, ok: 3000, failed: 0, complete: true, session: { ok: 3000 } })
  expect(keysOf(sink)).toEqual(items.map(String).sort())
  expect(await run(options)).toMatchObject({ items: 3000, ok: 3000, complete: true, session: { ok: 0 } })
  expect([calls, readLines(sink).length]).toEqual([3000, 3000])
})

test('a run that was stopped goes on where it was, from a sync or an async input', async () => {
  const sink = makeSink()
  async function* items(): AsyncGenerator<string> {
    for (let i = 0; i < 2500; i++) yield `k${i}`
  }
  const task = async (key: string): Promise<string> => key
  let done = 0
  const first = await new Run({
    items: items(),
    sink,
    task,
    onOutcome: () => (++done === 700 ? { kind: 'enough' } : undefined),
  }).start()
  expect(first).toMatchObject({ complete: false, stopped: { kind: 'enough' } })
  expect(first.ok).toBeGreaterThanOrEqual(700)
  const second = await run({ items: [...numbers(2500)].map((n) => `k${n}`), sink, task })
  expect(second.session.ok).toBe(2500 - first.ok)
  expect(new Set(keysOf(sink)).size).toBe(2500)
  expect(readLines(sink)).toHaveLength(2500)
})

test('tasks add items, deduplicated, and these are part of the run after it was stopped too', async () => {
  const sink = makeSink()
  const seen: number[] = []
  const task = async (n: number, { add }: RunContext<number>): Promise<number> => {
    seen.push(n)
    for (const child of [n * 2, n * 2 + 1]) if (child < 500) add(child)
    return n
  }
  const stopped = await new Run({
    items: [1],
    sink,
    task,
    concurrency: 5,
    onOutcome: () => (seen.length > 100 ? { kind: 'enough' } : undefined),
  }).start()
  expect(stopped.complete).toBe(false)
  const summary = await run({ items: [1], sink, task, concurrency: 5 })
  expect(summary).toMatchObject({ items: 499, ok: 499, complete: true })
  expect(seen.sort((a, b) => a - b)).toEqual(numbers(500).slice(1))
})

test('what an attempt that fails has added is forgotten', async () => {
  const seen: string[] = []
  const { ok, failed, session } = await run({
    items: ['flaky', 'hopeless'],
    retry: { retries: 1, backoff: { base: 1 } },
    task: async (key: string, { add, attempt }: RunContext<string>) => {
      seen.push(key)
      if (key === 'child') return
      add(key === 'flaky' && attempt === 2 ? 'child' : `lost-${attempt}`)
      if (key === 'hopeless' || attempt === 1) throw new Error('no')
    },
  })
  expect([ok, failed, session.added]).toEqual([2, 1, 1])
  expect(seen.sort()).toEqual(['child', 'flaky', 'flaky', 'hopeless', 'hopeless'])
})

test('what has a higher priority is taken first', async () => {
  const order: string[] = []
  await run({
    items: ['root', 'plain'],
    concurrency: 1,
    task: async (key: string, { add }: RunContext<string>) => {
      order.push(key)
      if (key !== 'root') return
      add('low', { priority: -1 })
      add('high', { priority: 2 })
      add('higher', { priority: 3 })
    },
  })
  expect(order).toEqual(['root', 'plain', 'higher', 'high', 'low'])
})

test('an item that one session had in its input and a task adds in the next is done', async () => {
  const sink = makeSink()
  const task = async (key: string, { add }: RunContext<string>): Promise<void> => {
    if (key === 'parent') add('child')
  }
  const first = new Run({ items: ['a', 'child'], sink, task, concurrency: 1, onOutcome: () => ({ kind: 'enough' }) })
  expect(await first.start()).toMatchObject({ ok: 1 })
  expect(await run({ items: ['a', 'parent'], sink, task })).toMatchObject({ ok: 3, items: 3, complete: true })
  expect(keysOf(sink)).toEqual(['a', 'child', 'parent'])
})

test('lines come in the order of the items where that is asked for', async () => {
  const sink = makeSink()
  const options = {
    items: numbers(400),
    sink,
    ordered: true,
    concurrency: 20,
    task: async (n: number) => {
      await new Promise((resolve) => setTimeout(resolve, (n * 7) % 5))
      return n
    },
  }
  let done = 0
  await new Run({ ...options, onOutcome: () => (++done === 150 ? { kind: 'enough', now: true } : undefined) }).start()
  expect(readLines(sink).length).toBeLessThan(400)
  await run(options)
  expect(readLines(sink).map(({ data }) => data)).toEqual(numbers(400))
})

test('a failure is a line of its own, and is tried again only when that is asked for', async () => {
  for (const name of ['out.ndjson', 'out.ndjson.gz']) {
    const sink = makeSink(name)
    let broken = true
    const options = {
      items: numbers(30),
      sink,
      task: async (n: number) => {
        if (broken && n % 3 === 0) throw new RangeError(`${n} is bad`)
        return n
      },
    }
    expect(await run(options)).toMatchObject({ ok: 20, failed: 10, complete: true })
    expect(readLines(sink).find(({ key }) => key === '3')?.error).toEqual({ name: 'RangeError', message: '3 is bad' })
    broken = false
    expect(await run(options)).toMatchObject({ failed: 10, session: { ok: 0 } })
    expect(await run({ ...options, retryFailed: true })).toMatchObject({ ok: 30, failed: 0, session: { ok: 10 } })
    expect(keysOf(sink)).toEqual(numbers(30).map(String).sort())
    // And once more, since the lines have new numbers now.
    expect(await run({ ...options, items: numbers(31), retryFailed: true })).toMatchObject({ ok: 31 })
  }
})

test('fresh starts over', async () => {
  const sink = makeSink()
  const task = async (n: number): Promise<number> => n
  await run({ items: [1, 2, 3], sink, task })
  expect(await run({ items: [4], sink, task, fresh: true })).toMatchObject({ ok: 1, items: 1 })
  expect(keysOf(sink)).toEqual(['4'])
})

test('bad items are told and left out', async () => {
  const told: string[] = []
  const { ok, session } = await run({
    items: [{ id: 1 }, {}, { id: 2 }, { id: true }] as { id: number }[],
    task: async () => {},
    onBadItem: ({ place, problem }) => told.push(`${place}: ${problem}`),
  })
  expect([ok, session.bad]).toEqual([2, 2])
  expect(told[0]).toMatch(/^item 2: an item that is no string or number needs a field key or id/)
})

test('a value that is bytes is written as it is, and parts can be selected', async () => {
  const sink = makeSink()
  await run({ items: ['a'], sink, task: () => Buffer.from('{"big":12345678901234567890}') })
  expect(readLines(sink)).toHaveLength(1)
  const { readFileSync } = await import('node:fs')
  expect(readFileSync(sink, 'utf8')).toMatch(/"data":\{"big":12345678901234567890\}\}\n$/)
  const second = makeSink()
  await run({ items: ['a'], sink: second, select: 'b.c', task: () => ({ a: 1, b: { c: 2, d: 3 } }) })
  expect(readLines(second)[0]!.data).toEqual({ b: { c: 2 } })
})

test('a value that cannot be written is the failure of its item alone', async () => {
  const sink = makeSink()
  const { ok, failed } = await run({ items: [1, 2], sink, task: (n: number) => (n === 1 ? 1n : n) })
  expect([ok, failed]).toEqual([1, 1])
  expect(readLines(sink).find(({ key }) => key === '1')?.error?.message).toMatch(/BigInt/)
})

test('wrong options are refused at once', async () => {
  const task = async (): Promise<void> => {}
  expect(() => new Run({ items: 7 as never, task })).toThrow('items must be an iterable or async iterable, not 7')
  expect(() => new Run({ items: [], task: 7 as never })).toThrow(TypeError)
  expect(() => new Run({ items: [], task, durability: 'none' as never })).toThrow(TypeError)
  expect(() => new Run({ items: [], task, concurrency: 0 })).toThrow(RangeError)
  await expect(run({ items: [], task, sink: 7 as never })).rejects.toThrow('sink must be')
  const once = new Run({ items: [], task })
  await once.start()
  await expect(once.start()).rejects.toThrow('start() was called before')
})
