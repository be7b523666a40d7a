import { describe, expect, test, vi } from 'vitest'
import { createTransport } from '@sluice/riot-sim'
import { asker, pathOf, play, setUp, type Scenario } from '../../test/play.ts'
import { RiotRateLimiter } from './riot-rate-limiter.ts'

// Thousands of requests each, while others use the machine.
vi.setConfig({ testTimeout: 60_000 })

const DEV = '20:1,100:120'
const PROD = '500:10,30000:600'
const FAR = '20:1,100:10'

interface Row {
  name: string
  scenario: Omit<Scenario, 'seed'>
  /** Percent of what could be reached. */
  least: number
  seeds?: number
}

// Every one of them starts cold, with all requests at once.
const CLEAN: Row[] = [
  { name: 'production key', scenario: { app: PROD, count: 3000 }, least: 99 },
  { name: 'three methods mixed', scenario: { app: PROD, count: 2500, methods: 3 }, least: 99 },
  { name: 'development key', scenario: { app: DEV, count: 250 }, least: 99.8, seeds: 8 },
  { name: 'far server', scenario: { app: FAR, count: 500, latency: 'far' }, least: 96.5, seeds: 8 },
  { name: 'aligned windows', scenario: { app: PROD, count: 3000, windowMode: 'aligned' }, least: 99 },
  {
    name: 'aligned windows, development key',
    scenario: { app: DEV, count: 250, windowMode: 'aligned' },
    least: 99.8,
    seeds: 8,
  },
  { name: 'pairs reversed', scenario: { app: DEV, count: 250, headerOrder: 'reversed' }, least: 99.8 },
  {
    name: 'three pairs in random order',
    scenario: { app: '1000:60,100:10,20000:600', count: 1500, headerOrder: 'random' },
    least: 99,
  },
  { name: 'a method that binds', scenario: { app: PROD, method: '50:10', count: 400 }, least: 99 },
  {
    name: 'no more under way than 100',
    scenario: { app: PROD, count: 3000, limiter: { maxInFlight: 100 } },
    least: 98.5,
  },
]

describe('every request is answered, none is refused, and almost no time is lost', () => {
  for (const { name, scenario, least, seeds = 2 } of CLEAN) {
    test(name, async () => {
      for (let seed = 1; seed <= seeds; seed++) {
        const outcome = await play({ ...scenario, seed })
        expect(outcome).toMatchObject({ answered: scenario.count, failed: 0, rejected: 0, sent: scenario.count })
        expect(outcome.utilisation).toBeGreaterThanOrEqual(least)
        expect(outcome.maxInFlight).toBeLessThanOrEqual(scenario.limiter?.maxInFlight ?? Infinity)
      }
    })
  }
})

describe('a server that slides refuses at most one request per scope', () => {
  for (const [name, scenario] of Object.entries({
    production: { app: PROD, count: 3000 },
    development: { app: DEV, count: 250 },
    far: { app: FAR, count: 500, latency: 'far' },
    method: { app: PROD, method: '50:10', count: 400 },
  } satisfies Record<string, Omit<Scenario, 'seed'>>)) {
    test(name, async () => {
      for (let seed = 1; seed <= 4; seed++) {
        const outcome = await play({ ...scenario, windowMode: 'sliding', seed })
        expect(outcome.answered).toBe(scenario.count)
        expect(outcome.rejected).toBeLessThanOrEqual(1)
        expect(outcome.utilisation).toBeGreaterThanOrEqual(82)
      }
    })
  }
})

test('with 1% of 503 and 0.2% of bare 429 every item is answered, in no more than the floor with its retries', async () => {
  for (let seed = 1; seed <= 5; seed++) {
    const outcome = await play({
      app: PROD,
      count: 1500,
      seed,
      faults: [
        { match: { probability: 0.01 }, do: { kind: 'status', status: 503 } },
        { match: { probability: 0.002 }, do: { kind: 'rate-limit', type: 'none' } },
      ],
    })
    expect(outcome).toMatchObject({ answered: 1500, failed: 0 })
    expect(outcome.utilisation).toBeGreaterThanOrEqual(97)
  }
})

describe('killed in the middle of a window and started again', () => {
  /** Sends `before` requests, saves, maybe sends more, is killed, and starts again `pause` ms later with 150 requests. */
  async function restart(
    scenario: Omit<Scenario, 'count'>,
    before: number,
    unsaved: number,
    pause: number,
    keep: boolean,
  ) {
    const { clock, simulator, limiter, ask } = setUp(scenario)
    const wallClock = (): number => 1.7e12 + clock.now()
    return clock.run(async () => {
      await Promise.all(Array.from({ length: before }, () => ask(pathOf(0))))
      const state = keep ? (JSON.parse(JSON.stringify(limiter.save())) as ReturnType<typeof limiter.save>) : undefined
      await Promise.all(Array.from({ length: unsaved }, () => ask(pathOf(0))))
      await new Promise<void>((resolve) => void clock.setTimer(resolve, pause))
      const next = new RiotRateLimiter({ clock, wallClock, random: () => 0.5, state })
      const again = asker(createTransport(simulator), next)
      const statuses = await Promise.all(Array.from({ length: 150 }, () => again(pathOf(0))))
      expect(statuses.every((status) => status === 200)).toBe(true)
      return simulator.stats().statuses['429'] ?? 0
    })
  }

  for (const [name, app, before] of [
    ['window half used', '100:10,6000:600', 60],
    ['window used up', '100:10,6000:600', 100],
    ['development key', DEV, 100],
  ] as const) {
    test(`${name}: no request is refused when its state was saved, at most one when nothing was`, async () => {
      for (let seed = 1; seed <= 3; seed++) {
        for (const windowMode of ['first', 'aligned', 'sliding'] as const) {
          for (const pause of [0, 700, 5000]) {
            expect(await restart({ app, seed, windowMode }, before, 0, pause, true)).toBe(0)
            expect(await restart({ app, seed, windowMode }, before, 0, pause, false)).toBeLessThanOrEqual(1)
          }
        }
      }
    })
  }

  test('at most one is refused when the state is out of date', async () => {
    for (let seed = 1; seed <= 3; seed++)
      for (const unsaved of [10, 40, 52])
        expect(await restart({ app: '100:10,6000:600', seed }, 60, unsaved, 100, true)).toBeLessThanOrEqual(1)
  })
})

test('four regions: nobody waits for another one, 1,500 requests each take as long as in the slowest alone', async () => {
  const hosts = ['americas', 'asia', 'europe', 'sea']
  const run = async (wanted: readonly string[]): Promise<number> => {
    const { clock, simulator, ask } = setUp({ app: PROD, seed: 1 })
    await clock.run(() =>
      Promise.all(
        wanted.flatMap((host) => Array.from({ length: 1500 }, () => ask('/lol/match/v5/matches/NA1_1', {}, host))),
      ),
    )
    expect(simulator.stats()).toMatchObject({ arrivals: 1500 * wanted.length })
    expect(simulator.stats().statuses['429']).toBeUndefined()
    return clock.now()
  }
  let slowest = 0
  for (const host of hosts) slowest = Math.max(slowest, await run([host]))
  expect(await run(hosts)).toBeLessThanOrEqual(slowest * 1.02)
  expect(slowest).toBeLessThanOrEqual(20_000 / 0.98)
})
