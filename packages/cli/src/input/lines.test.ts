import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLines, type Line } from './lines.ts'

const bytesOf = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function linesOf(bytes: Uint8Array, size = 7, max?: number): Promise<Line[]> {
  const lines: Line[] = []
  for await (const some of readLines(chunked(bytes, size), 'in.txt', max)) lines.push(...some)
  return lines
}

const good = (lines: readonly Line[]): (string | undefined)[] => lines.map(({ text, problem }) => problem ?? text)

test('lines end with LF or CRLF, the last one with nothing', async () => {
  expect(good(await linesOf(bytesOf('one\r\ntwo\n\nfour')))).toEqual(['one', 'two', '', 'four'])
  expect(await linesOf(bytesOf(''))).toEqual([])
  expect(good(await linesOf(bytesOf('a\n')))).toEqual(['a'])
})

test('a byte order mark is dropped, however small the chunks are', async () => {
  for (const size of [1, 2, 3, 4, 100])
    expect(good(await linesOf(bytesOf([0xef, 0xbb, 0xbf], 'x\ny'), size))).toEqual(['x', 'y'])
})

test('UTF-16 is refused with what to do about it, with a mark or without', async () => {
  for (const head of [
    [0xff, 0xfe, 0x61, 0],
    [0xfe, 0xff, 0, 0x61],
    [0x61, 0, 0x62, 0],
  ]) {
    await expect(linesOf(bytesOf(head))).rejects.toThrow('in.txt is UTF-16, and not UTF-8: convert it first')
  }
})

test('a line is there as soon as its end is, however short', async () => {
  async function* typed(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('a\n')
    await new Promise(() => {})
  }
  expect((await readLines(typed(), 'stdin').next()).value).toMatchObject([{ text: 'a' }])
})

test('a line that is not UTF-8 is named by its number, and harms no other', async () => {
  const lines = await linesOf(bytesOf('eins\n', [0xe4, 0x74, 0x0a], 'größer\r\n'), 5)
  expect(lines).toEqual([
    { number: 1, text: 'eins', problem: undefined },
    { number: 2, text: '', problem: 'is not UTF-8' },
    { number: 3, text: 'größer', problem: undefined },
  ])
})

test('a line that is too long is named, and the next one is whole', async () => {
  const lines = await linesOf(bytesOf('short\n', 'x'.repeat(500), '\nnext\n'), 16, 100)
  expect(good(lines)).toEqual(['short', 'is longer than 16 MiB', 'next'])
  expect(lines.map(({ number }) => number)).toEqual([1, 2, 3])
  expect(good(await linesOf(bytesOf('x'.repeat(500)), 16, 100))).toEqual(['is longer than 16 MiB'])
})

test('lines are the same however the bytes are cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' })),
      fc.integer({ min: 1, max: 50 }),
      async (texts, size) => {
        const lines = texts.map((text) => text.replaceAll(/[\r\n\0\ufeff]/g, ' '))
        const read = await linesOf(Buffer.from(lines.map((line) => `${line}\n`).join('')), size)
        expect(good(read)).toEqual(lines)
      },
    ),
    { numRuns: 200 },
  )
})
