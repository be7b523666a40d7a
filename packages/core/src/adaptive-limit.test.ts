import { describe, expect, test, vi } from 'vitest'
import { AdaptiveLimit, type AdaptiveLimitOptions } from './adaptive-limit.ts'
import { delay } from './delay.ts'
import { forEach } from './for-each.ts'
import { VirtualClock } from './virtual-clock.ts'

/** A reproducible source of numbers from 0 to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface ServerOptions {
  /** How many requests it works on at once; others queue. */
  workers: number
  /** ms of work for one. */
  service: number
  /** How many may queue before it refuses. */
  backlog?: number
  random: () => number
}

/** A server with so many workers, a queue, and a line of 20 ms there and back. */
class Server {
  readonly #clock: VirtualClock
  readonly #waiting: (() => void)[] = []
  readonly options: Required<ServerOptions>
  busy = 0
  answered = 0
  refused = 0
  down = false

  constructor(clock: VirtualClock, options: ServerOptions) {
    this.#clock = clock
    this.options = { backlog: Infinity, ...options }
  }

  async handle(): Promise<void> {
    const { random } = this.options
    await delay(10, { clock: this.#clock })
    if (this.down || this.#waiting.length >= this.options.backlog) {
      this.refused++
      await delay(10, { clock: this.#clock })
      throw Object.assign(new Error('busy'), { status: 503 })
    }
    if (this.busy >= this.options.workers) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.busy++
    // Service times spread by a fifth around their mean.
    await delay(this.options.service * (0.8 + 0.4 * random()), { clock: this.#clock })
    const next = this.#waiting.shift()
    if (next === undefined) this.busy--
    else next()
    this.answered++
    await delay(10, { clock: this.#clock })
  }
}

function* forever(until: () => boolean): Generator<number> {
  for (let i = 0; !until(); i++) yield i
}

/** Sends as much as `limit` allows until `ms` have passed; a refusal is not the end. */
const load = (clock: VirtualClock, limit: AdaptiveLimit, server: Server, ms: number): Promise<void> => {
  const end = clock.now() + ms
  return forEach(
    forever(() => clock.now() >= end),
    async () => {
      const permit = await limit.acquire()
      await server.handle().then(
        () => permit.release('success'),
        (error: unknown) => permit.release(limit.classify(true, error)),
      )
    },
    // More than any limit will be, so that there is always somebody who waits.
    { concurrency: 1000 },
  )
}

const adaptive = (clock: VirtualClock, seed: number, options: AdaptiveLimitOptions = {}): AdaptiveLimit =>
  new AdaptiveLimit({ clock, random: seeded(seed), ...options })

describe.each([1, 2, 3])('AdaptiveLimit, seed %i', (seed) => {
  test('(a) converges to throughput × latency within 20 %', async () => {
    for (const [workers, service] of [
      [20, 80],
      [100, 30],
    ] as const) {
      const clock = new VirtualClock()
      const random = seeded(seed)
      const server = new Server(clock, { workers, service, random })
      const limit = adaptive(clock, seed)
      await clock.run(() => load(clock, limit, server, 30_000))
      const seen: number[] = []
      await clock.run(async () => {
        const loaded = load(clock, limit, server, 30_000)
        for (let i = 0; i < 59; i++) {
          await delay(500, { clock })
          seen.push(limit.statistics().limit)
        }
        await loaded
      })
      // Little's law: what the workers do per ms, times the time of an answer that does not queue.
      const ideal = (workers / service) * (service + 20)
      const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length
      expect(Math.abs(mean / ideal - 1), `${workers} × ${service} ms: ${mean} for ${ideal}`).toBeLessThan(0.2)
    }
  })

  test('(b) 100 refusals at once make one decrease', async () => {
    const clock = new VirtualClock()
    const limit = adaptive(clock, seed, { initial: 100 })
    await clock.run(async () => {
      const permits = Array.from({ length: 100 }, () => limit.tryAcquire()!)
      await delay(50, { clock })
      for (const permit of permits) permit.release('drop')
    })
    expect(limit.statistics().limit).toBeGreaterThanOrEqual(50)
    expect(limit.statistics().limit).toBeLessThanOrEqual(70)
  })

  test('(c) recovers after an outage', async () => {
    const clock = new VirtualClock()
    const server = new Server(clock, { workers: 20, service: 80, random: seeded(seed) })
    const limit = adaptive(clock, seed)
    await clock.run(() => load(clock, limit, server, 20_000))
    const before = limit.statistics().limit
    server.down = true
    await clock.run(() => load(clock, limit, server, 10_000))
    expect(limit.statistics().limit).toBeLessThan(before / 4)
    server.down = false
    await clock.run(() => load(clock, limit, server, 20_000))
    const answered = server.answered
    await clock.run(() => load(clock, limit, server, 10_000))
    // 20 workers, 80 ms each: 250 answers a second at the best.
    expect(server.answered - answered).toBeGreaterThan(0.8 * 2500)
  })

  test('(d) idleness does not grow it', async () => {
    const clock = new VirtualClock()
    const server = new Server(clock, { workers: 20, service: 80, random: seeded(seed) })
    const limit = adaptive(clock, seed)
    await clock.run(() => load(clock, limit, server, 10_000))
    const before = limit.statistics().limit
    await clock.run(async () => {
      // One at a time for ten minutes: the limit is never reached.
      for (let i = 0; i < 600; i++) {
        const permit = await limit.acquire()
        await server.handle()
        permit.release('success')
        await delay(900, { clock })
      }
    })
    expect(limit.statistics().limit).toBeLessThanOrEqual(before + 1)
  })

  test('(e) a lasting step of the latency becomes the new baseline', async () => {
    const clock = new VirtualClock()
    const server = new Server(clock, { workers: 50, service: 40, random: seeded(seed) })
    const limit = adaptive(clock, seed)
    await clock.run(() => load(clock, limit, server, 20_000))
    server.options.service = 120
    await clock.run(() => load(clock, limit, server, 60_000))
    const answered = server.answered
    await clock.run(() => load(clock, limit, server, 20_000))
    // 50 workers, 120 ms each: 417 answers a second at the best.
    expect(server.answered - answered).toBeGreaterThan(0.8 * 8333)
  })

  test('(f) two clients share fairly', async () => {
    const clock = new VirtualClock()
    const server = new Server(clock, { workers: 40, service: 60, backlog: 60, random: seeded(seed) })
    const first = adaptive(clock, seed)
    const second = adaptive(clock, seed + 100)
    const held: [number, number] = [0, 0]
    await clock.run(async () => {
      // The second comes when the first has taken everything.
      const one = load(clock, first, server, 90_000)
      await delay(15_000, { clock })
      const two = load(clock, second, server, 75_000)
      await delay(25_000, { clock })
      for (let i = 0; i < 98; i++) {
        held[0] += first.statistics().inFlight
        held[1] += second.statistics().inFlight
        await delay(500, { clock })
      }
      await Promise.all([one, two])
    })
    const share = held[0] / (held[0] + held[1])
    expect(share).toBeGreaterThan(0.3)
    expect(share).toBeLessThan(0.7)
  })
})

describe('AdaptiveLimit', () => {
  test('feedback of what was sent before the last decrease does not decrease it again', async () => {
    const clock = new VirtualClock()
    const limit = adaptive(clock, 1, { initial: 40 })
    await clock.run(async () => {
      const old = Array.from({ length: 40 }, () => limit.tryAcquire()!)
      await delay(200, { clock })
      old[0]!.release('drop')
      const after = limit.statistics().limit
      await delay(5_000, { clock })
      for (const permit of old) permit.release('drop')
      expect(limit.statistics().limit).toBe(after)
    })
  })

  test('pause(): nobody begins until it is over, once for an echo, and then with half the limit', async () => {
    const clock = new VirtualClock()
    const limit = adaptive(clock, 1, { initial: 20 })
    await clock.run(async () => {
      expect(limit.pause(1_000)).toBe(true)
      expect(limit.pause(9_000, { sentAt: -1 })).toBe(false)
      expect(limit.tryAcquire()).toBeUndefined()
      const waiting = limit.acquire()
      await waiting
      expect(clock.now()).toBe(1_000)
      expect(limit.statistics()).toMatchObject({ limit: 10, held: 1 })
    })
    expect(clock.pending).toBe(0)
  })

  test('what an error says of the other side', () => {
    const limit = new AdaptiveLimit()
    const error = (facts: object): Error => Object.assign(new Error('x'), facts)
    const outcomes = [
      limit.classify(false, { status: 200 }),
      limit.classify(false, { status: 429 }),
      limit.classify(true, error({ status: 503 })),
      limit.classify(true, error({ name: 'TimeoutError' })),
      limit.classify(true, error({ cause: error({ code: 'ECONNRESET' }) })),
      limit.classify(true, error({ name: 'AbortError' })),
      limit.classify(true, error({ status: 404 })),
      limit.classify(true, 'a bug'),
    ]
    expect(outcomes).toEqual(['success', 'drop', 'drop', 'drop', 'drop', 'ignore', 'ignore', 'ignore'])
    expect(new AdaptiveLimit({ classify: () => 'ignore' }).classify(false, 1)).toBe('ignore')
  })

  test('tells each change of the limit, and nothing else', async () => {
    const clock = new VirtualClock()
    const onEvent = vi.fn()
    const limit = adaptive(clock, 1, { initial: 10, name: 'api', onEvent })
    await clock.run(async () => {
      const permit = await limit.acquire()
      await delay(200, { clock })
      permit.release('drop')
    })
    expect(onEvent.mock.calls).toEqual([
      [{ type: 'adaptive', source: 'api', time: 200, limit: 7, inFlight: 1, reason: 'loss' }],
    ])
  })

  test("concurrency: 'auto' makes one", async () => {
    const clock = new VirtualClock()
    const server = new Server(clock, { workers: 10, service: 50, backlog: 5, random: seeded(1) })
    const events: string[] = []
    await clock.run(() =>
      forEach(Array.from({ length: 2000 }), () => server.handle(), {
        concurrency: 'auto',
        retry: 50,
        clock,
        onEvent: ({ type }) => events.push(type),
      }),
    )
    expect(server.answered).toBe(2000)
    expect(events).toContain('adaptive')
    // It knew better than to have everything refused.
    expect(server.refused).toBeLessThan(400)
  })

  test.each<[AdaptiveLimitOptions, ErrorConstructor, RegExp]>([
    [{ min: 0 }, RangeError, /min must be a finite number of at least 1, not 0/],
    [{ max: 2, min: 3 }, RangeError, /max must be a number of at least min, which is 3, not 2/],
    [{ initial: 9, max: 5 }, RangeError, /initial must be from min to max, 1 to 5, not 9/],
    [{ signal: 'speed' as never }, TypeError, /signal must be .*'throughput'.* not "speed"/],
    [{ classify: 1 as never }, TypeError, /classify must be a function/],
  ])('refuses %o', (options, type, message) => {
    expect(() => new AdaptiveLimit(options)).toThrow(type)
    expect(() => new AdaptiveLimit(options)).toThrow(message)
  })
})
