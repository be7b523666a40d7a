import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { DeadlockError } from './errors.ts'
import { VirtualClock } from './virtual-clock.ts'

const sleep = (clock: VirtualClock, ms: number) => new Promise<void>((resolve) => clock.setTimer(resolve, ms))

describe('advance', () => {
  test('fires by time, then by order of arming, and stops at the target', async () => {
    const clock = new VirtualClock({ start: 1000 })
    const log: string[] = []
    clock.setTimer(() => log.push(`c${clock.now()}`), 20)
    clock.setTimer(() => log.push(`a${clock.now()}`), 10)
    clock.setTimer(() => log.push(`b${clock.now()}`), 10)
    clock.setTimer(() => log.push(`d${clock.now()}`), 21)
    expect(clock.pending).toBe(4)
    await clock.advance(20)
    expect(log).toEqual(['a1010', 'b1010', 'c1020'])
    expect(clock.now()).toBe(1020)
    expect(clock.pending).toBe(1)
    await clock.advance(0.5)
    expect(clock.now()).toBe(1020.5)
    expect(log).toHaveLength(3)
  })

  test('lets every promise go on between two timers of the same instant', async () => {
    const clock = new VirtualClock()
    const log: string[] = []
    clock.setTimer(() => {
      log.push('first')
      let p = Promise.resolve()
      for (let i = 0; i < 50; i++) p = p.then(() => undefined)
      void p.then(() => log.push('its promises'))
    }, 5)
    clock.setTimer(() => log.push('second'), 5)
    await clock.advance(5)
    expect(log).toEqual(['first', 'its promises', 'second'])
  })

  test('fires timers that are armed on the way', async () => {
    const clock = new VirtualClock()
    const log: number[] = []
    const tick = () => {
      log.push(clock.now())
      clock.setTimer(tick, 10)
    }
    clock.setTimer(tick, 10)
    await clock.advance(35)
    expect(log).toEqual([10, 20, 30])
    expect(clock.pending).toBe(1)
  })

  test('sees timers of work that was started just before it', async () => {
    const clock = new VirtualClock()
    let woken = false
    void (async () => {
      await Promise.resolve()
      await sleep(clock, 10)
      woken = true
    })()
    await clock.advance(10)
    expect(woken).toBe(true)
  })

  test('overlapping calls never turn time back', async () => {
    const clock = new VirtualClock()
    await Promise.all([clock.advance(100), clock.advance(10)])
    expect(clock.now()).toBe(100)
  })

  test('rejects with what a callback threw', async () => {
    const clock = new VirtualClock()
    const error = new Error('broken callback')
    clock.setTimer(() => {
      throw error
    }, 1)
    await expect(clock.advance(1)).rejects.toBe(error)
  })
})

describe('clearTimer', () => {
  test('forgets the timer; unknown, fired and foreign handles are ignored', async () => {
    const clock = new VirtualClock()
    const other = new VirtualClock()
    const fired: number[] = []
    const handles = [1, 2, 3].map((i) => clock.setTimer(() => fired.push(i), i))
    const foreign = other.setTimer(() => fired.push(9), 1)
    clock.clearTimer(handles[1])
    clock.clearTimer(handles[1])
    clock.clearTimer(foreign)
    clock.clearTimer(undefined)
    clock.clearTimer(null)
    clock.clearTimer({})
    expect(clock.pending).toBe(2)
    expect(other.pending).toBe(1)
    await clock.advance(5)
    expect(fired).toEqual([1, 3])
    clock.clearTimer(handles[0])
    expect(clock.pending).toBe(0)
  })

  test('any schedule of arming and clearing fires exactly the rest, in order', async () => {
    const step = fc.record({ ms: fc.integer({ min: 0, max: 20 }), clear: fc.option(fc.nat(30), { nil: undefined }) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const clock = new VirtualClock()
        const armed: { ms: number; id: number; cleared: boolean; handle: unknown }[] = []
        const fired: number[] = []
        for (const { ms, clear } of steps) {
          const id = armed.length
          armed.push({ ms, id, cleared: false, handle: clock.setTimer(() => fired.push(id), ms) })
          const victim = clear === undefined ? undefined : armed[clear]
          if (victim) {
            clock.clearTimer(victim.handle)
            victim.cleared = true
          }
        }
        const expected = armed.filter((t) => !t.cleared).sort((a, b) => a.ms - b.ms || a.id - b.id)
        expect(clock.pending).toBe(expected.length)
        await clock.advance(20)
        expect(fired).toEqual(expected.map((t) => t.id))
        expect(clock.pending).toBe(0)
      }),
      { numRuns: 300 },
    )
  })
})

describe('run', () => {
  test('law 114: an hour of one-second timers runs in well under a second, in order', async () => {
    const clock = new VirtualClock()
    const before = performance.now()
    const times = await clock.run(async () => {
      const seen: number[] = []
      for (let i = 0; i < 3600; i++) {
        await sleep(clock, 1000)
        seen.push(clock.now())
      }
      return seen
    })
    expect(performance.now() - before).toBeLessThan(900)
    expect(times).toEqual(Array.from({ length: 3600 }, (_, i) => (i + 1) * 1000))
    expect(clock.now()).toBe(3_600_000)
  })

  test('returns plain values, rejects with what the body threw, synchronously or not', async () => {
    const clock = new VirtualClock()
    const error = new Error('body')
    expect(await clock.run(() => 7)).toBe(7)
    await expect(
      clock.run(() => {
        throw error
      }),
    ).rejects.toBe(error)
    await expect(
      clock.run(async () => {
        await sleep(clock, 5)
        throw error
      }),
    ).rejects.toBe(error)
    expect(clock.now()).toBe(5)
  })

  test('does not fire what is left when the body is done', async () => {
    const clock = new VirtualClock()
    let fired = false
    clock.setTimer(() => {
      fired = true
    }, 10)
    await clock.run(() => sleep(clock, 5))
    expect(fired).toBe(false)
    expect(clock.now()).toBe(5)
    expect(clock.pending).toBe(1)
  })

  test('a body may advance the clock itself: no jump goes past its target', async () => {
    const clock = new VirtualClock()
    let late = false
    await clock.run(async () => {
      clock.setTimer(() => {
        late = true
      }, 1000)
      await clock.advance(10)
      expect(clock.now()).toBe(10)
      expect(late).toBe(false)
    })
  })

  test('a body that can never go on is a DeadlockError that says so', async () => {
    const clock = new VirtualClock()
    const run = clock.run(async () => {
      await sleep(clock, 42)
      await new Promise(() => {})
    })
    await expect(run).rejects.toThrow(DeadlockError)
    await expect(run).rejects.toThrow(/Timers armed: 0, fired so far: 1, now: 42 ms.*pass \{ clock \}/)
  })

  test('a callback that throws ends the run', async () => {
    const clock = new VirtualClock()
    const error = new Error('broken callback')
    const run = clock.run(() => {
      clock.setTimer(() => {
        throw error
      }, 1)
      return new Promise(() => {})
    })
    await expect(run).rejects.toBe(error)
  })
})

describe('law 115: order within one instant', () => {
  const order = async (shuffle?: number) => {
    const clock = new VirtualClock(shuffle === undefined ? {} : { shuffle })
    const log: number[] = []
    for (let i = 0; i < 20; i++) clock.setTimer(() => log.push(i), i < 10 ? 5 : 6)
    await clock.advance(10)
    return log
  }
  const sorted = Array.from({ length: 20 }, (_, i) => i)

  test('law 115: without a seed it is the order of arming', async () => {
    expect(await order()).toEqual(sorted)
  })

  test('law 115: a seed shuffles it, repeatably, and never across instants', async () => {
    const one = await order(1)
    expect(await order(1)).toEqual(one)
    expect(await order(2)).not.toEqual(one)
    expect(one).not.toEqual(sorted)
    expect(one.slice(0, 10).sort((a, b) => a - b)).toEqual(sorted.slice(0, 10))
  })
})

describe('time itself', () => {
  test('a wait too small for the precision of the clock still moves it on', async () => {
    const clock = new VirtualClock({ start: 1e9 })
    const deadline = 1e9 + 0.3
    let turns = 0
    await clock.run(async () => {
      while (deadline - clock.now() > 0) {
        turns++
        await sleep(clock, Math.min(1e-12, deadline - clock.now()))
        if (turns === 5) return
      }
    })
    expect(clock.now()).toBeGreaterThan(1e9)
  })

  test('a negative wait counts as none', async () => {
    const clock = new VirtualClock({ start: 5 })
    await clock.run(() => sleep(clock, -3))
    expect(clock.now()).toBe(5)
  })

  test('works without setImmediate, as in a browser', async () => {
    vi.stubGlobal('setImmediate', undefined)
    vi.resetModules()
    try {
      const { VirtualClock: Fresh } = await import('./virtual-clock.ts')
      const clock = new Fresh()
      await clock.run(async () => {
        for (let i = 0; i < 100; i++) await sleep(clock, 10)
      })
      expect(clock.now()).toBe(1000)
    } finally {
      vi.unstubAllGlobals()
    }
  })

  test('does not stop when the global timers are replaced', async () => {
    vi.useFakeTimers()
    try {
      const clock = new VirtualClock()
      await clock.run(() => sleep(clock, 1000))
      expect(clock.now()).toBe(1000)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('wrong use teaches', () => {
  test('start, shuffle, ms', async () => {
    expect(() => new VirtualClock({ start: NaN })).toThrow(TypeError)
    expect(() => new VirtualClock({ start: Infinity })).toThrow(RangeError)
    expect(() => new VirtualClock({ shuffle: 'x' as never })).toThrow(/shuffle must be/)
    const clock = new VirtualClock()
    expect(() => clock.setTimer(() => {}, 2 ** 31)).toThrow(/ms of setTimer must be at most 2147483647/)
    expect(() => clock.setTimer(() => {}, NaN)).toThrow(TypeError)
    await expect(clock.advance(-1)).rejects.toThrow(RangeError)
    await expect(clock.advance(Infinity)).rejects.toThrow(RangeError)
    expect(clock.pending).toBe(0)
  })
})
