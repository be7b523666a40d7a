import fc from 'fast-check'
import { describe, expect, expectTypeOf, test, vi } from 'vitest'
import { virtualTime } from '../test/gates.ts'
import { AbortError } from './errors.ts'
import { TaskGroup } from './task-group.ts'
import type { Task } from './task.ts'
import { wait, type ReturnWhen, type Waitable, type WaitResult } from './wait.ts'

function deferred<T = void>() {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

const never = new Promise<never>(() => {})

describe('what comes back', () => {
  test('law 49: {done, pending} hold the objects that were handed in; failures and timeouts are not thrown, nothing is cancelled', async () => {
    const { clock, sleep, fail } = virtualTime()
    await clock.run(async () => {
      const tasks = [sleep(10), fail(20), sleep(1000)]
      const early = await wait(tasks, { timeout: 50, clock })
      expect(clock.now()).toBe(50)
      expect([...early.done]).toEqual([tasks[0], tasks[1]])
      expect([...early.pending]).toEqual([tasks[2]])

      const all = await wait(tasks, { timeout: Infinity, clock })
      expect(clock.now()).toBe(1000)
      expect([...all.done]).toEqual(tasks)
      expect(all.pending.size).toBe(0)
    })
  })

  test('law 49: task handles are observed, not run, not cancelled, and their failures stay for the group to tell', async () => {
    const { clock, sleep, fail } = virtualTime()
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    await clock.run(async () => {
      await TaskGroup.run({ clock, name: 'waiters' }, async (group: TaskGroup) => {
        const quick = await group.createTask(() => sleep(5))
        const broken = await group.createTask(() => fail(7))
        const slow = await group.createTask(() => sleep(100))
        const { done, pending } = await wait([quick, broken, slow], { timeout: 10, clock })
        expect([...done]).toEqual([quick, broken])
        expect([...pending]).toEqual([slow])
        expect([...done, ...pending].map((task) => task.state)).toEqual(['fulfilled', 'rejected', 'running'])
      })
      await sleep(0)
    })
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('lost 1 failure that nobody read'))
    warn.mockRestore()
  })

  test('law 50: waiting for nothing is an error', async () => {
    await expect(wait([])).rejects.toThrow(TypeError)
    await expect(wait(new Set<Promise<void>>())).rejects.toThrow(
      'wait needs at least one task or promise to wait for, and got none',
    )
  })

  test('law 53: duplicates are merged, and any iterable is accepted', async () => {
    const { promise, resolve } = deferred()
    const twice = wait([promise, promise])
    resolve()
    expect((await twice).done).toEqual(new Set([promise]))
    expect((await wait(new Set([promise]))).done.size).toBe(1)
    function* generate() {
      yield promise
      yield Promise.resolve('another')
    }
    expect((await wait(generate())).done.size).toBe(2)
  })

  test('mistakes are refused with an explanation', async () => {
    const refused = (tasks: unknown, options?: unknown) => ({
      toThrow: (what: string | typeof TypeError) =>
        expect(wait(tasks as Iterable<Waitable>, options as object)).rejects.toThrow(what),
    })
    await refused([Promise.resolve(), () => 1]).toThrow(
      'wait takes tasks and promises, which run already; number 1 is function (anonymous). What runs functions is gather(fns)',
    )
    await refused([3]).toThrow('wait takes tasks and promises, which run already; number 0 is 3')
    await refused([never, undefined]).toThrow(TypeError)
    await refused(never).toThrow('wait takes an iterable of tasks or promises, not a promise')
    await refused('tasks').toThrow(TypeError)
    await refused(undefined).toThrow(TypeError)
    await refused([never], { returnWhen: 'FIRST' }).toThrow(
      `returnWhen must be 'ALL_COMPLETED' or 'FIRST_EXCEPTION' or 'FIRST_COMPLETED', not "FIRST"`,
    )
    await refused([never], { timeout: -1 }).toThrow(RangeError)
    await refused([never], { timeout: 2 ** 31 }).toThrow(RangeError)
    await refused([never], { timeout: '5' }).toThrow(TypeError)
  })
})

describe('returnWhen', () => {
  test('law 51: FIRST_COMPLETED returns all that are done at that moment', async () => {
    const { clock, sleep } = virtualTime()
    await clock.run(async () => {
      const together = deferred()
      const tasks = [sleep(100), together.promise, together.promise.then(() => {}), sleep(50)]
      clock.setTimer(together.resolve, 10)
      const { done, pending } = await wait(tasks, { returnWhen: 'FIRST_COMPLETED' })
      expect(clock.now()).toBe(10)
      expect(done.has(tasks[1]!)).toBe(true)
      expect([...pending]).toEqual(expect.arrayContaining([tasks[0], tasks[3]]))
    })
  })

  test('law 51: several that settle at once are all done, also when one of them is a task and all had settled before', async () => {
    const one = deferred()
    const two = deferred()
    const waiting = wait([never, one.promise, two.promise], { returnWhen: 'FIRST_COMPLETED' })
    one.resolve()
    two.reject(new Error('at the same moment'))
    expect([...(await waiting).done]).toEqual([one.promise, two.promise])

    await TaskGroup.run(async (group) => {
      const task = await group.createTask(() => 'done')
      await task.result()
      const [settled, failed] = [Promise.resolve(), Promise.reject(new Error('long ago'))]
      const { done, pending } = await wait([task, never, settled, failed], { returnWhen: 'FIRST_COMPLETED' })
      expect([...done]).toEqual([task, settled, failed])
      expect([...pending]).toEqual([never])
    })
  })

  test('law 52: FIRST_EXCEPTION returns at the first failure, or when all are done', async () => {
    const { clock, sleep, fail } = virtualTime()
    await clock.run(async () => {
      const tasks = [sleep(10), fail(20), sleep(30), fail(40)]
      const { done, pending } = await wait(tasks, { returnWhen: 'FIRST_EXCEPTION' })
      expect(clock.now()).toBe(20)
      expect([...done]).toEqual([tasks[0], tasks[1]])
      expect([...pending]).toEqual([tasks[2], tasks[3]])
      await wait(pending)

      const good = [sleep(5), sleep(6)]
      expect((await wait(good, { returnWhen: 'FIRST_EXCEPTION' })).done.size).toBe(2)
    })
  })

  test('law 52: a failure that was there before counts, a success does not', async () => {
    const failed = Promise.reject(new Error('before'))
    failed.catch(() => {})
    const { done } = await wait([never, Promise.resolve(), failed], { returnWhen: 'FIRST_EXCEPTION' })
    expect(done.size).toBe(2)
  })

  test('law 52: a cancelled task does not count as a failure', async () => {
    const { clock, sleep, fail } = virtualTime()
    await clock.run(async () => {
      const group = new TaskGroup({ clock })
      const cancelled = await group.createTask(
        ({ signal }) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
      )
      const broken = await group.createTask(() => fail(20))
      const slow = await group.createTask(() => sleep(30))
      clock.setTimer(() => cancelled.cancel(), 10)
      const { done, pending } = await wait([cancelled, broken, slow], { returnWhen: 'FIRST_EXCEPTION', clock })
      expect(clock.now()).toBe(20)
      expect([...done].map((task) => task.state)).toEqual(['cancelled', 'rejected'])
      expect([...pending]).toEqual([slow])
      await group.join()
      expect(group.exceptions()).toHaveLength(1)

      const promises = [fail(5, new AbortError('cancelled')), sleep(10), never]
      const early = await wait(promises, { returnWhen: 'FIRST_EXCEPTION', timeout: 15, clock })
      expect(clock.now()).toBe(45)
      expect(early.done.size).toBe(2)
    })
  })
})

describe('ending early', () => {
  test('a timeout of 0 says what is done now', async () => {
    const { clock, sleep } = virtualTime()
    await clock.run(async () => {
      const done = Promise.resolve()
      const result = await wait([sleep(1), done], { timeout: 0, clock })
      expect(clock.now()).toBe(0)
      expect([...result.done]).toEqual([done])
    })
  })

  test('law 54: the timer is cleared, whatever ends the wait', async () => {
    const { clock, sleep } = virtualTime()
    await clock.run(async () => {
      await wait([sleep(10)], { timeout: 1000, clock })
      expect(clock.pending).toBe(0)
      await wait([Promise.resolve()], { timeout: 1000, clock })
      expect(clock.pending).toBe(0)
      const controller = new AbortController()
      clock.setTimer(() => controller.abort('enough'), 5)
      await expect(wait([never], { timeout: 1000, clock, signal: controller.signal })).rejects.toBe('enough')
      expect(clock.pending).toBe(0)
      expect(clock.now()).toBe(15)
    })
  })

  test('an aborted signal ends the wait with its reason, and what is waited for goes on', async () => {
    const { promise, resolve } = deferred<string>()
    const controller = new AbortController()
    const remove = vi.spyOn(controller.signal, 'removeEventListener')
    await expect(wait([promise], { signal: AbortSignal.abort('no') })).rejects.toBe('no')
    const waiting = wait([promise], { signal: controller.signal })
    controller.abort('stop')
    await expect(waiting).rejects.toBe('stop')
    expect(remove).toHaveBeenCalledTimes(1)
    resolve('value')
    expect(await promise).toBe('value')
    // Ended before: an abort afterwards changes nothing, and the listener is gone.
    const second = new AbortController()
    const removeSecond = vi.spyOn(second.signal, 'removeEventListener')
    expect((await wait([promise], { signal: second.signal })).done.size).toBe(1)
    expect(removeSecond).toHaveBeenCalledTimes(1)
    second.abort()
  })

  test('law 54: a promise gets one reaction, however often it is waited for', async () => {
    const { promise, resolve } = deferred()
    const then = vi.spyOn(promise, 'then')
    for (let i = 0; i < 50; i++) {
      await wait([promise, Promise.resolve()], { returnWhen: 'FIRST_COMPLETED' })
    }
    const waits = Array.from({ length: 50 }, () => wait([promise]))
    expect(then).toHaveBeenCalledTimes(1)
    resolve()
    for (const waiting of waits) expect((await waiting).done.has(promise)).toBe(true)
  })

  test('a thenable is asked once, and its failure is not thrown', async () => {
    let asked = 0
    const thenable = {
      // oxlint-disable-next-line unicorn/no-thenable
      then(_: unknown, reject: (reason: unknown) => void) {
        asked++
        reject(new Error('refused'))
      },
    } as PromiseLike<never>
    expect((await wait([thenable])).done.has(thenable)).toBe(true)
    expect((await wait([thenable, never], { returnWhen: 'FIRST_EXCEPTION' })).done.has(thenable)).toBe(true)
    expect(asked).toBe(1)
  })
})

test(
  'laws 49, 51, 52: under random schedules every wait says exactly what had ended when it returned',
  { timeout: 60_000 },
  async () => {
    type Fate = 'fulfils' | 'fails' | 'is cancelled' | 'hangs'
    const modes: ReturnWhen[] = ['ALL_COMPLETED', 'FIRST_EXCEPTION', 'FIRST_COMPLETED']
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom<Fate>('fulfils', 'fails', 'is cancelled', 'hangs'), { minLength: 1, maxLength: 6 }),
        fc.array(fc.record({ mode: fc.constantFrom(...modes), which: fc.nat(63) }), { minLength: 1, maxLength: 4 }),
        async (s, fates, waits) => {
          const settled = new Set<Promise<void>>()
          const failed = new Set<Promise<void>>()
          const promises: Promise<void>[] = fates.map((fate, i) => {
            if (fate === 'hangs') return never
            const promise: Promise<void> = s.schedule(Promise.resolve(), `${i} ${fate}`).then(() => {
              settled.add(promise)
              if (fate === 'fulfils') return
              if (fate === 'is cancelled') throw new AbortError('cancelled')
              failed.add(promise)
              throw new Error(`${i} failed`)
            })
            promise.catch(() => {})
            return promise
          })
          const results: { mode: ReturnWhen; targets: Promise<void>[]; result: WaitResult<Promise<void>> }[] = []
          for (const { mode, which } of waits) {
            const targets = promises.filter((_, i) => (which >> i) & 1)
            if (targets.length === 0) targets.push(...promises)
            void s
              .schedule(Promise.resolve(), mode)
              .then(() => wait(targets, { returnWhen: mode }))
              .then((result) => {
                results.push({ mode, targets, result })
                // In the order handed in, each in one of the two sets, merged; and exactly what has settled.
                const distinct = [...new Set(targets)]
                expect([...result.done]).toEqual(distinct.filter((target) => settled.has(target)))
                expect([...result.pending]).toEqual(distinct.filter((target) => !settled.has(target)))
              })
          }
          await s.waitIdle()
          for (let i = 0; i < 10; i++) await Promise.resolve()
          for (const { mode, result } of results) {
            const { done, pending } = result
            const reason = [...done].some((target) => failed.has(target))
            expect(
              pending.size === 0 ||
                (mode === 'FIRST_COMPLETED' && done.size > 0) ||
                (mode === 'FIRST_EXCEPTION' && reason),
            ).toBe(true)
          }
          // No wait that could have returned is still out.
          const due = waits.filter(({ mode, which }) => {
            const chosen = fates.filter((_, i) => (which >> i) & 1)
            const targets = chosen.length === 0 ? fates : chosen
            if (!targets.includes('hangs')) return true
            if (mode === 'FIRST_COMPLETED') return targets.some((fate) => fate !== 'hangs')
            return mode === 'FIRST_EXCEPTION' && targets.includes('fails')
          })
          expect(results).toHaveLength(due.length)
        },
      ),
      { numRuns: 2000 },
    )
  },
)

test('types: done and pending hold what was handed in', () => {
  const handles = [] as Task<number>[]
  expectTypeOf<typeof wait<Task<number>>>().returns.resolves.toEqualTypeOf<WaitResult<Task<number>>>()
  expectTypeOf(handles).toExtend<Iterable<Waitable>>()
  // @ts-expect-error: a function does not run yet
  void (() => wait([() => 1]))
})
