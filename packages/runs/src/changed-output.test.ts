import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { run } from './index.ts'

let folder: string
let sink: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-changed-'))
  sink = join(folder, 'out.ndjson')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const call = (items: number[]): ReturnType<typeof run<number, number>> =>
  run({ items, sink, task: async (n: number) => n })

test.each<[string, (text: string) => string]>([
  ['lines were added', (text) => `${text}a note of my own\n`],
  ['a line was taken out of the middle', (text) => text.replace(/^.*10.*\n/, '')],
  ['a line became longer', (text) => text.replace('"ms":', '"ms": ')],
])('a file of a run that has ended is refused and left alone when %s', async (_, change) => {
  await call([10, 2, 3])
  const changed = change(readFileSync(sink, 'utf8'))
  writeFileSync(sink, changed)
  // The second try says the same.
  for (let i = 0; i < 2; i++) await expect(call([10, 2, 3, 4])).rejects.toMatchObject({ code: 'CHANGED_OUTPUT' })
  expect(readFileSync(sink, 'utf8')).toBe(changed)
})

test.each([10, 60])('what the file of an ended run has lost at its end, %i bytes, is made again', async (lost) => {
  await call([1, 2, 3])
  truncateSync(sink, statSync(sink).size - lost)
  const { session } = await call([1, 2, 3])
  expect(session.ok).toBeGreaterThan(0)
  const lines = readFileSync(sink, 'utf8').trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { key: string }).key).sort()).toEqual(['1', '2', '3'])
})

test('a file that was removed or emptied is written again', async () => {
  await call([1, 2, 3])
  truncateSync(sink)
  expect(await call([1, 2, 3])).toMatchObject({ session: { ok: 3 } })
  rmSync(sink)
  expect(await call([1, 2, 3])).toMatchObject({ session: { ok: 3 } })
})
