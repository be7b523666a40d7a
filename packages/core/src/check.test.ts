import { describe, expect, test } from 'vitest'
import { AdaptiveLimit } from './adaptive-limit.ts'
import { asCompleted } from './as-completed.ts'
import { delay } from './delay.ts'
import { forEach } from './for-each.ts'
import { gather } from './gather.ts'
import { mapIterable } from './map-iterable.ts'
import { map } from './map.ts'
import { Queue } from './queue.ts'
import { RateLimiter } from './rate-limiter.ts'
import { Semaphore } from './semaphore.ts'
import { TaskGroup } from './task-group.ts'
import { timeout } from './timeout.ts'
import { wait } from './wait.ts'

type Entry = [name: string, call: (options: never) => unknown]

const run = (): never => {
  throw new Error('must not run')
}

const limited: Entry[] = [
  ['new TaskGroup', (options) => new TaskGroup(options)],
  ['TaskGroup.run', (options) => TaskGroup.run(options, run)],
  ['new Queue', (options) => new Queue(options)],
  ['map', (options) => map([1], run, options)],
  ['forEach', (options) => forEach([1], run, options)],
  ['mapIterable', (options) => mapIterable([1], run, options)],
  ['asCompleted', (options) => asCompleted([1], run, options)],
  ['gather', (options) => gather([run], options)],
]
const waiting: Entry[] = [
  ['delay', (options) => delay(1, options)],
  ['timeout', (options) => timeout(1, run, options)],
]

const refusal = async (call: () => unknown): Promise<unknown> => {
  try {
    await call()
  } catch (error) {
    return error
  }
  return 'not refused'
}

describe.each([...limited, ...waiting])('%s', (_, call) => {
  test.each<[string, unknown]>([
    ['a number', 5],
    ['null', null],
    ['a semaphore', new Semaphore(5)],
    ['an adaptive limit', new AdaptiveLimit()],
    ['a rate limiter', new RateLimiter('1/s')],
    ['a signal', new AbortController().signal],
  ])('%s in place of the options is refused: it would limit nothing, in silence', async (__, value) => {
    const error = await refusal(() => call(value as never))
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toMatch(/options must be an object such as \{ .*, not (5|null|an object)/)
  })
})

test.each([...limited, ...waiting, ['wait', (options) => wait([delay(0)], options)] satisfies Entry])(
  '%s refuses what is no signal',
  async (_, call) => {
    for (const signal of [new AbortController(), 'stop', null, 5]) {
      const error = await refusal(() => call({ signal } as never))
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).toMatch(/signal must be an AbortSignal, not /)
    }
  },
)

test.each(limited)('%s refuses a rate, a clock and a listener that are none', async (_, call) => {
  for (const [options, message] of [
    [{ rate: null }, /null is no rate: write '20\/s'/],
    [{ rate: {} }, /an object \(Object\) is no rate/],
    [{ rate: new Semaphore(5) }, /an object \(Semaphore\) is no rate/],
    [{ rate: 5 }, /write '5\/s'/],
    [{ clock: Date }, /clock must be a Clock with now\(\), setTimer\(\) and clearTimer\(\), not function Date/],
    [{ clock: null }, /clock must be a Clock .*, not null/],
    [{ onEvent: console }, /onEvent must be a function, not an object/],
  ] as const) {
    const error = await refusal(() => call(options as never))
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toMatch(message)
  }
})

test.each<Entry>([
  ['acquire of a semaphore', (options) => new Semaphore(1).acquire(options)],
  ['acquire of a rate limiter', (options) => new RateLimiter('1/s').acquire(options)],
])('%s refuses a bare weight', async (_, call) => {
  for (const value of [5, null, 'x']) {
    const error = await refusal(() => call(value as never))
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toMatch(/options must be an AbortSignal, or an object such as \{ weight: 2 \}, not /)
  }
})

test('gather takes a list, unlike that of asyncio', async () => {
  const both = gather as unknown as (...fns: unknown[]) => unknown
  expect(String(await refusal(() => both(run, run)))).toMatch(
    /the first argument of gather must be an array of functions, as in gather\(\[one, two\]\), not function run/,
  )
})

test('use of a semaphore tells who hands it a promise, before anything waits', async () => {
  const semaphore = new Semaphore(0)
  const error = await refusal(() => semaphore.use(Promise.resolve(1) as never))
  expect(String(error)).toMatch(/fn must be a function, not a promise: .* Write \(\) => work\(\)/)
  expect(semaphore.statistics().waiting).toBe(0)
})
