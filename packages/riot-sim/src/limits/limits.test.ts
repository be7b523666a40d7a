import { VirtualClock } from '@sluice/core/testing'
import { describe, expect, it } from 'vitest'

import { DEVELOPMENT_KEY, PRODUCTION_KEY } from '../keys.ts'
import { RiotSimulator } from '../simulator.ts'
import type { SimulatorOptions } from '../simulator-options.ts'
import { createTransport, type SimResponse } from '../transport.ts'

const SMALL = { poolSize: 100, pools: 2, rounds: 20, templates: 1 }
const STATUS = '/lol/status/v4/platform-data'
const ROTATION = '/lol/platform/v3/champion-rotations'

class Bench {
  readonly clock = new VirtualClock()
  readonly simulator: RiotSimulator
  readonly #send: ReturnType<typeof createTransport>

  constructor(options: SimulatorOptions = {}) {
    this.simulator = new RiotSimulator({ clock: this.clock, world: SMALL, ...options })
    this.#send = createTransport(this.simulator)
  }

  ask(
    path = STATUS,
    headers: Record<string, string> = { 'X-Riot-Token': DEVELOPMENT_KEY },
    route = 'na1',
    method = 'GET',
  ): Promise<SimResponse> {
    return this.clock.run(() => this.#send({ method, url: `https://${route}.api.riotgames.com${path}`, headers }))
  }

  async burst(count: number, path = STATUS, key = DEVELOPMENT_KEY, route = 'na1'): Promise<SimResponse[]> {
    const responses: SimResponse[] = []
    for (let i = 0; i < count; i++) responses.push(await this.ask(path, { 'X-Riot-Token': key }, route))
    return responses
  }
}

function limits(response: SimResponse): (string | undefined)[] {
  return ['x-app-rate-limit', 'x-app-rate-limit-count', 'x-method-rate-limit', 'x-method-rate-limit-count'].map(
    (name) => response.headers[name],
  )
}

describe('limits', () => {
  it('counts each request in all windows of key and host, and of the operation', async () => {
    const bench = new Bench()
    expect(limits(await bench.ask())).toEqual(['20:1,100:120', '1:1,1:120', '20000:10,1200000:600', '1:10,1:600'])
    expect(limits(await bench.ask(ROTATION))).toEqual(['20:1,100:120', '2:1,2:120', '30:10,500:600', '1:10,1:600'])
    // Another host and another key have counters of their own.
    expect(limits(await bench.ask(STATUS, undefined, 'kr'))[1]).toBe('1:1,1:120')
    expect(limits(await bench.ask(STATUS, { 'X-Riot-Token': PRODUCTION_KEY }))).toEqual([
      '500:10,30000:600',
      '1:10,1:600',
      '20000:10,1200000:600',
      '1:10,1:600',
    ])
    await bench.clock.advance(1000)
    expect(limits(await bench.ask())[1]).toBe('1:1,3:120')
  })

  it('rejects with application, and counts the rejected', async () => {
    const bench = new Bench()
    const responses = await bench.burst(36)
    expect(responses.slice(0, 20).every(({ status }) => status === 200)).toBe(true)
    expect(responses.slice(20).every(({ status }) => status === 429)).toBe(true)
    expect(limits(responses[20]!)[1]).toBe('21:1,21:120')
    expect(limits(responses[35]!)).toEqual(['20:1,100:120', '36:1,36:120', '20000:10,1200000:600', '36:10,36:600'])
    expect(responses[20]!.headers).toMatchObject({ 'x-rate-limit-type': 'application', 'retry-after': '1' })
    expect(responses[20]!.json()).toEqual({ status: { message: 'Rate limit exceeded', status_code: 429 } })
    await bench.clock.advance(1000)
    // The long window has lost the rejected ones: 64 are left of it.
    let answered = 0
    for (let second = 0; second < 10; second++) {
      answered += (await bench.burst(20)).filter(({ status }) => status === 200).length
      await bench.clock.advance(1000)
    }
    expect(answered).toBe(64)
  })

  it('does not count the rejected when told so', async () => {
    const bench = new Bench({ countRejects: false })
    const last = (await bench.burst(36)).at(-1)!
    expect(limits(last)[1]).toBe('20:1,20:120')
  })

  it('rejects with method; when both are exceeded, with application', async () => {
    const bench = new Bench({ methods: { 'lol-status-v4.getPlatformData': '3:5' } })
    const responses = await bench.burst(25)
    const types = responses.map(({ headers }) => headers['x-rate-limit-type'])
    expect(types.slice(0, 3)).toEqual([undefined, undefined, undefined])
    expect(types.slice(3, 20)).toEqual(Array.from({ length: 17 }, () => 'method'))
    expect(types.slice(20)).toEqual(Array.from({ length: 5 }, () => 'application'))
    expect(responses[3]!.headers['retry-after']).toBe('5')
    // Other operations are not concerned.
    await bench.clock.advance(1000)
    expect((await bench.ask(ROTATION)).status).toBe(200)
    expect((await bench.ask()).headers['x-rate-limit-type']).toBe('method')
  })

  it('rejects with service, for all keys together', async () => {
    const bench = new Bench({ services: { 'lol-status-v4': '2:10' } })
    expect((await bench.ask()).status).toBe(200)
    expect((await bench.ask(STATUS, { 'X-Riot-Token': PRODUCTION_KEY })).status).toBe(200)
    const rejected = await bench.ask(STATUS, { 'X-Riot-Token': PRODUCTION_KEY })
    expect(rejected.status).toBe(429)
    expect(rejected.headers).toMatchObject({ 'x-rate-limit-type': 'service', 'retry-after': '10' })
    expect(limits(rejected)[1]).toBe('2:10,2:600')
    expect((await bench.ask(STATUS, undefined, 'kr')).status).toBe(200)
  })

  it.each([
    ['ceil', '8'],
    ['floor+1', '8'],
    ['zero', '0'],
    ['missing', undefined],
    ['http-date', 'Mon, 01 Jun 2026 00:00:10 GMT'],
  ] as const)('says %s in Retry-After', async (retryAfter, expected) => {
    const bench = new Bench({ retryAfter, keys: { [DEVELOPMENT_KEY]: { app: '1:10' } } })
    await bench.ask()
    await bench.clock.advance(2500)
    const rejected = await bench.ask()
    expect(rejected.status).toBe(429)
    expect(rejected.headers['retry-after']).toBe(expected)
  })

  it('rounds as it is told when a whole number of seconds is left', async () => {
    for (const [retryAfter, expected] of [
      ['ceil', '7'],
      ['floor+1', '8'],
    ] as const) {
      const bench = new Bench({ retryAfter, keys: { [DEVELOPMENT_KEY]: { app: '1:10' } } })
      await bench.ask()
      await bench.clock.advance(3000)
      expect((await bench.ask()).headers['retry-after']).toBe(expected)
    }
  })

  it('is free again exactly when Retry-After says, in every window mode', async () => {
    for (const windowMode of ['first', 'aligned', 'sliding'] as const) {
      const bench = new Bench({ windowMode, countRejects: false, keys: { [DEVELOPMENT_KEY]: { app: '5:4' } } })
      await bench.clock.advance(1300)
      await bench.burst(5)
      const rejected = await bench.ask()
      expect(rejected.status, windowMode).toBe(429)
      expect(rejected.headers['retry-after']).toBe(windowMode === 'aligned' ? '3' : '4')
      await bench.clock.advance(windowMode === 'aligned' ? 2699 : 3999)
      expect((await bench.ask()).status, windowMode).toBe(429)
      await bench.clock.advance(1)
      expect((await bench.ask()).status, windowMode).toBe(200)
    }
  })

  it('gives the pairs in the order that was asked for', async () => {
    const spec = { [DEVELOPMENT_KEY]: { app: '20:1,100:120,1000:600' } }
    const reversed = await new Bench({ headerOrder: 'reversed', keys: spec }).ask()
    expect(limits(reversed).slice(0, 2)).toEqual(['1000:600,100:120,20:1', '1:600,1:120,1:1'])
    const random = (await new Bench({ headerOrder: 'random', keys: spec }).burst(20)).map(
      (response) => limits(response)[0]!,
    )
    expect(new Set(random).size).toBeGreaterThan(3)
    for (const order of random) expect(order.split(',').sort()).toEqual(['1000:600', '100:120', '20:1'])
  })

  it('takes one pair or three', async () => {
    const keys = { one: { app: '7:3', methods: { '*': '1000:60,20000:10,1200000:600' } } }
    expect(limits(await new Bench({ keys }).ask(STATUS, { 'X-Riot-Token': 'one' }))).toEqual([
      '7:3',
      '1:3',
      '1000:60,20000:10,1200000:600',
      '1:60,1:10,1:600',
    ])
  })

  it('changes limits in flight, and keeps what was counted', async () => {
    const bench = new Bench()
    await bench.burst(15)
    bench.simulator.setLimits({ limits: '10:1,100:120,3000:600' })
    const lowered = await bench.ask()
    expect(lowered.status).toBe(429)
    expect(limits(lowered).slice(0, 2)).toEqual(['10:1,100:120,3000:600', '16:1,16:120,1:600'])
    bench.simulator.setLimits({ limits: '50:1' })
    expect(limits(await bench.ask())).toEqual(['50:1', '17:1', '20000:10,1200000:600', '17:10,17:600'])
    // A host that is asked for the first time has the new limits too, the other key has its own.
    expect(limits(await bench.ask(STATUS, undefined, 'kr'))[0]).toBe('50:1')
    expect(limits(await bench.ask(STATUS, { 'X-Riot-Token': PRODUCTION_KEY }))[0]).toBe('500:10,30000:600')
    bench.simulator.setLimits({
      key: PRODUCTION_KEY,
      route: 'na1',
      operation: 'lol-status-v4.getPlatformData',
      limits: '9:9',
    })
    expect(limits(await bench.ask(STATUS, { 'X-Riot-Token': PRODUCTION_KEY }))[2]).toBe('9:9')
    expect(limits(await bench.ask(STATUS, { 'X-Riot-Token': PRODUCTION_KEY }, 'kr'))[2]).not.toBe('9:9')
  })

  it('shares a key with others: so many a second, or a burst', async () => {
    const bench = new Bench()
    bench.simulator.foreign({ route: 'na1', rps: 10, duration: 3000 })
    await bench.clock.advance(550)
    // At 0, 100, … 500 ms: six of theirs, and this one.
    expect(limits(await bench.ask())[1]).toBe('7:1,7:120')
    await bench.clock.advance(9450)
    expect(limits(await bench.ask())[1]).toBe('1:1,32:120')
    bench.simulator.foreign({ route: 'na1', operation: 'lol-status-v4.getPlatformData', burst: 40 })
    const rejected = await bench.ask()
    expect(rejected.status).toBe(429)
    expect(limits(rejected)[1]).toBe('42:1,73:120')
    expect(limits(rejected)[3]).toBe('43:10,43:600')
    expect(bench.simulator.stats().scopes[0]!.foreign).toBe(70)
  })

  it('puts a key on the blacklist that is rejected too often, and takes it off again', async () => {
    const bench = new Bench({ blacklist: { rejects: 10, duration: 30_000 } })
    const statuses = (await bench.burst(32)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(11)
    expect(statuses.at(-1)).toBe(403)
    expect((await bench.ask(STATUS, { 'X-Riot-Token': PRODUCTION_KEY })).status).toBe(200)
    await bench.clock.advance(29_999)
    expect((await bench.ask()).status).toBe(403)
    await bench.clock.advance(1)
    expect((await bench.ask()).status).toBe(200)
  })
})
