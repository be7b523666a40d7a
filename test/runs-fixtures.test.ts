// What every released version has left behind must go on with this one.

import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { RunReader, run } from '../packages/runs/src/index.ts'

const fixtures = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'runs')
const folder = mkdtempSync(join(tmpdir(), 'sluice-fixtures-'))
afterAll(() => rmSync(folder, { recursive: true }))

const items = Array.from({ length: 40 }, (_, i) => (i < 38 ? `item-${i}` : `${'long key '.repeat(20)}${i}`))

for (const version of readdirSync(fixtures).filter((name) => /^\d/.test(name))) {
  test(`a run that ${version} has left goes on`, async () => {
    cpSync(join(fixtures, version), join(folder, version), { recursive: true })
    const sink = join(folder, version, 'out.ndjson')
    const reader = new RunReader(`${sink}.sluice`)
    expect(reader.report()).toMatchObject({ name: 'fixture', items: 41, ok: 19, failed: 1, retrying: 1, sessions: 1 })
    expect([...reader.items('failed')]).toMatchObject([{ key: 'item-1', error: { name: 'TypeError' } }])
    reader[Symbol.dispose]()
    const attempts = new Map<string, number>()
    const summary = await run({
      items,
      sink,
      job: { made: 'by a version' },
      retry: 2,
      task: async (key: string, { attempt }) => {
        attempts.set(key, attempt)
        return { key }
      },
    })
    expect(summary).toMatchObject({ items: 41, ok: 40, failed: 1, complete: true, session: { ok: 21 } })
    // One attempt had failed before.
    expect([attempts.get('item-3'), attempts.get('added'), attempts.has('item-0')]).toEqual([2, 1, false])
    const keys = readFileSync(sink, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { key: string }).key)
    expect(keys.sort()).toEqual([...items, 'added'].sort())
  })
}
