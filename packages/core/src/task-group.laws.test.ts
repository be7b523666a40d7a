import { describe, expect, test, vi } from 'vitest'
import { HOUR, WatchedController, controllersMade, deaf, echo, outcome } from '../test/support.ts'
import { delay } from './delay.ts'
import { AbandonedError, AbortError, ClosedError, DeadlockError, TimeoutError, flattenErrors } from './errors.ts'
import type { SluiceEvent } from './events.ts'
import { RateLimiter } from './rate-limiter.ts'
import { Semaphore } from './semaphore.ts'
import type { TaskContext } from './task-context.ts'
import { TaskGroup, type TaskGroupOptions } from './task-group.ts'
import type { Task } from './task.ts'
import { VirtualClock } from './virtual-clock.ts'

const sleep =
  (clock: VirtualClock, ms: number) =>
  ({ signal }: TaskContext): Promise<void> =>
    delay(ms, { signal, clock })

const fail =
  (clock: VirtualClock, ms: number, error: unknown) =>
  async ({ signal }: TaskContext): Promise<never> => {
    await delay(ms, { signal, clock })
    throw error
  }

/** A task that, once aborted, takes `ms` more and then throws `error`. */
const failInCleanup =
  (clock: VirtualClock, ms: number, error: unknown) =>
  async ({ signal }: TaskContext): Promise<void> => {
    await delay(HOUR, { signal, clock }).catch(async () => {
      await deaf(clock, ms)
      throw error
    })
  }

const errorsOf = (error: unknown): unknown[] => {
  expect(error).toBeInstanceOf(AggregateError)
  return (error as AggregateError).errors
}

/** Runs a group on a virtual clock and tells how it ended, and that it left no timer. */
async function ending(
  options: TaskGroupOptions,
  body: (group: TaskGroup<unknown>, clock: VirtualClock) => unknown,
  around: (clock: VirtualClock, run: Promise<unknown>) => unknown = () => undefined,
): Promise<{ value?: unknown; error?: unknown; at: number }> {
  const clock = new VirtualClock()
  return clock.run(async () => {
    const run = TaskGroup.run({ clock, ...options }, async (group) => body(group, clock))
    const ended = outcome(clock, run)
    await around(clock, run)
    const result = await ended
    expect(clock.pending).toBe(0)
    return result
  })
}

/** What is warned of while `body` runs, and a little after. */
const warned = async (body: (clock: VirtualClock) => Promise<void>): Promise<string[]> => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  try {
    const clock = new VirtualClock()
    await clock.run(async () => {
      await body(clock)
      await deaf(clock, 1)
    })
    return warn.mock.calls.map(String)
  } finally {
    warn.mockRestore()
  }
}

const A = new Error('a')
const B = new Error('b')

describe('the end of a group', () => {
  test('law 1: waits for every task, including those added while it waits', async () => {
    const ended: string[] = []
    const { at } = await ending({}, async (group, clock) => {
      await group.createTask(async () => {
        await deaf(clock, 10)
        await group.createTask(async () => {
          await deaf(clock, 10)
          ended.push('late')
        })
        ended.push('early')
      })
    })
    expect(ended).toEqual(['early', 'late'])
    expect(at).toBe(20)
  })

  test('law 2: the value of the block is the value of the body', async () => {
    expect(await ending({}, () => 'value')).toMatchObject({ value: 'value' })
    expect(await TaskGroup.run(() => 7)).toBe(7)
  })

  test('law 27: an empty group ends at once, and leaves no timer', async () => {
    expect(await ending({}, () => undefined)).toEqual({ value: undefined, at: 0 })
    expect(await ending({ timeout: 10, retry: 3, deadline: 100 }, () => undefined)).toMatchObject({ at: 0 })
  })

  test('law 27: cancelled from outside while its body waits, it ends with the plain reason', async () => {
    const outer = new AbortController()
    const result = await ending(
      { signal: outer.signal },
      (group, clock) => delay(HOUR, { signal: group.signal, clock }),
      async (clock) => {
        await deaf(clock, 5)
        outer.abort(A)
      },
    )
    expect(result).toEqual({ error: A, at: 5 })
  })

  test('law 18: createTask after the end is refused, and the function never called', async () => {
    const clock = new VirtualClock()
    const called = vi.fn()
    const group = new TaskGroup({ clock, name: 'crawl' })
    await group.join()
    await expect(group.createTask(called)).rejects.toThrow(ClosedError)
    await expect(group.createTask(called)).rejects.toThrow('task group "crawl" is finished')
    expect(called).not.toHaveBeenCalled()
  })

  test('law 19: during the exit tasks may be added while one is alive', async () => {
    const order: number[] = []
    await ending({ concurrency: 1 }, async (group, clock) => {
      await group.createTask(async () => {
        await deaf(clock, 1)
        void group.createTask(() => order.push(2))
        order.push(1)
      })
      await group.join()
      expect(order).toEqual([1, 2])
      await expect(group.createTask(() => 3)).rejects.toThrow(ClosedError)
    })
  })

  test('law 25: a group is used once: after its end it takes nothing, and ending again changes nothing', async () => {
    const group = new TaskGroup<number>()
    await group.createTask(() => 1)
    await group.join()
    await group.join()
    await group[Symbol.asyncDispose]()
    await expect(group.createTask(() => 2)).rejects.toThrow(ClosedError)
    expect(group.results()).toEqual([1])
  })

  test('law 25: whoever joins a failed group, whenever, is told of its failure', async () => {
    const clock = new VirtualClock()
    await clock.run(async () => {
      const group = new TaskGroup({ onError: 'abort', clock })
      await group.createTask(fail(clock, 1, A))
      const [first, second] = await Promise.all([outcome(clock, group.join()), outcome(clock, group.join())])
      expect(errorsOf(first.error)).toEqual([A])
      expect(second).toEqual(first)
      expect((await outcome(clock, group.join())).error).toBe(first.error)
    })
  })

  test('law 22: a second abort does not shorten the wait for the tasks', async () => {
    const outer = new AbortController()
    const result = await ending(
      { signal: outer.signal },
      async (group, clock) => {
        await group.createTask(() => deaf(clock, 100))
      },
      async (clock) => {
        await deaf(clock, 10)
        outer.abort(A)
        await deaf(clock, 10)
        outer.abort(B)
      },
    )
    expect(result).toEqual({ error: A, at: 100 })
  })
})

describe('failures with onError: abort', () => {
  const options: TaskGroupOptions = { onError: 'abort' }

  test('law 3: one failure aborts the siblings, waits for them, and rejects; code after does not run', async () => {
    const after = vi.fn()
    const stopped: number[] = []
    const { error, at } = await ending(options, async (group, clock) => {
      await group.createTask(async ({ signal }) => {
        await delay(HOUR, { signal, clock }).catch(() => deaf(clock, 7))
        stopped.push(clock.now())
      })
      await group.createTask(fail(clock, 10, A))
      await group.join()
      after()
    })
    expect(errorsOf(error)).toEqual([A])
    expect((error as Error).cause).toBe(A)
    expect((error as Error).message).toContain('Error: a')
    expect([at, stopped]).toEqual([17, [17]])
    expect(after).not.toHaveBeenCalled()
  })

  test('law 4: several failures are all in the error', async () => {
    const { error } = await ending(options, async (group, clock) => {
      await group.createTask(failInCleanup(clock, 1, B))
      await group.createTask(fail(clock, 5, A))
    })
    expect(errorsOf(error)).toEqual([A, B])
  })

  test('law 12: the trigger comes first and is the cause, then the order in which they occurred', async () => {
    const C = new Error('c')
    const { error } = await ending(options, async (group, clock) => {
      await group.createTask(failInCleanup(clock, 9, C))
      await group.createTask(failInCleanup(clock, 2, B))
      await deaf(clock, 5)
      throw A
    })
    expect(errorsOf(error)).toEqual([A, B, C])
    expect((error as Error).cause).toBe(A)
  })

  test('law 5: a body that waits is woken: by its signal, and by our own waits', async () => {
    for (const wait of [
      (group: TaskGroup<unknown>, clock: VirtualClock) => delay(HOUR, { signal: group.signal, clock }),
      (group: TaskGroup<unknown>) => group.createTask(() => 'never'),
    ]) {
      const woken = vi.fn()
      const { error, at } = await ending({ ...options, concurrency: 1 }, async (group, clock) => {
        await group.createTask(fail(clock, 10, A))
        await wait(group, clock).catch((reason: unknown) => {
          woken(clock.now())
          throw reason
        })
      })
      expect(errorsOf(error)).toEqual([A])
      expect(at).toBe(10)
      expect(woken).toHaveBeenCalledWith(10)
    }
  })

  test('law 17: after a failure createTask is refused with the reason, and the function is not called', async () => {
    const called = vi.fn()
    let refusal: unknown
    await ending(options, async (group, clock) => {
      await group.createTask(failInCleanup(clock, 20, B))
      await group.createTask(fail(clock, 1, A))
      await deaf(clock, 5)
      refusal = await group.createTask(called).catch((error: unknown) => error)
      expect(refusal).toBe(group.signal.reason)
    })
    expect(called).not.toHaveBeenCalled()
    expect(refusal).toBeInstanceOf(AbortError)
    expect((refusal as Error).cause).toBe(A)
  })

  test('law 20: a child that spawns without end is stopped by a failure', async () => {
    let spawned = 0
    const { error, at } = await ending(options, async (group, clock) => {
      const hydra = async (): Promise<void> => {
        spawned++
        await deaf(clock, 1)
        void group.createTask(hydra)
        void group.createTask(hydra)
      }
      await group.createTask(hydra)
      await group.createTask(fail(clock, 6.5, A))
    })
    expect(errorsOf(error)).toEqual([A])
    expect(at).toBe(7)
    expect(spawned).toBeLessThan(200)
  })

  test('law 38: the first error decides the reason though others fail in the same turn', async () => {
    let reason: unknown
    const { error } = await ending(options, async (group, clock) => {
      const gate = deaf(clock, 5)
      await group.createTask(() => gate.then(() => Promise.reject(A)))
      await group.createTask(() => gate.then(() => Promise.reject(B)))
      await delay(HOUR, { signal: group.signal, clock }).catch((r: unknown) => (reason = r))
    })
    expect(errorsOf(error)).toEqual([A, B])
    expect((reason as Error).cause).toBe(A)
  })

  test('law 40: the abort says who and why', async () => {
    let reason: unknown
    await ending({ ...options, name: 'crawl' }, async (group, clock) => {
      await group.createTask(fail(clock, 1, A), { name: 'page 1' })
      await delay(HOUR, { signal: group.signal, clock }).catch((r: unknown) => (reason = r))
    })
    expect(reason).toMatchObject({ name: 'AbortError', cause: A })
    expect((reason as Error).message).toBe('task group "crawl" aborts: task #0 "page 1" failed')
  })

  test("law 13: what is only the echo of the group's own abort never appears", async () => {
    const { error } = await ending(options, async (group, clock) => {
      await group.createTask(sleep(clock, HOUR))
      await group.createTask(({ signal }) =>
        delay(HOUR, { signal, clock }).catch((reason) => Promise.reject(echo(reason))),
      )
      await group.createTask(() => delay(HOUR, { signal: group.signal, clock }))
      await group.createTask(fail(clock, 1, A))
      await delay(HOUR, { signal: group.signal, clock })
    })
    expect(errorsOf(error)).toEqual([A])
  })

  test('law 13: an AbortError of another origin is a real error', async () => {
    const foreign = echo(new Error('somebody else'))
    const { error } = await ending(options, async (group, clock) => {
      await group.createTask(failInCleanup(clock, 0, foreign))
      await group.createTask(fail(clock, 1, A))
    })
    expect(errorsOf(error)).toEqual([A, foreign])
  })

  test("join() in the body throws the group's outcome, and run() throws that very error", async () => {
    let joined: unknown
    const { error } = await ending(options, async (group, clock) => {
      await group.createTask(fail(clock, 1, A))
      await group.join().catch((e: unknown) => {
        joined = e
        throw e
      })
    })
    expect(error).toBe(joined)
    expect(errorsOf(error)).toEqual([A])
  })
})

describe('errors of the body', () => {
  test.each(['collect', 'abort'] as const)(
    'law 6: the body throws, children are aborted and awaited (%s)',
    async (onError) => {
      const stopped: number[] = []
      const { error, at } = await ending({ onError }, async (group, clock) => {
        await group.createTask(async ({ signal }) => {
          await delay(HOUR, { signal, clock }).catch(() => deaf(clock, 3))
          stopped.push(clock.now())
        })
        await deaf(clock, 10)
        throw A
      })
      expect(errorsOf(error)).toEqual([A])
      expect([at, stopped]).toEqual([13, [13]])
      expect(errorsOf((await ending({ onError }, () => Promise.reject(A))).error)).toEqual([A])
    },
  )

  test('law 7: body and child both fail: both are there', async () => {
    const { error } = await ending({ onError: 'abort' }, async (group, clock) => {
      await group.createTask(failInCleanup(clock, 0, B))
      throw A
    })
    expect(errorsOf(error)).toEqual([A, B])
  })
})

describe('cancellation', () => {
  test('law 8: cancelling one task is no failure: its handle rejects, the group goes on', async () => {
    const { value } = await ending({ onError: 'abort' }, async (group, clock) => {
      const task = await group.createTask(sleep(clock, HOUR))
      await group.createTask(async () => 'other')
      task.cancel('not needed')
      const reason = await task.result().catch((error: unknown) => error)
      await group.join()
      return [reason, task.state, group.results(), group.exceptions()]
    })
    expect(value).toEqual([
      expect.objectContaining({ name: 'AbortError', cause: 'not needed' }),
      'cancelled',
      ['other'],
      [],
    ])
  })

  test('law 8: a task that fails for real while cancelled is a failure', async () => {
    const { error } = await ending({ onError: 'abort' }, async (group, clock) => {
      const task = await group.createTask(failInCleanup(clock, 1, A))
      task.cancel()
    })
    expect(errorsOf(error)).toEqual([A])
  })

  const abortedAt5 = (options: TaskGroupOptions, body: (group: TaskGroup<unknown>, clock: VirtualClock) => unknown) => {
    const outer = new AbortController()
    return ending({ ...options, signal: outer.signal }, body, async (clock) => {
      await deaf(clock, 5)
      outer.abort('stop')
    })
  }

  test('law 9: an outer cancel cancels children and body, and comes out as its own reason, unwrapped', async () => {
    const reasons: unknown[] = []
    const note = (reason: unknown): void => void reasons.push(reason)
    const result = await abortedAt5({ onError: 'abort' }, async (group, clock) => {
      await group.createTask(({ signal }) => delay(HOUR, { signal, clock }).catch(note))
      await delay(HOUR, { signal: group.signal, clock }).catch(note)
    })
    expect(result).toEqual({ error: 'stop', at: 5 })
    expect(reasons).toEqual(['stop', 'stop'])
  })

  test('law 9: cancelled before it begins, the body is not run', async () => {
    const body = vi.fn()
    await expect(TaskGroup.run({ signal: AbortSignal.abort('stop') }, body)).rejects.toBe('stop')
    expect(body).not.toHaveBeenCalled()
  })

  test('law 10: errors of the clean-up win over the cancellation, which is their cause', async () => {
    const { error } = await abortedAt5({ onError: 'abort' }, async (group, clock) => {
      await group.createTask(failInCleanup(clock, 1, A))
    })
    expect(errorsOf(error)).toEqual([A])
    expect((error as Error).cause).toBe('stop')
  })

  test('law 11: a body that replaces the cancel by another error is reported, and a child too', async () => {
    const { error } = await abortedAt5({ onError: 'abort' }, async (group, clock) => {
      await group.createTask(failInCleanup(clock, 3, B))
      await delay(HOUR, { signal: group.signal, clock }).catch(() => Promise.reject(A))
    })
    expect(errorsOf(error)).toEqual([A, B])
  })

  test('law 28: group.cancel() stops everything and is no error; the body keeps its value', async () => {
    const { value, at } = await ending({ onError: 'abort' }, async (group, clock) => {
      const task = await group.createTask(sleep(clock, HOUR))
      await deaf(clock, 5)
      group.cancel('enough')
      group.cancel('twice')
      await group.join()
      return [task.state, group.statistics().cancelled, (group.signal.reason as Error).cause]
    })
    expect(value).toEqual(['cancelled', 1, 'enough'])
    expect(at).toBe(5)
  })

  test('law 28: cancel is allowed before the first task and after the end', async () => {
    const called = vi.fn()
    const group = new TaskGroup()
    group.cancel()
    await expect(group.createTask(called)).rejects.toThrow(AbortError)
    await group.join()
    group.cancel()
    expect(called).not.toHaveBeenCalled()
  })

  test('law 29: a child that cancels the group before its first suspension', async () => {
    const { value } = await ending({}, async (group, clock) => {
      const first = await group.createTask(sleep(clock, HOUR))
      const second = await group.createTask(async ({ signal }) => {
        group.cancel()
        await delay(HOUR, { signal, clock })
      })
      await group.join()
      return [first.state, second.state]
    })
    expect(value).toEqual(['cancelled', 'cancelled'])
  })

  test('law 30: its own cancel does not swallow a later outer cancel', async () => {
    const outer = new AbortController()
    const result = await ending({ signal: outer.signal }, async (group, clock) => {
      await group.createTask(() => deaf(clock, 20))
      group.cancel()
      await deaf(clock, 10)
      outer.abort('stop')
    })
    expect(result).toEqual({ error: 'stop', at: 20 })
  })

  test('law 32: a task that is aborted while queued is never called, and createTask rejects with the reason', async () => {
    const called = vi.fn()
    let refusal: unknown
    await ending({ concurrency: 1 }, async (group, clock) => {
      await group.createTask(() => deaf(clock, 10))
      const queued = group.createTask(called).catch((reason: unknown) => (refusal = reason))
      group.cancel()
      await queued
      expect(refusal).toBe(group.signal.reason)
    })
    expect(called).not.toHaveBeenCalled()
  })

  test('law 32: aborted between admission and start, the handle rejects with the reason', async () => {
    const called = vi.fn()
    const { value } = await ending({ concurrency: 1 }, async (group, clock) => {
      // Its completion admits the next task; the very next microtask cancels the group, before the start.
      const first = await group.createTask(() => deaf(clock, 10))
      const queued = group.createTask(called)
      void first.result().then(() => group.cancel())
      const task = await queued.catch((reason: unknown) => reason as AbortError)
      await group.join()
      return task instanceof AbortError ? 'refused' : task.state
    })
    expect(['refused', 'cancelled']).toContain(value)
    expect(called).not.toHaveBeenCalled()
  })

  test('graceMs: the group stops waiting, reports the task as abandoned, and its slot stays taken', async () => {
    const semaphore = new Semaphore(1)
    const clock = new VirtualClock()
    await clock.run(async () => {
      const group = new TaskGroup({ clock, concurrency: semaphore, graceMs: 50 })
      const task = await group.createTask(() => deaf(clock, 1000), { name: 'deaf' })
      group.cancel()
      await group.join()
      expect(clock.now()).toBe(50)
      expect(task.state).toBe('rejected')
      expect(group.exceptions()).toEqual([expect.any(AbandonedError)])
      expect(String(group.exceptions()[0])).toContain('task #0 "deaf"')
      expect(semaphore.statistics().held).toBe(1)
      await deaf(clock, 951)
      expect(semaphore.statistics().held).toBe(0)
    })
  })

  test('graceMs: a task that times out and does not stop is abandoned too', async () => {
    const clock = new VirtualClock()
    await clock.run(async () => {
      const group = new TaskGroup({ clock, concurrency: 1, timeout: 10, graceMs: 5 })
      const task = await group.createTask(() => deaf(clock, 100))
      await expect(task.result()).rejects.toMatchObject({ name: 'AbandonedError', cause: { name: 'TimeoutError' } })
      expect(clock.now()).toBe(15)
      // Its slot is free only when it really ends.
      const next = await group.createTask(() => clock.now())
      expect(await next.result()).toBe(100)
      await group.join()
      group.exceptions()
    })
  })
})

describe('nested groups', () => {
  test('law 14: the error of an inner group arrives as one nested error; flattenErrors() unpacks it', async () => {
    const { error } = await ending({ onError: 'abort' }, async (group, clock) => {
      await group.createTask(({ signal }) =>
        TaskGroup.run({ onError: 'abort', signal, clock }, async (inner) => {
          await inner.createTask(failInCleanup(clock, 0, B))
          await inner.createTask(fail(clock, 1, A))
        }),
      )
    })
    const [nested, ...rest] = errorsOf(error)
    expect(rest).toEqual([])
    expect(errorsOf(nested)).toEqual([A, B])
    expect(flattenErrors(error)).toEqual([A, B])
  })

  test('law 15: an outer child fails while the body is inside an inner group: only that error is reported', async () => {
    const { error } = await ending({ onError: 'abort' }, async (group, clock) => {
      await group.createTask(fail(clock, 5, A))
      await TaskGroup.run({ onError: 'abort', signal: group.signal, clock }, async (inner) => {
        await inner.createTask(sleep(clock, HOUR))
      })
    })
    expect(errorsOf(error)).toEqual([A])
  })

  test('law 16: both aborted in the same turn: no cancel is lost or counted twice, in any order', async () => {
    for (let seed = 1; seed <= 200; seed++) {
      const clock = new VirtualClock({ shuffle: seed })
      await clock.run(async () => {
        const outer = new AbortController()
        let innerEnding: unknown
        const run = TaskGroup.run({ onError: 'abort', signal: outer.signal, clock }, async (group) => {
          await group.createTask(fail(clock, 5, A))
          await TaskGroup.run({ onError: 'abort', signal: group.signal, clock }, async (inner) => {
            await inner.createTask(fail(clock, 5, B))
            await inner.createTask(sleep(clock, HOUR))
          }).catch((reason: unknown) => {
            innerEnding = reason
            throw reason
          })
        })
        clock.setTimer(() => outer.abort('stop'), 5)
        const { error, at } = await outcome(clock, run)
        expect(at).toBe(5)
        const errors = error === 'stop' ? [] : flattenErrors(error)
        // Each real error is told once, and an echo never.
        expect(new Set(errors).size).toBe(errors.length)
        for (const one of errors) expect([A, B]).toContain(one)
        if (errors.length === 0) expect(innerEnding).toBe('stop')
        await deaf(clock, 1)
        expect(clock.pending).toBe(0)
      })
    }
  })

  test('law 34: an abort through 5,000 nested scopes does not overflow the stack', async () => {
    const depth = 5000
    const outer = new AbortController()
    const signals: AbortSignal[] = []
    const nest = (level: number, signal: AbortSignal): Promise<void> =>
      TaskGroup.run({ signal }, async (group) => {
        await Promise.resolve()
        await group.createTask(async (context) => {
          signals.push(context.signal)
          if (level < depth) await nest(level + 1, context.signal)
          else
            await new Promise((_, reject) =>
              context.signal.addEventListener('abort', () => reject(context.signal.reason), { once: true }),
            )
        })
      })
    const run = nest(1, outer.signal)
    while (signals.length < depth) await Promise.resolve()
    outer.abort('stop')
    await expect(run).rejects.toBe('stop')
    expect(signals.every((signal) => signal.reason === 'stop')).toBe(true)
  })
})

describe('what is kept', () => {
  test('law 21: a task that is cancelled while it waits leaves the queues of the rate and of the shared limit', async () => {
    const clock = new VirtualClock()
    await clock.run(async () => {
      const rate = new RateLimiter('1/h', { clock })
      const slots = new Semaphore(1)
      for (const shared of [{ rate }, { concurrency: slots }]) {
        const group = new TaskGroup({ ...shared, retry: { backoff: { base: 1, jitter: 'none' } }, clock })
        const task = await group.createTask(() => Promise.reject(A))
        await deaf(clock, 0)
        const permit = slots.tryAcquire()
        await deaf(clock, 2)
        expect([task.state, rate.statistics().waiting + slots.statistics().waiting]).toEqual(['waiting', 1])
        task.cancel()
        await group.join()
        expect(slots.statistics()).toMatchObject({ held: 1, waiting: 0 })
        permit?.release()
      }
      expect(rate.statistics().waiting).toBe(0)
      expect([clock.now(), clock.pending]).toEqual([4, 0])
    })
  })

  test('law 21: a refused createTask leaks nothing: no permit, no listener', async () => {
    const semaphore = new Semaphore(1)
    const outer = new WatchedController()
    const clock = new VirtualClock()
    await clock.run(async () => {
      const group = new TaskGroup({ concurrency: semaphore, signal: outer.signal, clock })
      await group.createTask(() => deaf(clock, 10))
      const waiting = group.createTask(() => 1)
      group.cancel()
      await expect(waiting).rejects.toThrow(AbortError)
      await expect(group.createTask(() => 2)).rejects.toThrow(AbortError)
      await group.join()
      await expect(group.createTask(() => 3)).rejects.toThrow(AbortError)
      expect(semaphore.statistics()).toMatchObject({ held: 0, waiting: 0 })
      expect(outer.listeners).toBe(0)
    })
  })

  test('law 26: names and the place in the group pass through', async () => {
    const seen: unknown[] = []
    await TaskGroup.run(async (group) => {
      await group.createTask(({ name, index, attempt }) => seen.push([name, index, attempt]), { name: 'first' })
      const task = await group.createTask(({ name, index }) => seen.push([name, index]))
      expect([task.name, task.index]).toEqual([undefined, 1])
      await group.join()
      expect(group.outcomes().map((o) => o.name)).toEqual(['first', undefined])
    })
    expect(seen).toEqual([
      ['first', 0, 1],
      [undefined, 1],
    ])
  })

  test('law 31: a task that returns a plain value, or throws at once, ends asynchronously all the same', async () => {
    const group = new TaskGroup<number>()
    const tasks: Promise<Task<number>>[] = [
      group.createTask(() => 1),
      group.createTask(() => {
        throw A
      }),
    ]
    expect(group.statistics()).toMatchObject({ running: 2, fulfilled: 0, rejected: 0 })
    const [one, two] = await Promise.all(tasks)
    await group.join()
    expect([one!.state, two!.state, group.results(), group.exceptions()]).toEqual(['fulfilled', 'rejected', [1], [A]])
  })

  test('law 31: 100,000 tasks that return plain values do not grow the stack', async () => {
    const group = new TaskGroup<number>({ concurrency: 1 })
    for (let i = 0; i < 100_000; i++) void group.createTask(() => i)
    await group.join()
    expect(group.results().length).toBe(100_000)
  })

  test.each([undefined, null, 'text', 0, Symbol('s'), Object.create(null), { toString: null }])(
    'law 4: whatever is thrown is kept as it is: %o',
    async (thrown) => {
      const lines = await warned(async (clock) => {
        const group = new TaskGroup({ clock })
        await group.createTask(fail(clock, 1, thrown))
        await group.join()
      })
      expect(lines).toEqual([expect.stringMatching(/lost 1 failure/)])
      const { error } = await ending({ onError: 'abort' }, async (group, clock) => {
        await group.createTask(fail(clock, 1, thrown))
      })
      expect(errorsOf(error)).toEqual([thrown])
    },
  )

  test('law 35: collect keeps failures, siblings go on, and the group resolves', async () => {
    const { value } = await ending({}, async (group, clock) => {
      await group.createTask(fail(clock, 1, A), { name: 'bad' })
      await group.createTask(async () => {
        await deaf(clock, 10)
        return 'good'
      })
      await group.join()
      return { results: group.results(), exceptions: group.exceptions(), outcomes: group.outcomes() }
    })
    expect(value).toEqual({
      results: ['good'],
      exceptions: [A],
      outcomes: [
        { index: 0, name: 'bad', status: 'rejected', reason: A, attempts: 1, waited: 0, ran: 1 },
        { index: 1, name: undefined, status: 'fulfilled', value: 'good', attempts: 1, waited: 0, ran: 10 },
      ],
    })
  })

  test('results() are in the order of creation, undefined included; exceptions() in the order in which they occurred', async () => {
    const { value } = await ending({ concurrency: 10 }, async (group, clock) => {
      for (const ms of [30, 10, 20])
        await group.createTask(() => deaf(clock, ms).then(() => (ms === 20 ? undefined : ms)))
      await group.createTask(fail(clock, 9, A))
      await group.createTask(fail(clock, 3, B))
      await group.join()
      return [group.results(), group.exceptions()]
    })
    expect(value).toEqual([
      [30, 10, undefined],
      [B, A],
    ])
  })
})

describe('the bound', () => {
  test('law 36: at most `concurrency` tasks live, and createTask resolves only when a slot is reserved', async () => {
    let live = 0
    let most = 0
    const { value } = await ending({ concurrency: 3 }, async (group, clock) => {
      const accepted: number[] = []
      for (let i = 0; i < 10; i++) {
        await group.createTask(async () => {
          most = Math.max(most, ++live)
          await deaf(clock, 10)
          live--
        })
        accepted.push(clock.now())
      }
      return accepted
    })
    expect(most).toBe(3)
    expect(value).toEqual([0, 0, 0, 10, 10, 10, 20, 20, 20, 30])
  })

  test('law 37: blocked producers are admitted first come, first served, and rejected when the group aborts', async () => {
    const order: number[] = []
    const { error } = await ending({ concurrency: 1, onError: 'abort' }, async (group, clock) => {
      const refused: number[] = []
      for (let i = 0; i < 5; i++) {
        void group
          .createTask(async () => {
            order.push(i)
            await deaf(clock, 10)
            if (i === 2) throw A
          })
          .catch(() => refused.push(i))
      }
      await group.join().catch((reason: unknown) => {
        expect(refused).toEqual([3, 4])
        throw reason
      })
    })
    expect(order).toEqual([0, 1, 2])
    expect(errorsOf(error)).toEqual([A])
  })

  test('headline B: no herd: of 100 producers at concurrency 5, never more than 5 tasks are accepted and unsettled', async () => {
    let unsettled = 0
    let most = 0
    await ending({ concurrency: 5 }, async (group, clock) => {
      const producers = Array.from({ length: 100 }, async (_, i) => {
        const task = await group.createTask(() => deaf(clock, (i * 7) % 13))
        most = Math.max(most, ++unsettled)
        await task.result()
        unsettled--
      })
      await Promise.all(producers)
    })
    expect(most).toBe(5)
  })

  test('headline A: the slot is held after a timeout: five deaf tasks at concurrency 1 never overlap', async () => {
    let running = 0
    let most = 0
    const { at, value } = await ending({ concurrency: 1, timeout: 10 }, async (group, clock) => {
      for (let i = 0; i < 5; i++) {
        await group.createTask(async () => {
          most = Math.max(most, ++running)
          await deaf(clock, 60)
          running--
        })
      }
      await group.join()
      // What finishes although it was told to stop is a result all the same (law 65).
      return group.results().length
    })
    expect([most, at, value]).toEqual([1, 300, 5])
  })

  test('law 39: every slot held by a task that waits for a slot of its own group: DeadlockError instead of silence', async () => {
    const { value } = await ending({ concurrency: 2 }, async (group, clock) => {
      const gate = deaf(clock, 10)
      await group.createTask(() => gate)
      await group.createTask(() => gate)
      const nested = async (): Promise<void> => void (await group.createTask(() => 'inner'))
      await Promise.all([group.createTask(nested, { name: 'one' }), group.createTask(nested, { name: 'two' })])
      await group.join()
      return group.exceptions()
    })
    expect(value).toEqual([expect.any(DeadlockError)])
    expect(String((value as unknown[])[0])).toMatch(/task #3 "two" waits in createTask\(\) .* Raise the concurrency/s)
  })

  test('law 39: a task that joins its own group is refused with an explanation', async () => {
    const group = new TaskGroup()
    await group.createTask(() => group.join(), { name: 'one' })
    await group.join()
    expect(group.exceptions()).toEqual([
      new DeadlockError(
        'task #0 "one" calls join() of its own group, and would wait for itself. Join outside the tasks',
      ),
    ])
  })
  test('law 39: a nested task that is not awaited, or finds a slot in the end, is no deadlock', async () => {
    const { value } = await ending({ concurrency: 1 }, async (group) => {
      await group.createTask(async () => void group.createTask(() => 'detached').catch(() => 'never'))
      await group.join()
      return [group.results(), group.exceptions()]
    })
    expect(value).toEqual([[undefined, 'detached'], []])
    const other = await ending({ concurrency: 2 }, async (group, clock) => {
      await group.createTask(() => deaf(clock, 10))
      await group.createTask(async () => (await group.createTask(() => 'inner')).result())
      await group.join()
      return [group.results(), group.exceptions()]
    })
    expect(other.value).toEqual([[undefined, 'inner', 'inner'], []])
  })
})

describe('law 33: start()', () => {
  test('law 33: answers what the task hands to started(); an error before goes to the caller, not to the group', async () => {
    const { value } = await ending({ onError: 'abort' }, async (group, clock) => {
      const port = await group.start<number>(async (_, started) => {
        await deaf(clock, 5)
        started(8080)
        await deaf(clock, 5)
      })
      expect(clock.now()).toBe(5)
      const refused = await group.start(fail(clock, 1, A)).catch((error: unknown) => error)
      await group.join()
      return [port, refused, group.exceptions(), clock.now()]
    })
    expect(value).toEqual([8080, A, [], 10])
  })

  test("law 33: an error after started() is the group's, and ending without it is an error", async () => {
    const { value } = await ending({}, async (group, clock) => {
      await group.start<void>(async (_, started) => {
        started()
        await deaf(clock, 1)
        throw A
      })
      await expect(group.start(() => 1)).rejects.toThrow(ClosedError)
      await group.join()
      return group.exceptions()
    })
    expect(value).toEqual([A])
  })

  test('law 33: a task that failed before it was ready leaves no value, and is not tried again', async () => {
    const attempts: number[] = []
    const { value } = await ending({ timeout: 50, retry: 2 }, async (group, clock) => {
      const early = async (context: TaskContext) => {
        attempts.push(context.attempt)
        return fail(clock, 1, A)(context)
      }
      const refused = [early, sleep(clock, HOUR)].map((fn) => outcome(clock, group.start(fn)))
      const errors = (await Promise.all(refused)).map(({ error }) => (error as Error).name)
      await group.join()
      const { fulfilled, rejected, cancelled } = group.statistics()
      return [errors, group.results(), group.exceptions(), [fulfilled, rejected, cancelled]]
    })
    expect(attempts).toEqual([1])
    expect(value).toEqual([['Error', 'TimeoutError'], [], [], [0, 0, 2]])
  })
  test('law 33: a failure after started() that nobody reads is told like any other', async () => {
    const lines = await warned(async (clock) => {
      const group = new TaskGroup({ clock })
      await group.start<void>(async (context, started) => {
        started()
        await fail(clock, 1, A)(context)
      })
      await group.join()
    })
    expect(lines).toEqual([expect.stringContaining('lost 1 failure that nobody read, the first of task #0: Error: a')])
  })
  test('law 33: aborted before it began, start() rejects with the reason', async () => {
    await ending({ concurrency: 1 }, async (group, clock) => {
      await group.createTask(() => deaf(clock, 10))
      const starting = group.start(() => 1)
      group.cancel()
      await expect(starting).rejects.toBe(group.signal.reason)
    })
  })
})

describe('timeouts, retries and rates in a group', () => {
  test('a timeout aborts the attempt, waits for it, and is a TimeoutError that names the task', async () => {
    const { value } = await ending({ timeout: 10 }, async (group, clock) => {
      await group.createTask(
        ({ signal }) =>
          delay(HOUR, { signal, clock }).catch(async (reason) => {
            await deaf(clock, 3)
            throw reason
          }),
        { name: 'slow' },
      )
      await group.createTask(({ deadline }) => deadline, { timeout: 25 })
      await group.join()
      return [group.exceptions(), group.results(), clock.now()]
    })
    const [[error], results, at] = value as [unknown[], unknown[], number]
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toMatchObject({ ms: 10, message: 'task #0 "slow" timed out after 10 ms (attempt 1)' })
    expect([results, at]).toEqual([[25], 13])
  })

  test("law 64: the clean-up's error replaces the timeout, which is its cause", async () => {
    const { value } = await ending({ timeout: 10 }, async (group, clock) => {
      await group.createTask(failInCleanup(clock, 0, new Error('cleanup')))
      await group.join()
      return group.exceptions()[0]
    })
    expect(value).toMatchObject({ message: 'cleanup', cause: { name: 'TimeoutError' } })
  })

  test('newcomers wait while a hundred tasks are in a backoff, and go on when those are cancelled', async () => {
    const { value, at } = await ending(
      { concurrency: 10, retry: { backoff: { base: HOUR } } },
      async (group, clock) => {
        const failing: Task<unknown>[] = []
        for (let i = 0; i < 100; i++) failing.push(await group.createTask(() => Promise.reject(A)))
        await deaf(clock, 0)
        const late = group.createTask(() => 'ran')
        await deaf(clock, 0)
        const { backingOff, waiting } = group.statistics()
        for (const task of failing) task.cancel()
        return [backingOff, waiting, await (await late).result(), group.statistics().backingOff]
      },
    )
    expect(value).toEqual([100, 1, 'ran', 0])
    expect(at).toBe(0)
  })

  test('a hook of the retries that throws ends the task with what it threw, and why it was asked', async () => {
    const broken = new Error('broken hook')
    const onRetry = () => {
      throw broken
    }
    const { value } = await ending({ retry: { onRetry } }, async (group) => {
      await group.createTask(() => Promise.reject(A))
      await group.join()
      return [group.exceptions(), group.statistics().running]
    })
    expect(value).toEqual([[broken], 0])
    expect(broken.cause).toBe(A)
  })

  test.each<[string, (cancel: () => void) => TaskGroupOptions, string]>([
    ['onRetry', (onRetry) => ({ retry: { backoff: { base: HOUR, jitter: 'none' }, onRetry } }), 'rejected'],
    [
      'a listener of events',
      (cancel) => ({
        retry: { backoff: { base: HOUR, jitter: 'none' } },
        onEvent: (event) => {
          if (event.type === 'waiting' && event.on === 'backoff') cancel()
        },
      }),
      'cancelled',
    ],
  ])('law 109: a cancel by %s, which is told of the backoff, begins none', async (_, options, state) => {
    for (const whom of ['group', 'task'] as const) {
      const it: { group?: TaskGroup; task?: Task<unknown> } = {}
      const attempts: number[] = []
      const { value, at } = await ending(
        options(() => it[whom]?.cancel()),
        async (group, clock) => {
          it.group = group
          it.task = await group.createTask(async ({ attempt }) => {
            attempts.push(attempt)
            await deaf(clock, 1)
            throw A
          })
          await group.join()
          return [it.task.state, group.exceptions().length, group.statistics().backingOff]
        },
      )
      expect([value, at, attempts]).toEqual([[state, state === 'rejected' ? 1 : 0, 0], 1, [1]])
    }
  })

  test('law 108: a backoff holds no slot', async () => {
    const log: string[] = []
    const { value } = await ending(
      { concurrency: 1, retry: { retries: 2, backoff: { base: 100, jitter: 'none' } } },
      async (group, clock) => {
        const task = await group.createTask(async ({ attempt }) => {
          log.push(`${clock.now()} flaky ${attempt}`)
          if (attempt < 3) throw A
          return attempt
        })
        await group.createTask(async () => {
          log.push(`${clock.now()} other`)
          await deaf(clock, 50)
        })
        await group.join()
        return [await task.result(), group.outcomes()[0]]
      },
    )
    expect(log).toEqual(['0 flaky 1', '0 other', '100 flaky 2', '300 flaky 3'])
    expect(value).toEqual([
      3,
      { index: 0, name: undefined, status: 'fulfilled', value: 3, attempts: 3, waited: 300, ran: 0 },
    ])
  })

  test('law 109: an abort during a backoff ends the task at once, with the reason', async () => {
    const { value, at } = await ending(
      { retry: { retries: 5, backoff: { base: HOUR, jitter: 'none' } } },
      async (group, clock) => {
        const one = await group.createTask(fail(clock, 1, A))
        const two = await group.createTask(fail(clock, 1, A))
        await deaf(clock, 10)
        one.cancel('enough')
        expect(one.state).toBe('cancelled')
        group.cancel()
        await group.join()
        return [await two.result().catch((reason: unknown) => reason === group.signal.reason), group.exceptions()]
      },
    )
    expect(value).toEqual([true, []])
    expect(at).toBe(10)
  })

  test('a server that is down does not pile up endless backoffs', async () => {
    const { value } = await ending(
      { concurrency: 10, retry: { retries: 3, backoff: { base: 1000, jitter: 'none' } } },
      async (group) => {
        let most = 0
        for (let i = 0; i < 1000; i++) {
          await group.createTask(() => Promise.reject(A))
          most = Math.max(most, group.statistics().backingOff)
        }
        await group.join()
        return [most, group.exceptions().length]
      },
    )
    expect(value).toEqual([expect.any(Number), 1000])
    expect((value as number[])[0]).toBeLessThanOrEqual(110)
  })

  test('what waits for the rate holds no slot, and a token is taken at the instant of the start', async () => {
    const shared = new Semaphore(2)
    const { value } = await ending({ concurrency: shared, rate: '2/s' }, async (group, clock) => {
      const starts: number[] = []
      for (let i = 0; i < 6; i++) {
        void group.createTask(async () => {
          starts.push(clock.now())
          expect(shared.statistics().held).toBeLessThanOrEqual(2)
          await deaf(clock, 10)
        })
      }
      await deaf(clock, 500)
      expect(shared.statistics().held).toBe(0)
      await group.join()
      return starts
    })
    expect(value).toEqual([0, 0, 1000, 1000, 2000, 2000])
  })

  test('groups that share a semaphore share its budget, and none starves', async () => {
    const clock = new VirtualClock()
    const shared = new Semaphore(3)
    let running = 0
    let most = 0
    await clock.run(async () => {
      const one = (n: number): Promise<number> =>
        TaskGroup.run({ concurrency: shared, clock }, async (group) => {
          for (let i = 0; i < n; i++) {
            await group.createTask(async () => {
              most = Math.max(most, ++running)
              await deaf(clock, 10)
              running--
            })
          }
          await group.join()
          return clock.now()
        })
      const ends = await Promise.all([one(30), one(30), one(3)])
      expect(ends[2]).toBeLessThanOrEqual(60)
      expect(Math.max(...ends)).toBe(210)
    })
    expect(most).toBe(3)
    expect(shared.statistics()).toMatchObject({ held: 0, waiting: 0 })
  })
})

describe('warnings', () => {
  test('failures that nobody read are told once, with their number and the first of them', async () => {
    const lines = await warned((clock) =>
      TaskGroup.run({ clock, name: 'crawl' }, async (group) => {
        await group.createTask(fail(clock, 2, B), { name: 'later' })
        await group.createTask(fail(clock, 1, A), { name: 'page' })
      }),
    )
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(
      /task group "crawl" lost 2 failures that nobody read, the first of task #1 "page": Error: a/,
    )
  })

  test.each<[string, (group: TaskGroup, task: Task<unknown>) => unknown]>([
    ['exceptions()', (group) => group.exceptions()],
    ['outcomes()', (group) => group.outcomes()],
    ['task.result()', (_, task) => task.result().catch(() => {})],
  ])('no warning when %s was read', async (_, read) => {
    for (const when of ['before', 'after']) {
      const lines = await warned(async (clock) => {
        const group = new TaskGroup({ clock })
        const task = await group.createTask(fail(clock, 1, A))
        if (when === 'before' && _ === 'task.result()') await read(group, task)
        await group.join()
        await read(group, task)
      })
      expect(lines).toEqual([])
    }
  })

  test('leaving the scope without join() aborts what runs, waits for it, and warns', async () => {
    let state: string | undefined
    const lines = await warned(async (clock) => {
      let task: Task<unknown>
      {
        await using group = new TaskGroup({ clock })
        task = await group.createTask(sleep(clock, HOUR))
      }
      state = task.state
      expect(clock.now()).toBe(0)
    })
    expect(state).toBe('cancelled')
    expect(lines).toEqual([expect.stringMatching(/left its scope without join\(\), and aborted 1 unfinished/)])
  })

  test('leaving the scope without join() after a failure tells what join() would have thrown', async () => {
    const lines = await warned(async (clock) => {
      await using group = new TaskGroup({ name: 'crawl', onError: 'abort', clock })
      await group.createTask(fail(clock, 1, A))
      await deaf(clock, 2)
    })
    expect(lines).toEqual([
      'sluice: task group "crawl" left its scope without join(), which would have thrown: AggregateError: task group "crawl" failed with an error: Error: a',
    ])
    const joined = await warned(async (clock) => {
      await using group = new TaskGroup({ onError: 'abort', clock })
      await group.createTask(fail(clock, 1, A))
      await expect(group.join()).rejects.toThrow(AggregateError)
    })
    expect(joined).toEqual([])
  })

  test('law 7: failures that were collected are told when the body throws, or an abort comes from outside', async () => {
    const lines = await warned(async (clock) => {
      const outer = new AbortController()
      const { signal } = outer
      for (const end of [() => Promise.reject(B), async () => outer.abort(B)]) {
        const run = TaskGroup.run({ clock, signal }, async (group) => {
          await group.createTask(fail(clock, 1, A))
          await deaf(clock, 2)
          await end()
        })
        expect(((await outcome(clock, run)).error as Error).message).toMatch(/b$/)
      }
    })
    const line: unknown = expect.stringContaining('lost 1 failure that nobody read, the first of task #0: Error: a')
    expect(lines).toEqual([line, line])
  })

  test('leaving the scope after join(), or after cancel(), warns of nothing', async () => {
    const lines = await warned(async (clock) => {
      {
        await using group = new TaskGroup({ clock })
        await group.createTask(sleep(clock, 10))
        await group.join()
      }
      await using group = new TaskGroup({ clock })
      await group.createTask(sleep(clock, HOUR))
      group.cancel()
    })
    expect(lines).toEqual([])
  })
})

describe('wrong use teaches', () => {
  test.each<[string, () => unknown, ErrorConstructor, RegExp]>([
    [
      'concurrency: 0',
      () => new TaskGroup({ concurrency: 0 }),
      RangeError,
      /concurrency must be a whole number of at least 1, or Infinity, not 0/,
    ],
    ['concurrency: 2.5', () => new TaskGroup({ concurrency: 2.5 }), RangeError, /concurrency .* not 2\.5/],
    ["concurrency: '5'", () => new TaskGroup({ concurrency: '5' as never }), TypeError, /concurrency .* not "5"/],
    ['a bare rate', () => new TaskGroup({ rate: 20 as never }), TypeError, /rate.*'20\/s'/s],
    ['timeout: -1', () => new TaskGroup({ timeout: -1 }), RangeError, /timeout must be milliseconds .* not -1/],
    ['timeout beyond 2^31', () => new TaskGroup({ timeout: 2 ** 31 }), RangeError, /2147483647 \(24\.8 days/],
    [
      'onError',
      () => new TaskGroup({ onError: 'ignore' as never }),
      TypeError,
      /onError must be 'collect' or 'abort', not "ignore"/,
    ],
    [
      'a promise as task',
      () => new TaskGroup().createTask(Promise.resolve(1) as never),
      TypeError,
      /must be a function, not a promise: .* Write \(\) => work\(\)/,
    ],
    [
      'a name as options',
      () => new TaskGroup().createTask(() => 1, 'first' as never),
      TypeError,
      /options must be an object such as \{ name: 'one' \}, not "first"/,
    ],
    [
      'a promise as body',
      () => TaskGroup.run({}, Promise.resolve() as never),
      TypeError,
      /the body of TaskGroup.run must be a function, not a promise/,
    ],
    [
      'options behind the body',
      () => (TaskGroup.run as (...args: unknown[]) => unknown)(() => 1, { concurrency: 5 }),
      TypeError,
      /the options of TaskGroup.run must be the first argument, and the body the second, not function/,
    ],
    [
      'results() of a group that keeps none',
      () => new TaskGroup({ collectResults: false }).results(),
      TypeError,
      /results\(\) .* collectResults: false/,
    ],
  ])('%s', async (_, wrong, type, message) => {
    const attempt = async (): Promise<unknown> => wrong()
    await expect(attempt()).rejects.toThrow(type)
    await expect(attempt()).rejects.toThrow(message)
  })
})

describe('observing', () => {
  test('every step is told as plain data', async () => {
    const events: SluiceEvent[] = []
    await ending(
      {
        name: 'g',
        concurrency: 1,
        retry: { retries: 1, backoff: { base: 10, jitter: 'none' } },
        onEvent: (e) => events.push(e),
      },
      async (group, clock) => {
        await group.createTask(
          async ({ attempt }) => {
            await deaf(clock, 5)
            if (attempt === 1) throw A
          },
          { name: 'x' },
        )
        await group.createTask(() => 1)
        await group.join()
      },
    )
    expect(events.map((e) => [e.time, e.type, 'index' in e ? e.index : undefined])).toEqual([
      [0, 'groupOpen', undefined],
      [0, 'queued', 0],
      [0, 'started', 0],
      [0, 'queued', 1],
      [0, 'waiting', 1],
      [5, 'attempt', 0],
      [5, 'waiting', 0],
      [5, 'started', 1],
      [5, 'attempt', 1],
      [5, 'settled', 1],
      [20, 'attempt', 0],
      [20, 'settled', 0],
      [20, 'groupClose', undefined],
    ])
    expect(events.at(-2)).toMatchObject({
      source: 'g',
      name: 'x',
      status: 'fulfilled',
      attempts: 2,
      waited: 10,
      ran: 10,
    })
    expect(events.at(-1)).toMatchObject({ fulfilled: 2, rejected: 0, cancelled: 0 })
  })

  test('a listener that throws changes nothing, and is told', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    try {
      const { value } = await ending(
        {
          onEvent: () => {
            throw A
          },
        },
        async (group) => {
          await group.createTask(() => 1)
          await group.join()
          return group.results()
        },
      )
      expect(value).toEqual([1])
      expect(String(warn.mock.calls[0])).toContain('onEvent listener threw')
    } finally {
      warn.mockRestore()
    }
  })

  test('law 107: statistics() at every moment', async () => {
    await ending({ concurrency: 1 }, async (group, clock) => {
      await group.createTask(() => deaf(clock, 10))
      void group.createTask(() => 1)
      expect(group.statistics()).toEqual({
        created: 2,
        waiting: 1,
        backingOff: 0,
        running: 1,
        fulfilled: 0,
        rejected: 0,
        cancelled: 0,
      })
      await group.join()
      expect(group.statistics()).toEqual({
        created: 2,
        waiting: 0,
        backingOff: 0,
        running: 0,
        fulfilled: 2,
        rejected: 0,
        cancelled: 0,
      })
    })
  })

  test('no AbortController is made unless somebody reads a signal', async () => {
    const outer = new AbortController()
    const made = await controllersMade(async () => {
      await TaskGroup.run({ concurrency: 2, signal: outer.signal, timeout: 1000 }, async (group) => {
        for (let i = 0; i < 10; i++) await group.createTask(async () => i)
      })
    })
    expect(made).toBe(0)
    expect(
      await controllersMade(() =>
        TaskGroup.run(async (group) => {
          for (let i = 0; i < 10; i++) await group.createTask(async (context) => (i === 3 ? context.signal : undefined))
        }),
      ),
    ).toBe(1)
  })

  test('headline C: 10,000 tasks on one outer signal: one listener, none left, and each task is told', async () => {
    const outer = new WatchedController()
    let aborted = 0
    const run = TaskGroup.run({ signal: outer.signal }, async (group) => {
      for (let i = 0; i < 10_000; i++) {
        await group.createTask(
          ({ signal }) =>
            new Promise<void>((resolve) => {
              signal.addEventListener(
                'abort',
                () => {
                  aborted++
                  resolve()
                },
                { once: true },
              )
            }),
        )
      }
    })
    while (outer.listeners === 0) await Promise.resolve()
    await deafReal()
    expect([outer.listeners, outer.added]).toEqual([1, 1])
    outer.abort('stop')
    await expect(run).rejects.toBe('stop')
    expect([aborted, outer.listeners]).toEqual([10_000, 0])
  })
})

/** Lets every pending promise job run: a turn of the event loop. */
const deafReal = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
