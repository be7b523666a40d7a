// What lies between a call and the server: caches and other middleware, retries, the circuit breaker, the limiter.

import { MemoryCache, cache, log, type LogEntry, type Middleware } from '@sluice/http'
import { DEVELOPMENT_KEY, PRODUCTION_KEY, createFetch, startSimulator } from '@sluice/riot-sim'
import { expect, test } from 'vitest'
import { simClient } from '../../test/sim-client.ts'
import { operationOf } from './operation-of.ts'
import { RiotClient } from './riot-client.ts'

test('rules of a cache in Pulsefire’s form: [predicate, ttl], by operation, the first that fits', async () => {
  const { clock, simulator, run } = simClient({
    platform: 'kr',
    cache: [
      [(request) => operationOf(request) === 'lol-status-v4.getPlatformData', Infinity],
      [(request) => operationOf(request)?.startsWith('champion-v3.') === true, 0],
    ],
  })
  await run(async (riot) => {
    for (let i = 0; i < 5; i++) {
      await riot.lolStatusV4.getPlatformData()
      await riot.championV3.getChampionInfo()
    }
  })
  expect(clock.now()).toBeGreaterThan(0)
  expect(simulator.stats().arrivals).toBe(1 + 5)
})

test('a cache is keyed by the key: two keys share a store, and not the answers, since ids differ', async () => {
  const store = new MemoryCache()
  const { clock, simulator, run } = simClient({ platform: 'kr' })
  const fetch = createFetch(simulator)
  const options = { platform: 'kr', clock, fetch, middleware: [cache(store, [[() => true, Infinity]])] } as const
  const one = new RiotClient({ apiKey: PRODUCTION_KEY, ...options })
  const other = new RiotClient({ apiKey: DEVELOPMENT_KEY, ...options })
  await run(async () => {
    const best = async (riot: RiotClient): Promise<string> =>
      (await riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5')).entries[0]!.puuid
    const first = await best(one)
    expect(await best(other)).not.toBe(first)
    expect(await best(one)).toBe(first)
    expect(simulator.stats().arrivals).toBe(2)
    await one.close()
    await other.close()
  })
})

test('the same question asked by many at once is sent once, with a cache', async () => {
  const { simulator, run } = simClient({ platform: 'kr', cache: [[() => true, 1000]] })
  await run(async (riot) => {
    const all = await Promise.all(Array.from({ length: 20 }, () => riot.championV3.getChampionRotations()))
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1)
  })
  expect(simulator.stats().arrivals).toBe(1)
})

test('middleware stands outside of retries and limits: it sees a call once, and may answer in the server’s place', async () => {
  const entries: LogEntry[] = []
  const order: string[] = []
  const named =
    (name: string): Middleware =>
    async (request, next) => {
      order.push(`${name} ${operationOf(request)}`)
      return next(request)
    }
  const { simulator, run } = simClient({
    platform: 'kr',
    middleware: [named('outer'), named('inner'), log({ write: (entry) => entries.push(entry), headers: true })],
  })
  simulator.fault({ match: { nth: 1 }, do: { kind: 'status', status: 503 } })
  simulator.fault({ match: { nth: 2 }, do: { kind: 'rate-limit', type: 'service' } })
  await run((riot) => riot.lolStatusV4.getPlatformData())
  expect(order).toEqual(['outer lol-status-v4.getPlatformData', 'inner lol-status-v4.getPlatformData'])
  expect(entries.map(({ status }) => status)).toEqual([200])
  expect(JSON.stringify(entries)).not.toContain(PRODUCTION_KEY)
  expect(simulator.stats().arrivals).toBe(3)
})

test('what fails in passing is repeated, writes are not; a 429 costs no retry', async () => {
  const { simulator, run } = simClient({ platform: 'kr', retry: 1 })
  await run(async (riot) => {
    for (const nth of [1, 2, 3, 4, 5]) simulator.fault({ match: { nth }, do: { kind: 'rate-limit', type: 'none' } })
    simulator.fault({ match: { nth: 6 }, do: { kind: 'reset', when: 'after' } })
    await riot.lolStatusV4.getPlatformData()
    expect(simulator.stats().arrivals).toBe(7)
    simulator.fault({
      match: { operation: 'tournament-stub-v5.registerProviderData' },
      do: { kind: 'status', status: 503 },
    })
    await expect(
      riot.tournamentStubV5.registerProviderData({ region: 'KR', url: 'https://example.com' }),
    ).rejects.toMatchObject({ status: 503, attempts: 1 })
  })
})

test('a body that breaks off is repeated, too; a response that is handed on as it comes is not read', async () => {
  await using server = await startSimulator({ gzip: false })
  await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'kr', baseUrl: `${server.url}/{route}` })
  server.simulator.fault({ match: { nth: 1 }, do: { kind: 'truncate', bytes: 1000 } })
  expect((await riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5')).entries).toHaveLength(300)
  expect(server.simulator.stats().arrivals).toBe(2)
  server.simulator.fault({ match: { nth: 1 }, do: { kind: 'truncate', bytes: 1000 } })
  const response = await riot.leagueV4.getChallengerLeague.response('RANKED_SOLO_5x5')
  await expect(response.text()).rejects.toMatchObject({ name: 'IncompleteBodyError' })
  expect(server.simulator.stats().arrivals).toBe(3)
})

test('a deadline holds for the body, too', async () => {
  await using server = await startSimulator({ gzip: false })
  await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'kr', baseUrl: `${server.url}/{route}` })
  server.simulator.fault({ do: { kind: 'drip', bytesPerSecond: 10_000 } })
  const league = riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5', { deadline: performance.now() + 300 })
  await expect(league).rejects.toMatchObject({ name: 'DeadlineError', operation: 'league-v4.getChallengerLeague' })
})

test('a circuit breaker leaves one operation at one host alone, and no other, behind a proxy too', async () => {
  const { simulator, run } = simClient({
    platform: 'kr',
    retry: 0,
    circuitBreaker: { failures: 3 },
    baseUrl: 'https://proxy.example.com/{route}',
  })
  const end = simulator.fault({
    match: { route: 'asia', operation: 'match-v5.getMatch' },
    do: { kind: 'status', status: 500 },
  })
  const puuid = simulator.puuid('kr', 0, PRODUCTION_KEY)
  await run(async (riot) => {
    const [id] = (await riot.matchV5.getMatchIdsByPuuid(puuid, { count: 1 })) as [string]
    const names = riot.map(Array(5).keys(), () => riot.matchV5.getMatch(id), { concurrency: 1, order: 'input' })
    const seen: string[] = []
    for await (const one of names) seen.push(one.status === 'failed' ? (one.error as Error).name : one.status)
    expect(seen).toEqual([...Array(3).fill('ServiceUnavailableError'), ...Array(2).fill('CircuitOpenError')])
    await riot.matchV5.getTimeline(id)
    await riot.matchV5.getMatch('EUW1_1', { notFound: 'null' })
  })
  end()
})

test('priority: what is urgent overtakes what waits', async () => {
  const { simulator, run } = simClient({ platform: 'kr', apiKey: DEVELOPMENT_KEY }, { latency: 'near' })
  const done: string[] = []
  await run(async (riot) => {
    const bulk = Array.from({ length: 60 }, (_, i) =>
      riot.lolStatusV4.getPlatformData({ priority: -1 }).then(() => done.push(`bulk ${i}`)),
    )
    await riot.lolStatusV4.getPlatformData({ priority: 5 }).then(() => done.push('urgent'))
    await Promise.all(bulk)
  })
  expect(done.indexOf('urgent')).toBeLessThan(25)
  expect(done).toHaveLength(61)
  expect(simulator.stats().statuses).toEqual({ 200: 61 })
})

test('events tell what is learned, and where one waits; no key among them', async () => {
  const events: { type: string }[] = []
  const { simulator, run } = simClient({ platform: 'kr', onEvent: (event) => events.push(event), name: 'riot' })
  simulator.fault({ match: { nth: 2 }, do: { kind: 'rate-limit', type: 'application' } })
  await run((riot) => Promise.all([riot.lolStatusV4.getPlatformData(), riot.lolStatusV4.getPlatformData()]))
  const types = new Set(events.map(({ type }) => type))
  for (const type of ['limitLearned', 'rateLimited', 'stall', 'resume']) expect(types).toContain(type)
  expect(JSON.stringify(events)).not.toContain(PRODUCTION_KEY)
})
