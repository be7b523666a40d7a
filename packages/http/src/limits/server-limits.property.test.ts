import { VirtualClock } from '@sluice/core/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HeaderList, ResponseHeaders } from '../headers.ts'
import { discord } from './dialects/discord.ts'
import { HttpRateLimiter } from './http-rate-limiter.ts'
import { hostScope } from './scopes.ts'
import type { Ticket } from './ticket.ts'
import type { HeaderDialect, LimitedRequest } from './types.ts'

/** How a server counts. */
type Counting = 'fixed' | 'aligned' | 'sliding'

/** A server with one limit, on its own clock. It refuses with 429 what is too much. */
class LimitedServer {
  readonly #clock: VirtualClock
  readonly #counting: Counting
  readonly #limit: number
  readonly #ms: number
  /** The server's wall clock is ahead of ours by so much. */
  readonly #offset: number
  #start = -Infinity
  #count = 0
  #log: number[] = []
  refused = 0
  served = 0

  constructor(clock: VirtualClock, counting: Counting, limit: number, ms: number, offset: number) {
    this.#clock = clock
    this.#counting = counting
    this.#limit = limit
    this.#ms = ms
    this.#offset = offset
  }

  arrive(): { status: number; limit: number; seconds: number; used: number; resetMs: number; wall: number } {
    const now = this.#clock.now()
    const wall = now + this.#offset
    let resetMs: number
    if (this.#counting === 'sliding') {
      this.#log = this.#log.filter((time) => time + this.#ms > now)
      if (this.#log.length < this.#limit) this.#log.push(now)
      else this.#log.push(Number.NaN)
      this.#count = this.#log.length
      this.#log = this.#log.filter((time) => !Number.isNaN(time))
      resetMs = this.#log[0]! + this.#ms - now
    } else {
      const start = this.#counting === 'aligned' ? Math.floor(wall / this.#ms) * this.#ms - this.#offset : now
      if (now >= this.#start + this.#ms) {
        this.#start = start
        this.#count = 0
      }
      this.#count++
      resetMs = this.#start + this.#ms - now
    }
    const status = this.#count > this.#limit ? 429 : 200
    if (status === 429) this.refused++
    else this.served++
    return { status, limit: this.#limit, seconds: this.#ms / 1000, used: this.#count, resetMs, wall }
  }
}

type Facts = ReturnType<LimitedServer['arrive']>

const remaining = ({ limit, used }: Facts): string => String(Math.max(0, limit - used))
const date = ({ wall }: Facts): string => new Date(wall).toUTCString()

/** Every way in which servers tell their limit and its reset. */
const STYLES: Record<string, (facts: Facts) => Record<string, string>> = {
  'draft 8 and later, rounded up': (f) => ({
    'ratelimit-policy': `"default";q=${f.limit};w=${f.seconds}`,
    ratelimit: `"default";r=${remaining(f)};t=${Math.ceil(f.resetMs / 1000)}`,
  }),
  'draft 8 and later, rounded down': (f) => ({
    'ratelimit-policy': `"default";q=${f.limit};w=${f.seconds}`,
    ratelimit: `"default";r=${remaining(f)};t=${Math.floor(f.resetMs / 1000)}`,
  }),
  'draft 7': (f) => ({
    'ratelimit-policy': `${f.limit};w=${f.seconds}`,
    ratelimit: `limit=${f.limit}, remaining=${remaining(f)}, reset=${Math.ceil(f.resetMs / 1000)}`,
  }),
  'draft 3': (f) => ({
    'ratelimit-limit': `${f.limit}, ${f.limit};w=${f.seconds}`,
    'ratelimit-remaining': remaining(f),
    'ratelimit-reset': String(Math.ceil(f.resetMs / 1000)),
  }),
  'X-RateLimit with seconds from now': (f) => ({
    'x-ratelimit-limit': String(f.limit),
    'x-ratelimit-remaining': remaining(f),
    'x-ratelimit-reset': String(Math.floor(f.resetMs / 1000)),
  }),
  GitHub: (f) => ({
    'x-ratelimit-limit': String(f.limit),
    'x-ratelimit-remaining': remaining(f),
    'x-ratelimit-used': String(f.used),
    'x-ratelimit-reset': String(Math.ceil((f.wall + f.resetMs) / 1000)),
    'x-ratelimit-resource': 'core',
    date: date(f),
  }),
  X: (f) => ({
    'x-rate-limit-limit': String(f.limit),
    'x-rate-limit-remaining': remaining(f),
    'x-rate-limit-reset': String(Math.ceil((f.wall + f.resetMs) / 1000)),
    date: date(f),
  }),
  Reddit: (f) => ({
    'x-ratelimit-used': String(f.used),
    'x-ratelimit-remaining': `${remaining(f)}.0`,
    'x-ratelimit-reset': String(Math.ceil(f.resetMs / 1000)),
  }),
  Discord: (f) => ({
    'x-ratelimit-bucket': 'abcd1234',
    'x-ratelimit-limit': String(f.limit),
    'x-ratelimit-remaining': remaining(f),
    'x-ratelimit-reset-after': (f.resetMs / 1000).toFixed(3),
  }),
}

/** A server that tells limits, lengths and counts, but no reset: the style of Riot, whose package has the real one. */
const countsOnly: HeaderDialect = {
  name: 'counts',
  scopes: [hostScope],
  read: ({ status, headers }) => {
    const [limit, seconds] = (headers.get('x-app-rate-limit') ?? '').split(':').map(Number)
    const used = Number((headers.get('x-app-rate-limit-count') ?? '').split(':')[0])
    const retryAfter = headers.get('retry-after')
    return [
      {
        scope: 'host',
        windows: [{ limit, ms: seconds! * 1000, used }],
        refused: status === 429,
        retryAfter: retryAfter === undefined ? undefined : Number(retryAfter) * 1000,
      },
    ]
  },
}
const countHeaders = (f: Facts): Record<string, string> => ({
  'x-app-rate-limit': `${f.limit}:${f.seconds}`,
  'x-app-rate-limit-count': `${f.used}:${f.seconds}`,
  ...(f.status === 429 ? { 'retry-after': String(Math.ceil(f.resetMs / 1000)) } : {}),
})

interface World {
  counting: Counting
  limit: number
  seconds: number
  offset: number
  callers: number
  each: number
  seed: number
  minLatency: number
  jitter: number
  aborts: boolean
  loss: number
}

const worlds = (countings: readonly Counting[]): fc.Arbitrary<World> =>
  fc.record({
    counting: fc.constantFrom(...countings),
    limit: fc.integer({ min: 1, max: 12 }),
    seconds: fc.constantFrom(1, 2, 5, 60),
    offset: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_010_000 }),
    callers: fc.integer({ min: 1, max: 15 }),
    each: fc.integer({ min: 1, max: 6 }),
    seed: fc.integer(),
    minLatency: fc.integer({ min: 1, max: 100 }),
    jitter: fc.constantFrom(0, 50, 3000),
    aborts: fc.boolean(),
    loss: fc.constantFrom(0, 0.1),
  })

/** Sends `callers` × `each` requests through a limiter to a server, with random latency, pauses, aborts and lost answers. */
async function play(world: World, style: (facts: Facts) => Record<string, string>, dialect?: HeaderDialect) {
  const clock = new VirtualClock({ shuffle: world.seed })
  const server = new LimitedServer(clock, world.counting, world.limit, world.seconds * 1000, world.offset)
  const random = mulberry(world.seed)
  const sleep = (ms: number) => new Promise<void>((resolve) => void clock.setTimer(resolve, ms))
  const limiter = new HttpRateLimiter({ clock, random, ...(dialect === undefined ? {} : { dialect }) })
  let answered = 0
  let dropped = 0
  const send = async (request: LimitedRequest): Promise<void> => {
    let before: Ticket | undefined
    for (;;) {
      const controller = world.aborts && random() < 0.2 ? new AbortController() : undefined
      if (controller !== undefined)
        void sleep(random() * 500).then(() => controller.abort(new Error('changed my mind')))
      let ticket: Ticket
      try {
        ticket = await limiter.acquire(request, {
          after: before,
          signal: controller?.signal,
          priority: Math.floor(random() * 3),
        })
      } catch {
        dropped++
        return
      }
      // A connection is not always free at once.
      if (random() < 0.5) await sleep(random() * 200)
      if (controller?.signal.aborted) {
        ticket.abandon()
        dropped++
        return
      }
      if (!ticket.send()) {
        before = ticket
        continue
      }
      await sleep((world.minLatency + random() * world.jitter) / 2)
      const facts = server.arrive()
      await sleep((world.minLatency + random() * world.jitter) / 2)
      // With the very first answer lost, nobody could know how much is left.
      if (answered > 0 && random() < world.loss) {
        ticket.fail()
        continue
      }
      if (!ticket.answer({ status: facts.status, headers: new ResponseHeaders(style(facts)) }, request)) {
        answered++
        return
      }
      before = ticket
    }
  }
  await clock.run(() =>
    Promise.all(
      Array.from({ length: world.callers }, async () => {
        for (let i = 0; i < world.each; i++) {
          await sleep(random() * world.seconds * 700)
          await send({ method: 'GET', url: 'https://api.example/x/1', route: '/x/{id}', headers: new HeaderList() })
        }
      }),
    ),
  )
  expect(answered + dropped).toBe(world.callers * world.each)
  expect(limiter.statistics().waiting).toBe(0)
  for (const bucket of limiter.statistics().buckets) expect(bucket.inFlight).toBe(0)
  return { server, clock }
}

describe('a server that tells its reset is never asked for more than it allows', () => {
  for (const [name, style] of Object.entries(STYLES)) {
    test(name, async () => {
      await fc.assert(
        fc.asyncProperty(worlds(['fixed', 'aligned']), async (world) => {
          const dialect = name === 'Discord' ? discord() : undefined
          // Where the server does not tell the length, a lost answer leaves nothing to go by.
          const loss = name.startsWith('draft') ? world.loss : 0
          const { server } = await play({ ...world, loss }, style, dialect)
          expect(server.refused).toBe(0)
        }),
        { numRuns: 100 },
      )
    })
  }
})

test('nor is one that tells lengths and counts but no reset, if its windows open with the first request', async () => {
  await fc.assert(
    fc.asyncProperty(worlds(['fixed']), async (world) => {
      const { server } = await play(world, countHeaders, countsOnly)
      expect(server.refused).toBe(0)
    }),
    { numRuns: 200 },
  )
})

describe('one whose windows slide, or go by its clock, refuses a burst or two: from then on the limit holds in every interval', () => {
  const styles = {
    'counts only': countHeaders,
    'draft 8': STYLES['draft 8 and later, rounded up']!,
    GitHub: STYLES['GitHub']!,
  }
  for (const [name, style] of Object.entries(styles)) {
    test(name, async () => {
      await fc.assert(
        fc.asyncProperty(worlds(['sliding', 'aligned']), async (world) => {
          const dialect = style === countHeaders ? countsOnly : undefined
          const { server } = await play({ ...world, aborts: false, loss: 0 }, style, dialect)
          expect(server.refused).toBeLessThanOrEqual(2 * world.limit)
          expect(server.served).toBe(world.callers * world.each)
        }),
        { numRuns: 200 },
      )
    })
  }
})

describe('what the server allows is used', () => {
  const cases: [
    name: string,
    style: (facts: Facts) => Record<string, string>,
    dialect: HeaderDialect | undefined,
    atMost: number,
  ][] = [
    ['draft 8, whole seconds', STYLES['draft 8 and later, rounded up']!, undefined, 1.02],
    ['GitHub', STYLES['GitHub']!, undefined, 1.05],
    ['Discord', STYLES['Discord']!, discord(), 1.03],
    ['counts only', countHeaders, countsOnly, 1.03],
  ]
  for (const counting of ['fixed', 'aligned'] as const) {
    const known = cases.filter(([, style]) => counting === 'fixed' || style !== countHeaders)
    test.each(known)(`${counting}, %s`, async (_name, style, dialect, atMost) => {
      const clock = new VirtualClock()
      const server = new LimitedServer(clock, counting, 100, 30_000, 1_700_000_000_000)
      const sleep = (ms: number) => new Promise<void>((resolve) => void clock.setTimer(resolve, ms))
      const random = mulberry(7)
      const limiter = new HttpRateLimiter({ clock, ...(dialect === undefined ? {} : { dialect }) })
      const request = { method: 'GET', url: 'https://api.example/x/1', route: '/x/{id}', headers: new HeaderList() }
      await clock.run(() =>
        Promise.all(
          Array.from({ length: 1000 }, async () => {
            const ticket = await limiter.acquire(request)
            ticket.send()
            await sleep(30 + random() * 50)
            const facts = server.arrive()
            await sleep(30 + random() * 50)
            ticket.answer({ status: facts.status, headers: new ResponseHeaders(style(facts)) }, request)
          }),
        ),
      )
      expect(server.refused).toBe(0)
      // The tenth hundred may go when nine windows have passed.
      expect(clock.now() / (9 * 30_000)).toBeLessThanOrEqual(atMost)
    })
  }
})

function mulberry(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
