import { VirtualClock } from '@sluice/core/testing'
import {
  RiotSimulator,
  createTransport,
  idealMs,
  type FaultRule,
  type HeaderOrder,
  type LatencyName,
  type LatencyProfile,
  type RetryAfterMode,
  type SimulatorStats,
  type WindowMode,
} from '@sluice/riot-sim'
import { RiotRateLimiter, type RiotRateLimiterOptions } from '../src/limiter/riot-rate-limiter.ts'

/** A key of the simulator; its limits are the scenario's. */
export const KEY = 'RGAPI-11111111-2222-4333-8444-555555555555'

/** Operations without parameters that matter here, and the path to ask for. */
const PATHS = {
  status: '/lol/status/v4/platform-data',
  rotations: '/lol/platform/v3/champion-rotations',
  challenger: '/lol/league/v4/challengerleagues/by-queue/RANKED_SOLO_5x5',
  match: '/lol/match/v5/matches/',
} as const

/** What is asked for, and of which server. */
export interface Scenario {
  /** Application limit, such as `500:10,30000:600`. */
  app: string
  /** Limit of each method. Default: so much that it does not bind. */
  method?: string
  /** Requests in all. */
  count: number
  /** Methods that they are spread over. Default 1, at most 3. */
  methods?: number
  latency?: LatencyName | LatencyProfile
  windowMode?: WindowMode
  headerOrder?: HeaderOrder
  retryAfter?: RetryAfterMode
  faults?: readonly FaultRule[]
  seed: number
  limiter?: RiotRateLimiterOptions
  /** Is called when the server and the limiter are there, before the first request. */
  meanwhile?: (bench: Bench) => void
}

/** The parts of a run. */
export interface Bench {
  clock: VirtualClock
  simulator: RiotSimulator
  limiter: RiotRateLimiter
  /** Asks once, through the limiter, until the answer is no 429; what the answer's status is. */
  ask(path: string, options?: Parameters<RiotRateLimiter['run']>[2], host?: string): Promise<number>
}

/** How a run went. */
export interface Outcome {
  /** Answers by their final status. */
  answered: number
  failed: number
  /** From the first to the last success, ms. */
  ms: number
  /** The least time that it could have taken, ms. */
  floor: number
  /** The share of what could have been reached, in percent. */
  utilisation: number
  sent: number
  rejected: number
  maxInFlight: number
  stats: SimulatorStats
}

/** A server and a limiter, on one virtual clock. */
export function setUp(scenario: Omit<Scenario, 'count'>): Bench {
  const { app, method, latency = 'prod', windowMode = 'first', headerOrder, retryAfter, faults, seed } = scenario
  const clock = new VirtualClock({ shuffle: seed })
  const simulator = new RiotSimulator({
    clock,
    seed,
    latency,
    windowMode,
    keys: { [KEY]: { app, methods: { '*': method ?? '20000:10,1200000:600' } } },
    ...(headerOrder && { headerOrder }),
    ...(retryAfter && { retryAfter }),
    ...(faults && { faults }),
  })
  const transport = createTransport(simulator)
  const random = mulberry(seed)
  const limiter = new RiotRateLimiter({ clock, random, wallClock: () => 1.7e12 + clock.now(), ...scenario.limiter })
  return { clock, simulator, limiter, ask: asker(transport, limiter) }
}

/** Asks through `limiter`, and sends with `transport`. */
export function asker(transport: ReturnType<typeof createTransport>, limiter: RiotRateLimiter): Bench['ask'] {
  return async (path, options, host = 'na1') => {
    const url = `https://${host}.api.riotgames.com${path}`
    const { status } = await limiter.run(
      { url },
      async () => {
        const answer = await transport({ url, headers: { 'x-riot-token': KEY } })
        return { status: answer.status, headers: { get: (name: string) => answer.headers[name] } }
      },
      options,
    )
    return status
  }
}

/** The path of request `i`, when they are spread over so many methods. */
export function pathOf(i: number, methods: number = 1): string {
  return [PATHS.status, PATHS.rotations, PATHS.challenger][i % methods]!
}

/** Hands in all requests at once and waits for the answers; a 5xx is asked for again, 250 ms later. */
export async function play(scenario: Scenario): Promise<Outcome> {
  const bench = setUp(scenario)
  const { clock, simulator, ask } = bench
  const { count, methods = 1, app, method } = scenario
  let first = Infinity
  let last = 0
  let answered = 0
  let failed = 0
  scenario.meanwhile?.(bench)
  await clock.run(async () => {
    await Promise.all(
      Array.from({ length: count }, async (_, i) => {
        for (let attempt = 0; attempt < 10; attempt++) {
          const status = await ask(pathOf(i, methods)).catch(() => 599)
          if (status < 500) {
            const now = clock.now()
            if (status === 200) answered++
            else failed++
            first = Math.min(first, now)
            last = Math.max(last, now)
            return
          }
          await new Promise<void>((resolve) => void clock.setTimer(resolve, 250))
        }
        failed++
      }),
    )
  })
  const stats = simulator.stats()
  const rejected = stats.statuses['429'] ?? 0
  const floor = idealMs(stats.arrivals - rejected, app, ...(method === undefined || methods > 1 ? [] : [method]))
  const ms = last - first
  return {
    answered,
    failed,
    ms,
    floor,
    utilisation: (100 * floor) / ms,
    sent: stats.arrivals,
    rejected,
    maxInFlight: stats.maxInFlight,
    stats,
  }
}

/** The mulberry32 generator by Tommy Ettinger (public domain). */
export function mulberry(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
