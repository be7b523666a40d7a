import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { countInAdvance } from './count-items.ts'
import { formatByName } from './input-format.ts'
import { inputSource } from './open-input.ts'
import { readItems, type ItemsInput } from './read-items.ts'

const folder = mkdtempSync(join(tmpdir(), 'sluice-input-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Uint8Array): ItemsInput {
  writeFileSync(join(folder, name), content)
  return { from: inputSource(join(folder, name)), format: undefined }
}

async function read(input: ItemsInput, stdin = ''): Promise<unknown[]> {
  const items: unknown[] = []
  for await (const entry of readItems(input, () => Readable.from([Buffer.from(stdin)]))) {
    items.push('problem' in entry ? `${entry.place} ${entry.problem}` : [entry.index, entry.text ?? entry.fields])
  }
  return items
}

test('the ending tells the format, .gz aside', () => {
  const endings = ['a.csv', 'a.CSV.gz', 'a.tsv', 'a.ndjson', 'a.jsonl.gz', 'a.json', 'a.txt', 'a', 'a.gz', '-']
  expect(endings.map(formatByName)).toEqual([
    'csv',
    'csv',
    'tsv',
    'ndjson',
    'ndjson',
    'ndjson',
    'lines',
    undefined,
    undefined,
    undefined,
  ])
})

test('without an ending, the first item tells it', async () => {
  const stdin: ItemsInput = { from: inputSource('-'), format: undefined }
  expect(await read(stdin, '# ids\n\n{"id":1}\n{"id":2}\n')).toEqual([
    [0, { id: 1 }],
    [1, { id: 2 }],
  ])
  expect(await read(stdin, '"a"\n')).toEqual([[0, 'a']])
  expect(await read(stdin, 'a\n{b\n')).toEqual([
    [0, 'a'],
    [1, '{b'],
  ])
  expect(await read({ ...stdin, format: 'csv' }, 'id\n1\n')).toEqual([[0, '1']])
})

test('gzip is unpacked, and one that is cut short is an error', async () => {
  const packed = gzipSync('a\nb\n')
  expect(await read(file('ids.txt.gz', packed))).toEqual([
    [0, 'a'],
    [1, 'b'],
  ])
  await expect(read(file('cut.txt.gz', packed.subarray(0, 15)))).rejects.toThrow(
    /cannot read .*cut.txt.gz: it is not valid gzip/,
  )
})

test('bad entries take no index', async () => {
  expect(await read(file('ids.ndjson', '"a"\n{\n"b"'))).toEqual([
    [0, 'a'],
    'ids.ndjson:2 is not JSON: NDJSON has one value on each line (jq -c makes it)',
    [1, 'b'],
  ])
})

test('items of the command line are taken as they are', async () => {
  expect(await read({ from: ['#1', '{x}', ''], format: undefined })).toEqual([
    [0, '#1'],
    [1, '{x}'],
    [2, ''],
  ])
})

test('a file that is not there, or is a directory, is named', async () => {
  await expect(read({ from: inputSource(join(folder, 'none')), format: undefined })).rejects.toThrow(
    'there is no such file',
  )
  await expect(read({ from: inputSource(folder), format: undefined })).rejects.toThrow('it is a directory')
})

test('items are counted in advance where nobody else loses them', async () => {
  expect(await countInAdvance(file('count.csv', 'id\n1\n"2\n2"\n# no\n3,4\n'))).toBe(2)
  expect(await countInAdvance({ from: ['a', 'b'], format: undefined })).toBe(2)
  expect(await countInAdvance({ from: inputSource('-'), format: undefined })).toBeUndefined()
  expect(await countInAdvance({ from: inputSource(join(folder, 'none')), format: undefined })).toBeUndefined()
})
