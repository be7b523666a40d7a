import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_TIMER_MS } from './clock.ts'
import { resolveRetry, type RetryFailure, type RetryOptions } from './retry-policy.ts'
import { VirtualClock } from './virtual-clock.ts'

const failure = (attempt: number, more: Partial<RetryFailure> = {}): RetryFailure => ({
  error: new Error('no'),
  attempt,
  elapsed: 0,
  ...more,
})
const delays = (options: RetryOptions | number, count: number) => {
  const policy = resolveRetry(options)!
  return Array.from({ length: count }, (_, i) => policy(failure(i + 1)))
}

describe('backoff', () => {
  test('grows by the factor up to the maximum, for as many retries as asked for', () => {
    expect(delays({ backoff: { jitter: 'none' } }, 4)).toEqual([500, 1000, 2000, undefined])
    expect(delays({ retries: 5, backoff: { base: 100, factor: 3, max: 1000, jitter: 'none' } }, 6)).toEqual([
      100,
      300,
      900,
      1000,
      1000,
      undefined,
    ])
    expect(delays({ retries: 8, backoff: { jitter: 'none' } }, 8)).toEqual([
      500, 1000, 2000, 4000, 8000, 16000, 30000, 30000,
    ])
  })

  test('a plain number is the number of retries; 0 and undefined are none', () => {
    expect(delays(2, 3).map((ms) => typeof ms)).toEqual(['number', 'number', 'undefined'])
    expect(resolveRetry(0)).toBeUndefined()
    expect(resolveRetry({ retries: 0 })).toBeUndefined()
    expect(resolveRetry(undefined)).toBeUndefined()
  })

  test('full jitter multiplies by random()', () => {
    expect(delays({ random: () => 0 }, 3)).toEqual([0, 0, 0])
    expect(delays({ random: () => 0.25 }, 3)).toEqual([125, 250, 500])
  })

  test('no base is no wait, however far along', () => {
    const policy = resolveRetry({ retries: Infinity, backoff: { base: 0 } })!
    expect([1, 2, 5000, 100_000].map((attempt) => policy(failure(attempt)))).toEqual([0, 0, 0, 0])
  })

  test('stays a number between 0 and the maximum, whatever the options and however many attempts', () => {
    const options = fc.record({
      base: fc.integer({ min: 0, max: MAX_TIMER_MS }),
      factor: fc.double({ min: 1, max: 1e6, noNaN: true }),
      max: fc.integer({ min: 0, max: MAX_TIMER_MS }),
      jitter: fc.constantFrom('full' as const, 'none' as const),
    })
    const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(options, draw, fc.integer({ min: 1, max: 100_000 }), (backoff, random, attempt) => {
        const policy = resolveRetry({ retries: Infinity, backoff, random: () => random })!
        const ms = policy(failure(attempt))
        expect(ms).toBeGreaterThanOrEqual(0)
        expect(ms).toBeLessThanOrEqual(backoff.max)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('Retry-After', () => {
  const wait = (retryAfter: unknown, options: RetryOptions = {}) =>
    resolveRetry({ backoff: { jitter: 'none' }, ...options })!(failure(1, { error: { retryAfter } }))

  test('is a floor for the wait', () => {
    expect(wait(7000)).toBe(7000)
    expect(wait(499)).toBe(500)
    expect(wait(60_000)).toBe(60_000)
  })

  test('what is no number is ignored', () => {
    for (const odd of ['120', NaN, -1, null, undefined, {}]) expect(wait(odd)).toBe(500)
    for (const error of [undefined, null, 'text', 7]) expect(resolveRetry(1)!(failure(1, { error }))).toBeDefined()
  })

  test('can be read by a hook', () => {
    const retryAfter = (error: unknown) => (error as { retryAfter: number }).retryAfter * 1000
    expect(wait(2, { retryAfter })).toBe(2000)
    expect(wait(2, { retryAfter: () => undefined })).toBe(500)
  })

  test('beyond the total deadline, or beyond what a timer can hold, nothing is retried', () => {
    expect(wait(7000, { maxElapsed: 7000 })).toBeUndefined()
    expect(wait(7000, { maxElapsed: 7001 })).toBe(7000)
    expect(wait(Infinity)).toBeUndefined()
    expect(wait(MAX_TIMER_MS + 1)).toBeUndefined()
  })
})

describe('limits', () => {
  test('law 110: the total deadline wins over attempts that are left', () => {
    const clock = new VirtualClock({ start: 1000 })
    const backoff = { jitter: 'none' } as const
    const byElapsed = resolveRetry({ retries: Infinity, maxElapsed: 2000, backoff })!
    expect(byElapsed(failure(1, { elapsed: 1499 }))).toBe(500)
    expect(byElapsed(failure(1, { elapsed: 1500 }))).toBeUndefined()
    expect(byElapsed(failure(1, { elapsed: 9999 }))).toBeUndefined()
    const byDeadline = resolveRetry({ retries: Infinity, deadline: 1501, clock, backoff })!
    expect(byDeadline(failure(1))).toBe(500)
    expect(byDeadline(failure(2))).toBeUndefined()
    expect(resolveRetry({ deadline: 999, clock })!(failure(1))).toBeUndefined()
    expect(resolveRetry({ deadline: 999, backoff: { base: 0 } }, clock)!(failure(1))).toBeUndefined()
  })

  test('law 110: retryIf sees error, attempt and elapsed, and is not asked when there is no retry left', () => {
    const seen: RetryFailure[] = []
    const policy = resolveRetry({
      retries: 2,
      retryIf: (f) => {
        seen.push(f)
        return f.attempt === 1
      },
    })!
    const first = failure(1, { elapsed: 12 })
    expect(policy(first)).toBeDefined()
    expect(policy(failure(2))).toBeUndefined()
    expect(policy(failure(3))).toBeUndefined()
    expect(seen.map((f) => f.attempt)).toEqual([1, 2])
    expect(seen[0]).toBe(first)
  })
})

test('onRetry is told of each failure that will be retried, and its delay', () => {
  const told: unknown[] = []
  const policy = resolveRetry({ retries: 2, backoff: { jitter: 'none' }, onRetry: (f) => told.push(f) })!
  const failures = [failure(1, { elapsed: 5 }), failure(2, { elapsed: 600 }), failure(3)]
  for (const f of failures) policy(f)
  expect(told).toEqual([
    { ...failures[0], delay: 500 },
    { ...failures[1], delay: 1000 },
  ])
})

describe('wrong use teaches', () => {
  const cases: [unknown, RegExp, typeof TypeError | typeof RangeError][] = [
    [-1, /retry must be a whole number of at least 0/, RangeError],
    [1.5, /retry must be a whole number/, RangeError],
    ['3', /retry must be a number of retries or an object of options, not "3"/, TypeError],
    [null, /not null/, TypeError],
    [{ retries: -1 }, /retries must be/, RangeError],
    [{ backoff: { base: -1 } }, /backoff\.base must be milliseconds/, RangeError],
    [{ backoff: { max: Infinity } }, /backoff\.max/, RangeError],
    [{ backoff: { factor: 0.5 } }, /backoff\.factor must be a number of at least 1, not 0.5/, RangeError],
    [{ backoff: { jitter: 'half' } }, /backoff\.jitter must be 'full' or 'none', not "half"/, TypeError],
    [{ backoff: 500 }, /backoff must be an object such as \{ base: 500 \}, not 500/, TypeError],
    [{ backoff: null }, /backoff must be an object/, TypeError],
    [{ maxElapsed: NaN }, /maxElapsed/, TypeError],
    [{ deadline: 'soon' }, /deadline must be a moment/, TypeError],
    [{ retryIf: true }, /retryIf must be a function, not true/, TypeError],
    [{ retryAfter: 5 }, /retryAfter must be a function/, TypeError],
    [{ onRetry: 5 }, /onRetry must be a function/, TypeError],
    [{ random: 0.5 }, /random must be a function/, TypeError],
  ]
  test.each(cases)('%j', (option, message, kind) => {
    expect(() => resolveRetry(option as never)).toThrow(message)
    expect(() => resolveRetry(option as never)).toThrow(kind)
  })

  test('an async retryIf, which would always count as true', () => {
    const policy = resolveRetry({ retryIf: (async () => false) as never })!
    expect(() => policy(failure(1))).toThrow(/retryIf must answer with true or false, not with a promise/)
  })
})
