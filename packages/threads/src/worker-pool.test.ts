import { AsyncLocalStorage } from 'node:async_hooks'
import { getEventListeners } from 'node:events'
import { ClosedError } from '@sluice/core'
import { VirtualClock } from '@sluice/core/testing'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { ProcessPool } from './process-pool.ts'
import { ThreadPool } from './thread-pool.ts'
import { toProcess } from './to-process.ts'
import { toThread } from './to-thread.ts'

// Starting real workers takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const WORK = new URL('../fixtures/work.js', import.meta.url)

afterAll(async () => {
  await Promise.all([ThreadPool.shared.close(), ProcessPool.shared.close()])
})

describe.each([
  { kind: 'thread', kinds: 'threads', Pool: ThreadPool, call: toThread },
  { kind: 'process', kinds: 'processes', Pool: ProcessPool, call: toProcess },
] as const)('a pool of worker $kinds', ({ kind, Pool, call }) => {
  test('calls the default export, and any other by its name', async () => {
    expect(await call(WORK, { args: [1, 2] })).toBe(3)
    expect(await call(WORK.href, { name: 'echo', args: ['by', 'URL string'] })).toEqual(['by', 'URL string'])
    expect(await call(WORK.pathname, { name: 'echo' })).toEqual([])
    expect(await call('node:path', { name: 'join', args: ['a', 'b'] })).toBe('a/b')
    expect(await call(new URL('data:text/javascript,export default async () => 5'))).toBe(5)
  })

  test('runs elsewhere', async () => {
    const there = await call<{ pid: number; threadId: number }>(WORK, { name: 'where' })
    expect(there.pid === process.pid).toBe(kind === 'thread')
    expect(there.threadId > 0).toBe(kind === 'thread')
  })

  test('copies what structured clone copies, both ways', async () => {
    const data = [
      new Map([['a', new Set([1n, undefined, null, NaN])]]),
      new Date(5),
      /x/gi,
      new Float64Array([0.5, -0]),
      { nested: [{ deep: 'ü' }] },
    ]
    expect(await call(WORK, { name: 'echo', args: data })).toEqual(data)
  })

  test('brings back an error with its name, message, stack and cause, as the built-in class it was', async () => {
    const error = await failure(call(WORK, { name: 'fail', args: ['range'] }))
    expect(error).toBeInstanceOf(RangeError)
    expect(error).toMatchObject({ name: 'RangeError', message: 'far out', cause: new TypeError('wrong type') })
    expect(error.stack).toMatch(/^RangeError: far out\n\s+at .*fail.*work\.js/)
  })

  test('brings back the name and the properties of an error class of the module', async () => {
    const error = await failure(call(WORK, { name: 'fail', args: ['custom'] }))
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'QuotaError', message: 'used up', code: 'E_QUOTA', left: 3 })
    expect(error).not.toHaveProperty('callback')
  })

  test('brings back an AggregateError, an error that is its own cause, and what is no error', async () => {
    const several = await failure(call(WORK, { name: 'fail', args: ['aggregate'] }))
    expect(several).toBeInstanceOf(AggregateError)
    expect((several as AggregateError).errors).toEqual([new RangeError('one'), 'two'])
    await expect(call(WORK, { name: 'fail', args: ['loop'] })).rejects.toMatchObject({
      cause: { cause: expect.anything() },
    })
    await expect(call(WORK, { name: 'fail', args: [{ status: 404 }] })).rejects.toEqual({ status: 404 })
  })

  test('says which exports there are when the name is wrong, and what cannot be loaded', async () => {
    await expect(call(WORK, { name: 'ad' })).rejects.toThrow(/no function called "ad"; it exports .*default.*echo/)
    await expect(call(WORK, { name: 'notAFunction' })).rejects.toThrow(TypeError)
    await expect(call(new URL('missing.js', WORK))).rejects.toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' })
  })

  test('refuses arguments and results that cannot be cloned, and keeps the worker', async () => {
    await using pool = new Pool({ size: 1 })
    const before = await pool.run<object>(WORK, { name: 'where' })
    await expect(pool.run(WORK, { name: 'echo', args: [{ deep: [() => 1] }] })).rejects.toThrow(
      /^The arguments of echo of .*work\.js cannot cross to another .*could not be cloned/,
    )
    const error = await failure(pool.run(WORK, { name: 'unclonable' }))
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toMatch(/value that unclonable returned cannot cross.*could not be cloned/)
    expect(await pool.run(WORK, { name: 'where' })).toEqual(before)
  })

  test('never runs more calls than its size, and uses its workers again', async () => {
    await using pool = new Pool({ size: 2 })
    const calls = Array.from({ length: 8 }, () => pool.run<object>(WORK, { name: 'where' }))
    expect(pool.statistics()).toEqual({
      size: 2,
      workers: 2,
      running: 2,
      waiting: 6,
      fulfilled: 0,
      rejected: 0,
      crashed: 0,
    })
    const places = await Promise.all(calls)
    expect(new Set(places.map((place) => JSON.stringify(place))).size).toBeLessThanOrEqual(2)
    expect(pool.statistics()).toMatchObject({ workers: 2, running: 0, waiting: 0, fulfilled: 8 })
  })

  test('serves first come first served', async () => {
    await using pool = new Pool({ size: 1 })
    const order: number[] = []
    await Promise.all(
      [0, 1, 2, 3, 4].map(async (index) => {
        order.push(await pool.run<number>(WORK, { name: 'later', args: [5 - index, index] }))
      }),
    )
    expect(order).toEqual([0, 1, 2, 3, 4])
  })

  test('grows and shrinks when its size is set', async () => {
    await using pool = new Pool({ size: 1 })
    const calls = [1, 2, 3].map((value) => pool.run(WORK, { name: 'later', args: [30, value] }))
    expect(pool.statistics()).toMatchObject({ running: 1, waiting: 2 })
    pool.size = 3
    expect(pool.statistics()).toMatchObject({ running: 3, waiting: 0 })
    pool.size = 1
    expect(await Promise.all(calls)).toEqual([1, 2, 3])
    await until(() => pool.statistics().workers === 1)
    expect(pool.statistics()).toMatchObject({ size: 1, running: 0, workers: 1 })
  })

  test('lets workers go that have nothing to do, and starts others when there is something', async () => {
    await using pool = new Pool({ size: 2, idleTimeout: 20 })
    await Promise.all([pool.run(WORK, { args: [1, 2] }), pool.run(WORK, { args: [1, 2] })])
    await until(() => pool.statistics().workers === 0)
    expect(await pool.run(WORK, { args: [3, 4] })).toBe(7)
    expect(pool.statistics()).toMatchObject({ crashed: 0, rejected: 0 })
  })

  test('abort terminates the worker that runs the call, before the call rejects, and the pool goes on', async () => {
    await using pool = new Pool({ size: 1 })
    const controller = new AbortController()
    const reason = new Error('enough')
    const before = await pool.run<{ pid: number; threadId: number }>(WORK, { name: 'where' })
    const endless = pool.run(WORK, { name: 'compute', args: [60_000], signal: controller.signal })
    const next = pool.run<typeof before>(WORK, { name: 'where' })
    setTimeout(() => controller.abort(reason), 30)
    await expect(endless).rejects.toBe(reason)
    expect(alive(before.pid)).toBe(kind === 'thread')
    expect(await next).not.toEqual(before)
    expect(pool.statistics()).toMatchObject({ crashed: 0, rejected: 1, fulfilled: 2 })
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })

  test('abort while the worker starts', async () => {
    await using pool = new Pool({ size: 1 })
    const controller = new AbortController()
    const aborted = pool.run(WORK, { signal: controller.signal })
    controller.abort()
    await expect(aborted).rejects.toBe(controller.signal.reason)
    expect(await pool.run(WORK, { args: [1, 1] })).toBe(2)
  })

  test('never starts a call whose signal aborts while it waits, nor one whose signal had aborted', async () => {
    await using pool = new Pool({ size: 1 })
    const controller = new AbortController()
    const first = pool.run(WORK, { name: 'later', args: [50, 'first'] })
    const waiting = pool.run(WORK, { name: 'exit', args: [9], signal: controller.signal })
    const last = pool.run(WORK, { name: 'later', args: [0, 'last'] })
    controller.abort()
    await expect(waiting).rejects.toBe(controller.signal.reason)
    await expect(pool.run(WORK, { signal: controller.signal })).rejects.toBe(controller.signal.reason)
    expect(await Promise.all([first, last])).toEqual(['first', 'last'])
  })

  test('a timeout terminates the worker and rejects with a TimeoutError that says what it was', async () => {
    await using pool = new Pool({ size: 1 })
    await pool.run(WORK, { name: 'echo' })
    await expect(pool.run(WORK, { name: 'compute', args: [60_000], timeout: 30 })).rejects.toMatchObject({
      name: 'TimeoutError',
      ms: 30,
      message: expect.stringMatching(/^compute of file:.*work\.js ran longer than its timeout of 30 ms$/),
    })
    expect(await pool.run(WORK, { args: [1, 1], timeout: 10_000 })).toBe(2)
    await expect(pool.run(WORK, { args: [1, 1], timeout: 0 })).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test('the time that a call waits for a worker does not count for its timeout', async () => {
    await using pool = new Pool({ size: 1 })
    const first = pool.run(WORK, { name: 'later', args: [400, 1] })
    const second = pool.run(WORK, { name: 'later', args: [0, 2], timeout: 300 })
    expect(await Promise.all([first, second])).toEqual([1, 2])
  })

  test('cancel ends everything, waiting or running, and the pool goes on', async () => {
    await using pool = new Pool({ size: 1 })
    const calls = [1, 2, 3].map(() => pool.run(WORK, { name: 'never' }))
    const reason = new Error('over')
    pool.cancel(reason)
    expect(await Promise.allSettled(calls)).toEqual(calls.map(() => ({ status: 'rejected', reason })))
    expect(await pool.run(WORK, { args: [1, 1] })).toBe(2)
  })

  test('close waits for what was handed in, ends the workers and refuses more', async () => {
    const pool = new Pool({ size: 1 })
    const calls = [1, 2].map((value) => pool.run(WORK, { name: 'later', args: [20, value] }))
    let closed = false
    const closing = pool.close().then(() => (closed = true))
    await expect(pool.run(WORK)).rejects.toThrow(ClosedError)
    expect(closed).toBe(false)
    expect(await Promise.all(calls)).toEqual([1, 2])
    await closing
    expect(pool.statistics()).toMatchObject({ workers: 0, running: 0, waiting: 0 })
    await pool.close()
  })

  test('a shared pool that was closed is made anew', async () => {
    const { shared } = Pool
    expect(await call(WORK, { args: [1, 1] })).toBe(2)
    expect(shared.statistics().workers).toBeGreaterThan(0)
    await shared.close()
    expect(await call(WORK, { args: [1, 1] })).toBe(2)
    expect(Pool.shared).not.toBe(shared)
  })

  test('keeps the AsyncLocalStorage of each caller', async () => {
    await using pool = new Pool({ size: 1 })
    const storage = new AsyncLocalStorage<number>()
    const seen = await Promise.all(
      [1, 2, 3].map((id) =>
        storage.run(id, async () => {
          await pool.run(WORK)
          return storage.getStore()
        }),
      ),
    )
    expect(seen).toEqual([1, 2, 3])
  })

  test('gives its workers the environment and the Node options it was told', async () => {
    await using pool = new Pool({ size: 1, env: { SLUICE_TEST: 'there' }, execArgv: ['--no-deprecation'] })
    const script =
      'data:text/javascript,export default () => [process.env.SLUICE_TEST, process.execArgv, process.env.PATH]'
    expect(await pool.run(script)).toEqual([
      'there',
      ['--no-deprecation'],
      kind === 'process' ? process.env['PATH'] : undefined,
    ])
  })
})

test('options of a pool are checked at once', () => {
  expect(() => new ThreadPool({ size: 0 })).toThrow(RangeError)
  expect(() => new ThreadPool({ size: 1.5 })).toThrow('size must be a whole number of at least 1, not 1.5')
  expect(() => new ThreadPool({ size: '4' as never })).toThrow(TypeError)
  expect(() => new ProcessPool({ idleTimeout: 2 ** 31 })).toThrow(
    /^idleTimeout must be milliseconds from 0 to 2147483647/,
  )
})

test('a timeout runs on the clock of the pool', async () => {
  const clock = new VirtualClock()
  await using pool = new ThreadPool({ size: 1, clock })
  const failed = failure(pool.run(WORK, { name: 'never', timeout: 3_600_000 }))
  await clock.advance(3_599_999)
  expect(pool.statistics().rejected).toBe(0)
  await clock.advance(1)
  expect(await failed).toMatchObject({ name: 'TimeoutError', ms: 3_600_000 })
})

test('ten thousand calls on one signal have one listener, give no warning, and all end with it', async () => {
  const warnings: Error[] = []
  const warn = (warning: Error): void => void warnings.push(warning)
  process.on('warning', warn)
  await using pool = new ThreadPool({ size: 2 })
  const controller = new AbortController()
  const calls = Array.from({ length: 10_000 }, () => pool.run(WORK, { name: 'never', signal: controller.signal }))
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
  expect(pool.statistics()).toMatchObject({ running: 2, waiting: 9998 })
  controller.abort()
  const outcomes = await Promise.allSettled(calls)
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  await new Promise(setImmediate)
  process.off('warning', warn)
  expect(warnings).toEqual([])
})

test('ten thousand calls one after another hand their signal back', async () => {
  await using pool = new ThreadPool({ size: 2 })
  const { signal } = new AbortController()
  const calls = Array.from({ length: 10_000 }, (_, index) => pool.run<number>(WORK, { args: [index, 1], signal }))
  const sum = (await Promise.all(calls)).reduce((a, b) => a + b)
  expect(sum).toBe((10_000 * 10_001) / 2)
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  expect(pool.statistics()).toMatchObject({ workers: 2, fulfilled: 10_000 })
})

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 10_000
  while (!condition() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 5))
}

async function failure(promise: Promise<unknown>): Promise<Error> {
  const [outcome] = await Promise.allSettled([promise])
  if (outcome.status === 'fulfilled') throw new Error('It should have failed')
  return outcome.reason as Error
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
