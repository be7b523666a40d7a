import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { makeFolder, makeSink, readLines } from '../test/folder.ts'
import { Run, run, type Outcome, type Sink } from './index.ts'

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i)
const task = async (n: number): Promise<number> => n

test('a packed output is one file for every reader of gzip, a member for each commit', async () => {
  const sink = makeSink('out.ndjson.gz')
  await run({ items: numbers(100), sink, task })
  await run({ items: numbers(200), sink, task })
  expect(readLines(sink)).toHaveLength(200)
  const bytes = readFileSync(sink)
  const members = bytes.filter((byte, i) => byte === 0x1f && bytes[i + 1] === 0x8b && bytes[i + 2] === 8).length
  expect(members).toBeGreaterThanOrEqual(2)
  expect(gunzipSync(bytes).toString().endsWith('}\n')).toBe(true)
})

test('a stream gets lines, and a slow reader makes the run wait', async () => {
  const sink = new PassThrough({ highWaterMark: 1 })
  const waits: boolean[] = []
  let begun = 0
  const job = new Run({
    items: numbers(20_000),
    sink,
    task: async (n: number) => (begun++, n),
    onEvent: (event) => {
      if (event.type === 'runOutput') waits.push(event.waiting)
    },
  })
  const done = job.start()
  await once(sink, 'readable')
  await vi.waitFor(() => expect(waits).toEqual([true]), { timeout: 20_000 })
  expect(begun).toBeLessThan(5000)
  let text = ''
  sink.setEncoding('utf8').on('data', (piece: string) => (text += piece))
  expect(await done).toMatchObject({ ok: 20_000, complete: true })
  expect(text.trimEnd().split('\n')).toHaveLength(20_000)
})

test.each([1, 1 << 20])(
  'a stream that is closed in the middle, with room for %i bytes, ends the run',
  async (highWaterMark) => {
    const sink = new PassThrough({ highWaterMark })
    const closing = async (n: number): Promise<number> => {
      if (n === 3) sink.destroy()
      return n
    }
    await expect(run({ items: numbers(10), task: closing, sink, concurrency: 1 })).rejects.toThrow(
      'the stream was closed',
    )
  },
)

test('the response of a server is a stream', async () => {
  const server = createServer((_, response) => {
    void run({ items: numbers(3), task, sink: response }).then(() => response.end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const text = await (await fetch(`http://127.0.0.1:${port}`)).text()
  server.close()
  expect(text.split('\n').filter((line) => line.includes('"data":'))).toHaveLength(3)
})

test("a sink of one's own gets outcomes before they are done, and each only once if it can be cut", async () => {
  const kept: string[] = []
  const calls: string[] = []
  const sink: Sink<number, number> = {
    open: ({ position }) => {
      calls.push(`open ${position}`)
      return Math.min(position ?? 0, kept.length)
    },
    cut: (position) => {
      calls.push(`cut ${position}`)
      kept.length = position
    },
    write: async (outcomes: readonly Outcome<number, number>[]) => outcomes.map(({ key }) => kept.push(key)),
    sync: async () => void calls.push('sync'),
    close: () => void calls.push('close'),
  }
  const store = makeFolder()
  await run({ items: [1, 2, 3], sink, store, task })
  // Somebody was killed after writing, and the end of it was lost.
  kept.push('torn')
  await run({ items: [1, 2, 3], sink, store, task })
  expect(kept).toEqual(['1', '2', '3'])
  kept.length = 1
  await run({ items: [1, 2, 3, 4], sink, store, task })
  expect(kept.sort()).toEqual(['1', '2', '3', '4'])
  expect(calls.slice(0, 2)).toEqual(['open undefined', 'cut 0'])
  expect(calls.filter((call) => call.startsWith('open'))).toEqual(['open undefined', 'open 3', 'open 3'])
  expect(calls.filter((call) => call.startsWith('cut'))).toEqual(['cut 0', 'cut 3', 'cut 1'])
  expect(calls.filter((call) => call === 'close')).toHaveLength(3)
})

test('a line of one’s own, or none', async () => {
  const sink = makeSink()
  await run({
    items: numbers(10),
    sink,
    task,
    ordered: true,
    line: (outcome) => (outcome.index % 2 === 0 ? `"${outcome.key}"` : undefined),
  })
  expect(readFileSync(sink, 'utf8')).toBe('"0"\n"2"\n"4"\n"6"\n"8"\n')
  expect(await run({ items: numbers(10), sink, task })).toMatchObject({ session: { ok: 0 } })
  const { failed } = await run({ items: [1], sink: makeSink(), task, line: () => 'two\nlines' })
  expect(failed).toBe(1)
})

test('secrets leave what is written and stored of errors', async () => {
  const sink = makeSink()
  await run({
    items: ['a'],
    sink,
    task: () => {
      throw new Error('key s3cret is wrong')
    },
    redact: (text) => text.replaceAll('s3cret', 'REDACTED'),
  })
  expect(readLines(sink)[0]!.error!.message).toBe('key REDACTED is wrong')
  expect(readFileSync(`${sink}.sluice/store.sqlite`).includes('s3cret')).toBe(false)
})
