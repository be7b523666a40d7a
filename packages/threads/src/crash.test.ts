import { describe, expect, test, vi } from 'vitest'
import { WorkerCrashedError } from './errors.ts'
import { ProcessPool } from './process-pool.ts'
import { ThreadPool } from './thread-pool.ts'

// Starting real workers takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

// Real threads and processes die here, in every way they know.

const WORK = new URL('../fixtures/work.js', import.meta.url)

describe.each([
  {
    kind: 'thread',
    Pool: ThreadPool,
    uncaught: (message: string) => `it did not catch RangeError: ${message}`,
    cause: (message: string) => new RangeError(message),
  },
  {
    kind: 'process',
    Pool: ProcessPool,
    // Its error stands on its stderr.
    uncaught: () => 'it exited with code 1',
    cause: () => undefined,
  },
])('a $kind that dies', ({ kind, Pool, uncaught, cause }) => {
  test.each([0, 3])('by process.exit(%i) rejects its own call with the code, and the pool goes on', async (code) => {
    await using pool = new Pool({ size: 1 })
    const dying = pool.run(WORK, { name: 'exit', args: [code] })
    const others = [1, 2, 3].map((value) => pool.run(WORK, { args: [value, 0] }))
    const error = await failure(dying)
    expect(error).toBeInstanceOf(WorkerCrashedError)
    expect(error).toMatchObject({ name: 'WorkerCrashedError', exitCode: code, signal: undefined })
    expect(error.message).toMatch(
      new RegExp(
        `^The ${kind} that ran exit of file:.*work\\.js ended before it answered: it exited with code ${code}$`,
      ),
    )
    expect(await Promise.all(others)).toEqual([1, 2, 3])
    expect(pool.statistics()).toMatchObject({ crashed: 1, rejected: 1, fulfilled: 3, running: 0, waiting: 0 })
  })

  test.each([
    ['throwLater', 'nobody catches this'],
    ['rejectLater', 'nobody handles this'],
  ])('by an error that nobody catches (%s)', async (name, message) => {
    await using pool = new Pool({ size: 1 })
    const error = await failure(pool.run(WORK, { name }))
    expect(error).toBeInstanceOf(WorkerCrashedError)
    expect(error).toMatchObject({ exitCode: 1, message: expect.stringContaining(uncaught(message)) })
    expect(error.cause).toEqual(cause(message))
    expect(await pool.run(WORK, { args: [1, 1] })).toBe(2)
  })

  test('does so each time, and the pool never runs dry', async () => {
    await using pool = new Pool({ size: 2 })
    const calls = Array.from({ length: 12 }, (_, index) =>
      index % 2 === 0 ? pool.run(WORK, { name: 'exit', args: [1] }) : pool.run(WORK, { args: [index, 0] }),
    )
    const outcomes = await Promise.allSettled(calls)
    expect(outcomes.map(({ status }) => status)).toEqual(
      calls.map((_, index) => (index % 2 === 0 ? 'rejected' : 'fulfilled')),
    )
    expect(pool.statistics()).toMatchObject({ crashed: 6, fulfilled: 6 })
  })

  test('while it starts rejects the call, and does not hang', async () => {
    await using pool = new Pool({ size: 1, execArgv: ['--import', 'data:text/javascript,process.exit(7)'] })
    const outcomes = await Promise.allSettled([pool.run(WORK), pool.run(WORK)])
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ reason: { name: 'WorkerCrashedError', exitCode: 7 } })
  })

  test('while it is idle costs no call', async () => {
    await using pool = new Pool({ size: 1 })
    await pool.run(`data:text/javascript,export default () => { setTimeout(() => process.exit(1), 200) }`)
    await expect.poll(() => pool.statistics().workers, { timeout: 20_000 }).toBe(0)
    expect(await pool.run(WORK, { args: [1, 1] })).toBe(2)
    expect(pool.statistics()).toMatchObject({ crashed: 0, rejected: 0 })
  })

  test('while it was told to end ends with the reason it was told', async () => {
    await using pool = new Pool({ size: 1 })
    const controller = new AbortController()
    const call = pool.run(WORK, { name: 'exit', args: [1], signal: controller.signal })
    await new Promise((resolve) => setTimeout(resolve, 5))
    controller.abort('stop')
    await expect(call).rejects.toBe('stop')
  })
})

test.each(['SIGKILL', 'SIGSEGV', 'SIGTERM'])(
  'a process killed by %s rejects its call with the signal, and the pool goes on',
  async (signal) => {
    await using pool = new ProcessPool({ size: 2 })
    const [dying, other] = [
      pool.run(WORK, { name: 'killSelf', args: [signal] }),
      pool.run(WORK, { name: 'later', args: [200, 'alive'] }),
    ]
    const error = await failure(dying)
    expect(error).toBeInstanceOf(WorkerCrashedError)
    expect(error).toMatchObject({
      signal,
      exitCode: undefined,
      message: expect.stringMatching(`it was killed by ${signal}$`),
    })
    expect(await other).toBe('alive')
    expect(await pool.run(WORK, { args: [1, 1] })).toBe(2)
  },
)

test('a process killed from outside, busy or idle', async () => {
  await using pool = new ProcessPool({ size: 1 })
  const { pid } = await pool.run<{ pid: number }>(WORK, { name: 'where' })
  const busy = pool.run(WORK, { name: 'compute', args: [60_000] })
  await new Promise((resolve) => setTimeout(resolve, 20))
  process.kill(pid, 'SIGKILL')
  await expect(busy).rejects.toMatchObject({ name: 'WorkerCrashedError', signal: 'SIGKILL' })
  const again = await pool.run<{ pid: number }>(WORK, { name: 'where' })
  process.kill(again.pid, 'SIGKILL')
  await expect.poll(() => pool.statistics().workers, { timeout: 20_000 }).toBe(0)
  expect(await pool.run(WORK, { args: [1, 1] })).toBe(2)
  expect(pool.statistics()).toMatchObject({ crashed: 1 })
})

test('a process that will not end on SIGTERM is killed', async () => {
  await using pool = new ProcessPool({ size: 1 })
  const stubborn = `data:text/javascript,export default () => new Promise(() => { process.on('SIGTERM', () => {}) })`
  await expect(pool.run(stubborn, { timeout: 300 })).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(await pool.run(WORK, { args: [1, 1] })).toBe(2)
})

test('a thread that uses more memory than it may crashes alone', async () => {
  await using pool = new ThreadPool({ size: 1, resourceLimits: { maxOldGenerationSizeMb: 16 } })
  await expect(pool.run(WORK, { name: 'grow' })).rejects.toMatchObject({
    name: 'WorkerCrashedError',
    cause: { code: 'ERR_WORKER_OUT_OF_MEMORY' },
  })
  expect(await pool.run(WORK, { args: [1, 1] })).toBe(2)
})

test('a process that cannot be started says so, is not waited for, and the pool goes on', async () => {
  await using pool = new ProcessPool({ size: 1 })
  const { execPath } = process
  process.execPath = `${execPath}-missing`
  const failing = [1, 2].map(() => pool.run(WORK))
  const controller = new AbortController()
  const aborted = pool.run(WORK, { signal: controller.signal })
  const outcomes = await Promise.allSettled(failing)
  controller.abort('late')
  process.execPath = execPath
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({
      reason: {
        name: 'WorkerCrashedError',
        message: expect.stringMatching(/^No process could be started/),
        cause: { code: 'ENOENT' },
      },
    })
  }
  await expect(aborted).rejects.toBe('late')
  expect(await pool.run(WORK, { args: [1, 1] })).toBe(2)
})

test('a thread that throws while it starts', async () => {
  await using pool = new ThreadPool({
    size: 1,
    execArgv: ['--import', 'data:text/javascript,throw new RangeError("no start")'],
  })
  await expect(pool.run(WORK)).rejects.toMatchObject({ name: 'WorkerCrashedError', cause: new RangeError('no start') })
})

test('Node options that no thread takes say so', async () => {
  await using pool = new ThreadPool({ size: 1, execArgv: ['--expose-gc'] })
  await expect(pool.run(WORK)).rejects.toMatchObject({
    name: 'WorkerCrashedError',
    message: expect.stringMatching(/^No thread could be started for default of/),
    cause: { code: 'ERR_WORKER_INVALID_EXEC_ARGV' },
  })
})

async function failure(promise: Promise<unknown>): Promise<Error> {
  const [outcome] = await Promise.allSettled([promise])
  if (outcome.status === 'fulfilled') throw new Error('It should have failed')
  return outcome.reason as Error
}
