import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { columnsOf, rowOf } from './output-rows.ts'

test('objects become columns down to a depth, lists and what is deeper are JSON', () => {
  const line = { key: 'a', data: { n: 1, list: [1, { x: 2 }], deep: { deeper: { deepest: null } } } }
  expect(Object.fromEntries(rowOf(line, 4))).toEqual({
    key: 'a',
    'data.n': 1,
    'data.list': '[1,{"x":2}]',
    'data.deep.deeper.deepest': null,
  })
  expect(Object.fromEntries(rowOf(line, 0))).toEqual({
    key: 'a',
    'data.n': 1,
    'data.list': '[1,{"x":2}]',
    'data.deep': '{"deeper":{"deepest":null}}',
  })
})

test('with too many columns less is taken apart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-'))
  try {
    const path = join(folder, 'out.ndjson')
    const ids = Array.from({ length: 600 }, (_, i) => [`id${i}`, i] as const)
    writeFileSync(path, ids.map(([id, i]) => `${JSON.stringify({ key: id, data: { by: { [id]: i } } })}\n`).join(''))
    expect(await columnsOf(path)).toEqual({ columns: ['key', 'data.by'], depth: 0 })
    writeFileSync(path, '{"key":1}\nno json\n')
    await expect(columnsOf(path)).rejects.toThrow(`${path}:2 is no JSON`)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
