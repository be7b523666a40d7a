import { describe, expect, expectTypeOf, test, vi } from 'vitest'
import { HOUR, deaf, outcome } from '../test/support.ts'
import { delay } from './delay.ts'
import { gather } from './gather.ts'
import { VirtualClock } from './virtual-clock.ts'

const A = new Error('a')
const B = new Error('b')

describe('gather', () => {
  test('law 42: results in input order, whatever the order of completion; tuple types are kept', async () => {
    const clock = new VirtualClock()
    const [slow, quick, sync] = await clock.run(() =>
      gather([() => deaf(clock, 20).then(() => 'slow'), async () => (await deaf(clock, 1), 2), () => true]),
    )
    expect([slow, quick, sync]).toEqual(['slow', 2, true])
    expectTypeOf(slow).toEqualTypeOf<string>()
    expectTypeOf(quick).toEqualTypeOf<number>()
    expectTypeOf(sync).toEqualTypeOf<boolean>()
    expect(clock.now()).toBe(20)
  })

  test('law 43: empty input answers [], asynchronously', async () => {
    expect(await gather([])).toEqual([])
    expect(await gather(new Set<() => number>(), { returnExceptions: true })).toEqual([])
  })

  test('law 44: the first error aborts the others, waits for them, and rejects with all of them', async () => {
    const clock = new VirtualClock()
    let stopped = 0
    const run = gather(
      [
        ({ signal }) =>
          delay(HOUR, { signal, clock }).catch(() => deaf(clock, 5).then(() => void (stopped = clock.now()))),
        ({ signal }) => delay(HOUR, { signal, clock }).catch(() => deaf(clock, 2).then(() => Promise.reject(B))),
        () => deaf(clock, 10).then(() => Promise.reject(A)),
      ],
      { clock },
    )
    const { error, at } = await clock.run(() => outcome(clock, run))
    expect(error).toBeInstanceOf(AggregateError)
    expect(error).toMatchObject({ errors: [A, B], cause: A })
    expect([at, stopped]).toEqual([15, 15])
  })

  test('law 45: returnExceptions keeps errors in place; a returned error differs from a thrown one', async () => {
    const results = await gather([() => 1, () => Promise.reject(A), () => B], { returnExceptions: true })
    expect(results).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: A },
      { status: 'fulfilled', value: B },
    ])
    expectTypeOf(results[0]).toEqualTypeOf<PromiseSettledResult<number>>()
  })

  test('law 46: cancelling the gather cancels all children', async () => {
    for (const returnExceptions of [true, false] as const) {
      const clock = new VirtualClock()
      const outer = new AbortController()
      const told: unknown[] = []
      const child = ({ signal }: { signal: AbortSignal }): Promise<void> =>
        delay(HOUR, { signal, clock }).catch((reason: unknown) => {
          told.push(reason)
          throw reason
        })
      clock.setTimer(() => outer.abort('stop'), 5)
      const run = returnExceptions
        ? gather([child, child], { signal: outer.signal, clock, returnExceptions })
        : gather([child, child], { signal: outer.signal, clock })
      expect(await clock.run(() => outcome(clock, run))).toEqual({ error: 'stop', at: 5 })
      expect(told).toEqual(['stop', 'stop'])
    }
  })

  test('law 47: a child that is cancelled by itself looks like one that fails; the others are not touched', async () => {
    const own = new AbortController()
    own.abort(A)
    const results = await gather([() => delay(1, { signal: own.signal }), () => 'other'], { returnExceptions: true })
    expect(results).toEqual([
      { status: 'rejected', reason: A },
      { status: 'fulfilled', value: 'other' },
    ])
  })

  test('law 48: the same function given twice runs twice', async () => {
    let runs = 0
    const fn = (): number => ++runs
    expect(await gather([fn, fn])).toEqual([1, 2])
  })

  test('concurrency, retry and timeout hold in both forms', async () => {
    for (const returnExceptions of [true, false] as const) {
      const clock = new VirtualClock()
      let running = 0
      let most = 0
      const tries: number[] = []
      const fn = async ({ attempt, index }: { attempt: number; index: number }): Promise<number> => {
        most = Math.max(most, ++running)
        await deaf(clock, 10)
        running--
        tries[index] = attempt
        if (attempt === 1) throw A
        return index
      }
      const options = { concurrency: 2, retry: { retries: 1, backoff: { base: 1, jitter: 'none' as const } }, clock }
      const run = clock.run<unknown[]>(() =>
        returnExceptions
          ? gather(Array(6).fill(fn), { ...options, returnExceptions })
          : gather(Array(6).fill(fn), options),
      )
      const values = [0, 1, 2, 3, 4, 5]
      expect(await run).toEqual(returnExceptions ? values.map((value) => ({ status: 'fulfilled', value })) : values)
      expect([most, tries]).toEqual([2, [2, 2, 2, 2, 2, 2]])
    }
  })

  test('a promise instead of a function is refused before anything starts', async () => {
    const started = vi.fn()
    await expect(gather([started, Promise.resolve(1) as never])).rejects.toThrow(
      /functions\[1\] must be a function, not a promise/,
    )
    expect(started).not.toHaveBeenCalled()
  })
})
