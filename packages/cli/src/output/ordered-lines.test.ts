import { expect, test } from 'vitest'
import type { LineSink } from './line-sink.ts'
import { OrderedLines } from './ordered-lines.ts'

function collector(): LineSink & { lines: string[] } {
  const lines: string[] = []
  return { lines, write: (line) => void lines.push(line), ready: () => undefined, close: () => Promise.resolve() }
}

test('lines come out in the order of their indices, and gaps that are known are passed over', () => {
  const sink = collector()
  const ordered = new OrderedLines(sink, 10)
  ordered.write(2, 'c')
  ordered.write(1, undefined)
  expect(sink.lines).toEqual([])
  ordered.write(0, 'a')
  expect(sink.lines).toEqual(['a', 'c'])
})

test('whoever is too far ahead waits for the one that is missing', async () => {
  const ordered = new OrderedLines(collector(), 2)
  expect(ordered.room(1)).toBeUndefined()
  let entered = false
  const waiting = ordered.room(2)!.then(() => (entered = true))
  ordered.write(1, 'b')
  await Promise.resolve()
  expect(entered).toBe(false)
  ordered.write(0, 'a')
  await waiting
  expect(entered).toBe(true)
})

test('at the end nothing is held back, whatever is missing', () => {
  const sink = collector()
  const ordered = new OrderedLines(sink, 10)
  ordered.write(3, 'd')
  ordered.write(1, 'b')
  ordered.flush()
  expect(sink.lines).toEqual(['b', 'd'])
})
