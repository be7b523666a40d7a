import { describe, expect, expectTypeOf, test } from 'vitest'
import { checkCall } from './call.ts'
import { ThreadPool } from './thread-pool.ts'
import { toProcess } from './to-process.ts'
import { toThread } from './to-thread.ts'

const WORK = new URL('../fixtures/work.js', import.meta.url)

describe.each([
  { call: toThread, name: 'toThread' },
  { call: toProcess, name: 'toProcess' },
])('$name refuses', ({ call, name }) => {
  test('a closure, and says what to write instead', async () => {
    const parse = (): number => 5
    await expect(call(parse as never)).rejects.toThrow(
      new TypeError(
        `${name} cannot take the function parse: a function cannot cross to another thread, since what it closes over stays here. ` +
          `Export it from a module of its own and write ${name}(new URL('./work.js', import.meta.url), { name: 'parse', args: […] })`,
      ),
    )
  })

  test('a promise, whose work is already running here', async () => {
    await expect(call(Promise.resolve(1) as never)).rejects.toThrow(
      /cannot take a promise: its work is already running/,
    )
    await expect(call(Promise.resolve(1) as never)).rejects.toThrow(TypeError)
  })

  test.each(['./work.js', 'work.js', 'some-package', '() => 5', ''])('the string %j', async (module) => {
    await expect(call(module)).rejects.toThrow(
      /needs the URL of a module, not ".*Write new URL\('\.\/work\.js', import\.meta\.url\)/,
    )
  })

  test('a URL that is no module of this machine', async () => {
    await expect(call(new URL('https://example.com/work.js'))).rejects.toThrow('not from https:')
  })

  test.each([[undefined], [null], [5], [{ href: 'file:///x.js' }]])('%j as a module', async (module) => {
    await expect(call(module as never)).rejects.toThrow(TypeError)
  })

  test('wrong options, each by its name', async () => {
    await expect(call(WORK, { name: 5 as never })).rejects.toThrow(/^name must be/)
    await expect(call(WORK, { args: 5 as never })).rejects.toThrow(
      'args must be an array of arguments, not 5. Write args: [value]',
    )
    await expect(call(WORK, { args: [1, () => 2] })).rejects.toThrow(
      /^args\[1\] is function \(anonymous\), which cannot cross/,
    )
    await expect(call(WORK, { args: [Promise.resolve()] })).rejects.toThrow(/^args\[0\] is a promise.*Await it first/)
    await expect(call(WORK, { signal: new AbortController() as never })).rejects.toThrow(
      /^signal must be an AbortSignal/,
    )
    await expect(call(WORK, { timeout: '5' as never })).rejects.toThrow(TypeError)
    await expect(call(WORK, { timeout: -1 })).rejects.toThrow(RangeError)
    await expect(call(WORK, { timeout: 2 ** 31 })).rejects.toThrow(/^timeout must be milliseconds from 0 to 2147483647/)
    await expect(call(WORK, { transfer: new ArrayBuffer(1) as never })).rejects.toThrow(/^transfer must be an array/)
  })
})

test('toProcess refuses transfer, which toThread takes', async () => {
  const buffer = new ArrayBuffer(8)
  await expect(toProcess(WORK, { args: [buffer], transfer: [buffer] })).rejects.toThrow(/two processes share no memory/)
  expect(buffer.byteLength).toBe(8)
})

test('a call has the defaults that its docs name', () => {
  expect(checkCall(WORK, { timeout: Infinity }, 'thread').timeout).toBeUndefined()
  expect(checkCall(WORK, {}, 'thread')).toEqual({
    module: WORK.href,
    name: 'default',
    args: [],
    transfer: [],
    signal: undefined,
    timeout: undefined,
  })
})

test('the type of a function checks the arguments and gives the result', () => {
  type Fetch = (id: number, options?: { deep: boolean }) => Promise<Map<string, number>>
  const pool = new ThreadPool()
  const check = (): unknown => [
    // @ts-expect-error: an argument of the wrong type
    toThread<Fetch>(WORK, { args: ['5'] }),
    // @ts-expect-error: too many arguments
    pool.run<Fetch>(WORK, { args: [5, { deep: true }, 6] }),
  ]
  expect(check).toBeTypeOf('function')
  const call = (): Promise<Map<string, number>> => toThread<Fetch>(WORK, { args: [5] })
  expectTypeOf(call).returns.resolves.toEqualTypeOf<Map<string, number>>()
  expectTypeOf<typeof toThread<number>>().returns.resolves.toEqualTypeOf<number>()
  expectTypeOf(toThread).returns.resolves.toBeUnknown()
})
