import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DeadlockError } from './errors.ts'
import type { Permit } from './permit.ts'
import { Semaphore } from './semaphore.ts'

/** Lets every promise that can go on do so. */
async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve()
}

/** Acquires, and notes in `log` when it got through. */
function note(log: string[], name: string, promise: Promise<Permit>): Promise<Permit> {
  promise.then(
    () => log.push(name),
    () => log.push(`${name} rejected`),
  )
  return promise
}

describe('Semaphore', () => {
  test('law 83: a negative limit is refused, zero starts locked', () => {
    expect(() => new Semaphore(-1)).toThrow(
      new RangeError('limit must be a whole number of at least 0, or Infinity, not -1'),
    )
    expect(() => new Semaphore(1.5)).toThrow(RangeError)
    expect(() => new Semaphore('2' as never)).toThrow(
      new TypeError('limit must be a whole number of at least 0, or Infinity, not "2"'),
    )
    expect(() => new Semaphore(Number.NaN)).toThrow(TypeError)
    const closed = new Semaphore(0)
    expect(closed.tryAcquire()).toBe(undefined)
    expect(closed.statistics()).toEqual({ limit: 0, held: 0, free: 0, waiting: 0 })
  })

  test('wrong weights are refused, and cost nothing', async () => {
    const semaphore = new Semaphore(3)
    expect(() => semaphore.tryAcquire(0)).toThrow(new RangeError('weight must be a whole number of at least 1, not 0'))
    expect(() => semaphore.tryAcquire(1.5)).toThrow(RangeError)
    expect(() => semaphore.tryAcquire(Infinity)).toThrow(RangeError)
    expect(() => semaphore.tryAcquire('2' as never)).toThrow(TypeError)
    await expect(semaphore.acquire({ weight: -1 })).rejects.toThrow(RangeError)
    expect(semaphore.statistics()).toEqual({ limit: 3, held: 0, free: 3, waiting: 0 })
  })

  test('law 84: first come, first served, and a newcomer does not overtake', async () => {
    const log: string[] = []
    const semaphore = new Semaphore(1)
    const first = semaphore.tryAcquire()!
    const a = note(log, 'a', semaphore.acquire())
    const b = note(log, 'b', semaphore.acquire())
    first.release()
    // The permit belongs to a already, though nobody has run yet.
    expect(semaphore.tryAcquire()).toBe(undefined)
    const c = note(log, 'c', semaphore.acquire())
    await settle()
    expect(log).toEqual(['a'])
    for (const waiting of [a, b, c]) {
      const permit = await waiting
      permit.release()
    }
    expect(log).toEqual(['a', 'b', 'c'])
    expect(semaphore.statistics()).toEqual({ limit: 1, held: 0, free: 1, waiting: 0 })
  })

  test('law 85: a cancelled waiter leaves, and no permit is lost', async () => {
    const log: string[] = []
    const semaphore = new Semaphore(1)
    const held = semaphore.tryAcquire()!
    const controller = new AbortController()
    const reason = new Error('changed my mind')
    const a = note(log, 'a', semaphore.acquire(controller.signal))
    const b = note(log, 'b', semaphore.acquire({ signal: controller.signal }))
    const c = note(log, 'c', semaphore.acquire())
    expect(semaphore.statistics().waiting).toBe(3)
    controller.abort(reason)
    await expect(a).rejects.toBe(reason)
    await expect(b).rejects.toBe(reason)
    expect(semaphore.statistics()).toEqual({ limit: 1, held: 1, free: 0, waiting: 1 })
    held.release()
    const permit = await c
    permit.release()
    expect(semaphore.statistics().free).toBe(1)
  })

  test('law 85: a large request that gives up at the head lets those behind it go', async () => {
    const semaphore = new Semaphore(3)
    const held = semaphore.tryAcquire(2)!
    const controller = new AbortController()
    const large = semaphore.acquire({ weight: 3, signal: controller.signal })
    const small = semaphore.acquire()
    await settle()
    expect(semaphore.statistics().waiting).toBe(2)
    controller.abort()
    await expect(large).rejects.toBe(controller.signal.reason)
    const permit = await small
    expect(semaphore.statistics()).toEqual({ limit: 3, held: 3, free: 0, waiting: 0 })
    held.release()
    permit.release()
  })

  test('law 86: a waiter that is cancelled after it was handed a permit gives it back and wakes the next', async () => {
    const log: string[] = []
    const semaphore = new Semaphore(1)
    const held = semaphore.tryAcquire()!
    const controller = new AbortController()
    const a = note(log, 'a', semaphore.acquire(controller.signal))
    const b = note(log, 'b', semaphore.acquire())
    held.release()
    controller.abort()
    await expect(a).rejects.toBe(controller.signal.reason)
    const permit = await b
    expect(log).toEqual(['a rejected', 'b'])
    permit.release()
    expect(semaphore.statistics()).toEqual({ limit: 1, held: 0, free: 1, waiting: 0 })
  })

  test('law 86: a release from inside the abort does not reach the aborted waiter', async () => {
    for (const before of [true, false]) {
      const semaphore = new Semaphore(1)
      const held = semaphore.tryAcquire()!
      const controller = new AbortController()
      const releaseOnAbort = () => controller.signal.addEventListener('abort', () => held.release())
      if (before) releaseOnAbort()
      const a = semaphore.acquire(controller.signal)
      if (!before) releaseOnAbort()
      const b = semaphore.acquire()
      controller.abort()
      await expect(a).rejects.toBe(controller.signal.reason)
      const permit = await b
      permit.release()
      expect(semaphore.statistics()).toEqual({ limit: 1, held: 0, free: 1, waiting: 0 })
    }
  })

  test('law 87: two releases at once wake two waiters', async () => {
    const semaphore = new Semaphore(2)
    const held = [semaphore.tryAcquire()!, semaphore.tryAcquire()!]
    const log: string[] = []
    const waiting = ['a', 'b', 'c'].map((name) => note(log, name, semaphore.acquire()))
    held.forEach((permit) => permit.release())
    await settle()
    expect(log).toEqual(['a', 'b'])
    const permits = await Promise.all(waiting.slice(0, 2))
    permits.forEach((permit) => permit.release())
    const last = await waiting[2]!
    last.release()
  })

  test('law 88: giving back twice gives back once', async () => {
    const semaphore = new Semaphore(1)
    const permit = semaphore.tryAcquire()!
    permit.release()
    permit.release('drop')
    permit[Symbol.dispose]()
    expect(semaphore.statistics()).toEqual({ limit: 1, held: 0, free: 1, waiting: 0 })
    {
      using another = await semaphore.acquire()
      expect(another).toBeDefined()
      expect(semaphore.statistics().free).toBe(0)
    }
    expect(semaphore.statistics().free).toBe(1)
  })

  test('law 89: a raised limit wakes exactly as many, a lowered one lets the running finish', async () => {
    const semaphore = new Semaphore(0)
    const log: string[] = []
    const waiting = Array.from({ length: 5 }, (_, i) => note(log, String(i), semaphore.acquire()))
    semaphore.limit = 3
    await settle()
    expect(log).toEqual(['0', '1', '2'])
    semaphore.limit = 1
    expect(semaphore.statistics()).toEqual({ limit: 1, held: 3, free: -2, waiting: 2 })
    const running = await Promise.all(waiting.slice(0, 3))
    running[0]!.release()
    running[1]!.release()
    await settle()
    expect(log).toEqual(['0', '1', '2'])
    running[2]!.release()
    await settle()
    expect(log).toEqual(['0', '1', '2', '3'])
    semaphore.limit = Infinity
    await settle()
    expect(log).toEqual(['0', '1', '2', '3', '4'])
    expect(semaphore.statistics()).toEqual({ limit: Infinity, held: 2, free: Infinity, waiting: 0 })
    expect(() => (semaphore.limit = -1)).toThrow(RangeError)
    expect(semaphore.limit).toBe(Infinity)
  })

  test('law 90: the same borrower twice is refused', async () => {
    const semaphore = new Semaphore(2, { name: 'database' })
    const borrower = {}
    const permit = await semaphore.acquire({ borrower })
    await expect(semaphore.acquire({ borrower })).rejects.toThrow(DeadlockError)
    await expect(semaphore.acquire({ borrower })).rejects.toThrow('of the semaphore "database"')
    const other = await semaphore.acquire({ borrower: 'another' })
    permit.release()
    const again = await semaphore.acquire({ borrower })
    const controller = new AbortController()
    const third = { signal: controller.signal, borrower: 3 }
    const waiting = semaphore.acquire(third)
    await expect(semaphore.acquire(third)).rejects.toThrow(DeadlockError)
    controller.abort()
    await expect(waiting).rejects.toBe(controller.signal.reason)
    again.release()
    const last = await semaphore.acquire({ borrower: 3 })
    last.release()
    other.release()
    expect(semaphore.statistics().held).toBe(0)
  })

  test('law 92: strict first come, first served by weight, so a large request is not starved', async () => {
    const semaphore = new Semaphore(10)
    const log: string[] = []
    const small = Array.from({ length: 5 }, () => semaphore.tryAcquire(2)!)
    const large = note(log, 'large', semaphore.acquire({ weight: 10 }))
    const later = note(log, 'later', semaphore.acquire())
    for (const permit of small) {
      expect(log).toEqual([])
      expect(semaphore.tryAcquire()).toBe(undefined)
      permit.release()
      await settle()
    }
    expect(log).toEqual(['large'])
    const permit = await large
    permit.release()
    const end = await later
    end.release()
    expect(semaphore.statistics().free).toBe(10)
  })

  test('law 92: who asks for more than the limit waits for its cancel and holds nobody up', async () => {
    const semaphore = new Semaphore(2)
    const log: string[] = []
    const controller = new AbortController()
    const never = note(log, 'never', semaphore.acquire({ weight: 5, signal: controller.signal }))
    for (let i = 0; i < 3; i++) {
      const permit = semaphore.tryAcquire(2)!
      expect(permit).toBeDefined()
      const next = semaphore.acquire()
      permit.release()
      const waited = await next
      waited.release()
    }
    expect(log).toEqual([])
    controller.abort()
    await expect(never).rejects.toBe(controller.signal.reason)
    expect(semaphore.statistics()).toEqual({ limit: 2, held: 0, free: 2, waiting: 0 })
  })

  test('law 92: who stood aside is back in its place once the limit is raised', async () => {
    const semaphore = new Semaphore(2)
    const log: string[] = []
    const held = semaphore.tryAcquire(2)!
    const a = note(log, 'a5', semaphore.acquire({ weight: 5 }))
    const b = note(log, 'b1', semaphore.acquire())
    const c = note(log, 'c3', semaphore.acquire({ weight: 3 }))
    const d = note(log, 'd1', semaphore.acquire())
    expect(semaphore.statistics().waiting).toBe(4)
    semaphore.limit = 3
    await settle()
    expect(log).toEqual(['b1'])
    semaphore.limit = 6
    await settle()
    // a5 came first, so b1's neighbours wait for it.
    expect(log).toEqual(['b1'])
    held.release()
    await settle()
    expect(log).toEqual(['b1', 'a5'])
    for (const waiting of [b, a, c, d]) {
      const permit = await waiting
      permit.release()
    }
    expect(log).toEqual(['b1', 'a5', 'c3', 'd1'])
    expect(semaphore.statistics()).toEqual({ limit: 6, held: 0, free: 6, waiting: 0 })
  })

  test('law 93: an aborted signal rejects even if a permit is free', async () => {
    const semaphore = new Semaphore(1)
    const controller = new AbortController()
    controller.abort('over')
    await expect(semaphore.acquire(controller.signal)).rejects.toBe('over')
    await expect(semaphore.acquire({ signal: controller.signal })).rejects.toBe('over')
    expect(semaphore.statistics().free).toBe(1)
  })

  test('law 107: statistics tell limit, held, free and waiting', async () => {
    const semaphore = new Semaphore(3)
    const held = semaphore.tryAcquire(2)!
    const waiting = semaphore.acquire({ weight: 3 })
    const tooLarge = semaphore.acquire({ weight: 4 })
    expect(semaphore.statistics()).toEqual({ limit: 3, held: 2, free: 1, waiting: 2 })
    semaphore.limit = 9
    held.release()
    const permits = await Promise.all([waiting, tooLarge])
    permits.forEach((permit) => permit.release())
    expect(semaphore.statistics()).toEqual({ limit: 9, held: 0, free: 9, waiting: 0 })
  })

  test('use gives the permit back however the function ends', async () => {
    const semaphore = new Semaphore(1)
    const free: number[] = []
    const results = await Promise.allSettled([
      semaphore.use(() => free.push(semaphore.statistics().free)),
      semaphore.use(async () => {
        throw new Error('broken')
      }),
      semaphore.use(() => {
        throw new Error('broken at once')
      }),
      semaphore.use(() => 'last'),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(free).toEqual([0])
    const controller = new AbortController()
    controller.abort()
    await expect(semaphore.use(() => 'never', controller.signal)).rejects.toBe(controller.signal.reason)
    expect(semaphore.statistics()).toEqual({ limit: 1, held: 0, free: 1, waiting: 0 })
  })

  test('law 91: many cancelled waiters leave nothing behind, in whatever order they go', async () => {
    const semaphore = new Semaphore(1)
    const held = semaphore.tryAcquire()!
    const controllers = Array.from({ length: 10_000 }, () => new AbortController())
    const waiting = controllers.map(({ signal }) => semaphore.acquire(signal).catch(() => 'aborted'))
    expect(semaphore.statistics().waiting).toBe(10_000)
    for (let i = controllers.length - 1; i >= 0; i -= 2) controllers[i]!.abort()
    expect(semaphore.statistics().waiting).toBe(5000)
    for (let i = 0; i < controllers.length; i += 2) controllers[i]!.abort()
    expect(await Promise.all(waiting)).toEqual(controllers.map(() => 'aborted'))
    expect(semaphore.statistics()).toEqual({ limit: 1, held: 1, free: 0, waiting: 0 })
    held.release()
  })
})

/** What the semaphore must do, in the plainest words. */
class Model {
  limit: number
  held = 0
  waiting: { id: number; weight: number }[] = []
  /** Handed over in this turn; whether the owner will want it shows at its end. */
  handed: { id: number; weight: number; aborted: boolean }[] = []
  out = new Map<number, number>()

  constructor(limit: number) {
    this.limit = limit
  }

  drain(): void {
    for (;;) {
      const next = this.waiting.find(({ weight }) => weight <= this.limit)
      if (next === undefined || this.held + next.weight > this.limit) return
      this.waiting.splice(this.waiting.indexOf(next), 1)
      this.held += next.weight
      this.handed.push({ ...next, aborted: false })
    }
  }

  free(weight: number): boolean {
    return this.held + weight <= this.limit && !this.waiting.some((waiter) => waiter.weight <= this.limit)
  }

  endOfTurn(): void {
    for (const { id, weight, aborted } of this.handed) {
      if (aborted) {
        this.held -= weight
        this.drain()
      } else this.out.set(id, weight)
    }
    this.handed = []
  }
}

type Step =
  | { do: 'try' | 'acquire'; weight: number }
  | { do: 'release' | 'abort'; which: number }
  | { do: 'limit'; limit: number }
  | { do: 'turn' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('try', 'acquire', 'acquire'), weight: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('release', 'abort'), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('limit' as const), limit: fc.integer({ min: 0, max: 6 }) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'turn' as const }) },
)

describe('headline D', () => {
  test('headline D: permits are conserved, and go to whom the model says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 5 }), fc.array(step, { maxLength: 60 }), async (limit, steps) => {
        const semaphore = new Semaphore(limit)
        const model = new Model(limit)
        const permits = new Map<number, Permit>()
        const controllers = new Map<number, AbortController>()
        const surprises: string[] = []
        let ids = 0
        const check = () => {
          const { held, free, waiting } = semaphore.statistics()
          expect(surprises).toEqual([])
          expect(held + free).toBe(semaphore.limit)
          expect({ held, waiting }).toEqual({ held: model.held, waiting: model.waiting.length })
        }
        const turn = async () => {
          await settle()
          model.endOfTurn()
          expect(new Set(permits.keys())).toEqual(new Set(model.out.keys()))
        }
        for (const now of steps) {
          if (now.do === 'try') {
            const id = ids++
            const permit = semaphore.tryAcquire(now.weight)
            if ((permit !== undefined) !== model.free(now.weight)) surprises.push(`try ${id}`)
            if (permit !== undefined) {
              permits.set(id, permit)
              model.held += now.weight
              model.out.set(id, now.weight)
            }
          } else if (now.do === 'acquire') {
            const id = ids++
            const controller = new AbortController()
            controllers.set(id, controller)
            semaphore.acquire({ weight: now.weight, signal: controller.signal }).then(
              (permit) => permits.set(id, permit),
              (reason: unknown) => reason !== controller.signal.reason && surprises.push(`acquire ${id}`),
            )
            if (model.free(now.weight)) {
              model.held += now.weight
              model.out.set(id, now.weight)
              await turn()
            } else model.waiting.push({ id, weight: now.weight })
          } else if (now.do === 'release') {
            const entry = [...permits][now.which % Math.max(1, permits.size)]
            if (entry === undefined) continue
            const [id, permit] = entry
            permits.delete(id)
            model.held -= model.out.get(id)!
            model.out.delete(id)
            permit.release()
            if (now.which % 2 === 0) permit.release()
            model.drain()
          } else if (now.do === 'abort') {
            const entry = [...controllers][now.which % Math.max(1, controllers.size)]
            if (entry === undefined) continue
            const [id, controller] = entry
            controllers.delete(id)
            controller.abort(new Error(`stop ${id}`))
            const handed = model.handed.find((waiter) => waiter.id === id)
            if (handed !== undefined) handed.aborted = true
            model.waiting = model.waiting.filter((waiter) => waiter.id !== id)
            model.drain()
          } else if (now.do === 'limit') semaphore.limit = model.limit = now.limit
          else await turn()
          if (now.do === 'limit') model.drain()
          check()
        }
        await turn()
        check()
        for (const controller of controllers.values()) controller.abort()
        for (const permit of permits.values()) permit.release()
        permits.clear()
        await settle()
        for (const permit of permits.values()) permit.release()
        expect(semaphore.statistics()).toEqual({ limit: semaphore.limit, held: 0, free: semaphore.limit, waiting: 0 })
      }),
      { numRuns: 3000 },
    )
  }, 60_000)

  test('headline D: permits are conserved under any order of completions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.record({ weight: fc.integer({ min: 1, max: 5 }), gives: fc.boolean() }), { maxLength: 12 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
        async (s, limit, workers, limits) => {
          const semaphore = new Semaphore(limit)
          let out = 0
          let lowered = false
          const work = workers.map(async ({ weight, gives }, i) => {
            const controller = new AbortController()
            if (gives) void s.schedule(Promise.resolve(), `abort ${i}`).then(() => controller.abort())
            const permit = await semaphore.acquire({ weight, signal: controller.signal }).catch(() => undefined)
            if (permit === undefined) return
            out += weight
            expect(lowered || out <= semaphore.limit).toBe(true)
            expect(semaphore.statistics().held).toBeGreaterThanOrEqual(out)
            await s.schedule(Promise.resolve(), `work ${i}`)
            out -= weight
            permit.release()
          })
          for (const next of limits) {
            void s.schedule(Promise.resolve(), `limit ${next}`).then(() => {
              lowered ||= next < semaphore.limit
              semaphore.limit = next
            })
          }
          await s.waitIdle()
          semaphore.limit = 5
          await s.waitIdle()
          await Promise.all(work)
          expect(semaphore.statistics()).toEqual({ limit: 5, held: 0, free: 5, waiting: 0 })
        },
      ),
      { numRuns: 2000 },
    )
  }, 60_000)
})
