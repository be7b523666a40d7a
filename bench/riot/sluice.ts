// Sluice's limiter against the simulated Riot API: the scenarios by which the other clients are measured, cold, all requests at once.
// `sluice.mjs` compiles and starts it.

import { systemClock } from '@sluice/core'
import { RiotClient } from '@sluice/riot'
import { idealMs } from '@sluice/riot-sim'
import { play, setUp, type Outcome, type Scenario } from '../../packages/riot/test/play.ts'
import type { API_KEY, startRiotSimulator } from '../../scripts/riot-simulator.mjs'
import { measureQueue } from './sluice-queue.ts'

const DEVELOPMENT = '20:1,100:120'
const PRODUCTION = '500:10,30000:600'
const FAR = '20:1,100:10'

const SCENARIOS: Record<string, Omit<Scenario, 'seed'>> = {
  prod: { app: PRODUCTION, count: 3000 },
  prodmix: { app: PRODUCTION, count: 2500, methods: 3 },
  dev: { app: DEVELOPMENT, count: 250 },
  far: { app: FAR, count: 500, latency: 'far' },
  prodalign: { app: PRODUCTION, count: 3000, windowMode: 'aligned' },
  devrev: { app: DEVELOPMENT, count: 250, headerOrder: 'reversed' },
  three: { app: '1000:60,100:10,20000:600', count: 1500, headerOrder: 'random' },
  method: { app: PRODUCTION, method: '50:10', count: 400 },
  prodslid: { app: PRODUCTION, count: 3000, windowMode: 'sliding' },
  devslid: { app: DEVELOPMENT, count: 250, windowMode: 'sliding' },
  farslid: { app: FAR, count: 500, windowMode: 'sliding', latency: 'far' },
  faults: {
    app: PRODUCTION,
    count: 1500,
    faults: [
      { match: { probability: 0.01 }, do: { kind: 'status', status: 503 } },
      { match: { probability: 0.002 }, do: { kind: 'rate-limit', type: 'none' } },
    ],
  },
}

/** What Pulsefire's and Riven's limiters reached in the same scenarios, in percent, with 429s; faults against a floor without retries. */
const OTHERS: Record<string, string> = {
  prod: '96.6 (0), 75.6 (0)',
  prodmix: '96.7 (0), 72.7 (0)',
  dev: '99.6 (0), 98.2 (0)',
  far: '92.0 (0), 79.7 (0)',
  prodalign: '96.5 (0), 75.6 (0)',
  devrev: '99.6 (0), -',
  prodslid: '49.0 (0), 75.8 (0)',
  faults: '64.9 (0), 58.4 (0)',
}

/** Handed in, since this file is bundled before it runs. */
interface Server {
  apiKey: typeof API_KEY
  start: typeof startRiotSimulator
}

/** @param args `[--http] [--seeds n] [scenario…]` */
export async function main(args: readonly string[], server: Server): Promise<void> {
  const http = args.includes('--http')
  const at = args.indexOf('--seeds')
  const seeds = http ? 1 : at < 0 ? 5 : Number(args[at + 1])
  const wanted = args.filter((arg, i) => !arg.startsWith('--') && (at < 0 || i !== at + 1))
  const row = (...cells: (string | number)[]): void =>
    console.log(cells.map((cell, i) => String(cell).padStart([10, 11, 16, 14, 8, 10, 10, 22][i]!)).join(' '))
  row(
    'scenario',
    'answered',
    'time / floor s',
    'util % (least)',
    'sent',
    '429s (most)',
    'in flight',
    'Pulsefire, Riven',
  )
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const runs: Outcome[] = []
    for (let seed = 1; seed <= seeds; seed++)
      runs.push(http ? await overHttp({ ...scenario, seed }, server) : await play({ ...scenario, seed }))
    const all = (of: (run: Outcome) => number): number[] => runs.map(of)
    const mean = (of: (run: Outcome) => number): number => all(of).reduce((sum, value) => sum + value, 0) / runs.length
    row(
      name,
      `${Math.min(...all((run) => run.answered))}/${scenario.count}`,
      `${(mean((run) => run.ms) / 1000).toFixed(1)} / ${(mean((run) => run.floor) / 1000).toFixed(1)}`,
      `${mean((run) => run.utilisation).toFixed(1)} (${Math.min(...all((run) => run.utilisation)).toFixed(1)})`,
      Math.max(...all((run) => run.sent)),
      Math.max(...all((run) => run.rejected)),
      Math.max(...all((run) => run.maxInFlight)),
      OTHERS[name] ?? '',
    )
  }
  if (http || (wanted.length > 0 && !wanted.includes('regions'))) return
  await regions()
  await measureQueue(100_000)
  const { enter, admit, timers } = await measureQueue(100_000)
  console.log(
    `100,000 waiting: ${enter.toFixed(1)} us to enter, ${admit.toFixed(1)} us to be admitted and answered, ${timers} timers armed in all`,
  )
}

/** 7,500 matches in each of four regions, together and in the slowest alone. */
async function regions(): Promise<void> {
  const hosts = ['americas', 'asia', 'europe', 'sea']
  const run = async (wanted: readonly string[]): Promise<number> => {
    const { clock, ask } = setUp({ app: PRODUCTION, seed: 1 })
    const path = '/lol/match/v5/matches/NA1_1'
    await clock.run(() =>
      Promise.all(wanted.flatMap((host) => Array.from({ length: 7500 }, () => ask(path, {}, host)))),
    )
    return clock.now() / 1000
  }
  const alone: number[] = []
  for (const host of hosts) alone.push(await run([host]))
  const slowest = Math.max(...alone)
  const together = await run(hosts)
  const more = (100 * (together / slowest - 1)).toFixed(2)
  console.log(
    `four regions: ${together.toFixed(1)} s, the slowest alone ${slowest.toFixed(1)} s (${more}% more), floor 140 s`,
  )
}

/** The same over sockets and in real time: the client, and the server in a process of its own. */
async function overHttp(scenario: Scenario, { apiKey, start }: Server): Promise<Outcome> {
  const { app, method = '20000:10,1200000:600', count, methods = 1, windowMode, headerOrder, faults, seed } = scenario
  const server = await start(
    {
      seed,
      latency: scenario.latency ?? 'prod',
      ...(windowMode && { windowMode }),
      ...(headerOrder && { headerOrder }),
      ...(faults && { faults }),
    },
    { app, methods: { '*': method } },
  )
  const riot = new RiotClient({ apiKey, platform: 'na1', baseUrl: `${server.url}/{route}`, connections: 500 })
  const asks = [
    () => riot.lolStatusV4.getPlatformData(),
    () => riot.championV3.getChampionRotations(),
    () => riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5'),
  ]
  let [first, last, answered] = [Infinity, 0, 0]
  await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const ok = await asks[i % methods]!().then(
        () => true,
        () => false,
      )
      last = systemClock.now()
      first = Math.min(first, last)
      if (ok) answered++
    }),
  )
  const stats = await server.stats()
  await riot.close()
  server.stop()
  const rejected = stats.statuses['429'] ?? 0
  const floor = idealMs(stats.arrivals - rejected, app, ...(scenario.method === undefined ? [] : [method]))
  const ms = last - first
  const { arrivals: sent, maxInFlight } = stats
  const failed = count - answered
  return { answered, failed, ms, floor, utilisation: (100 * floor) / ms, sent, rejected, maxInFlight, stats }
}
