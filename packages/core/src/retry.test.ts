import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { turn } from '../test/gates.ts'
import { HOUR, WatchedController, controllersMade, deaf, echo, outcome } from '../test/support.ts'
import type { CancelScope } from './cancel-scope.ts'
import { delay } from './delay.ts'
import { TimeoutError } from './errors.ts'
import { retry } from './retry.ts'
import type { RetryFailure } from './retry-policy.ts'
import { Semaphore } from './semaphore.ts'
import { timeout } from './timeout.ts'
import { VirtualClock } from './virtual-clock.ts'

const steady = { jitter: 'none' } as const

/** Fails `failures` times, then returns its attempt; the errors are numbered. */
const flaky = (failures: number) => {
  const errors = Array.from({ length: failures }, (_, i) => new Error(`attempt ${i + 1}`))
  const calls: CancelScope[] = []
  const fn = (scope: CancelScope) => {
    calls.push(scope)
    const error = errors[scope.attempt - 1]
    if (error !== undefined) throw error
    return scope.attempt
  }
  return { fn, errors, calls }
}

describe('retry', () => {
  test('tries again after a growing wait until it succeeds', async () => {
    const clock = new VirtualClock()
    const { fn, calls } = flaky(2)
    const work = retry(fn, { clock, backoff: steady, name: 'match', index: 7 })
    expect(await clock.run(() => outcome(clock, work))).toEqual({ value: 3, at: 1500 })
    expect(calls.map(({ attempt, index, name }) => ({ attempt, index, name }))).toEqual(
      [1, 2, 3].map((attempt) => ({ attempt, index: 7, name: 'match' })),
    )
    expect(new Set(calls).size).toBe(3)
  })

  test('throws the last error as it is', async () => {
    const clock = new VirtualClock()
    const { fn, errors, calls } = flaky(9)
    expect(await clock.run(() => outcome(clock, retry(fn, { clock, backoff: steady })))).toEqual({
      error: errors[3],
      at: 3500,
    })
    expect(calls).toHaveLength(4)
    expect(errors[3]!.cause).toBeUndefined()
  })

  test('a number is the number of retries; with 0 it is tried once', async () => {
    const once = flaky(1)
    await expect(retry(once.fn, 0)).rejects.toBe(once.errors[0])
    expect(once.calls).toHaveLength(1)
    expect(await retry(() => 'plain', 5)).toBe('plain')
  })

  test('retries what the policy says, with its hooks', async () => {
    const clock = new VirtualClock()
    const { fn, errors, calls } = flaky(9)
    const told: number[] = []
    const seen: RetryFailure[] = []
    const work = retry(fn, {
      clock,
      retries: Infinity,
      random: () => 0.5,
      retryIf: (failure) => seen.push(failure) < 4,
      retryAfter: (error) => (error === errors[1] ? 5000 : undefined),
      onRetry: ({ delay: ms }) => told.push(ms),
    })
    expect(await clock.run(() => outcome(clock, work))).toEqual({ error: errors[3], at: 250 + 5000 + 1000 })
    expect(told).toEqual([250, 5000, 1000])
    expect(calls).toHaveLength(4)
    expect(seen).toEqual(
      errors.slice(0, 4).map((error, i) => ({ error, attempt: i + 1, elapsed: [0, 250, 5250, 6250][i] })),
    )
  })

  test('a hook that throws ends it with what it threw, and why it was asked', async () => {
    const broken = new Error('broken hook')
    const retryIf = () => {
      throw broken
    }
    const { fn, errors } = flaky(1)
    await expect(retry(fn, { retryIf })).rejects.toBe(broken)
    expect(broken.cause).toBe(errors[0])
  })

  test('law 108: a backoff holds no slot of a limit that the attempt takes', async () => {
    const clock = new VirtualClock()
    const slots = new Semaphore(1)
    const log: string[] = []
    const job = (name: string, failures: number) =>
      retry(
        async ({ attempt }) => {
          using permit = await slots.acquire()
          log.push(`${name}${attempt}@${clock.now()}`)
          await deaf(clock, 10)
          expect(permit).toBeDefined()
          if (attempt <= failures) throw new Error('again')
        },
        { clock, backoff: { base: 100, jitter: 'none' } },
      )
    await clock.run(() => Promise.all([job('a', 1), job('b', 0), job('c', 0)]))
    expect(log).toEqual(['a1@0', 'b1@10', 'c1@20', 'a2@110'])
  })

  test('law 109: an abort during a backoff ends it at once, with the reason', async () => {
    const clock = new VirtualClock()
    const outer = new WatchedController()
    const reason = new Error('the user left')
    const { fn, calls } = flaky(9)
    const work = retry(fn, {
      clock,
      signal: outer.signal,
      retries: Infinity,
      backoff: { base: HOUR, max: HOUR, jitter: 'none' },
    })
    clock.setTimer(() => outer.abort(reason), 10)
    expect(await clock.run(() => outcome(clock, work))).toEqual({ error: reason, at: 10 })
    expect(calls).toHaveLength(1)
    expect(outer.listeners).toBe(0)
    expect(clock.pending).toBe(0)
  })

  test("an abort's own reason is never retried, in whatever form the attempt reports it", async () => {
    for (const make of [(reason: unknown) => reason, echo]) {
      const clock = new VirtualClock()
      const outer = new AbortController()
      const reason = new Error('the user left')
      const retryIf = vi.fn<() => boolean>(() => true)
      const fn = vi.fn<(scope: CancelScope) => Promise<void>>((scope) =>
        delay(HOUR, scope).catch((error: unknown) => Promise.reject(make(error))),
      )
      const work = retry(fn, { clock, signal: outer.signal, retryIf })
      clock.setTimer(() => outer.abort(reason), 10)
      expect(await clock.run(() => outcome(clock, work))).toEqual({ error: reason, at: 10 })
      expect(fn).toHaveBeenCalledTimes(1)
      expect(retryIf).not.toHaveBeenCalled()
    }
  })

  test('a real error after an abort is not hidden, and not retried', async () => {
    const clock = new VirtualClock()
    const outer = new AbortController()
    const { fn, errors, calls } = flaky(9)
    const work = retry(
      async (scope) => {
        outer.abort()
        await Promise.resolve()
        return fn(scope)
      },
      { clock, signal: outer.signal },
    )
    expect(await outcome(clock, work)).toEqual({ error: errors[0], at: 0 })
    expect(calls).toHaveLength(1)
  })

  test('aborted before: not started', async () => {
    const fn = vi.fn<() => void>()
    await expect(retry(fn, { signal: AbortSignal.abort('before') })).rejects.toBe('before')
    expect(fn).not.toHaveBeenCalled()
  })

  test('law 110: the total time wins over attempts that are left', async () => {
    const clock = new VirtualClock()
    const { fn, errors } = flaky(99)
    const work = retry(fn, { clock, retries: Infinity, maxElapsed: 4000, backoff: steady })
    expect(await clock.run(() => outcome(clock, work))).toEqual({ error: errors[3], at: 3500 })
  })

  test('law 110: a deadline also stops the attempt that runs, and there is no other', async () => {
    const clock = new VirtualClock()
    const attempts: number[] = []
    const work = retry(
      async (scope) => {
        attempts.push(scope.attempt)
        expect(scope.deadline).toBe(1000)
        if (scope.attempt === 1) throw new Error('first')
        await delay(HOUR, scope)
      },
      { clock, deadline: 1000, retries: Infinity, backoff: steady },
    )
    expect(await clock.run(() => outcome(clock, work))).toMatchObject({ at: 1000, error: { name: 'TimeoutError' } })
    expect(attempts).toEqual([1, 2])
  })

  test('nests within a timeout, and an attempt may have a timeout of its own, which is retried', async () => {
    const clock = new VirtualClock()
    const started: number[] = []
    const work = timeout(
      1000,
      (outer) =>
        retry(
          (scope) => {
            started.push(clock.now())
            return timeout(100, (inner) => delay(HOUR, inner), scope)
          },
          { signal: outer.signal, clock, retries: Infinity, backoff: { base: 200, factor: 1, jitter: 'none' } },
        ),
      { clock },
    )
    expect(await clock.run(() => outcome(clock, work))).toMatchObject({ at: 1000, error: { ms: 1000 } })
    expect(started).toEqual([0, 300, 600, 900])
    const lazily = retry((scope) => timeout(100, (inner) => delay(HOUR, inner), scope), {
      clock,
      retries: 1,
      backoff: steady,
    })
    const ending = await clock.run(() => outcome(clock, lazily))
    expect(ending.error).toBeInstanceOf(TimeoutError)
    expect(ending.at).toBe(1000 + 100 + 500 + 100)
  })

  test('takes a scope as its options', async () => {
    const clock = new VirtualClock()
    const { fn, calls } = flaky(9)
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.5)
    try {
      const work = timeout(300, (scope) => retry(fn, scope), { clock })
      // The second backoff would end after the scope's deadline.
      expect(await clock.run(() => outcome(clock, work))).toMatchObject({ error: { message: 'attempt 2' }, at: 250 })
      expect(calls).toHaveLength(2)
    } finally {
      random.mockRestore()
    }
  })

  test('makes no controller unless somebody reads the signal, or a backoff must hear of an abort', async () => {
    const clock = new VirtualClock()
    const { fn } = flaky(3)
    expect(await controllersMade(() => clock.run(() => retry(fn, { clock })))).toBe(0)
  })

  test('law 114: an hour of retries runs at once, and twice in the same way', async () => {
    const run = async () => {
      const clock = new VirtualClock()
      let seed = 1
      const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
      const log: string[] = []
      const job = (id: number) =>
        retry(
          async (scope) => {
            log.push(`${id}:${scope.attempt}@${clock.now()}`)
            await delay(100 + id, scope)
            throw new Error('still down')
          },
          { clock, random, retries: Infinity, maxElapsed: HOUR },
        ).catch(() => clock.now())
      const ends = await clock.run(() => Promise.all([job(1), job(2), job(3)]))
      return { log, ends }
    }
    const before = performance.now()
    const first = await run()
    expect(performance.now() - before).toBeLessThan(1500)
    expect(Math.min(...first.ends)).toBeGreaterThan(HOUR - 30_200)
    expect(first.log.length).toBeGreaterThan(600)
    expect(await run()).toEqual(first)
  })

  test('wrong use teaches, as a rejection', async () => {
    const clock = new VirtualClock()
    const early = retry(Promise.resolve() as never, { clock, random: () => 1 })
    await expect(Promise.race([early, turn()])).rejects.toThrow(/fn must be a function, not a promise/)
    await expect(retry(() => 1, { retries: -1 })).rejects.toThrow(RangeError)
    await expect(retry(() => 1, -1)).rejects.toThrow(/retry must be a whole number/)
    await expect(retry(() => 1, 'three' as never)).rejects.toThrow(TypeError)
  })

  test('laws 109, 110: any failures, waits, limits and aborts end as the policy says, with nothing left behind', async () => {
    const schedules = fc.record({
      failures: fc.nat(8),
      retries: fc.nat(8),
      each: fc.integer({ min: 1, max: 20 }),
      base: fc.integer({ min: 0, max: 20 }),
      // Never at a whole ms: what happens at one and the same instant has no promised order.
      abortAt: fc.option(
        fc.integer({ min: 0, max: 200 }).map((ms) => ms + 0.5),
        { nil: Infinity },
      ),
      maxElapsed: fc.option(fc.integer({ min: 0, max: 200 }), { nil: Infinity }),
      listens: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(schedules, async ({ failures, retries, each, base, abortAt, maxElapsed, listens }) => {
        const clock = new VirtualClock()
        const outer = new WatchedController()
        const { fn, errors, calls } = flaky(failures)
        const work = retry(
          async (scope) => {
            await (listens ? delay(each, scope) : deaf(clock, each))
            return fn(scope)
          },
          { clock, signal: outer.signal, retries, maxElapsed, backoff: { base, factor: 1, jitter: 'none' } },
        )
        const abort = abortAt === Infinity ? undefined : clock.setTimer(() => outer.abort('outside'), abortAt)
        const ending = await clock.run(() => outcome(clock, work))
        clock.clearTimer(abort)

        let now = 0
        let expected: object | undefined
        for (let attempt = 1; expected === undefined; attempt++) {
          const aborted = abortAt < now + each
          if (aborted && listens) expected = { error: 'outside', at: abortAt }
          else {
            now += each
            const error = errors[attempt - 1]
            if (error === undefined) expected = { value: attempt, at: now }
            else if (aborted || attempt > retries || now + base >= maxElapsed) expected = { error, at: now }
            else if (abortAt < now + base) expected = { error: 'outside', at: abortAt }
            else now += base
          }
        }
        expect(ending).toEqual(expected)
        expect(calls.length).toBeLessThanOrEqual(retries + 1)
        expect(outer.listeners).toBe(0)
        expect(clock.pending).toBe(0)
      }),
      { numRuns: 2000 },
    )
  })
})
