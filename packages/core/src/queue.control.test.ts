import { describe, expect, test, vi } from 'vitest'
import { gates, turn, virtualTime, watch } from '../test/gates.ts'
import { HOUR } from '../test/support.ts'
import { AbortError, DeadlockError, TimeoutError } from './errors.ts'
import type { SluiceEvent } from './events.ts'
import type { QueueOptions } from './queue-options.ts'
import { Queue } from './queue.ts'
import { RateLimiter } from './rate-limiter.ts'
import { Semaphore } from './semaphore.ts'
import type { VirtualClock } from './virtual-clock.ts'

describe('cancel', () => {
  test('law 104: what runs is told, what waits is dropped, every put settles, and join ends when the work ends', async () => {
    const { clock } = virtualTime()
    const queue = new Queue<string>({ workers: 1, maxsize: 1, clock, name: 'jobs' })
    const ran: string[] = []
    let end!: (value: string) => void
    await queue.put(() => 'done before')
    await turn()
    await queue.put(({ signal }) => {
      signal.addEventListener('abort', () => ran.push(String(signal.reason)))
      return new Promise<string>((resolve) => (end = resolve))
    })
    await queue.put(() => void ran.push('must not run'))
    const blocked = watch(queue.put(() => void ran.push('must not run')))
    const delayed = watch(queue.put(() => void ran.push('must not run'), { delay: 10 }))
    const joined = watch(queue.join())
    const reason = new Error('fire')
    queue.cancel(reason)
    queue.cancel('a second time changes nothing')
    await turn()
    const expected = new AbortError('queue "jobs" was cancelled', { cause: reason })
    expect(queue.signal.reason).toEqual(expected)
    expect((queue.signal.reason as Error).cause).toBe(reason)
    expect([blocked.end, delayed.end]).toEqual([{ error: expected }, { error: expected }])
    await expect(queue.put(() => 'x')).rejects.toThrow(AbortError)
    expect([joined.end, ran]).toEqual(['pending', ['AbortError: queue "jobs" was cancelled']])
    expect(queue.statistics()).toMatchObject({ running: 1, waiting: 0, blocked: 0, delayed: 0, cancelled: 3 })
    end('finished all the same')
    await turn()
    expect(joined.end).toEqual({ value: ['done before', 'finished all the same'] })
    expect(clock.pending).toBe(0)
  })

  test('law 29: a task may cancel its queue before its first await', async () => {
    const queue = new Queue<string>({ workers: 2 })
    await queue.put(({ signal }) => {
      queue.cancel()
      return signal.aborted ? 'knows' : 'does not know'
    })
    await expect(queue.put(() => 'another')).rejects.toThrow(AbortError)
    expect(await queue.join()).toEqual(['knows'])
  })

  test('a task that rejects because it was cancelled is no failure, another error is one', async () => {
    const failures: unknown[] = []
    const queue = new Queue({ workers: 2, exceptionHandler: (error) => failures.push(error) })
    const aborted = (signal: AbortSignal, error?: unknown) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject((error ?? signal.reason) as Error))
      })
    await queue.put(({ signal }) => aborted(signal))
    await queue.put(({ signal }) => aborted(signal, 'while cleaning up'))
    queue.cancel()
    expect(await queue.join()).toEqual([])
    expect(failures).toEqual(['while cleaning up'])
    expect(queue.statistics()).toMatchObject({ cancelled: 1, rejected: 1 })
  })

  test('law 9: an abort from outside cancels everything, and comes out of join as its own reason', async () => {
    const controller = new AbortController()
    const remove = vi.spyOn(controller.signal, 'removeEventListener')
    const queue = new Queue({ workers: 1, signal: controller.signal })
    const { open, started, task } = gates()
    await queue.put(task(0))
    await queue.put(task(1))
    const joined = queue.join()
    controller.abort('stop')
    open[0]!()
    await expect(joined).rejects.toBe('stop')
    await expect(queue.join()).rejects.toBe('stop')
    await expect(queue.put(task(2))).rejects.toBe('stop')
    expect(started).toEqual([0])
    await queue[Symbol.asyncDispose]()
    expect(remove).toHaveBeenCalled()
    await expect(new Queue({ signal: controller.signal }).put(task(3))).rejects.toBe('stop')
  })

  test('leaving the scope of a queue that was aborted from outside waits for what runs, and throws nothing', async () => {
    const { clock, sleep } = virtualTime()
    const outer = new AbortController()
    const log: string[] = []
    await clock.run(async () => {
      {
        await using queue = new Queue({ signal: outer.signal, clock })
        await queue.put(async () => {
          await sleep(10)
          log.push('ended')
        })
        outer.abort(new Error('stop'))
      }
      log.push('left')
    })
    expect(log).toEqual(['ended', 'left'])
  })

  test('leaving the scope removes the listener from the outer signal', async () => {
    const controller = new AbortController()
    const add = vi.spyOn(controller.signal, 'addEventListener')
    const remove = vi.spyOn(controller.signal, 'removeEventListener')
    {
      await using queue = new Queue({ signal: controller.signal })
      for (let i = 0; i < 100; i++) await queue.put(({ signal }) => signal.aborted)
    }
    expect([add.mock.calls.length, remove.mock.calls.length]).toEqual([1, 1])
  })

  test.each<[string, (clock: VirtualClock) => QueueOptions, number, number]>([
    ['the rate', (clock) => ({ rate: new RateLimiter('1/h', { clock }) }), 0, HOUR],
    ['a shared semaphore', () => ({ workers: new Semaphore(1) }), 10, 10],
    ['a worker', () => ({ workers: 1 }), 10, 10],
  ])('law 97: who comes after all that waited for %s were cancelled has its turn', async (_, options, ms, at) => {
    const { clock, sleep } = virtualTime()
    await clock.run(async () => {
      const queue = new Queue<number>({ ...options(clock), maxsize: 0, clock })
      await queue.put(() => sleep(ms))
      await sleep(1)
      const controller = new AbortController()
      const puts = [1, 2].map(() => queue.put(() => -1, { signal: controller.signal }))
      controller.abort('no')
      for (const put of puts) await expect(put).rejects.toBe('no')
      await queue.put(() => clock.now())
      expect(await queue.join()).toEqual([at])
    })
    expect(clock.pending).toBe(0)
  })

  test('a cancel at the very moment at which a delayed put enters drops it, also in a paused queue', async () => {
    const timers: (() => void)[] = []
    const clock = { now: () => 0, setTimer: (fire: () => void) => timers.push(fire), clearTimer: () => {} }
    const queue = new Queue({ workers: 1, clock })
    const ran = vi.fn<() => void>()
    queue.pause()
    const put = watch(queue.put(ran, { delay: 5 }))
    const joined = watch(queue.join())
    timers[0]!()
    queue.cancel()
    await turn()
    expect(put.end).toMatchObject({ error: { name: 'AbortError' } })
    expect(joined.end).toEqual({ value: [] })
    expect(ran).not.toHaveBeenCalled()
  })
})

describe('pause and resume', () => {
  test('while paused no task begins and those that run go on; resume lets as many begin as there are workers', async () => {
    const { open, started, task } = gates()
    const queue = new Queue({ workers: 2, maxsize: 3 })
    await queue.put(task(0))
    queue.pause()
    const puts = [1, 2, 3, 4, 5].map((id) => watch(queue.put(task(id))))
    open[0]!()
    await turn()
    expect(started).toEqual([0])
    expect(queue.statistics()).toMatchObject({ paused: true, running: 0, waiting: 3, blocked: 2, fulfilled: 1 })
    expect(puts.map((put) => put.end === 'pending')).toEqual([false, false, false, true, true])
    queue.resume()
    await turn()
    expect(started).toEqual([0, 1, 2])
    for (const id of [1, 2, 3, 4, 5]) {
      open[id]!()
      await turn()
    }
    expect(await queue.join()).toEqual([0, 1, 2, 3, 4, 5])
  })

  test('leaving the scope resumes', async () => {
    const done: number[] = []
    {
      await using queue = new Queue({ workers: 1 })
      queue.pause()
      for (let i = 0; i < 3; i++) void queue.put(() => void done.push(i))
    }
    expect(done).toEqual([0, 1, 2])
  })

  test('cancel of a paused queue settles everything', async () => {
    const queue = new Queue({ workers: 1, maxsize: 1 })
    queue.pause()
    const puts = [1, 2, 3].map(() => watch(queue.put(() => 1)))
    const joined = queue.join()
    queue.cancel()
    expect(await joined).toEqual([])
    expect(puts.map((put) => Object.keys(put.end as object)[0])).toEqual(['value', 'error', 'error'])
  })
})

describe('deadlocks', () => {
  test('law 39: when every worker waits in put for room, the put that closes the circle is refused with an explanation', async () => {
    for (const workers of [1, 3]) {
      const errors: unknown[] = []
      const queue = new Queue<string>({ workers, maxsize: 0, exceptionHandler: (error) => errors.push(error) })
      queue.pause()
      for (let i = 0; i < workers; i++) {
        void queue.put(async () => {
          await queue.put(() => `child ${i}`)
          return `parent ${i}`
        })
      }
      queue.resume()
      const results = await queue.join()
      expect(errors).toHaveLength(1)
      expect(errors[0]).toBeInstanceOf(DeadlockError)
      expect(String(errors[0])).toMatch(/task #\d waits in put\(\) of its own queue.* Raise maxsize/)
      // One is refused, and thereby the others can go on.
      expect(results).toHaveLength(2 * (workers - 1))
      expect(queue.statistics()).toMatchObject({ running: 0, waiting: 0, blocked: 0, cancelled: 1, rejected: 1 })
    }
  })

  test('law 39: a put that nobody awaits, a free worker, or a pause is no deadlock', async () => {
    const failed = vi.fn<() => void>()
    const queue = new Queue<string>({ workers: 1, maxsize: 0, exceptionHandler: failed })
    await queue.put(() => {
      void queue.put(() => 'child')
      return 'parent'
    })
    expect(await queue.join()).toEqual(['parent', 'child'])

    const wide = new Queue<string>({ workers: 2, maxsize: 0, exceptionHandler: failed })
    await wide.put(async () => {
      await wide.put(() => 'child')
      return 'parent'
    })
    expect(await wide.join()).toEqual(['parent', 'child'])

    const paused = new Queue<string>({ workers: 2, maxsize: 0, exceptionHandler: failed })
    await paused.put(async () => {
      paused.pause()
      await paused.put(() => 'child')
      return 'parent'
    })
    await turn()
    paused.resume()
    expect(await paused.join()).toEqual(['parent', 'child'])
    expect(failed).not.toHaveBeenCalled()
  })

  test('law 39: waiting for the rate is no deadlock', async () => {
    const { clock } = virtualTime()
    const failed = vi.fn<() => void>()
    const queue = new Queue<string>({ workers: 2, maxsize: 0, rate: '1/s', clock, exceptionHandler: failed })
    await clock.run(async () => {
      await queue.put(async () => {
        await queue.put(() => 'child')
        return 'parent'
      })
      expect(await queue.join()).toEqual(['parent', 'child'])
    })
    expect(failed).not.toHaveBeenCalled()
  })

  test('a task that joins its own queue is refused with an explanation', async () => {
    const errors: unknown[] = []
    const queue = new Queue({ name: 'jobs', exceptionHandler: (error) => errors.push(error) })
    await queue.put(() => queue.join())
    await queue.join()
    expect(errors).toEqual([
      new DeadlockError('task #0 calls join() of its own queue, and would wait for itself. Join outside the tasks'),
    ])
  })
})

describe('with the limits of a group', () => {
  test('timeout, retry and rate apply to each task', async () => {
    const { clock, sleep } = virtualTime()
    const errors: unknown[] = []
    const queue = new Queue<string>({
      workers: 10,
      clock,
      rate: '2/s',
      timeout: 100,
      retry: { retries: 2, backoff: { base: 10, jitter: 'none' } },
      exceptionHandler: (error, task) => errors.push([error, task.attempt]),
    })
    await clock.run(async () => {
      const starts: number[] = []
      await queue.put(({ attempt }) => {
        starts.push(clock.now())
        if (attempt < 3) throw new Error('again')
        return `after ${attempt}`
      })
      await queue.put(
        ({ signal }) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
        {
          retry: 0,
          timeout: 30,
        },
      )
      await queue.put(() => sleep(1).then(() => 'last'))
      expect(await queue.join()).toEqual(['after 3', 'last'])
      expect(starts).toHaveLength(3)
      expect(errors).toEqual([[expect.any(TimeoutError), 1]])
      expect(clock.now()).toBeGreaterThanOrEqual(2000)
    })
  })

  test('a shared semaphore is a shared budget', async () => {
    const { clock, sleep } = virtualTime()
    const budget = new Semaphore(3)
    let running = 0
    let peak = 0
    const work = async () => {
      peak = Math.max(peak, ++running)
      await sleep(10)
      running--
    }
    await clock.run(async () => {
      const queues = [new Queue({ workers: budget, clock }), new Queue({ workers: budget, clock })]
      await Promise.all(queues.map((queue) => Promise.all(Array.from({ length: 12 }, () => queue.put(work)))))
      await Promise.all(queues.map((queue) => queue.join()))
    })
    expect(peak).toBe(3)
    expect(budget.statistics()).toMatchObject({ waiting: 0 })
  })

  test('events tell what happens', async () => {
    const events: SluiceEvent[] = []
    {
      await using queue = new Queue({
        workers: 1,
        name: 'jobs',
        onEvent: (event) => events.push(event),
        exceptionHandler: () => {},
      })
      void queue.put(() => 1)
      void queue.put(() => Promise.reject(new Error('x')), { name: 'b' })
    }
    expect(events.map(({ type }) => type)).toEqual([
      'groupOpen',
      'queued',
      'started',
      'queued',
      'waiting',
      'attempt',
      'settled',
      'started',
      'attempt',
      'settled',
      'groupClose',
    ])
    expect(events.at(-1)).toMatchObject({ source: 'jobs', fulfilled: 1, rejected: 1, cancelled: 0 })
  })
})
