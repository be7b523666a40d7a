import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { createTransport, type RetryAfterMode, type WindowMode } from '@sluice/riot-sim'
import type { LimitedRequest, LimitedResponse, Ticket } from '@sluice/http'
import { KEY, mulberry, pathOf, setUp } from '../../test/play.ts'

vi.setConfig({ testTimeout: 120_000 })

interface World {
  mode: WindowMode
  app: string
  method: string
  uplink: number
  jitter: number
  service: number
  seed: number
  callers: number
  each: number
  /** How long a caller rests between two requests, at most; ms. */
  rest: number
  aborts: boolean
  loss: number
  errors: number
  retryAfter: RetryAfterMode
}

const limits = fc
  .uniqueArray(fc.record({ limit: fc.integer({ min: 1, max: 30 }), seconds: fc.constantFrom(1, 2, 5, 10, 60) }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ seconds }) => seconds,
  })
  .map((pairs) => pairs.map(({ limit, seconds }) => `${limit}:${seconds}`).join(','))

const worlds = (modes: readonly WindowMode[], calm: boolean): fc.Arbitrary<World> =>
  fc.record({
    mode: fc.constantFrom(...modes),
    app: limits,
    method: limits,
    uplink: fc.integer({ min: 1, max: 100 }),
    jitter: fc.constantFrom(0, 10, 100, ...(calm ? [] : [1000])),
    service: fc.integer({ min: 1, max: 200 }),
    seed: fc.integer(),
    callers: fc.integer({ min: 1, max: 40 }),
    each: fc.integer({ min: 1, max: 5 }),
    rest: fc.constantFrom(0, 100, 3000),
    aborts: calm ? fc.constant(false) : fc.boolean(),
    loss: calm ? fc.constant(0) : fc.constantFrom(0, 0.1),
    errors: calm ? fc.constant(0) : fc.constantFrom(0, 0.1),
    retryAfter: fc.constantFrom<RetryAfterMode>('ceil', 'floor+1', 'zero', 'missing', 'http-date'),
  })

/** Sends `callers` × `each` requests to two methods of two hosts, with rests, aborts, lost answers and errors, by hand. */
async function play(world: World) {
  const { uplink, jitter, service, seed } = world
  const { clock, simulator, limiter } = setUp({
    app: world.app,
    method: world.method,
    seed: Math.abs(seed) % 1e9,
    windowMode: world.mode,
    retryAfter: world.retryAfter,
    latency: {
      uplink: [uplink, uplink + jitter],
      service: [service, service + jitter],
      downlink: [uplink, uplink + jitter],
    },
    faults: world.errors > 0 ? [{ match: { probability: world.errors }, do: { kind: 'status', status: 503 } }] : [],
  })
  const transport = createTransport(simulator)
  const random = mulberry(seed)
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => void clock.setTimer(resolve, ms))
  let answered = 0
  let dropped = 0
  const send = async (host: string, path: string): Promise<void> => {
    const request = { method: 'GET', url: `https://${host}.api.riotgames.com${path}`, route: undefined, headers: NONE }
    let after: Ticket | undefined
    for (;;) {
      const controller = world.aborts && random() < 0.2 ? new AbortController() : undefined
      if (controller !== undefined) void sleep(random() * 5000).then(() => controller.abort(new Error('enough')))
      const priority = Math.floor(random() * 3) - 1
      const deadline = world.aborts && random() < 0.1 ? clock.now() + random() * 5000 : undefined
      let ticket: Ticket
      try {
        ticket = await limiter.acquire(request, { after, signal: controller?.signal, priority, deadline })
      } catch {
        dropped++
        return
      }
      after = ticket
      // A connection is not always free at once.
      if (random() < 0.2) await sleep(random() * jitter)
      if (controller?.signal.aborted) {
        ticket.abandon()
        dropped++
        return
      }
      if (!ticket.send()) continue
      const answer = await transport({ url: request.url, headers: { 'x-riot-token': KEY } })
      if (random() < world.loss) {
        ticket.fail()
        continue
      }
      const headers = { get: (name: string) => answer.headers[name] } as LimitedResponse['headers']
      if (!ticket.answer({ status: answer.status, headers }, request)) {
        answered++
        return
      }
    }
  }
  await clock.run(() =>
    Promise.all(
      Array.from({ length: world.callers }, async (_, i) => {
        for (let n = 0; n < world.each; n++) {
          await sleep(random() * world.rest)
          await send(i % 3 === 0 ? 'kr' : 'na1', pathOf(i % 2, 2))
        }
      }),
    ),
  )
  // Every one got its answer or left, and every token came back.
  expect(answered + dropped).toBe(world.callers * world.each)
  expect(limiter.waiting).toBe(0)
  for (const { inFlight, waiting, methods } of limiter.limits()) {
    expect([inFlight, waiting]).toEqual([0, 0])
    expect(methods.every((method) => method.inFlight === 0)).toBe(true)
  }
  if (!world.aborts) expect(clock.pending).toBe(0)
  return simulator.stats()
}

const RUNS = Number(process.env['RUNS'] ?? 100)
const NONE = { get: () => undefined } as unknown as LimitedRequest['headers']

test('windows that open with their first request: nothing is refused, all are answered', async () => {
  await fc.assert(
    fc.asyncProperty(worlds(['first'], true), async (world) => {
      expect((await play(world)).rejects).toEqual({})
    }),
    { numRuns: RUNS },
  )
})

test('windows that go by the clock: nothing is refused, all are answered', async () => {
  await fc.assert(
    fc.asyncProperty(worlds(['aligned'], true), async (world) => {
      expect((await play(world)).rejects).toEqual({})
    }),
    { numRuns: RUNS },
  )
})

test('windows that slide: at most one is refused per scope', async () => {
  await fc.assert(
    fc.asyncProperty(worlds(['sliding'], true), async (world) => {
      const { scopes } = await play(world)
      for (const { rejected } of scopes) expect(rejected).toBeLessThanOrEqual(1)
    }),
    { numRuns: RUNS },
  )
})

test('aborts, deadlines, lost answers and errors lose no token and leave nobody waiting', async () => {
  await fc.assert(
    fc.asyncProperty(worlds(['first', 'aligned', 'sliding'], false), async (world) => {
      const { statuses } = await play(world)
      expect(statuses['429'] ?? 0).toBeLessThanOrEqual(world.callers * world.each)
    }),
    { numRuns: RUNS },
  )
})
