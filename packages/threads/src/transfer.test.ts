import { MessageChannel } from 'node:worker_threads'
import { afterAll, expect, test, vi } from 'vitest'
import { ProcessPool } from './process-pool.ts'
import { ThreadPool } from './thread-pool.ts'
import { transfer } from './transfer.ts'

// Starting real workers takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const WORK = new URL('../fixtures/work.js', import.meta.url)
const pool = new ThreadPool({ size: 1 })
afterAll(() => pool.close())

test('arguments are copied, or moved when they are listed', async () => {
  const buffer = new ArrayBuffer(1024)
  await pool.run(WORK, { name: 'fill', args: [buffer, 5] })
  expect(new Uint8Array(buffer)[0]).toBe(0)
  const filled = await pool.run<Uint8Array>(WORK, { name: 'fill', args: [buffer, 5], transfer: [buffer] })
  expect(buffer.byteLength).toBe(0)
  expect(filled).toEqual(new Uint8Array(1024).fill(5))
})

test('shared memory stays shared', async () => {
  const shared = new SharedArrayBuffer(4)
  await pool.run(WORK, { name: 'fill', args: [shared, 9] })
  expect([...new Uint8Array(shared)]).toEqual([9, 9, 9, 9])
})

test('a port can be moved', async () => {
  const { port1, port2 } = new MessageChannel()
  const heard = new Promise((resolve) => port1.once('message', resolve))
  await pool.run('data:text/javascript,export default (port) => { port.postMessage("hello") }', {
    args: [port2],
    transfer: [port2],
  })
  expect(await heard).toBe('hello')
  port1.close()
})

test('a result that the worker transfers is moved, not copied', async () => {
  expect(await pool.run<Uint8Array>(WORK, { name: 'moved', args: [1024] })).toEqual(new Uint8Array(1024).fill(7))
  expect(await pool.run(WORK, { name: 'keptLength' })).toBe(0)
})

test('transfer makes what the worker looks for, and a process copies instead', async () => {
  const bytes = new Uint8Array([1, 2])
  expect(transfer(bytes, [bytes.buffer])).toEqual({
    value: bytes,
    [Symbol.for('@sluice/threads.transfer')]: [bytes.buffer],
  })
  await using processes = new ProcessPool({ size: 1 })
  expect(await processes.run<Uint8Array>(WORK, { name: 'moved', args: [4] })).toEqual(new Uint8Array(4).fill(7))
  expect(await processes.run(WORK, { name: 'keptLength' })).toBe(4)
})

test('what cannot be moved is refused, and the worker stays', async () => {
  const before = await pool.run<object>(WORK, { name: 'where' })
  const buffer = new ArrayBuffer(8)
  await expect(pool.run(WORK, { args: [1], transfer: [buffer, buffer] })).rejects.toThrow(TypeError)
  await expect(pool.run(WORK, { args: [1], transfer: [{} as never] })).rejects.toThrow(
    /arguments of default of .* cannot cross/,
  )
  expect(await pool.run(WORK, { name: 'where' })).toEqual(before)
})
