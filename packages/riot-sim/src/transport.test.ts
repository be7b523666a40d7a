import { VirtualClock } from '@sluice/core/testing'
import { describe, expect, it } from 'vitest'

import type { FaultAction } from './faults/fault.ts'
import { createFetch } from './fetch.ts'
import { PRODUCTION_KEY } from './keys.ts'
import { RiotSimulator } from './simulator.ts'
import type { SimulatorOptions } from './simulator-options.ts'
import { SimNetworkError, createTransport, type SimResponse } from './transport.ts'

const headers = { 'X-Riot-Token': PRODUCTION_KEY }
const url = 'https://na1.api.riotgames.com/lol/status/v4/platform-data'

function setUp(options: SimulatorOptions = {}) {
  const clock = new VirtualClock()
  const simulator = new RiotSimulator({
    clock,
    world: { poolSize: 100, pools: 2, rounds: 20, templates: 1 },
    ...options,
  })
  const send = createTransport(simulator)
  return { clock, simulator, send, ask: (): Promise<SimResponse> => send({ url, headers }) }
}

describe('the transport', () => {
  it('takes the time of the latency profile, and charges at arrival', async () => {
    const { clock, simulator, ask } = setUp({ latency: { uplink: [100, 100], service: [30, 30], downlink: [50, 50] } })
    const response = ask()
    await clock.advance(99)
    expect(simulator.stats().arrivals).toBe(0)
    await clock.advance(1)
    expect(simulator.stats()).toMatchObject({ arrivals: 1, inFlight: 1 })
    await clock.advance(79)
    expect(simulator.stats().inFlight).toBe(1)
    await clock.advance(1)
    expect((await response).status).toBe(200)
    expect(simulator.stats().inFlight).toBe(0)
    expect(simulator.stats().scopes[0]).toMatchObject({ firstArrival: 100 })
    expect((await response).headers['date']).toBe('Mon, 01 Jun 2026 00:00:00 GMT')
    expect(clock.pending).toBe(0)
  })

  it('gives the same answers at the same times, whatever is drawn by lot', async () => {
    const run = async (seed: number): Promise<unknown[]> => {
      const { clock, simulator, ask } = setUp({
        seed,
        latency: 'awful',
        headerOrder: 'random',
        faults: [{ match: { probability: 0.2 }, do: { kind: 'rate-limit', type: 'server' } }],
      })
      const told: unknown[] = []
      await clock.run(() =>
        Promise.all(
          Array.from({ length: 60 }, async (_, i) => {
            const { status, headers: got } = await ask()
            told.push([i, clock.now(), status, got])
          }),
        ),
      )
      told.push(simulator.stats())
      return told
    }
    const first = await run(1)
    expect(await run(1)).toEqual(first)
    expect(await run(2)).not.toEqual(first)
  })

  it('lets an aborted request arrive and count, without an answer', async () => {
    const { clock, simulator, send } = setUp({ latency: 'far' })
    const controller = new AbortController()
    const failed = send({ url, headers, signal: controller.signal }).catch((error: unknown) => error)
    await clock.advance(10)
    controller.abort(new Error('enough'))
    expect(await failed).toEqual(new Error('enough'))
    expect(simulator.stats()).toMatchObject({ arrivals: 0, inFlight: 0 })
    await clock.advance(1000)
    expect(simulator.stats()).toMatchObject({ arrivals: 1, inFlight: 0 })
    expect(clock.pending).toBe(0)
    await expect(send({ url, headers, signal: controller.signal })).rejects.toThrow('enough')
    expect(simulator.stats().arrivals).toBe(1)
  })

  it('cuts the way back short when it is aborted then', async () => {
    const { clock, send } = setUp({ latency: { uplink: [10, 10], service: [10, 10], downlink: [1000, 1000] } })
    const controller = new AbortController()
    const failed = send({ url, headers, signal: controller.signal }).catch((error: unknown) => error)
    await clock.advance(100)
    controller.abort()
    expect(await failed).toMatchObject({ name: 'AbortError' })
    expect(clock.pending).toBe(0)
  })
})

it('has a rejection from the edge sooner than an answer of the service', async () => {
  const { clock, ask } = setUp({
    latency: { uplink: [10, 10], service: [100, 100], downlink: [20, 20] },
    keys: { [PRODUCTION_KEY]: { app: '1:10' } },
  })
  const times: [number, number][] = []
  await clock.run(() => Promise.all([1, 2].map(async () => times.push([(await ask()).status, clock.now()]))))
  expect(times).toEqual([
    [429, 30],
    [200, 130],
  ])
})

describe('faults', () => {
  const strike = (action: FaultAction, options: SimulatorOptions = {}) => {
    const bench = setUp({ ...options, faults: [{ match: { nth: 1 }, do: action }] })
    return { ...bench, first: () => bench.clock.run(bench.ask) }
  }
  const counted = async ({ clock, ask }: ReturnType<typeof setUp>): Promise<string> =>
    (await clock.run(ask)).headers['x-app-rate-limit-count']!

  it('answers another status, bare by default', async () => {
    const bench = strike({ kind: 'status', status: 503 })
    const response = await bench.first()
    expect(response.status).toBe(503)
    expect(response.json()).toEqual({ status: { message: 'Service unavailable', status_code: 503 } })
    expect(response.headers['x-app-rate-limit']).toBeUndefined()
    expect(await counted(bench)).toBe('2:10,2:600')
  })

  it('answers as the edge does: an HTML page, nothing at all, with limit headers, with Retry-After', async () => {
    const html = await strike({ kind: 'status', status: 502, body: 'html', limitHeaders: true, retryAfter: 3 }).first()
    expect(html.headers).toMatchObject({
      'content-type': 'text/html; charset=UTF-8',
      'retry-after': '3',
      'x-app-rate-limit-count': '1:10,1:600',
    })
    expect(html.text()).toContain('cf-error-details')
    const empty = await strike({ kind: 'status', status: 500, body: 'empty' }).first()
    expect([empty.status, empty.text()]).toEqual([500, ''])
    const none = await strike({ kind: 'status', status: 204 }).first()
    expect([none.status, none.text()]).toEqual([204, ''])
  })

  it.each([
    ['application', '1', true, 'Rate limit exceeded'],
    ['method', '1', true, 'Rate limit exceeded'],
    ['service', '1', true, 'Rate limit exceeded'],
    ['server', expect.stringMatching(/^([5-9]|1\d|2[01])$/), false, 'server rate limit exceeded'],
    ['none', undefined, false, 'Rate limit exceeded'],
  ] as const)('rejects as %s', async (type, retryAfter, withLimits, message) => {
    const response = await strike({ kind: 'rate-limit', type }).first()
    expect(response.status).toBe(429)
    expect(response.headers['retry-after']).toEqual(retryAfter)
    expect(response.headers['x-rate-limit-type']).toBe(type === 'none' ? undefined : type)
    expect('x-app-rate-limit' in response.headers).toBe(withLimits)
    expect(response.json()).toEqual({ status: { message, status_code: 429 } })
  })

  it('rejects without Retry-After, or with a given one', async () => {
    const missing = await strike({ kind: 'rate-limit', type: 'method', retryAfter: 'missing' }).first()
    expect(missing.headers['retry-after']).toBeUndefined()
    const given = await strike({ kind: 'rate-limit', type: 'none', retryAfter: 7 }).first()
    expect(given.headers['retry-after']).toBe('7')
  })

  it.each([
    ['refuses the connection, uncounted', { kind: 'refuse' }, 'ECONNREFUSED', '1:10,1:600'],
    ['breaks it before arrival, uncounted', { kind: 'reset', when: 'before' }, 'ECONNRESET', '1:10,1:600'],
    ['breaks it after arrival, counted', { kind: 'reset', when: 'after' }, 'ECONNRESET', '2:10,2:600'],
    ['cuts the body', { kind: 'truncate', bytes: 10 }, 'ECONNRESET', '2:10,2:600'],
  ] as const)('%s', async (_, action, code, count) => {
    const bench = strike(action)
    const error = await bench.first().catch((failure: unknown) => failure)
    expect(error).toBeInstanceOf(SimNetworkError)
    expect(error).toMatchObject({ code })
    expect(bench.simulator.stats().inFlight).toBe(0)
    expect(await counted(bench)).toBe(count)
  })

  it('does not cut a body that is shorter', async () => {
    expect((await strike({ kind: 'truncate', bytes: 1e9 }).first()).status).toBe(200)
  })

  it('spoils the body, or leaves a required field out of it', async () => {
    const corrupt = await strike({ kind: 'corrupt' }).first()
    expect(() => corrupt.json()).toThrow(SyntaxError)
    const lacking = await strike({ kind: 'missing-field' }).first()
    expect(lacking.json()).not.toHaveProperty('id')
    expect(lacking.json()).toHaveProperty('name')
  })

  it('never answers, answers late, or drips', async () => {
    const hang = strike({ kind: 'hang' })
    let settled = false
    void hang.ask().then(() => (settled = true))
    await hang.clock.advance(3_600_000)
    expect(settled).toBe(false)
    expect(hang.simulator.stats()).toMatchObject({ inFlight: 1, arrivals: 1 })

    const late = strike({ kind: 'delay', ms: 4000 })
    await late.first()
    expect(late.clock.now()).toBe(4000)

    const drip = strike({ kind: 'drip', bytesPerSecond: 100 })
    const { body } = await drip.first()
    expect(drip.clock.now()).toBe(body.length * 10)
  })

  it('strikes by host, operation, time and chance; the first rule that strikes decides', async () => {
    const { clock, simulator, send, ask } = setUp()
    const status = (code: number) => ({ kind: 'status', status: code }) as const
    const end = simulator.fault({ match: { route: 'kr' }, do: status(500) })
    simulator.fault({ match: { operation: 'champion-v3.getChampionInfo' }, do: status(502) })
    simulator.fault({ match: { from: 10_000, to: 20_000 }, do: status(503) })
    simulator.fault({ match: { from: 10_000, to: 20_000 }, do: status(504) })
    const kr = (): Promise<SimResponse> => send({ url: url.replace('na1', 'kr'), headers })
    const rotation = (): Promise<SimResponse> => send({ url: '/na1/lol/platform/v3/champion-rotations', headers })
    const statuses = async (): Promise<number[]> => [
      (await clock.run(ask)).status,
      (await clock.run(kr)).status,
      (await clock.run(rotation)).status,
    ]
    expect(await statuses()).toEqual([200, 500, 502])
    end()
    expect(await statuses()).toEqual([200, 200, 502])
    await clock.advance(10_000)
    expect(await statuses()).toEqual([503, 503, 502])
    await clock.advance(10_000)
    expect(await statuses()).toEqual([200, 200, 502])

    const often = setUp({
      faults: [{ match: { probability: 0.01 }, do: status(503) }],
      keys: { [PRODUCTION_KEY]: { app: '9999:1' } },
    })
    const seen = await often.clock.run(() => Promise.all(Array.from({ length: 2000 }, often.ask)))
    const struck = seen.filter((response) => response.status === 503).length
    expect(struck).toBeGreaterThan(8)
    expect(struck).toBeLessThan(40)
  })
})

describe('fetch', () => {
  it('takes what fetch takes, and answers with a Response', async () => {
    const { clock, simulator } = setUp({ keys: { [PRODUCTION_KEY]: { kind: 'production' } } })
    const fetch = createFetch(simulator)
    for (const input of [url, new URL(url), new Request(url, { headers })]) {
      const response = await clock.run(() => fetch(input, input instanceof Request ? undefined : { headers }))
      expect(response.status).toBe(200)
      expect(response.headers.get('X-App-Rate-Limit')).toBe('500:10,30000:600')
      expect(await response.json()).toHaveProperty('locales')
    }
    const post = { method: 'POST', headers, body: JSON.stringify({ region: 'NA', url: 'https://example.com' }) }
    const providers = 'https://americas.api.riotgames.com/lol/tournament/v5/providers'
    expect(await (await clock.run(() => fetch(providers, post))).json()).toBe(1)
    expect(await (await clock.run(() => fetch(new Request(providers, post)))).json()).toBe(2)
    await expect(clock.run(() => fetch(providers, { ...post, body: new FormData() }))).rejects.toThrow(
      'bodies as text only',
    )
  })

  it('rejects as fetch does', async () => {
    const { clock, simulator } = setUp({ faults: [{ do: { kind: 'refuse' } }] })
    const fetch = createFetch(simulator)
    const error = await clock.run(() => fetch(url, { headers })).catch((failure: unknown) => failure)
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED' } })
    const signal = AbortSignal.abort()
    await expect(fetch(url, { headers, signal })).rejects.toBe(signal.reason)
  })
})
