import { describe, expect, test, vi } from 'vitest'
import { DAY, HOUR, WatchedController, controllersMade, deaf, echo, outcome } from '../test/support.ts'
import type { CancelScope } from './cancel-scope.ts'
import { delay } from './delay.ts'
import { TimeoutError } from './errors.ts'
import { deadline, moveOn, timeout } from './timeout.ts'
import { VirtualClock } from './virtual-clock.ts'

describe('timeout', () => {
  test('returns the value of work that is in time, and leaves no timer behind', async () => {
    const clock = new VirtualClock({ start: 100 })
    const { value } = await clock.run(async () => ({
      value: await timeout(50, () => deaf(clock, 49).then(() => 7), { clock }),
    }))
    expect(value).toBe(7)
    expect(clock.now()).toBe(149)
    expect(clock.pending).toBe(0)
    expect(await timeout(50, () => 'plain', { clock })).toBe('plain')
    expect(clock.pending).toBe(0)
  })

  test('an error names the work and the limit', async () => {
    const clock = new VirtualClock()
    const named = timeout(1500, (s) => delay(HOUR, s), { clock, name: 'fetch match' })
    const plain = timeout(1500, (s) => delay(HOUR, s), { clock })
    const [a, b] = await clock.run(() => Promise.allSettled([named, plain]))
    expect(a).toMatchObject({
      reason: { message: '"fetch match" did not end within 1500 ms', ms: 1500, name: 'TimeoutError' },
    })
    expect(b).toMatchObject({ reason: { message: 'the work did not end within 1500 ms' } })
  })

  test('law 63: waits for the stopped work to end before it throws', async () => {
    const clock = new VirtualClock()
    let ended = -1
    const work = timeout(
      10,
      async (scope) => {
        try {
          await delay(HOUR, scope)
        } finally {
          await deaf(clock, 30)
          ended = clock.now()
        }
      },
      { clock },
    )
    const { error, at } = await clock.run(() => outcome(clock, work))
    expect(error).toBeInstanceOf(TimeoutError)
    expect(ended).toBe(40)
    expect(at).toBe(40)
  })

  test('law 63: work that ignores its signal is waited for', async () => {
    const clock = new VirtualClock()
    const failing = async () => {
      await deaf(clock, 60)
      throw new Error('late')
    }
    const result = await clock.run(() => outcome(clock, timeout(10, failing, { clock })))
    expect(result).toMatchObject({ at: 60, error: { message: 'late' } })
  })

  test.each([
    ['the reason itself', (reason: unknown) => reason],
    ["an AbortError with the reason as its cause, as Node's own", echo],
    ['an AbortError with the reason as `reason`', (reason: unknown) => Object.assign(echo(undefined), { reason })],
  ])('law 63: the work may end with %s', async (_, make) => {
    const clock = new VirtualClock()
    let reason: unknown
    const work = timeout(
      10,
      (scope) =>
        delay(HOUR, scope).catch((error: unknown) => {
          reason = error
          throw make(error)
        }),
      { clock },
    )
    const result = await clock.run(() => outcome(clock, work))
    expect(result).toEqual({ at: 10, error: reason })
    expect(reason).toBeInstanceOf(TimeoutError)
  })

  test('law 64: an error in the cleanup replaces the timeout, which becomes its cause', async () => {
    const clock = new VirtualClock()
    const broken = new Error('cleanup failed')
    const work = timeout(10, (scope) => delay(HOUR, scope).catch(() => Promise.reject(broken)), { clock })
    expect(await clock.run(() => outcome(clock, work))).toEqual({ error: broken, at: 10 })
    expect(broken.cause).toBeInstanceOf(TimeoutError)
  })

  test('law 64: a cause that is already there is kept; frozen errors and thrown strings pass', async () => {
    const clock = new VirtualClock()
    const run = (thrown: unknown) =>
      clock.run(() =>
        outcome(
          clock,
          timeout(10, (scope) => delay(HOUR, scope).catch(() => Promise.reject(thrown)), { clock }),
        ),
      )
    const caused = new Error('outer', { cause: 'its own' })
    expect(await run(caused)).toMatchObject({ error: caused })
    expect(caused.cause).toBe('its own')
    const frozen = Object.freeze(new Error('frozen'))
    expect(await run(frozen)).toMatchObject({ error: frozen })
    expect(await run('text')).toMatchObject({ error: 'text' })
    expect(await run(null)).toMatchObject({ error: null })
  })

  test('law 65: a value that comes although the work was stopped is kept', async () => {
    const clock = new VirtualClock()
    let scope!: CancelScope
    const work = timeout(
      10,
      async (s) => {
        scope = s
        await deaf(clock, 25)
        expect(s.expired).toBe(true)
        return 'a real response'
      },
      { clock },
    )
    expect(await clock.run(() => outcome(clock, work))).toEqual({ value: 'a real response', at: 25 })
    expect(scope.signal.reason).toBeInstanceOf(TimeoutError)
    expect(scope.expired).toBe(false)
  })

  test('law 66: with 0 ms the work is not started', async () => {
    const clock = new VirtualClock()
    const fn = vi.fn<() => void>()
    await expect(timeout(0, fn, { clock })).rejects.toMatchObject({ name: 'TimeoutError', ms: 0 })
    await expect(deadline(clock.now(), fn, { clock })).rejects.toThrow(TimeoutError)
    await expect(deadline(-5, fn, { clock })).rejects.toThrow(TimeoutError)
    await expect(timeout(100, fn, { clock, deadline: clock.now() })).rejects.toThrow(TimeoutError)
    expect(await moveOn(0, fn, { clock, fallback: 'none' })).toBe('none')
    expect(fn).not.toHaveBeenCalled()
    expect(clock.pending).toBe(0)
  })

  test('law 67: no limit, no timer and no controller', async () => {
    const clock = new VirtualClock()
    const outer = new WatchedController()
    const made = await controllersMade(async () => {
      for (const ms of [undefined, Infinity]) {
        const work = vi.fn<() => number>(() => clock.pending)
        expect(await timeout(ms, work, { clock, signal: outer.signal })).toBe(0)
        expect(await deadline(ms, work, { clock, signal: outer.signal })).toBe(0)
        expect(await moveOn(ms, work, { clock, signal: outer.signal })).toBe(0)
        expect(work).toHaveBeenCalledTimes(3)
      }
    })
    expect(made).toBe(0)
    expect(outer.added).toBe(0)
  })

  test('law 67: a limit without a reader of the signal makes no controller either', async () => {
    const clock = new VirtualClock()
    expect(await controllersMade(() => clock.run(() => timeout(10, () => deaf(clock, 5), { clock })))).toBe(0)
  })

  test('law 68: negative, NaN and too long are refused, and say what to write', async () => {
    const fn = vi.fn<() => void>()
    for (const limit of [timeout, moveOn]) {
      await expect(limit(-1, fn)).rejects.toThrow(RangeError)
      await expect(limit(NaN, fn)).rejects.toThrow(TypeError)
      await expect(limit('5' as never, fn)).rejects.toThrow(/ms must be milliseconds.*not "5"/)
      await expect(limit(null as never, fn)).rejects.toThrow(TypeError)
      await expect(limit(2 ** 31, fn)).rejects.toThrow(RangeError)
      await expect(limit(2 ** 31, fn)).rejects.toThrow(/write deadline\(clock\.now\(\) \+ ms, fn\).*not 2147483648/)
    }
    await expect(deadline(NaN, fn)).rejects.toThrow(TypeError)
    await expect(deadline(new Date() as never, fn)).rejects.toThrow(/at must be a moment of clock\.now\(\)/)
    expect(fn).not.toHaveBeenCalled()
  })

  test('law 68: the longest timeout works, and a deadline beyond it does not fire early', async () => {
    const clock = new VirtualClock()
    const long = timeout(
      2 ** 31 - 1,
      (s) => delay(2 ** 31 - 1, { clock: s.clock }).then(() => Promise.reject(s.signal.reason)),
      { clock },
    )
    expect(await clock.run(() => outcome(clock, long))).toMatchObject({
      at: 2 ** 31 - 1,
      error: { name: 'TimeoutError' },
    })
    const at = clock.now() + 100 * DAY
    const far = deadline(
      at,
      (s) => new Promise((_, reject) => s.signal.addEventListener('abort', () => reject(s.signal.reason))),
      { clock },
    )
    expect(await clock.run(() => outcome(clock, far))).toMatchObject({
      at,
      error: { name: 'TimeoutError', ms: 100 * DAY },
    })
    expect(clock.pending).toBe(0)
  })

  test('wrong use teaches', async () => {
    await expect(timeout(5, Promise.resolve() as never)).rejects.toThrow(/fn must be a function, not a promise/)
    await expect(timeout(5, () => 1, AbortSignal.abort() as never)).rejects.toThrow(
      /options must be an object such as \{ signal \}/,
    )
    await expect(timeout(5, () => 1, 7 as never)).rejects.toThrow(/options must be/)
    await expect(timeout(5, () => 1, { signal: new AbortController() as never })).rejects.toThrow(
      /signal must be an AbortSignal/,
    )
    await expect(timeout(5, () => 1, { deadline: NaN })).rejects.toThrow(/deadline must be a moment/)
  })

  test('law 71: a foreign error passes through; the scope has not expired', async () => {
    const clock = new VirtualClock()
    const foreign = new Error('foreign')
    let scope!: CancelScope
    const work = timeout(
      10,
      (s) => {
        scope = s
        throw foreign
      },
      { clock },
    )
    expect(await outcome(clock, work)).toEqual({ error: foreign, at: 0 })
    expect(foreign.cause).toBeUndefined()
    expect(scope.expired).toBe(false)
    expect(clock.pending).toBe(0)
  })

  test('law 72: an abort from outside arrives with its own reason, not as a timeout', async () => {
    const clock = new VirtualClock()
    for (const make of [(reason: unknown) => reason, echo]) {
      const outer = new WatchedController()
      const reason = new Error('the user left')
      let scope!: CancelScope
      const work = timeout(
        1000,
        (s) => {
          scope = s
          return delay(HOUR, s).catch((error: unknown) => Promise.reject(make(error)))
        },
        { clock, signal: outer.signal },
      )
      const aborted = clock.setTimer(() => outer.abort(reason), 10)
      const start = clock.now()
      expect(await clock.run(() => outcome(clock, work))).toEqual({ error: reason, at: start + 10 })
      expect(scope.expired).toBe(false)
      expect(outer.added).toBe(1)
      expect(outer.listeners).toBe(0)
      expect(clock.pending).toBe(0)
      clock.clearTimer(aborted)
    }
  })

  test('law 72: a timeout that comes after the abort from outside changes nothing, whether or not the signal was read', async () => {
    for (const reads of [true, false]) {
      const clock = new VirtualClock()
      const outer = new AbortController()
      const reason = new Error('the user left')
      let scope!: CancelScope
      const late = new Error('late')
      const work = timeout(
        20,
        async (s) => {
          scope = s
          if (reads) void s.signal
          await deaf(clock, 50)
          expect(s.expired).toBe(false)
          expect(s.signal.reason).toBe(reason)
          throw late
        },
        { clock, signal: outer.signal },
      )
      clock.setTimer(() => outer.abort(reason), 10)
      expect(await clock.run(() => outcome(clock, work))).toEqual({ error: late, at: 50 })
      expect(late.cause).toBeUndefined()
      expect(scope.expired).toBe(false)
    }
  })
})

describe('moveOn', () => {
  test('law 80: timeout throws, moveOn returns', async () => {
    const clock = new VirtualClock()
    const slow = (s: CancelScope) => delay(HOUR, s).then(() => 'done')
    let scope!: CancelScope
    const run = <F>(options: { fallback?: F }) =>
      clock.run(() => moveOn(10, (s) => slow((scope = s)), { clock, ...options }))
    await expect(clock.run(() => timeout(10, slow, { clock }))).rejects.toThrow(TimeoutError)
    expect(await run({})).toBeUndefined()
    expect(scope.expired).toBe(true)
    expect(await run({ fallback: 'stale' })).toBe('stale')
    expect(await clock.run(() => moveOn(10, () => 'fresh', { clock, fallback: 'stale' }))).toBe('fresh')
  })

  test('law 80: only its own time limit is swallowed', async () => {
    const clock = new VirtualClock()
    const error = new Error('real')
    const outer = new AbortController()
    const foreign = new TimeoutError('not mine', 5)
    await expect(moveOn(10, () => Promise.reject(error), { clock })).rejects.toBe(error)
    await expect(moveOn(10, () => Promise.reject(foreign), { clock })).rejects.toBe(foreign)
    const broken = moveOn(10, (s) => delay(HOUR, s).catch(() => Promise.reject(error)), { clock })
    expect(await clock.run(() => outcome(clock, broken))).toMatchObject({ error })
    const aborted = moveOn(10, (s) => delay(HOUR, s), { clock, signal: outer.signal })
    outer.abort(error)
    expect(await clock.run(() => outcome(clock, aborted))).toMatchObject({ error })
    const nested = timeout(5, (s) => moveOn(10, (inner) => delay(HOUR, inner), s), { clock })
    expect(await clock.run(() => outcome(clock, nested))).toMatchObject({ error: { ms: 5 } })
  })
})
