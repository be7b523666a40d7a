import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KeyedSemaphore } from './keyed-semaphore.ts'
import type { Permit } from './permit.ts'
import { Semaphore } from './semaphore.ts'

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve()
}

const rejected = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fulfilled',
    (reason: unknown) => reason,
  )

describe('KeyedSemaphore', () => {
  test('wrong limits are refused', () => {
    expect(() => new KeyedSemaphore(-1)).toThrow(RangeError)
    expect(() => new KeyedSemaphore('5' as never)).toThrow(TypeError)
    expect(() => new KeyedSemaphore(1, { perKey: 0.5 })).toThrow(
      new RangeError('perKey must be a whole number of at least 0, or Infinity, not 0.5'),
    )
    expect(() => new KeyedSemaphore(1, { perKey: 'two' as never })).toThrow(TypeError)
    expect(() => new KeyedSemaphore(1, { keepIdle: -1 })).toThrow(RangeError)
    const same = new Semaphore(1)
    const keyed = new KeyedSemaphore(1, { perKey: () => same })
    const permit = keyed.for('a').tryAcquire()
    expect(() => keyed.for('b').tryAcquire()).toThrow(
      'perKey must make a fresh Semaphore or AdaptiveLimit for each key',
    )
    permit?.release()
    const none = new KeyedSemaphore(1, { perKey: () => 5 as never })
    expect(() => none.for('a')).not.toThrow()
    expect(() => none.for('a').tryAcquire()).toThrow('not 5')
  })

  test('law 94: waiters are served in turn over the keys', async () => {
    const keyed = new KeyedSemaphore(1)
    const log: string[] = []
    const held = keyed.for('x').tryAcquire()!
    const waiting = ['a', 'a', 'a', 'b', 'b', 'c', 'a'].map((key, i) =>
      keyed
        .for(key)
        .acquire()
        .then((permit) => {
          log.push(`${key}${i}`)
          permit.release()
        }),
    )
    expect(keyed.statistics()).toEqual({ limit: 1, held: 1, free: 0, waiting: 7, keys: 4 })
    held.release()
    await Promise.all(waiting)
    expect(log).toEqual(['a0', 'b3', 'c5', 'a1', 'b4', 'a2', 'a6'])
    expect(keyed.statistics()).toEqual({ limit: 1, held: 0, free: 1, waiting: 0, keys: 0 })
  })

  test('law 94: when several become free at once, they go round the keys too', async () => {
    const keyed = new KeyedSemaphore(0)
    const log: string[] = []
    for (const key of ['a', 'a', 'a', 'b', 'b', 'c'])
      void keyed
        .for(key)
        .acquire()
        .then(() => log.push(key))
    keyed.limit = 4
    await settle()
    expect(log).toEqual(['a', 'b', 'c', 'a'])
  })

  test('law 94: a newcomer with an idle key does not overtake those who wait for the shared limit', async () => {
    const keyed = new KeyedSemaphore(1)
    const held = keyed.for('a').tryAcquire()!
    const waiting = keyed.for('b').acquire()
    held.release()
    expect(keyed.for('c').tryAcquire()).toBe(undefined)
    const permit = await waiting
    permit.release()
    expect(keyed.for('c').tryAcquire()).toBeDefined()
  })

  test('what waits for its key takes nothing of the shared limit', async () => {
    const keyed = new KeyedSemaphore(3, { perKey: 1 })
    const a = keyed.for('a').tryAcquire()!
    const more = [1, 2, 3].map(() => keyed.for('a').acquire())
    expect(keyed.statistics()).toMatchObject({ held: 1, free: 2, waiting: 3 })
    const b = keyed.for('b').tryAcquire()!
    const c = keyed.for('c').tryAcquire()!
    expect(keyed.for('d').tryAcquire()).toBe(undefined)
    for (const permit of [a, b, c]) permit.release()
    for (const waiting of more) {
      const permit = await waiting
      expect(keyed.for('a').statistics()).toMatchObject({ limit: 1, held: 1 })
      permit.release()
    }
    expect(keyed.statistics()).toEqual({ limit: 3, held: 0, free: 3, waiting: 0, keys: 0 })
  })

  test('both limits can be set in use, and a limit set for one key is remembered', async () => {
    const keyed = new KeyedSemaphore<number>(2, { perKey: 5 })
    const source = keyed.for(7)
    source.limit = 1
    expect(keyed.statistics().keys).toBe(1)
    const first = source.tryAcquire()!
    expect(source.tryAcquire()).toBe(undefined)
    first.release()
    expect(keyed.for(7).limit).toBe(1)
    const log: number[] = []
    const waiting = [7, 7, 8, 8].map((key) =>
      keyed
        .for(key)
        .acquire()
        .then((permit) => (log.push(key), permit)),
    )
    await settle()
    expect(log).toEqual([7, 8])
    keyed.limit = 3
    await settle()
    expect(log).toEqual([7, 8, 8])
    keyed.for(7).limit = 5
    await settle()
    expect(log).toEqual([7, 8, 8])
    keyed.limit = Infinity
    const permits = await Promise.all(waiting)
    expect(log).toEqual([7, 8, 8, 7])
    expect(() => (keyed.limit = -1)).toThrow(RangeError)
    expect(() => (keyed.for(8).limit = 1.5)).toThrow(RangeError)
    permits.forEach((permit) => permit.release())
    expect(keyed.statistics()).toEqual({ limit: Infinity, held: 0, free: Infinity, waiting: 0, keys: 0 })
  })

  test('law 85, 86: who gives up, alone or handed over in the same turn, passes it on across keys', async () => {
    const keyed = new KeyedSemaphore(1, { perKey: 1 })
    const held = keyed.for('a').tryAcquire()!
    const controller = new AbortController()
    const b = rejected(keyed.for('b').acquire(controller.signal))
    const c = keyed.for('c').acquire()
    held.release()
    controller.abort('enough')
    expect(await b).toBe('enough')
    const permit = await c
    const waiting = rejected(keyed.for('b').acquire(controller.signal))
    expect(await waiting).toBe('enough')
    permit.release()
    expect(keyed.statistics()).toEqual({ limit: 1, held: 0, free: 1, waiting: 0, keys: 0 })
  })

  test('headline D: a key that is in use again is not forgotten, however many others fall idle', () => {
    const keyed = new KeyedSemaphore<string>(10, { perKey: () => new Semaphore(1), keepIdle: 1 })
    keyed.for('a').tryAcquire()?.release()
    const permit = keyed.for('a').tryAcquire()
    for (const other of ['b', 'c', 'd']) keyed.for(other).tryAcquire()?.release()
    expect(keyed.for('a').tryAcquire()).toBeUndefined()
    permit?.release()
    expect(keyed.for('a').tryAcquire()).toBeDefined()
  })

  test('idle keys release their memory', async () => {
    const keyed = new KeyedSemaphore<number>(10)
    for (let key = 0; key < 1000; key++) {
      const permit = await keyed.for(key).acquire()
      permit.release()
      await keyed.for(key).use(() => key)
      keyed.for(key).statistics()
    }
    expect(keyed.statistics().keys).toBe(0)
    // Those that were made by a function may have learned something: the last ones stay.
    const made: number[] = []
    const learned = new KeyedSemaphore<number>(10, {
      keepIdle: 3,
      perKey: (key) => {
        made.push(key)
        return new Semaphore(1)
      },
    })
    const busy = learned.for(0).tryAcquire()!
    for (let key = 1; key <= 5; key++) learned.for(key).tryAcquire()!.release()
    learned.for(3).tryAcquire()!.release()
    learned.for(6).tryAcquire()!.release()
    expect(learned.statistics().keys).toBe(4)
    made.length = 0
    for (const key of [0, 3, 5, 6, 4]) learned.for(key).statistics()
    expect(made).toEqual([4])
    busy.release()
    expect(learned.statistics().keys).toBe(3)
  })

  test('use and classify go to the limit of the key', async () => {
    const keyed = new KeyedSemaphore(1)
    expect(await keyed.for('a').use(() => keyed.statistics().held)).toBe(1)
    expect(keyed.for('a').classify(false, 1)).toBe('success')
    expect(keyed.for('a').classify(true, new Error('x'))).toBe('ignore')
    class Strict extends Semaphore {
      override classify() {
        return 'drop' as const
      }
    }
    const strict = new KeyedSemaphore(1, { perKey: () => new Strict(1) })
    expect(strict.for('a').classify(false, 1)).toBe('drop')
  })

  test('headline D, law 94: permits are conserved per key and in all, and nobody is forgotten', async () => {
    const keys = ['a', 'b', 'c']
    const step = fc.record({
      do: fc.constantFrom(
        'acquire',
        'acquire',
        'acquire',
        'try',
        'release',
        'release',
        'abort',
        'limit',
        'key',
        'turn',
      ),
      key: fc.constantFrom(...keys),
      n: fc.nat(20),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.boolean(), async (steps, made) => {
        const keyed = new KeyedSemaphore<string>(2, { perKey: made ? () => new Semaphore(2) : 2 })
        const out: { key: string; permit: Permit }[] = []
        const controllers: AbortController[] = []
        const open: Promise<unknown>[] = []
        let lowered = false
        const check = () => {
          let held = 0
          for (const key of keys) {
            const statistics = keyed.for(key).statistics()
            held += statistics.held
            expect(statistics.held + statistics.free).toBe(statistics.limit)
            expect(statistics.held).toBeGreaterThanOrEqual(out.filter((o) => o.key === key).length)
          }
          const all = keyed.statistics()
          expect(held).toBe(all.held)
          expect(lowered || all.free >= 0).toBe(true)
        }
        for (const { do: what, key, n } of steps) {
          if (what === 'acquire') {
            const controller = new AbortController()
            controllers.push(controller)
            open.push(
              keyed
                .for(key)
                .acquire(controller.signal)
                .then(
                  (permit) => out.push({ key, permit }),
                  () => {},
                ),
            )
          } else if (what === 'try') {
            const permit = keyed.for(key).tryAcquire()
            if (permit !== undefined) out.push({ key, permit })
          } else if (what === 'release') out.splice(n % Math.max(1, out.length), 1)[0]?.permit.release()
          else if (what === 'abort') controllers[n % Math.max(1, controllers.length)]?.abort()
          else if (what === 'limit') {
            lowered = true
            keyed.limit = n % 4
          } else if (what === 'key') {
            lowered = true
            keyed.for(key).limit = n % 3
          } else await settle()
          check()
        }
        keyed.limit = 1
        for (const key of keys) keyed.for(key).limit = 2
        for (let i = 0; i < 200 && (keyed.statistics().waiting > 0 || out.length > 0); i++) {
          await settle()
          out.shift()?.permit.release()
        }
        await Promise.all(open)
        for (const { permit } of out.splice(0)) permit.release()
        expect(keyed.statistics()).toMatchObject({ limit: 1, held: 0, free: 1, waiting: 0 })
        expect(keyed.statistics().keys).toBe(made ? 3 : 0)
      }),
      { numRuns: 2000 },
    )
  }, 60_000)
})
