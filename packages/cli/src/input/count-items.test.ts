import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { countInAdvance } from './count-items.ts'
import { inputSource } from './open-input.ts'

const folder = mkdtempSync(join(tmpdir(), 'sluice-count-'))
afterAll(() => rmSync(folder, { recursive: true }))

const count = (name: string, text: string): Promise<number | undefined> => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return countInAdvance({ from: inputSource(path), format: undefined })
}

test('items are counted as they will be read', async () => {
  expect(await countInAdvance({ from: ['a', 'b'], format: undefined })).toBe(2)
  expect(await count('ids.txt', '# ids\na\r\n\r\n  \n  # more\n  b # not a comment\nc')).toBe(3)
  expect(await count('empty.txt', '')).toBe(0)
  expect(await count('ids.ndjson', '{"id":1}\n"x"\n')).toBe(2)
  expect(await count('ids.csv', 'id,text\n1,"two\nlines"\n2,x\n')).toBe(2)
})

test('lines longer than what is read at once are one each', async () => {
  expect(
    await count('long.txt', `${'x'.repeat(200_000)}\n#${'y'.repeat(200_000)}\n${'z'.repeat(65_535)}\nlast\n`),
  ).toBe(3)
})

test('what cannot be counted cheaply is not', async () => {
  expect(await countInAdvance({ from: inputSource('-'), format: undefined })).toBeUndefined()
  expect(await countInAdvance({ from: inputSource(join(folder, 'none.txt')), format: undefined })).toBeUndefined()
  expect(await count('ids.txt.gz', 'a\n')).toBeUndefined()
})
