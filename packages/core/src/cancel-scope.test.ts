import { describe, expect, test, vi } from 'vitest'
import { DAY, HOUR, WatchedController, deaf, outcome } from '../test/support.ts'
import type { CancelScope } from './cancel-scope.ts'
import { delay } from './delay.ts'
import { ClosedError, TimeoutError } from './errors.ts'
import { shield } from './shield.ts'
import { deadline, moveOn, timeout } from './timeout.ts'
import { VirtualClock } from './virtual-clock.ts'

describe('nested', () => {
  test('law 69: of two limits the outer one, run out first, throws; the inner one has not expired', async () => {
    const clock = new VirtualClock()
    let outer!: CancelScope
    let inner!: CancelScope
    let seen: unknown
    const work = timeout(
      10,
      (o) => {
        outer = o
        return timeout(
          20,
          (i) => {
            inner = i
            return delay(HOUR, i)
          },
          o,
        ).catch((error: unknown) => {
          seen = error
          throw error
        })
      },
      { clock },
    )
    const result = await clock.run(() => outcome(clock, work))
    expect(result).toMatchObject({ at: 10, error: { ms: 10 } })
    expect(seen).toBe(outer.signal.reason)
    expect(inner.signal.reason).toBe(seen)
    expect([outer.expired, inner.expired]).toEqual([true, false])
  })

  test('laws 69, 70: both run out while the work cleans up: the outer one throws, the inner says that it did not expire', async () => {
    const clock = new VirtualClock()
    let inner!: CancelScope
    const work = timeout(
      15,
      (o) =>
        timeout(
          10,
          async (i) => {
            inner = i
            try {
              await delay(HOUR, i)
            } finally {
              await deaf(clock, 10)
              expect(i.expired).toBe(true)
            }
          },
          o,
        ),
      { clock },
    )
    expect(await clock.run(() => outcome(clock, work))).toMatchObject({ at: 20, error: { ms: 15 } })
    expect(inner.signal.reason).toMatchObject({ ms: 10 })
    expect(inner.expired).toBe(false)
  })

  test.each([undefined, 1, 2, 3, 4, 5])(
    'law 69: both run out at the same instant, in whatever order timers fire (seed %s): the outer one throws',
    async (shuffle) => {
      const clock = new VirtualClock(shuffle === undefined ? {} : { shuffle })
      let inner!: CancelScope
      const work = timeout(10, (o) => timeout(10, (i) => delay(HOUR, (inner = i)), o).catch((e) => Promise.reject(e)), {
        clock,
      })
      const result = await clock.run(() => outcome(clock, work))
      expect(result.error).toBeInstanceOf(TimeoutError)
      expect(inner.expired).toBe(false)
      expect(clock.pending).toBe(0)
    },
  )

  test('law 69: a busy loop makes both overdue, the inner one first: the outer one still throws', async () => {
    const timers: { at: number; callback: () => void }[] = []
    let now = 0
    const clock = {
      now: () => now,
      setTimer: (callback: () => void, ms: number) => timers.push({ at: now + ms, callback }) - 1,
      clearTimer: (handle: unknown) => {
        timers[handle as number]!.at = Infinity
      },
    }
    let inner!: CancelScope
    const work = timeout(20, (o) => timeout(10, (i) => delay(HOUR, (inner = i)), o), { clock }).catch((e: unknown) => e)
    now = 30
    for (let turn = 0; turn < 5; turn++) {
      const due = timers.filter((t) => t.at <= now).sort((a, b) => a.at - b.at)
      for (const timer of due) {
        timer.at = Infinity
        timer.callback()
        for (let i = 0; i < 20; i++) await Promise.resolve()
      }
    }
    expect(await work).toMatchObject({ ms: 20 })
    expect(inner.expired).toBe(false)
  })
})

describe('scope.deadline', () => {
  test('law 73: can be moved later and earlier, and lifted, until it has passed', async () => {
    const clock = new VirtualClock()
    const expiry = async (move: (scope: CancelScope) => void, after = 5) => {
      const start = clock.now()
      const work = moveOn(
        10,
        async (scope) => {
          clock.setTimer(() => move(scope), after)
          await delay(HOUR, scope)
        },
        { clock },
      )
      await clock.run(() => work)
      return clock.now() - start
    }
    expect(await expiry((s) => (s.deadline = s.deadline! + 100))).toBe(110)
    expect(await expiry((s) => (s.deadline = clock.now() + 1))).toBe(6)
    expect(await expiry((s) => (s.deadline = 0))).toBe(5)
    expect(await expiry((s) => (s.deadline = Infinity))).toBe(HOUR)
    expect(await expiry((s) => (s.deadline = undefined))).toBe(HOUR)
    expect(
      await expiry((s) => {
        const { pending } = clock
        s.deadline = undefined
        expect(s.deadline).toBeUndefined()
        expect(clock.pending).toBe(pending - 1)
        s.deadline = clock.now() + 100 * DAY
        s.deadline = clock.now() + 50
        s.deadline = clock.now() + 70
      }),
    ).toBe(75)
    expect(clock.pending).toBe(0)
  })

  test('law 73: a scope without a limit can be given one', async () => {
    const clock = new VirtualClock()
    const work = timeout(
      undefined,
      (s) => {
        s.deadline = clock.now() + 30
        return delay(HOUR, s)
      },
      { clock },
    )
    expect(await clock.run(() => outcome(clock, work))).toMatchObject({ at: 30, error: { ms: 30 } })
  })

  test('laws 73, 82: not after the work was told to stop, nor after its end, and both say why', async () => {
    const clock = new VirtualClock()
    let scope!: CancelScope
    let refusal: unknown
    const work = moveOn(
      10,
      async (s) => {
        scope = s
        await delay(HOUR, s).catch(() => {
          try {
            s.deadline = HOUR
          } catch (error) {
            refusal = error
          }
        })
        return 'kept'
      },
      { clock },
    )
    expect(await clock.run(() => work)).toBe('kept')
    expect(refusal).toBeInstanceOf(ClosedError)
    expect(refusal).toMatchObject({ message: 'the deadline cannot be moved any more: the work has been told to stop' })
    expect(() => (scope.deadline = HOUR)).toThrow(/the work has ended/)
    await timeout(10, (s) => void (scope = s), { clock })
    expect(() => (scope.deadline = HOUR)).toThrow(ClosedError)
    expect(clock.pending).toBe(0)
  })

  test('law 73: a deadline that is no number is refused', () =>
    timeout(undefined, (s) => {
      expect(() => (s.deadline = NaN)).toThrow(TypeError)
      expect(() => (s.deadline = '5' as never)).toThrow(/deadline must be a moment/)
    }))

  test('law 74: is measured from entry', async () => {
    const clock = new VirtualClock({ start: 1000 })
    const limited = () => timeout(100, (s) => s.deadline, { clock })
    await clock.advance(500)
    expect(await limited()).toBe(1600)
    await clock.advance(500)
    expect(await limited()).toBe(2100)
  })

  test('law 75: is the earliest of all that enclose it, also when one of them moves', async () => {
    const clock = new VirtualClock()
    await timeout(
      100,
      (a) =>
        timeout(
          500,
          (b) =>
            timeout(
              Infinity,
              (c) => {
                expect([a.deadline, b.deadline, c.deadline]).toEqual([100, 100, 100])
                a.deadline = 300
                expect([a.deadline, b.deadline, c.deadline]).toEqual([300, 300, 300])
                a.deadline = undefined
                expect([a.deadline, b.deadline, c.deadline]).toEqual([undefined, 500, 500])
                c.deadline = 50
                expect([a.deadline, b.deadline, c.deadline]).toEqual([undefined, 500, 50])
              },
              b,
            ),
          a,
        ),
      { clock },
    )
    expect(await timeout(100, (s) => s.deadline, { clock, deadline: 40 })).toBe(40)
    expect(await timeout(20, (s) => s.deadline, { clock, deadline: 40 })).toBe(20)
    expect(await timeout(undefined, (s) => s.deadline, { clock })).toBeUndefined()
  })

  test('law 75: a deadline in plain options holds, and cannot be moved away from inside', async () => {
    const clock = new VirtualClock()
    const work = timeout(
      100,
      (s) => {
        s.deadline = 1000
        expect(s.deadline).toBe(40)
        return delay(HOUR, s)
      },
      { clock, deadline: 40 },
    )
    expect(await clock.run(() => outcome(clock, work))).toMatchObject({ at: 40, error: { ms: 40 } })
  })

  test('law 75: is -Infinity once the work is to stop', async () => {
    const clock = new VirtualClock()
    const outer = new AbortController()
    await timeout(
      100,
      (a) =>
        timeout(
          50,
          (b) => {
            outer.abort()
            expect([a.deadline, b.deadline]).toEqual([-Infinity, -Infinity])
          },
          a,
        ),
      { clock, signal: outer.signal },
    )
    let seen: number | undefined
    await clock.run(() => moveOn(10, (s) => delay(HOUR, s).catch(() => void (seen = s.deadline)), { clock }))
    expect(seen).toBe(-Infinity)
  })
})

describe('after a stop', () => {
  test('law 76: a timeout inside the cleanup works, on a fresh signal', async () => {
    const clock = new VirtualClock()
    const log: unknown[] = []
    const work = timeout(
      10,
      async (scope) => {
        try {
          await delay(HOUR, scope)
        } finally {
          await timeout(20, (fresh) => delay(5, fresh), { clock })
          log.push(clock.now())
          await moveOn(20, (fresh) => delay(HOUR, fresh), { clock })
          log.push(clock.now())
          await shield((inner) => delay(3, inner), scope)
          log.push(clock.now())
        }
      },
      { clock },
    )
    expect(await clock.run(() => outcome(clock, work))).toMatchObject({ error: { ms: 10 }, at: 38 })
    expect(log).toEqual([15, 35, 38])
  })

  test('law 77: an abort is idempotent, and every later wait fails too', async () => {
    const clock = new VirtualClock()
    const outer = new AbortController()
    const reason = new Error('first')
    const seen: unknown[] = []
    const started = vi.fn<() => void>()
    const work = timeout(
      1000,
      async (scope) => {
        for (let i = 0; i < 3; i++) await delay(HOUR, scope).catch((error: unknown) => seen.push(error))
        await timeout(5, started, scope).catch((error: unknown) => seen.push(error))
        outer.abort(new Error('second'))
        await delay(0, scope)
      },
      { clock, signal: outer.signal },
    )
    clock.setTimer(() => outer.abort(reason), 10)
    expect(await clock.run(() => outcome(clock, work))).toEqual({ error: reason, at: 10 })
    expect(seen).toEqual([reason, reason, reason, reason])
    expect(started).not.toHaveBeenCalled()
  })

  test('law 78: an abort before entry counts: the work is not started', async () => {
    const clock = new VirtualClock()
    const reason = new Error('before')
    const fn = vi.fn<() => void>()
    const options = { clock, signal: AbortSignal.abort(reason) }
    await expect(timeout(10, fn, options)).rejects.toBe(reason)
    await expect(timeout(0, fn, options)).rejects.toBe(reason)
    await expect(timeout(undefined, fn, options)).rejects.toBe(reason)
    await expect(deadline(10, fn, options)).rejects.toBe(reason)
    await expect(moveOn(10, fn, options)).rejects.toBe(reason)
    expect(fn).not.toHaveBeenCalled()
    expect(clock.pending).toBe(0)
  })

  test('laws 78, 82: a scope is not reusable, and using it after its end says what to do', async () => {
    let scope!: CancelScope
    await timeout(10, (s) => void (scope = s))
    const fn = vi.fn<() => void>()
    await expect(timeout(10, fn, scope)).rejects.toThrow(ClosedError)
    await expect(shield(fn, scope)).rejects.toThrow(/has ended: nothing may outlive it.*inside the function/)
    expect(fn).not.toHaveBeenCalled()
  })

  test('a signal first read after the end hears of no later abort, and holds no listener', async () => {
    const outer = new WatchedController()
    const scope = await timeout(10, (s) => s, { signal: outer.signal })
    expect(scope.signal.aborted).toBe(false)
    outer.abort()
    expect(scope.signal.aborted).toBe(false)
    expect(outer.added).toBe(0)
  })
})

describe('many', () => {
  test('10,000 limits on one outer signal add one listener, and take it away', async () => {
    const clock = new VirtualClock()
    const outer = new WatchedController()
    const work = Array.from({ length: 10_000 }, (_, i) =>
      timeout(1000 + i, (s) => delay(HOUR, s), { clock, signal: outer.signal }).catch((error: unknown) => error),
    )
    expect(outer.listeners).toBe(1)
    clock.setTimer(() => outer.abort('enough'), 500)
    expect(new Set(await clock.run(() => Promise.all(work)))).toEqual(new Set(['enough']))
    expect(outer.listeners).toBe(0)
    expect(clock.pending).toBe(0)
  })

  test('law 34: thousands of nested scopes do not overflow the stack', async () => {
    const clock = new VirtualClock()
    const outer = new AbortController()
    let deepest: CancelScope | undefined
    const nest = async (scope: CancelScope, depth: number): Promise<void> => {
      // Without the wait the calls themselves would nest.
      await Promise.resolve()
      if (depth > 0) return timeout(1000 + depth, (inner) => nest(inner, depth - 1), scope)
      deepest = scope
      expect(scope.deadline).toBe(1000)
      await delay(HOUR, scope)
    }
    const work = timeout(1000, (scope) => nest(scope, 5000), { clock, signal: outer.signal })
    clock.setTimer(() => outer.abort('from outside'), 10)
    expect(await clock.run(() => outcome(clock, work))).toEqual({ error: 'from outside', at: 10 })
    expect(deepest!.signal.reason).toBe('from outside')
    expect(clock.pending).toBe(0)
  })
})
