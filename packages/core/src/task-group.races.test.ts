import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deaf } from '../test/support.ts'
import { delay } from './delay.ts'
import { Semaphore } from './semaphore.ts'
import type { TaskContext } from './task-context.ts'
import { TaskGroup, type TaskGroupOptions } from './task-group.ts'
import type { Task } from './task.ts'
import { VirtualClock } from './virtual-clock.ts'

const ms = fc.integer({ min: 0, max: 20 })
const rarely = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 })

interface Step {
  pause: number
  lasts: number
  /** How many of its attempts fail. */
  failures: number
  /** Ignores its signal. */
  deaf: boolean
  throwsAtOnce: boolean
  cancelAfter: number | undefined
  timeout: number | undefined
  /** Awaited by the body before it goes on. */
  awaited: boolean
  /** A group inside, with so many tasks. */
  inner: number
}

const step: fc.Arbitrary<Step> = fc.record({
  pause: fc.oneof(fc.constant(0), ms),
  lasts: ms,
  failures: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 })),
  deaf: fc.boolean(),
  throwsAtOnce: fc.boolean(),
  cancelAfter: rarely(ms),
  timeout: rarely(fc.integer({ min: 1, max: 20 })),
  awaited: fc.boolean(),
  inner: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 })),
})

const plan = fc.record({
  shuffle: fc.integer(),
  limit: fc.integer({ min: 1, max: 4 }),
  shared: fc.boolean(),
  abortOnError: fc.boolean(),
  collect: fc.boolean(),
  retries: fc.integer({ min: 0, max: 2 }),
  timeout: rarely(fc.integer({ min: 1, max: 20 })),
  graceMs: rarely(ms),
  abortAfter: rarely(fc.integer({ min: 0, max: 60 })),
  steps: fc.array(step, { maxLength: 12 }),
})

test('laws 1, 36, 37, 16, 21: whatever happens, the limit holds, all settle once, permits return, nothing is left', async () => {
  const property = fc.asyncProperty(plan, async (p) => {
    const clock = new VirtualClock({ shuffle: p.shuffle })
    const outer = new AbortController()
    const semaphore = new Semaphore(p.limit)
    const enough = new Error('enough')
    const started: number[] = []
    const retried = new Set<number>()
    let running = 0
    let most = 0

    const work = async ({ signal, index, attempt }: TaskContext, s: Step): Promise<number> => {
      // The synchronous beginning: what is started in which order.
      if (attempt === 1) started.push(index)
      else retried.add(index)
      most = Math.max(most, ++running)
      try {
        if (s.deaf) await deaf(clock, s.lasts)
        else await delay(s.lasts, { signal, clock })
        if (s.inner > 0) {
          await TaskGroup.run({ concurrency: 1, signal, clock }, async (group) => {
            for (let i = 0; i < s.inner; i++) await group.createTask((c) => delay(2, { signal: c.signal, clock }))
          })
        }
        if (attempt <= s.failures) throw new Error(`${index} failed`)
        return index
      } finally {
        running--
      }
    }
    const options: TaskGroupOptions = {
      clock,
      concurrency: p.shared ? semaphore : p.limit,
      signal: outer.signal,
      onError: p.abortOnError ? 'abort' : 'collect',
      collectResults: p.collect,
      retry: { retries: p.retries, backoff: { base: 3 } },
      ...(p.timeout !== undefined && { timeout: p.timeout }),
      ...(p.graceMs !== undefined && { graceMs: p.graceMs }),
    }
    const settled = new Map<number, number>()
    const group = new TaskGroup<number>(options)
    await clock.run(async () => {
      const abort = p.abortAfter === undefined ? undefined : clock.setTimer(() => outer.abort(enough), p.abortAfter)
      const submitted: Promise<unknown>[] = []
      const accepted = async (promise: Promise<Task<number>>, s: Step) => {
        const task = await promise
        const note = () => void settled.set(task.index, (settled.get(task.index) ?? 0) + 1)
        task.result().then(note, note)
        if (s.cancelAfter === undefined) return
        await deaf(clock, s.cancelAfter)
        task.cancel()
      }
      for (const s of p.steps) {
        if (s.pause > 0) await deaf(clock, s.pause)
        const fn = (context: TaskContext): Promise<number> => {
          if (s.throwsAtOnce && s.failures > p.retries) {
            if (context.attempt === 1) started.push(context.index)
            throw new Error('at once')
          }
          return work(context, s)
        }
        const taskOptions = s.timeout === undefined ? undefined : { timeout: s.timeout }
        const done = accepted(group.createTask(fn, taskOptions), s).catch(() => {})
        submitted.push(done)
        if (s.awaited) await done
      }
      await group.join().catch(() => {})
      const { created, fulfilled, rejected, cancelled, waiting, backingOff, running: taken } = group.statistics()
      // Law 1: none is alive; and each ended in one way.
      expect(fulfilled + rejected + cancelled).toBe(created)
      expect([waiting, backingOff]).toEqual([0, 0])
      // What was abandoned keeps its slot until it ends, and a turn longer.
      expect(taken).toBeGreaterThanOrEqual(running)
      if (p.graceMs === undefined) expect(taken).toBe(0)
      await Promise.all(submitted)
      if (abort !== undefined) clock.clearTimer(abort)
      // Whoever was abandoned ends now, and gives its slot back.
      await deaf(clock, 100)
      expect(group.statistics().running).toBe(0)
    })
    expect(running).toBe(0)
    expect(most).toBeLessThanOrEqual(p.limit)
    for (const count of settled.values()) expect(count).toBe(1)
    // Those who begin do so in the order in which they were handed in.
    expect(started).toEqual(started.toSorted((a, b) => a - b))
    expect(new Set(started).size).toBe(started.length)
    expect(clock.pending).toBe(0)
    expect(semaphore.statistics()).toMatchObject({ held: 0, waiting: 0 })
    if (p.collect) {
      const outcomes = group.outcomes()
      expect(outcomes.map(({ index }) => index)).toEqual(
        Array.from({ length: group.statistics().created }, (_, i) => i),
      )
    }
  })
  await fc.assert(property, { numRuns: 2000 })
}, 120_000)
