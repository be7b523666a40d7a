import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Clock } from './clock.ts'
import type { SluiceEvent } from './events.ts'
import { RateLimiter, type RateWaiter } from './rate-limiter.ts'
import { VirtualClock } from './virtual-clock.ts'

const rejected = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fulfilled',
    (reason: unknown) => reason,
  )

describe('RateLimiter', () => {
  test('a bare number as a rate, or another mode, is refused', () => {
    expect(() => new RateLimiter(20 as never)).toThrow("write '20/s'")
    expect(() => new RateLimiter('20')).toThrow(TypeError)
    expect(() => new RateLimiter('20/s', { mode: 'leaky' as never })).toThrow(
      new TypeError(`mode must be 'sliding' or 'fixed', not "leaky"`),
    )
  })

  test('law 112: several windows hold at once, in any interval', async () => {
    const windows = fc.array(
      fc.record({ limit: fc.integer({ min: 1, max: 8 }), ms: fc.integer({ min: 1, max: 300 }) }),
      { minLength: 1, maxLength: 3 },
    )
    const arrivals = fc.array(fc.tuple(fc.oneof(fc.constant(0), fc.nat(400)), fc.boolean()), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(windows, arrivals, fc.nat(), async (rate, plan, seed) => {
        const clock = new VirtualClock({ shuffle: seed })
        const limiter = new RateLimiter(rate, { clock })
        const times: number[] = []
        const order: number[] = []
        await clock.run(async () => {
          const all: Promise<void>[] = []
          for (const [i, [gap, patient]] of plan.entries()) {
            if (gap > 0) await new Promise<void>((resolve) => clock.setTimer(resolve, gap))
            if (patient) {
              all.push(
                limiter.acquire().then(() => {
                  times.push(clock.now())
                  order.push(i)
                }),
              )
            } else if (limiter.tryAcquire()) times.push(clock.now())
          }
          await Promise.all(all)
        })
        times.sort((a, b) => a - b)
        for (const { limit, ms } of rate)
          for (let i = limit; i < times.length; i++) expect(times[i]! - times[i - limit]!).toBeGreaterThanOrEqual(ms)
        expect(order).toEqual(order.toSorted((a, b) => a - b))
        expect(clock.pending).toBe(0)
      }),
      { numRuns: 500 },
    )
  })

  test('law 112: nothing is lost either: 100 at 20/s take 4 s', async () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('20/s', { clock })
    const times: number[] = []
    await clock.run(() =>
      Promise.all(Array.from({ length: 100 }, () => limiter.acquire().then(() => times.push(clock.now())))),
    )
    expect(times).toEqual(Array.from({ length: 100 }, (_, i) => Math.floor(i / 20) * 1000))
  })

  test('fixed windows let twice as much pass at their border', async () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('3/s', { clock, mode: 'fixed' })
    expect(limiter.tryAcquire()).toBe(true)
    await clock.advance(999)
    expect([1, 2, 3].map(() => limiter.tryAcquire())).toEqual([true, true, false])
    await clock.advance(1)
    expect([1, 2, 3, 4].map(() => limiter.tryAcquire())).toEqual([true, true, true, false])
    expect(limiter.delay()).toBe(1000)
  })

  test('first come, first served: a newcomer does not overtake one who waits', async () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('4/s', { clock })
    const log: string[] = []
    expect(limiter.tryAcquire(2)).toBe(true)
    const large = limiter.acquire({ weight: 3 }).then(() => log.push('large'))
    // Two tokens are free, but they are saved for the large one.
    expect(limiter.tryAcquire()).toBe(false)
    const small = limiter.acquire().then(() => log.push('small'))
    expect(limiter.statistics()).toMatchObject({ waiting: 2, delay: 1000 })
    await clock.run(() => Promise.all([large, small]))
    expect(log).toEqual(['large', 'small'])
    expect(clock.now()).toBe(1000)
  })

  test('a weight that the rate never allows is refused', async () => {
    const limiter = new RateLimiter('20/s,100/2m')
    const error = new RangeError('weight must be at most 20, not 21: the rate 20/s,100/2m never allows more at once')
    expect(() => limiter.tryAcquire(21)).toThrow(error)
    expect(() => limiter.delay(21)).toThrow(error)
    await expect(limiter.acquire({ weight: 21 })).rejects.toThrow(error)
    expect(() => limiter.tryAcquire(0)).toThrow(RangeError)
    expect(() => limiter.tryAcquire(1.5)).toThrow(RangeError)
    await expect(limiter.acquire({ weight: 'two' as never })).rejects.toThrow(TypeError)
  })

  test('an aborted waiter leaves without a token and makes room for those behind it', async () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('2/s', { clock })
    limiter.tryAcquire(1)
    const controller = new AbortController()
    const large = rejected(limiter.acquire({ weight: 2, signal: controller.signal }))
    const small = limiter.acquire().then(() => clock.now())
    const last = limiter.acquire(controller.signal)
    const gone = rejected(last)
    await clock.advance(100)
    controller.abort('enough')
    expect(await large).toBe('enough')
    expect(await gone).toBe('enough')
    expect(await small).toBe(100)
    expect(limiter.statistics()).toMatchObject({ waiting: 0, windows: [{ used: 2, free: 0 }] })
    expect(clock.pending).toBe(0)
    expect(await rejected(limiter.acquire(controller.signal))).toBe('enough')
  })

  test('law 86: who gives up in the turn in which it is let in takes no token with it', async () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('2/s', { clock })
    limiter.tryAcquire(2)
    const controller = new AbortController()
    const first = rejected(limiter.acquire(controller.signal))
    limiter.offer({
      take: () => {
        controller.abort('late')
        return false
      },
    })
    const others = [1, 2, 3].map(() => limiter.acquire().then(() => clock.now()))
    await clock.run(() => Promise.all(others))
    expect(await first).toBe('late')
    expect(await Promise.all(others)).toEqual([1000, 1000, 2000])
  })

  test('there is one timer, and only while somebody waits', async () => {
    let timers = 0
    const base = new VirtualClock()
    const clock: Clock = {
      now: () => base.now(),
      setTimer: (callback, ms) => {
        timers++
        return base.setTimer(callback, ms)
      },
      clearTimer: (handle) => base.clearTimer(handle),
    }
    const limiter = new RateLimiter('1/s', { clock })
    limiter.tryAcquire()
    expect(base.pending).toBe(0)
    const controller = new AbortController()
    const waiting = Array.from({ length: 100 }, () => rejected(limiter.acquire(controller.signal)))
    expect([base.pending, timers]).toEqual([1, 1])
    await base.advance(1000)
    expect([base.pending, timers]).toEqual([1, 2])
    controller.abort()
    expect(base.pending).toBe(0)
    await Promise.all(waiting)
  })

  test('a wait beyond 2^31 ms is split, and does not fire at once', async () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('1/60d', { clock })
    limiter.tryAcquire()
    await clock.run(() => limiter.acquire())
    expect(clock.now()).toBe(60 * 86_400_000)
  })

  test('law 113: a clock that goes back does not stall it', async () => {
    const virtual = new VirtualClock({ start: 10_000_000 })
    let shift = 0
    const clock: Clock = {
      now: () => virtual.now() + shift,
      setTimer: (callback, ms) => virtual.setTimer(callback, ms),
      clearTimer: (handle) => virtual.clearTimer(handle),
    }
    const limiter = new RateLimiter('2/s', { clock })
    expect(limiter.tryAcquire(2)).toBe(true)
    await virtual.advance(400)
    shift = -3_600_000
    // The time since its last look is forgotten: at most one window is waited again, never the hour, and never too little.
    expect(limiter.delay()).toBe(1000)
    const waiting = limiter.acquire().then(() => virtual.now())
    await virtual.advance(500)
    expect(limiter.delay(1)).toBe(500)
    shift = -7_200_000
    await virtual.advance(500)
    expect(await Promise.race([waiting, Promise.resolve('stalled')])).toBe('stalled')
    await virtual.advance(1000)
    expect(await waiting).toBeLessThanOrEqual(10_000_400 + 2000)
    limiter.pause(300)
    shift = -9_000_000
    expect(limiter.delay()).toBeLessThanOrEqual(1000)
    await virtual.advance(1000)
    expect(limiter.tryAcquire()).toBe(true)
  })

  test.each([
    ['3/s', 0],
    // Where one window holds up what the other would then count, it is the least.
    ['3/s,7/10s', 2000],
  ])('delay says how long a newcomer waits behind all others: %s', async (rate, short) => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter(rate, { clock })
    const said: number[] = []
    const waited: Promise<number>[] = []
    for (let i = 0; i < 20; i++) {
      said.push(limiter.delay())
      waited.push(limiter.acquire().then(() => clock.now()))
    }
    const was = await clock.run(() => Promise.all(waited))
    const differences = was.map((time, i) => time - said[i]!)
    expect(Math.min(...differences)).toBe(0)
    expect(Math.max(...differences)).toBe(short)
  })

  test('law 107: statistics tell the windows, who waits, and how long', async () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('3/s,5/10s', { clock })
    expect(limiter.tryAcquire(3)).toBe(true)
    await clock.advance(1000)
    limiter.tryAcquire()
    const waiting = [limiter.acquire(), limiter.acquire()]
    limiter.pause(500)
    expect(limiter.statistics()).toEqual({
      rate: '3/s,5/10s',
      waiting: 1,
      delay: 9000,
      paused: 500,
      windows: [
        { limit: 3, ms: 1000, used: 2, free: 1 },
        { limit: 5, ms: 10_000, used: 5, free: 0 },
      ],
    })
    await clock.run(() => Promise.all(waiting))
    expect(limiter.statistics()).toMatchObject({ waiting: 0, paused: 0 })
  })

  test('the rate can be set in use: what was taken before still counts', async () => {
    const clock = new VirtualClock()
    const events: SluiceEvent[] = []
    const limiter = new RateLimiter('2/s,100/m', { clock, name: 'euw1', onEvent: (event) => events.push(event) })
    expect(limiter.tryAcquire(2)).toBe(true)
    const log: number[] = []
    const waiting = Array.from({ length: 3 }, () => limiter.acquire().then(() => log.push(clock.now())))
    limiter.rate = '4/s,100/m,5/10s'
    expect(limiter.rate).toBe('4/s,100/m,5/10s')
    await clock.run(() => Promise.all(waiting))
    // Two more in this second, and the fifth of the ten seconds in the next.
    expect(log).toEqual([0, 0, 1000])
    expect(limiter.statistics().windows.map(({ used }) => used)).toEqual([1, 5, 5])
    expect(events.filter(({ type }) => type === 'limitLearned')).toEqual([
      { type: 'limitLearned', key: 'euw1', limit: '4/s,100/m,5/10s', source: 'euw1', time: 0 },
    ])
    limiter.rate = '4:1,100:60,5:10'
    expect(events.filter(({ type }) => type === 'limitLearned').length).toBe(1)
    expect(() => (limiter.rate = 'fast')).toThrow(TypeError)
    expect(limiter.rate).toBe('4/s,100/m,5/10s')
    const large = rejected(limiter.acquire({ weight: 4 }))
    const small = limiter.acquire()
    limiter.rate = '3/s'
    expect(await large).toEqual(
      new RangeError('weight must be at most 3, not 4: the rate 3/s never allows more at once'),
    )
    await clock.run(() => small)
    expect(limiter.statistics().waiting).toBe(0)
  })

  test('stall and resume are told once each, not per waiter', async () => {
    const clock = new VirtualClock()
    const events: SluiceEvent[] = []
    const limiter = new RateLimiter('2/s', { clock, onEvent: (event) => events.push(event) })
    limiter.tryAcquire(2)
    const waiting = [1, 2, 3].map(() => limiter.acquire())
    await clock.run(() => Promise.all(waiting))
    const base = { key: '2/s', source: undefined }
    expect(events).toEqual([
      { type: 'stall', ms: 1000, waiting: 1, time: 0, ...base },
      { type: 'resume', stalled: 1000, time: 1000, ...base },
      { type: 'stall', ms: 1000, waiting: 1, time: 1000, ...base },
      { type: 'resume', stalled: 1000, time: 2000, ...base },
    ])
    const controller = new AbortController()
    limiter.tryAcquire()
    const last = rejected(limiter.acquire(controller.signal))
    controller.abort()
    await last
    expect(events.slice(4).map(({ type }) => type)).toEqual(['stall', 'resume'])
  })
})

describe('RateLimiter.pause', () => {
  test('law 111: Retry-After freezes it once, and older requests change nothing', async () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('100/s', { clock })
    await clock.advance(50)
    expect(limiter.pause(1000, { sentAt: 0 })).toBe(true)
    const sent = limiter.acquire().then(() => clock.now())
    await clock.advance(500)
    // The other 99 of the burst come back refused as well.
    for (let i = 0; i < 99; i++) expect(limiter.pause(1000, { sentAt: i / 2 })).toBe(false)
    expect(limiter.pause(1000, { sentAt: 50 })).toBe(false)
    expect(limiter.delay()).toBe(500)
    await clock.advance(500)
    expect(await sent).toBe(1050)
    // One that was sent after the pause is news.
    expect(limiter.pause(200, { sentAt: 1050 })).toBe(true)
    expect(limiter.tryAcquire()).toBe(false)
    expect(limiter.delay()).toBe(200)
  })

  test('a longer pause stays, resume ends it, and pauseUntil takes a time', async () => {
    const clock = new VirtualClock({ start: 100 })
    const events: SluiceEvent[] = []
    const limiter = new RateLimiter('100/s', { clock, onEvent: (event) => events.push(event) })
    limiter.pause(1000)
    limiter.pause(10)
    expect(limiter.delay()).toBe(1000)
    const waiting = limiter.acquire().then(() => clock.now())
    limiter.pauseUntil(3100)
    expect(limiter.statistics()).toMatchObject({ delay: 3000, paused: 3000, waiting: 1 })
    await clock.advance(500)
    limiter.resume()
    expect(await waiting).toBe(600)
    expect(clock.pending).toBe(0)
    expect(events.map((event) => (event.type === 'stall' ? event.ms : event.type))).toEqual([1000, 3000, 'resume'])
    expect(() => limiter.pause(-1)).toThrow(RangeError)
    expect(() => limiter.pause(Infinity)).toThrow(RangeError)
    expect(() => limiter.pauseUntil(Number.NaN)).toThrow(TypeError)
  })
})

describe('RateLimiter.offer', () => {
  test('take is called when it is its turn, never from inside offer, and false passes the token on', async () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('2/s', { clock })
    const log: string[] = []
    const waiter = (name: string, wants: boolean): RateWaiter => ({
      take: () => {
        log.push(`${name} ${clock.now()}`)
        return wants
      },
    })
    limiter.offer(waiter('a', true))
    expect(log).toEqual([])
    await clock.advance(0)
    expect(log).toEqual(['a 0'])
    limiter.tryAcquire()
    const b = waiter('b', true)
    limiter.offer(waiter('declines', false))
    limiter.offer(b)
    limiter.offer(b)
    const gone = waiter('withdrawn', true)
    limiter.offer(gone)
    limiter.offer(waiter('c', true))
    expect(limiter.statistics().waiting).toBe(4)
    limiter.withdraw(gone)
    limiter.withdraw(gone)
    await clock.advance(1000)
    expect(log).toEqual(['a 0', 'declines 1000', 'b 1000', 'c 1000'])
    expect(limiter.statistics()).toMatchObject({ waiting: 0, windows: [{ used: 2 }] })
    expect(clock.pending).toBe(0)
  })

  test('a waiter that leaves lets the timer go', () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('1/s', { clock })
    limiter.tryAcquire()
    const waiter = { take: () => true }
    limiter.offer(waiter)
    expect(clock.pending).toBe(1)
    limiter.withdraw(waiter)
    expect(clock.pending).toBe(0)
  })

  test('what take sets off does not get its token, and two who offer themselves again take turns', async () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('4/s', { clock })
    const log: string[] = []
    const again = (name: string): RateWaiter => {
      const waiter: RateWaiter = {
        take: () => {
          log.push(name)
          limiter.offer(waiter)
          return true
        },
      }
      return waiter
    }
    limiter.offer(again('a'))
    limiter.offer(again('b'))
    await clock.advance(1000)
    expect(log).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'])
    const greedy = new RateLimiter('1/s', { clock })
    const got: boolean[] = []
    greedy.offer({
      take: () => {
        got.push(greedy.tryAcquire())
        return true
      },
    })
    await clock.advance(0)
    expect(got).toEqual([false])
    expect(greedy.statistics().windows).toEqual([{ limit: 1, ms: 1000, used: 1, free: 0 }])
  })

  test('one that declines cannot keep its place by offering itself again', async () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('1/s', { clock })
    let calls = 0
    const waiter: RateWaiter = {
      take: () => {
        calls++
        limiter.offer(waiter)
        return false
      },
    }
    limiter.offer(waiter)
    await clock.advance(5000)
    expect(calls).toBe(1)
    expect(limiter.statistics().waiting).toBe(0)
  })

  test('one that throws loses its turn, and the others go on', async () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter('1/s', { clock })
    limiter.tryAcquire()
    limiter.offer({
      take: () => {
        throw new Error('broken')
      },
    })
    const next = limiter.acquire().then(() => clock.now())
    await expect(clock.advance(1000)).rejects.toThrow('broken')
    expect(await next).toBe(1000)
    expect(limiter.statistics()).toMatchObject({ waiting: 0, windows: [{ used: 1 }] })
  })

  test('law 112: callers, offers and cancels of any kind: no token lost, none too many', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constantFrom('acquire', 'try', 'offer', 'decline'), weight: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ do: fc.constantFrom('abort', 'withdraw'), weight: fc.nat(20) }),
      fc.record({ do: fc.constant('advance'), weight: fc.nat(120) }),
      fc.record({ do: fc.constant('pause'), weight: fc.nat(50) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.nat(), async (steps, seed) => {
        const clock = new VirtualClock({ shuffle: seed })
        const limiter = new RateLimiter('3/100ms,5/250ms', { clock })
        const times: number[] = []
        const took = (weight: number) => {
          for (let i = 0; i < weight; i++) times.push(clock.now())
        }
        const controllers: AbortController[] = []
        const offers: RateWaiter[] = []
        const open: Promise<void>[] = []
        for (const { do: what, weight } of steps) {
          if (what === 'acquire') {
            const controller = new AbortController()
            controllers.push(controller)
            open.push(
              limiter.acquire({ weight, signal: controller.signal }).then(
                () => took(weight),
                () => {},
              ),
            )
          } else if (what === 'try') {
            if (limiter.tryAcquire(weight)) took(weight)
          } else if (what === 'offer' || what === 'decline') {
            const waiter = {
              take: () => {
                if (what === 'offer') took(1)
                return what === 'offer'
              },
            }
            offers.push(waiter)
            limiter.offer(waiter)
          } else if (what === 'abort') controllers[weight % Math.max(1, controllers.length)]?.abort()
          else if (what === 'withdraw')
            limiter.withdraw(offers[weight % Math.max(1, offers.length)] ?? { take: () => true })
          else if (what === 'pause') limiter.pause(weight)
          else await clock.advance(weight)
        }
        await clock.advance(60_000)
        await Promise.all(open)
        for (const [limit, ms] of [
          [3, 100],
          [5, 250],
        ] as const)
          for (let i = limit; i < times.length; i++) expect(times[i]! - times[i - limit]!).toBeGreaterThanOrEqual(ms)
        expect(limiter.statistics()).toMatchObject({ waiting: 0, delay: 0, windows: [{ free: 3 }, { free: 5 }] })
        expect(clock.pending).toBe(0)
        // Whatever was given up is free again: the full limit can be had at once.
        expect([limiter.tryAcquire(3), limiter.tryAcquire()]).toEqual([true, false])
      }),
      { numRuns: 1000 },
    )
  })
})
