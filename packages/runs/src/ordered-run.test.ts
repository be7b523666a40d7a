import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Run, run, type RunOptions } from './index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-ordered-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const keys = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { key: string }).key)

test.each([
  ['lets what is in flight end', false],
  ['aborts what is in flight', true],
])('lines are in the order of the items also after a stop that %s', async (_, now) => {
  const sink = join(folder, 'out.ndjson')
  let broken = true
  const options: RunOptions<number, number> = {
    items: [0, 1, 2, 3, 4, 5],
    task: async (n) => {
      if (n === 1 && broken) throw new Error('not yet')
      return n
    },
    sink,
    ordered: true,
    concurrency: 3,
    retry: { retries: 5, backoff: { base: 300, jitter: 'none' } },
  }
  const stopped = new Run({
    ...options,
    onOutcome: ({ key }) => (key === '2' ? { kind: 'enough', now } : undefined),
  })
  const first = await stopped.start()
  expect(keys(sink)).toEqual(['0'])
  // What is held back is done again, and so it is not done.
  expect(first).toMatchObject({ ok: 1, session: { ok: 1 } })
  broken = false
  // The second begins with an item that must wait.
  expect(await run(options)).toMatchObject({ ok: 6, complete: true })
  expect(keys(sink)).toEqual(['0', '1', '2', '3', '4', '5'])
})
