import { describe, expect, test } from 'vitest'
import { HOUR, WatchedController, deaf, outcome } from '../test/support.ts'
import { delay } from './delay.ts'
import { shield } from './shield.ts'
import { timeout } from './timeout.ts'
import { VirtualClock } from './virtual-clock.ts'

describe('shield', () => {
  test('law 79: the work inside is safe from an abort outside, and is awaited', async () => {
    const clock = new VirtualClock()
    const work = timeout(
      10,
      async (scope) => {
        const value = await shield(async (inner) => {
          await delay(50, inner)
          expect(inner.signal.aborted).toBe(false)
          expect(inner.deadline).toBeUndefined()
          return 'saved'
        }, scope)
        expect(clock.now()).toBe(50)
        expect(scope.signal.aborted).toBe(true)
        return value
      },
      { clock },
    )
    expect(await clock.run(() => outcome(clock, work))).toEqual({ value: 'saved', at: 50 })
  })

  test('law 79: it starts even when the outside is aborted already', async () => {
    expect(await shield((inner) => inner.signal.aborted, { signal: AbortSignal.abort() })).toBe(false)
    expect(await shield(() => 'ran', { deadline: -1 })).toBe('ran')
  })

  test('law 79: lifting it delivers what came meanwhile, or what comes later', async () => {
    for (const [abortAt, liftAt] of [
      [10, 20],
      [20, 10],
    ] as const) {
      for (const reads of [true, false]) {
        const clock = new VirtualClock()
        const outer = new WatchedController()
        const reason = new Error('outside')
        const work = shield(
          async (inner) => {
            if (reads) void inner.signal
            await deaf(clock, 15)
            expect(inner.signal.aborted).toBe(false)
            await delay(HOUR, inner)
          },
          { clock, signal: outer.signal },
        )
        void work.catch(() => undefined)
        let lift!: () => void
        const probe = shield(
          (inner) => {
            lift = () => inner.lift()
            return deaf(clock, 5).then(() => delay(HOUR, inner))
          },
          { clock, signal: outer.signal },
        )
        clock.setTimer(() => outer.abort(reason), abortAt)
        clock.setTimer(() => lift(), liftAt)
        expect(await clock.run(() => outcome(clock, probe))).toEqual({ error: reason, at: 20 })
        expect(await clock.run(() => outcome(clock, work))).toMatchObject({ value: undefined })
        expect(outer.listeners).toBe(0)
        expect(clock.pending).toBe(0)
      }
    }
  })

  test('a deadline of the surroundings holds again once the shield is lifted', async () => {
    const clock = new VirtualClock()
    const work = shield(
      (inner) => {
        clock.setTimer(() => inner.lift(), 10)
        return delay(HOUR, inner)
      },
      { clock, deadline: 5 },
    )
    expect(await clock.run(() => outcome(clock, work))).toMatchObject({ at: 10, error: { name: 'TimeoutError' } })
  })
})
