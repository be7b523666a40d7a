import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Ending, WatchedController, deaf, outcome } from '../test/support.ts'
import type { CancelScope } from './cancel-scope.ts'
import { delay } from './delay.ts'
import { timeout } from './timeout.ts'
import { VirtualClock } from './virtual-clock.ts'

type Work = 'listens' | 'ignores' | 'fails late' | 'breaks in cleanup'

interface Schedule {
  /** The limits of the nested scopes, from the outermost. */
  limits: number[]
  /** When the work would end by itself. */
  end: number
  /** When the outer signal aborts; Infinity for never. */
  abortAt: number
  /** How long the work cleans up after it was stopped. */
  cleanup: number
  work: Work
  shuffle: number
}

const outside = new Error('outside')

/** What the laws say about a schedule. */
function model({ limits, end, abortAt, cleanup, work }: Schedule, own: Error): Ending & { expired: boolean[] } {
  const stop = Math.min(...limits, abortAt)
  const none = limits.map(() => false)
  if (work === 'ignores') return { value: 'value', at: end, expired: none }
  if (work === 'fails late') return { error: own, at: end, expired: none }
  if (stop > end) return { value: 'value', at: end, expired: none }
  const at = stop + cleanup + 0.5
  if (work === 'breaks in cleanup') return { error: own, at, expired: none }
  if (abortAt < at) return { error: outside, at, expired: none }
  const level = limits.findIndex((ms) => ms < at)
  return { error: limits[level], at, expired: limits.map((_, i) => i === level) }
}

/** What really happens. A TimeoutError is shown as its `ms`, which tells whose it is. */
async function observe({ limits, end, abortAt, cleanup, work, shuffle }: Schedule, own: Error) {
  const clock = new VirtualClock({ shuffle })
  const outer = new WatchedController()
  const scopes: CancelScope[] = []
  let workEnded = -1
  const innermost = async (scope: CancelScope): Promise<string> => {
    try {
      if (work === 'ignores' || work === 'fails late') {
        await deaf(clock, end)
        if (work === 'fails late') throw own
      } else {
        await delay(end, scope).catch(async (reason: unknown) => {
          await deaf(clock, cleanup + 0.5)
          throw work === 'listens' ? reason : own
        })
      }
      return 'value'
    } finally {
      workEnded = clock.now()
    }
  }
  const nest = (level: number, surroundings: object): Promise<string> =>
    timeout(
      limits[level],
      (scope) => {
        scopes.push(scope)
        return level === limits.length - 1 ? innermost(scope) : nest(level + 1, scope)
      },
      surroundings,
    )
  const running = nest(0, { clock, signal: outer.signal })
  const abort = abortAt === Infinity ? undefined : clock.setTimer(() => outer.abort(outside), abortAt)
  const ending = await clock.run(() => outcome(clock, running))
  clock.clearTimer(abort)
  const { error } = ending
  if (error instanceof Error && error.name === 'TimeoutError') ending.error = (error as Error & { ms: number }).ms
  const expired = scopes.map((scope) => scope.expired)
  return { ending: { ...ending, expired }, workEnded, listeners: outer.listeners, timers: clock.pending }
}

test('laws 63, 64, 65, 69, 70, 71, 72: any nest of limits, any work, any abort from outside ends as the laws say, and leaves nothing behind', async () => {
  const schedules = fc
    .record({
      // Distinct times: what happens at one and the same instant has no promised order.
      times: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 7 }),
      aborts: fc.boolean(),
      cleanup: fc.integer({ min: 0, max: 30 }),
      work: fc.constantFrom<Work>('listens', 'ignores', 'fails late', 'breaks in cleanup'),
      shuffle: fc.integer(),
    })
    .map(({ times: [end, abortAt, ...limits], aborts, ...rest }): Schedule => ({
      end: end!,
      abortAt: aborts ? abortAt! : Infinity,
      limits,
      ...rest,
    }))
  await fc.assert(
    fc.asyncProperty(schedules, async (schedule) => {
      const own = new Error('own')
      const expected = model(schedule, own)
      expect(await observe(schedule, own)).toEqual({
        ending: expected,
        workEnded: expected.at,
        listeners: 0,
        timers: 0,
      })
    }),
    { numRuns: 2000 },
  )
})

test('laws 63, 65, 69: whatever the order in which work, abort and limit come within one instant, the end is one of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, listens) => {
      const outer = new WatchedController()
      let time = 0
      let timer: (() => void) | undefined
      // The limit's timer fires when the scheduler says so, among everything else.
      const racing = {
        now: () => time,
        setTimer: (callback: () => void) => (timer = callback),
        clearTimer: () => {
          timer = undefined
        },
      }
      let settled = false
      const work = timeout(
        1000,
        (scope) =>
          new Promise<string>((resolve, reject) => {
            if (listens) scope.signal.addEventListener('abort', () => reject(scope.signal.reason))
            void scheduler.schedule(Promise.resolve()).then(() => {
              settled = true
              resolve('value')
            })
          }),
        { clock: racing, signal: outer.signal },
      )
      void scheduler.schedule(Promise.resolve()).then(() => outer.abort(outside))
      void scheduler.schedule(Promise.resolve()).then(() => {
        time = 1000
        timer?.()
      })
      const ending = outcome(new VirtualClock(), work)
      await scheduler.waitIdle()
      const { value, error } = await ending
      const what = value ?? (error === outside ? 'outside' : (error as Error).name)
      expect(listens ? ['value', 'outside', 'TimeoutError'] : ['value']).toContain(what)
      expect(settled).toBe(true)
      expect(outer.listeners).toBe(0)
    }),
    { numRuns: 1000 },
  )
})
