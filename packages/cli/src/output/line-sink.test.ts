import { Writable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { StreamSink } from './line-sink.ts'

/** A stream that takes a write only when it is let. */
class Slow extends Writable {
  readonly written: string[] = []
  readonly #waiting: (() => void)[] = []
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.written.push(chunk.toString())
    this.#waiting.push(done)
  }
  async let(): Promise<void> {
    this.#waiting.shift()?.()
    await turn()
  }
}
const never = (error: Error): void => {
  throw error
}

test('lines of one turn are one write', async () => {
  const stream = new Slow()
  const sink = new StreamSink(stream, { onError: never })
  sink.write('a')
  sink.write('b')
  await turn()
  expect(stream.written).toEqual(['a\nb\n'])
})

test('a stream that is slow makes its writers wait, until it has drained', async () => {
  const stream = new Slow({ highWaterMark: 10 })
  const sink = new StreamSink(stream, { onError: never })
  expect(sink.ready()).toBeUndefined()
  sink.write('x'.repeat(100))
  await turn()
  const ready = sink.ready()
  expect(ready).toBeInstanceOf(Promise)
  await stream.let()
  await ready
  expect(sink.ready()).toBeUndefined()
})

test('closing writes what is left, and waits for it', async () => {
  const stream = new Slow()
  const sink = new StreamSink(stream, { onError: never })
  sink.write('a')
  let closed = false
  const closing = sink.close().then(() => (closed = true))
  await turn()
  expect([stream.written, closed]).toEqual([['a\n'], false])
  await stream.let()
  await stream.let()
  await closing
  expect(stream.writableEnded).toBe(false)
})

test('a stream that fails is told once, wakes who waits, and takes nothing more', async () => {
  const errors: Error[] = []
  const stream = new Slow({ highWaterMark: 1 })
  const sink = new StreamSink(stream, { onError: (error) => errors.push(error) })
  sink.write('a')
  await turn()
  const ready = sink.ready()
  stream.destroy(new Error('gone'))
  await ready
  sink.write('b')
  await turn()
  await sink.close()
  expect(errors.map(({ message }) => message)).toEqual(['gone'])
  expect(stream.written).toEqual(['a\n'])
})
