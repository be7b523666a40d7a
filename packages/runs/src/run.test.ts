import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Run, run, type RunContext } from './index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-runs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const lines = (path: string): { key: string; data?: unknown }[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { key: string })

test('every item is done once, and a second call finds nothing to do', async () => {
  const sink = join(folder, 'out.ndjson')
  const items = Array.from({ length: 5000 }, (_, i) => i)
  let calls = 0
  const options = { items, sink, task: async (n: number) => (calls++, n * 2) }
  const first = await run(options)
  expect(first).toMatchObject({ items: 5000, ok: 5000, failed: 0, complete: true, session: { ok: 5000 } })
  expect(
    lines(sink)
      .map(({ key }) => key)
      .sort(),
  ).toEqual(items.map(String).sort())
  const second = await run(options)
  expect(second).toMatchObject({ items: 5000, ok: 5000, complete: true, session: { ok: 0 } })
  expect(calls).toBe(5000)
  expect(lines(sink)).toHaveLength(5000)
})

test('a run that was stopped goes on where it was', async () => {
  const sink = join(folder, 'out.ndjson')
  const items = Array.from({ length: 3000 }, (_, i) => `k${i}`)
  let done = 0
  const job = new Run({
    items,
    sink,
    task: async (key: string) => key,
    onOutcome: () => (++done === 1000 ? { kind: 'enough' } : undefined),
  })
  const first = await job.start()
  expect(first.complete).toBe(false)
  expect(first.stopped).toEqual({ kind: 'enough' })
  const second = await run({ items, sink, task: async (key: string) => key })
  expect(second.session.ok).toBe(3000 - first.ok)
  expect(new Set(lines(sink).map(({ key }) => key)).size).toBe(3000)
  expect(lines(sink)).toHaveLength(3000)
})

test('tasks add items, deduplicated', async () => {
  const sink = join(folder, 'out.ndjson')
  const seen: number[] = []
  const task = async (n: number, { add }: RunContext<number>): Promise<number> => {
    seen.push(n)
    for (const child of [n * 2, n * 2 + 1]) if (child < 500) add(child)
    return n
  }
  const summary = await run({ items: [1], sink, task, concurrency: 5 })
  expect(summary).toMatchObject({ items: 499, ok: 499, complete: true, session: { added: 498 } })
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 499 }, (_, i) => i + 1))
})
