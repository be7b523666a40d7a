import { describe, expect, test } from 'vitest'
import { AdaptiveLimit } from './adaptive-limit.ts'
import type { SluiceEvent } from './events.ts'
import { KeyedSemaphore } from './keyed-semaphore.ts'
import type { Permit } from './permit.ts'
import { VirtualClock } from './virtual-clock.ts'

describe('AdaptiveLimit.pause', () => {
  test('law 111: one pause, half the limit in all, however the refusal is told', async () => {
    for (const first of ['release', 'pause', 'pause alone'] as const) {
      const clock = new VirtualClock()
      const limit = new AdaptiveLimit({ clock, initial: 40 })
      const permits = Array.from({ length: 40 }, () => limit.tryAcquire()!)
      await clock.advance(50)
      if (first === 'release') permits[0]!.release('drop')
      expect(limit.pause(2000, { sentAt: 0 })).toBe(true)
      if (first === 'pause') permits[0]!.release('drop')
      await clock.advance(10)
      for (const permit of permits) {
        expect(limit.pause(2000, { sentAt: 0 })).toBe(false)
        permit.release('drop')
      }
      expect(limit.tryAcquire()).toBe(undefined)
      expect(limit.statistics()).toMatchObject({ limit: 0, held: 0, decision: { reason: 'pause', time: 50 } })
      await clock.advance(1989)
      expect(limit.tryAcquire()).toBe(undefined)
      await clock.advance(1)
      const resumed: Permit[] = []
      for (let permit = limit.tryAcquire(); permit !== undefined; permit = limit.tryAcquire()) resumed.push(permit)
      expect(resumed.length).toBe(20)
      expect(limit.statistics().decision).toEqual({ reason: 'resume', time: 2050 })
    }
  })

  test('there is a timer only while somebody waits for the end of a pause', async () => {
    const clock = new VirtualClock()
    const limit = new AdaptiveLimit({ clock, initial: 4 })
    limit.pause(1000)
    expect(clock.pending).toBe(0)
    const controller = new AbortController()
    const gone = limit.acquire(controller.signal)
    const granted = limit.acquire().then((permit) => {
      permit.release()
      return clock.now()
    })
    expect(clock.pending).toBe(1)
    controller.abort()
    await expect(gone).rejects.toBe(controller.signal.reason)
    expect(clock.pending).toBe(1)
    limit.pause(3000)
    await clock.run(() => granted)
    expect(await granted).toBe(3000)
    limit.pause(1000)
    const last = limit.acquire(controller.signal)
    await expect(last).rejects.toBe(controller.signal.reason)
    const other = new AbortController()
    const waiting = limit.acquire(other.signal)
    expect(clock.pending).toBe(1)
    other.abort()
    await expect(waiting).rejects.toBe(other.signal.reason)
    expect(clock.pending).toBe(0)
  })

  test('a clock that goes back does not prolong it', async () => {
    const virtual = new VirtualClock({ start: 1e7 })
    let shift = 0
    const limit = new AdaptiveLimit({
      clock: {
        now: () => virtual.now() + shift,
        setTimer: (callback, ms) => virtual.setTimer(callback, ms),
        clearTimer: (handle) => virtual.clearTimer(handle),
      },
    })
    limit.pause(1000)
    shift = -3_600_000
    const granted = limit.acquire()
    await virtual.advance(1000)
    const permit = await granted
    permit.release()
    expect(() => limit.pause(-1)).toThrow(RangeError)
    expect(() => limit.pause(Infinity)).toThrow(RangeError)
  })
})

describe('AdaptiveLimit as a permit source', () => {
  test('law 107: statistics', async () => {
    const clock = new VirtualClock()
    const limit = new AdaptiveLimit({ clock, initial: 2, max: 8 })
    expect(limit.statistics()).toEqual({
      limit: 2,
      held: 0,
      free: 2,
      waiting: 0,
      inFlight: 0,
      rtt: undefined,
      rttBaseline: undefined,
      throughput: undefined,
      decision: { reason: 'start', time: 0 },
    })
    let running = 0
    let most = 0
    await clock.run(() =>
      Promise.all(
        Array.from({ length: 500 }, () =>
          limit.use(async () => {
            most = Math.max(most, ++running)
            await new Promise<void>((resolve) => clock.setTimer(resolve, 50))
            running--
          }),
        ),
      ),
    )
    expect(most).toBe(8)
    const { rtt, rttBaseline, throughput, ...rest } = limit.statistics()
    expect(rest).toMatchObject({ limit: 8, held: 0, free: 8, waiting: 0, inFlight: 0 })
    expect([rtt, rttBaseline].map((ms) => Math.round(ms!))).toEqual([50, 50])
    expect(throughput).toBeGreaterThan(120)
  })

  test('the limit can be set by hand, within its bounds, and it goes on from there in small steps', async () => {
    const clock = new VirtualClock()
    const events: SluiceEvent[] = []
    const limit = new AdaptiveLimit({ clock, min: 2, max: 50, onEvent: (event) => events.push(event) })
    limit.limit = 20
    expect(limit.limit).toBe(20)
    expect(() => (limit.limit = 1)).toThrow(new RangeError('limit must be from min to max, 2 to 50, not 1'))
    expect(() => (limit.limit = 51)).toThrow(RangeError)
    await clock.run(() =>
      Promise.all(
        Array.from({ length: 200 }, () =>
          limit.use(() => new Promise<void>((resolve) => clock.setTimer(resolve, 100))),
        ),
      ),
    )
    const limits = events.map((event) => (event.type === 'adaptive' ? event.limit : 0))
    expect(Math.max(...limits)).toBeGreaterThan(20)
    expect(Math.max(...limits)).toBeLessThan(28)
    expect(events[0]).toEqual({ type: 'adaptive', limit: 20, inFlight: 0, reason: 'set', time: 0, source: undefined })
  })

  test('law 89: a lowered limit lets the running finish, a raised one wakes as many', async () => {
    const clock = new VirtualClock()
    const limit = new AdaptiveLimit({ clock, initial: 3 })
    const permits = [limit.tryAcquire()!, limit.tryAcquire()!, limit.tryAcquire()!]
    let got = 0
    const waiting = Array.from({ length: 5 }, () => limit.acquire().then((permit) => (got++, permit)))
    limit.limit = 1
    permits[0]!.release('ignore')
    permits[1]!.release('ignore')
    await clock.advance(0)
    expect([got, limit.statistics().free]).toEqual([0, 0])
    limit.limit = 4
    await clock.advance(0)
    expect([got, limit.statistics().free]).toEqual([3, 0])
    limit.limit = 6
    const rest = await Promise.all(waiting)
    for (const permit of [permits[2]!, ...rest]) permit.release('ignore')
    expect(limit.statistics()).toMatchObject({ held: 0, waiting: 0 })
  })

  test('rule 9: one limit per host under one shared cap, the hosts served in turn', async () => {
    const clock = new VirtualClock()
    const keyed = new KeyedSemaphore<string>(20, { perKey: () => new AdaptiveLimit({ clock, random: () => 0.5 }) })
    const done = { fast: 0, slow: 0 }
    let most = 0
    const serve = (host: 'fast' | 'slow', workers: number, ms: number): (() => Promise<void>) => {
      const ends = Array.from({ length: workers }, () => 0)
      return async () => {
        most = Math.max(most, keyed.statistics().held)
        const worker = ends.indexOf(Math.min(...ends))
        const end = (ends[worker] = Math.max(ends[worker]!, clock.now()) + ms)
        await new Promise<void>((resolve) => clock.setTimer(resolve, end - clock.now()))
        done[host]++
      }
    }
    const load = (host: 'fast' | 'slow', request: () => Promise<void>): Promise<unknown> =>
      Promise.all(
        Array.from({ length: 60 }, async () => {
          while (clock.now() < 30_000) await keyed.for(host).use(request)
        }),
      )
    await clock.run(() => Promise.all([load('fast', serve('fast', 40, 100)), load('slow', serve('slow', 4, 200))]))
    expect(most).toBe(20)
    // 20 answers a second are all that the slow one can give; the rest of the cap goes to the fast one.
    expect(done.slow / 30).toBeGreaterThan(17)
    expect(done.fast / 30).toBeGreaterThan(120)
    expect(keyed.statistics()).toMatchObject({ held: 0, waiting: 0, keys: 2 })
    expect(clock.pending).toBe(0)
  })
})
