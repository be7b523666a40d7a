import { describe, expect, expectTypeOf, test, vi } from 'vitest'
import { gates, turn, virtualTime, watch } from '../test/gates.ts'
import { controllersMade } from '../test/support.ts'
import { ClosedError } from './errors.ts'
import type { QueueOptions } from './queue-options.ts'
import { Queue } from './queue.ts'

describe('put', () => {
  test('law 96: put waits while the queue is full, and who waits is let in in the order of the calls', async () => {
    const { open, started, task } = gates()
    const queue = new Queue({ workers: 1, maxsize: 2 })
    const order: number[] = []
    const puts = [0, 1, 2, 3, 4].map((id) => queue.put(task(id)).then(() => order.push(id)))
    await turn()
    expect(started).toEqual([0])
    expect(order).toEqual([0, 1, 2])
    expect(queue.statistics()).toMatchObject({ running: 1, waiting: 2, blocked: 2 })
    open[0]!()
    await turn()
    expect(started).toEqual([0, 1])
    expect(order).toEqual([0, 1, 2, 3])
    for (const id of [1, 2, 3, 4]) {
      open[id]!()
      await turn()
    }
    await Promise.all(puts)
    expect(order).toEqual([0, 1, 2, 3, 4])
    expect(await queue.join()).toEqual([0, 1, 2, 3, 4])
  })

  test('law 95: 25 workers and a bound of twice the workers by default; without bound only as Infinity', async () => {
    const { task } = gates()
    const standard = new Queue()
    for (let id = 0; id < 100; id++) void standard.put(task(id))
    expect(standard.statistics()).toMatchObject({ running: 25, waiting: 50, blocked: 25 })
    const small = new Queue({ workers: 2 })
    for (let id = 0; id < 10; id++) void small.put(task(id))
    expect(small.statistics()).toMatchObject({ running: 2, waiting: 4, blocked: 4 })
    const endless = new Queue({ workers: 1, maxsize: Infinity })
    for (let id = 0; id < 1000; id++) await endless.put(task(id))
    expect(endless.statistics()).toMatchObject({ running: 1, waiting: 999, blocked: 0 })
  })

  test('maxsize 0: put waits until a worker takes the task', async () => {
    const { open, started, task } = gates()
    const queue = new Queue({ workers: 1, maxsize: 0 })
    await queue.put(task(0))
    const second = watch(queue.put(task(1)))
    await turn()
    expect([second.end, started]).toEqual(['pending', [0]])
    open[0]!()
    await turn()
    expect([second.end, started]).toEqual([{ value: undefined }, [0, 1]])
    open[1]!()
    expect(await queue.join()).toEqual([0, 1])
  })

  test('a task gets its context: index in the order of put, name, attempt, and a signal only if it asks', async () => {
    const queue = new Queue<string>({ workers: 2 })
    const run = async () => {
      for (const name of ['a', 'b', undefined]) {
        const options = name === undefined ? {} : { name }
        await queue.put(({ index, attempt, name: own }) => `${index} ${attempt} ${own}`, options)
      }
      expect(await queue.join()).toEqual(['0 1 a', '1 1 b', '2 1 undefined'])
    }
    expect(await controllersMade(run)).toBe(0)
    const ask = () => queue.put(({ signal, index }) => `${index} ${signal.aborted}`)
    expect(await controllersMade(ask)).toBe(1)
    expect(await queue.join()).toEqual(['3 false'])
  })

  test('delay: the task enters later, put ends then, and the order of the results is still that of the calls', async () => {
    const { clock, sleep } = virtualTime()
    const queue = new Queue<string>({ workers: 1, clock })
    await clock.run(async () => {
      const began: [string, number][] = []
      const task = (id: string) => () => {
        began.push([id, clock.now()])
        return id
      }
      const late = watch(queue.put(task('late'), { delay: 50 }))
      await queue.put(task('now'))
      expect(queue.statistics()).toMatchObject({ delayed: 1, created: 2 })
      expect(late.end).toBe('pending')
      await queue.put(task('later'), { delay: 20 })
      expect(clock.now()).toBe(20)
      expect(await queue.join()).toEqual(['late', 'now', 'later'])
      expect(began).toEqual([
        ['now', 0],
        ['later', 20],
        ['late', 50],
      ])
      await sleep(0)
      expect(late.end).toEqual({ value: undefined })
      expect(clock.pending).toBe(0)
    })
  })

  test('law 97: a put whose signal aborts is not in the queue, and its task never runs', async () => {
    const { clock } = virtualTime()
    const { open, started, task } = gates()
    const queue = new Queue({ workers: 1, maxsize: 1, clock })
    const controller = new AbortController()
    const remove = vi.spyOn(controller.signal, 'removeEventListener')
    const { signal } = controller
    await queue.put(task(0), { signal })
    await queue.put(task(1), { signal })
    const puts = [queue.put(task(2), { signal }), queue.put(task(3)), queue.put(task(4), { signal, delay: 100 })]
    const settled = Promise.allSettled(puts)
    controller.abort('enough')
    expect(queue.statistics()).toMatchObject({ blocked: 1, delayed: 0, waiting: 1, running: 1 })
    await expect(queue.put(task(5), { signal })).rejects.toBe('enough')
    for (const id of [0, 1, 3]) {
      await turn()
      open[id]!()
    }
    expect(await queue.join()).toEqual([0, 1, 3])
    expect((await settled).map((put) => put.status)).toEqual(['rejected', 'fulfilled', 'rejected'])
    expect(started).toEqual([0, 1, 3])
    expect(queue.statistics()).toMatchObject({ created: 5, fulfilled: 3, cancelled: 2 })
    expect([clock.pending, remove.mock.calls.length > 0]).toEqual([0, true])
  })

  test('law 98: room that would go to a put which is just being aborted goes to the next one', async () => {
    const { open, started, task } = gates()
    const queue = new Queue({ workers: 1, maxsize: 1 })
    await queue.put(task(0))
    await queue.put(task(1))
    const controller = new AbortController()
    const doomed = watch(queue.put(task(2), { signal: controller.signal }))
    const next = watch(queue.put(task(3)))
    // The signal has aborted, and nobody has been told yet when room is made.
    const dispatch = controller.signal.dispatchEvent.bind(controller.signal)
    Object.defineProperty(controller.signal, 'aborted', { get: () => true })
    Object.defineProperty(controller.signal, 'reason', { get: () => 'stop' })
    open[0]!()
    await turn()
    expect(doomed.end).toEqual({ error: 'stop' })
    expect(next.end).toEqual({ value: undefined })
    dispatch(new Event('abort'))
    open[1]!()
    await turn()
    open[3]!()
    expect(await queue.join()).toEqual([0, 1, 3])
    expect(started).toEqual([0, 1, 3])
  })
})

describe('join', () => {
  test('law 101: join waits until everything is finished, not merely taken out; an empty queue joins at once', async () => {
    const { open, task } = gates()
    const queue = new Queue({ workers: 2 })
    expect(await queue.join()).toEqual([])
    await queue.put(task(0))
    await queue.put(task(1))
    const joined = watch(queue.join())
    open[1]!()
    await turn()
    expect(queue.statistics()).toMatchObject({ waiting: 0, running: 1 })
    expect(joined.end).toBe('pending')
    open[0]!()
    await turn()
    expect(joined.end).toEqual({ value: [0, 1] })
  })

  test('results come in the order of put; undefined and failures are left out; the queue can be used again', async () => {
    const { clock, sleep } = virtualTime()
    const failures: unknown[] = []
    const queue = new Queue<string>({ workers: 3, clock, exceptionHandler: (error) => failures.push(error) })
    await clock.run(async () => {
      for (let round = 0; round < 3; round++) {
        for (const ms of [30, 10, 20, 40, 5]) {
          await queue.put(async () => {
            await sleep(ms)
            if (ms === 20) return undefined
            if (ms === 40) throw new Error('lost')
            return `${round}: ${ms}`
          })
        }
        expect(await queue.join()).toEqual([`${round}: 30`, `${round}: 10`, `${round}: 5`])
      }
      expect(failures).toHaveLength(3)
      expect(await queue.join()).toEqual([])
    })
  })

  test('null, false, 0 and the empty string are results', async () => {
    const queue = new Queue()
    for (const value of [null, false, 0, '', undefined]) await queue.put(() => value)
    expect(await queue.join()).toEqual([null, false, 0, ''])
  })

  test('concurrent producers never lose a result', async () => {
    const { clock, sleep } = virtualTime()
    const queue = new Queue<string>({ workers: 4, maxsize: 2, clock })
    await clock.run(async () => {
      const produce = async (who: string) => {
        for (let i = 0; i < 50; i++) await queue.put(() => sleep((i * 7) % 5).then(() => `${who}${i}`))
      }
      await Promise.all(['a', 'b', 'c'].map(produce))
      const results = await queue.join()
      expect(results).toHaveLength(150)
      for (const who of ['a', 'b', 'c']) {
        expect(results.filter((result) => result.startsWith(who))).toEqual(
          Array.from({ length: 50 }, (_, i) => who + i),
        )
      }
    })
  })

  test('join also waits for puts that nobody awaited, for delays, and for what tasks put while it waits', async () => {
    const { clock, sleep } = virtualTime()
    const queue = new Queue<string>({ workers: 1, maxsize: 1, clock })
    await clock.run(async () => {
      for (let i = 0; i < 5; i++) void queue.put(() => sleep(1).then(() => `blocked ${i}`))
      void queue.put(() => 'delayed', { delay: 100 })
      void queue.put(async () => {
        await sleep(200)
        void queue.put(() => 'from inside')
        return 'outer'
      })
      expect(await queue.join()).toEqual([
        ...[0, 1, 2, 3, 4].map((i) => `blocked ${i}`),
        'delayed',
        'outer',
        'from inside',
      ])
    })
  })

  test('two joins at the same time get the same results, whether the tasks are done or not', async () => {
    const queue = new Queue<number>()
    for (const before of [async () => {}, turn]) {
      await queue.put(async () => 1)
      await before()
      const [one, other] = await Promise.all([queue.join(), queue.join()])
      expect(one).toEqual([1])
      expect(other).toBe(one)
      expect(await queue.join()).toEqual([])
    }
  })

  test('law 1: leaving the scope joins, also when the body throws', async () => {
    const { clock, sleep } = virtualTime()
    const done: number[] = []
    const kept: Queue[] = []
    const scope = async (fails: boolean) => {
      await using queue = new Queue({ workers: 2, clock })
      kept.push(queue)
      for (let i = 0; i < 5; i++) await queue.put(() => sleep(10).then(() => void done.push(i)))
      if (fails) throw new Error('body')
    }
    await clock.run(async () => {
      await scope(false)
      expect(done).toEqual([0, 1, 2, 3, 4])
      await expect(scope(true)).rejects.toThrow('body')
      expect(done).toHaveLength(10)
    })
    await expect(kept[0]!.put(() => 1)).rejects.toThrow(ClosedError)
    await expect(kept[0]!.put(() => 1)).rejects.toThrow(
      'the queue has left its scope: put after its end. Open a new queue',
    )
    await kept[0]![Symbol.asyncDispose]()
  })
})

describe('failures', () => {
  test('each failure goes to the exception handler with its task; workers and siblings go on', async () => {
    const seen: unknown[] = []
    const queue = new Queue<number>({
      workers: 1,
      exceptionHandler: (error, task) => seen.push([String(error), task.index, task.name, task.attempt]),
    })
    await queue.put(() => {
      throw new Error('synchronous')
    })
    await queue.put(() => Promise.reject(new Error('asynchronous')), { name: 'second' })
    await queue.put(() => 7)
    expect(await queue.join()).toEqual([7])
    expect(seen).toEqual([
      ['Error: synchronous', 0, undefined, 1],
      ['Error: asynchronous', 1, 'second', 1],
    ])
    expect(queue.statistics()).toMatchObject({ fulfilled: 1, rejected: 2, running: 0 })
  })

  test('a handler that throws, or rejects, harms nothing, and is reported', async () => {
    const warnings: unknown[][] = []
    const logger = { info: () => {}, warn: (...args: unknown[]) => warnings.push(args) }
    const queue = new Queue<number>({
      workers: 1,
      name: 'careful',
      logger,
      exceptionHandler: (error) => {
        if (error === 1) throw new Error('handler throws')
        return Promise.reject(new Error('handler rejects'))
      },
    })
    await queue.put(() => Promise.reject(1))
    await queue.put(() => Promise.reject(2))
    await queue.put(() => 3)
    expect(await queue.join()).toEqual([3])
    expect(warnings).toEqual([
      ['sluice: queue "careful": the exception handler threw when told of task #0:', new Error('handler throws')],
      ['sluice: queue "careful": the exception handler threw when told of task #1:', new Error('handler rejects')],
    ])
  })

  test('join waits for what an asynchronous handler does, the worker does not', async () => {
    const { clock, sleep } = virtualTime()
    const log: string[] = []
    const queue = new Queue({
      workers: 1,
      clock,
      exceptionHandler: async () => {
        await sleep(100)
        log.push(`handled at ${clock.now()}`)
      },
    })
    await clock.run(async () => {
      await queue.put(() => Promise.reject(new Error('x')))
      await queue.put(() => void log.push(`next at ${clock.now()}`))
      await queue.join()
      expect(log).toEqual(['next at 0', 'handled at 100'])
    })
  })

  test('by default a failure is a warning; the log level says what is logged; a logger that throws harms nothing', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const info = vi.spyOn(console, 'info').mockImplementation(() => {})
    const fail = async (options: QueueOptions) => {
      const queue = new Queue<number>(options)
      await queue.put(() => Promise.reject(new Error('boom')), { name: 'first' })
      await queue.put(() => 2)
      expect(await queue.join()).toEqual([2])
    }
    await fail({ name: 'jobs' })
    expect(warn.mock.calls).toEqual([['sluice: queue "jobs": task #0 "first" failed:', new Error('boom')]])
    expect(info).not.toHaveBeenCalled()
    await fail({ logLevel: 'silent' })
    expect(warn).toHaveBeenCalledTimes(1)
    await fail({ logLevel: 'info' })
    expect(info.mock.calls).toEqual([['sluice: the queue: joined: so far 1 done, 1 failed, 0 cancelled']])
    const broken = () => {
      throw new Error('disk full')
    }
    await fail({ logLevel: 'info', logger: { info: broken, warn: broken } })
    warn.mockRestore()
    info.mockRestore()
  })
})

test('law 107: statistics', async () => {
  const queue = new Queue({ workers: 1, maxsize: 1 })
  const { open, task } = gates()
  void queue.put(task(0))
  void queue.put(task(1))
  void queue.put(task(2))
  const none = { delayed: 0, backingOff: 0, rejected: 0, cancelled: 0, paused: false }
  expect(queue.statistics()).toEqual({ ...none, created: 3, blocked: 1, waiting: 1, running: 1, fulfilled: 0 })
  for (const id of [0, 1, 2]) {
    open[id]!()
    await turn()
  }
  expect(queue.statistics()).toEqual({ ...none, created: 3, blocked: 0, waiting: 0, running: 0, fulfilled: 3 })
})

test('mistakes are refused with an explanation', () => {
  const refuse = (options: unknown, message: string) =>
    expect(() => new Queue(options as QueueOptions)).toThrow(message)
  refuse({ workers: 0 }, 'workers must be a whole number of at least 1, or Infinity, not 0')
  refuse({ workers: '25' }, 'workers must be a whole number of at least 1, or Infinity, not "25"')
  refuse({ workers: null }, 'workers must be')
  refuse({ maxsize: -1 }, 'maxsize must be a whole number of at least 0, or Infinity, not -1')
  refuse({ exceptionHandler: 'log' }, 'exceptionHandler must be a function')
  refuse({ logLevel: 20 }, `logLevel must be 'silent' or 'warn' or 'info', not 20`)
  refuse({ timeout: -1 }, 'timeout')
  const queue = new Queue()
  const put = (fn: unknown, options?: object) => () => void queue.put(fn as () => void, options)
  expect(put(Promise.resolve())).toThrow('a task must be a function, not a promise: a promise is already running')
  expect(put(3)).toThrow(TypeError)
  expect(put(() => 1, { delay: -1 })).toThrow(RangeError)
  expect(put(() => 1, { delay: 2 ** 31 })).toThrow('delay must be milliseconds from 0 to 2147483647')
  expect(put(() => 1, { delay: NaN })).toThrow(TypeError)
  expect(put(() => 1, { timeout: -1 })).toThrow(RangeError)
  expect(put(() => 1, { retry: -1 })).toThrow('retry must be a whole number of at least 0')
  expect(put(() => 1, { retry: NaN })).toThrow(TypeError)
  expect(put(() => 1, 'name' as never)).toThrow('options must be an object such as { name: \'one\' }, not "name"')
  expect(put(() => 1, { signal: new AbortController() })).toThrow('signal must be an AbortSignal')
  expect(queue.statistics().created).toBe(0)
})

test('types', () => {
  const queue = new Queue<number>()
  expectTypeOf<Queue<number>['join']>().returns.resolves.toEqualTypeOf<number[]>()
  // A task need not return anything.
  void (() => queue.put(() => {}))
  void (() => queue.put(async () => (queue.statistics().created > 0 ? 1 : undefined)))
  // @ts-expect-error: not a number
  void (() => queue.put(async () => 'one'))
  // @ts-expect-error: a promise is no task
  void (() => queue.put(Promise.resolve(1)))
})
