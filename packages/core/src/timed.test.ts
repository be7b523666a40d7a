import { expect, expectTypeOf, test } from 'vitest'
import { delay } from './delay.ts'
import { timed, type Timed } from './timed.ts'
import { VirtualClock } from './virtual-clock.ts'

test('an async function returns a promise of its value and its time', async () => {
  const clock = new VirtualClock({ start: 5 })
  const work = timed(async (ms: number, label: string) => delay(ms, { clock }).then(() => label), { clock })
  const running = work(250, 'done')
  expectTypeOf(running).toEqualTypeOf<Promise<Timed<string>>>()
  expect(await clock.run(() => running)).toEqual({ value: 'done', ms: 250 })
  expect(await clock.run(() => Promise.all([work(10, 'a'), work(20, 'b')]))).toEqual([
    { value: 'a', ms: 10 },
    { value: 'b', ms: 20 },
  ])
})

test('a plain function returns them at once', () => {
  let time = 0
  const clock = Object.assign(new VirtualClock(), { now: () => (time += 3) })
  const result = timed((a: number, b: number) => a + b, { clock })(1, 2)
  expectTypeOf(result).toEqualTypeOf<Timed<number>>()
  expect(result).toEqual({ value: 3, ms: 3 })
})

test('on the clock of the machine', () => {
  expect(timed(() => undefined)().ms).toBeGreaterThanOrEqual(0)
})

test('keeps `this`, and takes any thenable', async () => {
  const account = {
    owner: 'Ada',
    greet: timed(function (this: { owner: string }, word: string) {
      return `${word} ${this.owner}`
    }),
    later: timed(function (this: { owner: string }) {
      const promise = Promise.resolve(this.owner)
      // oxlint-disable-next-line unicorn/no-thenable -- a promise of another library
      return { then: promise.then.bind(promise) }
    }),
  }
  expect(account.greet('hello').value).toBe('hello Ada')
  expect((await account.later()).value).toBe('Ada')
})

test('errors pass through', async () => {
  const error = new Error('no')
  const fail = timed(() => {
    throw error
  })
  expect(() => fail()).toThrow(error)
  await expect(timed(() => Promise.reject(error))()).rejects.toBe(error)
  expect(() => timed(Promise.resolve() as never)).toThrow(/fn must be a function, not a promise/)
})
