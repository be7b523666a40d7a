import { VirtualClock } from '@sluice/core/testing'
import { describe, expect, it } from 'vitest'

import { DEVELOPMENT_KEY } from '../keys.ts'
import { RiotSimulator } from '../simulator.ts'
import type { SimulatorOptions } from '../simulator-options.ts'
import { createTransport, type SimResponse } from '../transport.ts'
import { expect429, expectUtilisation } from './expect.ts'

function setUp(options: SimulatorOptions = {}) {
  const clock = new VirtualClock()
  const simulator = new RiotSimulator({
    clock,
    world: { poolSize: 100, pools: 2, rounds: 20, templates: 1 },
    ...options,
  })
  const send = createTransport(simulator)
  const ask = (path = '/na1/lol/status/v4/platform-data', key = DEVELOPMENT_KEY): Promise<SimResponse> =>
    send({ url: path, headers: { 'X-Riot-Token': key } })
  const wait = (ms: number): Promise<void> => new Promise((resolve) => clock.setTimer(resolve, ms))
  return { clock, simulator, ask, wait }
}

describe('statistics', () => {
  it('count arrivals, statuses, and how full the windows were', async () => {
    const { clock, simulator, ask, wait } = setUp({ logSize: 4 })
    await clock.run(async () => {
      for (const count of [20, 10, 25, 5]) {
        await Promise.all(Array.from({ length: count }, () => ask()))
        await wait(1000)
      }
      await ask('/na1/lol/clash/v1/tournaments/99')
      await ask('/na1/nothing')
    })
    const stats = simulator.stats()
    expect(stats).toMatchObject({
      arrivals: 62,
      statuses: { 200: 55, 429: 5, 404: 2 },
      rejects: { application: 5 },
      inFlight: 0,
      maxInFlight: 25,
      duplicates: 54,
      fairness: 1,
    })
    const [host, operation] = stats.scopes
    expect(host).toMatchObject({
      key: 'key1',
      route: 'na1',
      arrivals: 61,
      answered: 56,
      notFound: 1,
      rejected: 5,
      foreign: 0,
    })
    expect(host).not.toHaveProperty('operation')
    expect(host!.windows[0]).toMatchObject({
      limit: 20,
      seconds: 1,
      closed: 4,
      fill: [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 2],
    })
    expect(host!.windows[1]).toMatchObject({ limit: 100, seconds: 120, closed: 0, count: 61 })
    expect(operation).toMatchObject({ operation: 'lol-status-v4.getPlatformData', arrivals: 60 })
    expect(stats.scopes).toHaveLength(3)
    expect(simulator.arrivals()).toHaveLength(4)
    expect(simulator.arrivals().at(-1)).toEqual({ at: 4000, key: '', route: 'na1', operation: '', status: 404 })
    expect(JSON.stringify([stats, simulator.arrivals(), simulator.configuration()])).not.toContain(DEVELOPMENT_KEY)
  })

  it('measure the utilisation against the floor', async () => {
    const { clock, simulator, ask, wait } = setUp({ keys: { [DEVELOPMENT_KEY]: { app: '10:1' } } })
    await clock.run(async () => {
      for (let i = 0; i < 5; i++) {
        await Promise.all(Array.from({ length: 10 }, () => ask()))
        await wait(1250)
      }
    })
    // Fifty requests need 4 s, and took 5.
    expect(simulator.stats().scopes[0]!.utilisation).toBeCloseTo(0.8, 10)
    expectUtilisation(simulator.stats(), 0.8)
    expect(() => expectUtilisation(simulator.stats(), 0.81)).toThrow(
      'expected a utilisation of at least 81.0%, but key1 on na1: 80.0%',
    )
    expect(() => expectUtilisation(simulator.stats(), 2)).toThrow(RangeError)
  })

  it('notice who does not wait for as long as Retry-After says, but only when they could know', async () => {
    const { clock, simulator, ask, wait } = setUp({
      latency: { uplink: [20, 20], service: [10, 10], downlink: [20, 20] },
      keys: { [DEVELOPMENT_KEY]: { app: '1:2' } },
    })
    await clock.run(async () => {
      // The second is rejected at 20 ms, and the client knows at 40 ms; the third is sent before that.
      const [, , third] = [ask(), ask(), wait(35).then(() => ask())]
      await third
      expect(simulator.stats().scopes[0]!.retryAfterViolations).toBe(0)
      await ask()
      expect(simulator.stats().scopes[0]!.retryAfterViolations).toBe(1)
      await wait(2100)
      await ask()
    })
    expect(simulator.stats().scopes[0]).toMatchObject({ retryAfterViolations: 1, rejected: 3, answered: 2 })
    expect429(simulator.stats(), 3)
    expect(() => expect429(simulator.stats(), 2)).toThrow('at most 2 answers of 429, but there were 3: 3 application')
  })

  it('blame the operation, not the host, for ignoring a method limit', async () => {
    const { clock, simulator, ask } = setUp({ methods: { '*': '1:5' } })
    await clock.run(async () => {
      await ask()
      await ask()
      await new Promise<void>((resolve) => clock.setTimer(resolve, 1))
      await ask()
    })
    const [host, operation] = simulator.stats().scopes
    expect([host!.retryAfterViolations, operation!.retryAfterViolations]).toEqual([0, 1])
  })

  it('tell how evenly keys were served, and who starved', async () => {
    const { clock, simulator, ask, wait } = setUp({ keys: { a: { app: '1000:1' }, b: { app: '1000:1' } } })
    await clock.run(async () => {
      for (let i = 0; i < 30; i++) await ask(undefined, 'a')
      await ask(undefined, 'b')
      await wait(7000)
      for (let i = 0; i < 9; i++) await ask(undefined, 'b')
    })
    // (30 + 10)² / (2 × (900 + 100))
    expect(simulator.stats().fairness).toBeCloseTo(0.8, 10)
    expect(simulator.stats().longestStarvation).toBe(7000)
  })

  it('do not take two requests of different keys for the same', async () => {
    const { clock, simulator, ask } = setUp({ keys: { a: {}, b: {} } })
    await clock.run(async () => {
      await ask(undefined, 'a')
      await ask(undefined, 'b')
      await ask('/kr/lol/status/v4/platform-data', 'a')
      expect(simulator.stats().duplicates).toBe(0)
      await ask(undefined, 'a')
    })
    expect(simulator.stats().duplicates).toBe(1)
  })
})
