import { VirtualClock } from '@sluice/core/testing'
import { describe, expect, it } from 'vitest'

import { DEVELOPMENT_KEY, PRODUCTION_KEY } from './keys.ts'
import { RiotSimulator } from './simulator.ts'
import type { SimulatorOptions } from './simulator-options.ts'
import { createTransport, type SimResponse } from './transport.ts'

const SMALL = { poolSize: 100, pools: 2, rounds: 20, templates: 1 }
const STATUS = '/lol/status/v4/platform-data'

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

describe('routing and authentication', () => {
  const error = (message: string, status: number): unknown => ({ status: { message, status_code: status } })

  it.each([
    ['no key', STATUS, {}, 'na1', 'GET', 401, 'Unauthorized'],
    ['an unknown key', STATUS, { 'X-Riot-Token': 'RGAPI-nobody' }, 'na1', 'GET', 403, 'Forbidden'],
    ['an unknown path', '/lol/summoner/v4/summoners/by-name/x', undefined, 'na1', 'GET', 404, 'Not found'],
    ['a path with an empty parameter', '/lol/match/v5/matches/', undefined, 'europe', 'GET', 404, 'Not found'],
    ['a path that cannot be decoded', '/lol/match/v5/matches/%E0%A4%A', undefined, 'europe', 'GET', 404, 'Not found'],
    ['a wrong verb', STATUS, undefined, 'na1', 'DELETE', 405, 'Method not allowed'],
    ['a host that does not serve it', STATUS, undefined, 'americas', 'GET', 404, 'Not found'],
    ['a host that does not exist', STATUS, undefined, 'na7', 'GET', 404, 'Not found'],
    ['nobody signed in', '/lol/summoner/v4/summoners/me', undefined, 'na1', 'GET', 401, 'Unauthorized'],
    ['a made-up token', '/lol/summoner/v4/summoners/me', { Authorization: 'Bearer x' }, 'na1', 'GET', 403, 'Forbidden'],
  ] as const)('answers %s', async (_, path, headers, route, method, status, message) => {
    const bench = new Bench()
    const response = await bench.ask(path, headers, route, method)
    expect(response.status).toBe(status)
    expect(response.json()).toEqual(error(message, status))
    expect(limits(response)).toEqual([undefined, undefined, undefined, undefined])
    expect(response.headers['x-riot-edge-trace-id']).toMatch(/^[0-9a-f-]{36}$/)
    // It was not counted.
    expect((await bench.ask()).headers['x-app-rate-limit-count']).toBe('1:1,1:120')
  })

  it('takes the key from the query too, and any spelling of the header', async () => {
    const bench = new Bench()
    expect((await bench.ask(`${STATUS}?api_key=${DEVELOPMENT_KEY}`, {})).status).toBe(200)
    expect((await bench.ask(STATUS, { 'x-riot-token': DEVELOPMENT_KEY })).status).toBe(200)
    expect((await bench.ask(STATUS, { 'X-RIOT-TOKEN': DEVELOPMENT_KEY })).status).toBe(200)
  })

  it('can answer 403 where the old documents do', async () => {
    const bench = new Bench({ unknownPath: 403, wrongRoute: 403 })
    expect((await bench.ask('/nothing/here')).status).toBe(403)
    expect((await bench.ask(STATUS, undefined, 'americas')).status).toBe(403)
  })

  it('lets keys expire, and keeps them to their games', async () => {
    const bench = new Bench({ keys: { short: { expiresAt: 5000 }, tft: { games: ['tft'] } } })
    expect((await bench.ask(STATUS, { 'X-Riot-Token': 'short' })).status).toBe(200)
    await bench.clock.advance(5000)
    expect((await bench.ask(STATUS, { 'X-Riot-Token': 'short' })).status).toBe(403)
    expect((await bench.ask(STATUS, { 'X-Riot-Token': 'tft' })).status).toBe(403)
    expect((await bench.ask('/tft/status/v1/platform-data', { 'X-Riot-Token': 'tft' })).status).toBe(200)
  })

  it('keeps tournaments to production keys', async () => {
    const bench = new Bench()
    const path = '/lol/tournament/v5/codes/x'
    expect((await bench.ask(path, undefined, 'americas')).status).toBe(403)
    expect((await bench.ask(path, { 'X-Riot-Token': PRODUCTION_KEY }, 'americas')).status).toBe(404)
    expect((await bench.ask('/lol/tournament-stub/v5/codes/x', undefined, 'americas')).status).toBe(404)
  })

  it('knows who signed in', async () => {
    const bench = new Bench()
    const token = bench.simulator.accessToken('na1', 9)
    const me = (await bench.ask('/lol/summoner/v4/summoners/me', { Authorization: `Bearer ${token}` })).json()
    expect(me).toMatchObject({ puuid: bench.simulator.puuid('na1', 9) })
    const elsewhere = await bench.ask('/lol/summoner/v4/summoners/me', { Authorization: `Bearer ${token}` }, 'kr')
    expect(elsewhere.status).toBe(404)
  })
})

describe('parameters', () => {
  const bench = new Bench({ keys: { [DEVELOPMENT_KEY]: { app: '10000:1', methods: { '*': '10000:1' } } } })
  const puuid = bench.simulator.puuid('na1', 1)
  const ids = `/lol/match/v5/matches/by-puuid/${puuid}/ids`
  const entries = '/lol/league/v4/entries'

  it.each([
    [`${ids}?count=101`, 'americas', 400],
    [`${ids}?count=-1`, 'americas', 400],
    [`${ids}?count=many`, 'americas', 400],
    [`${ids}?start=-1`, 'americas', 400],
    [`${ids}?type=casual`, 'americas', 400],
    [`${ids}?count=100&color=red`, 'americas', 200],
    [`${ids}?count=`, 'americas', 200],
    [`${entries}/RANKED_SOLO_5x5/GOLD/V`, 'na1', 400],
    [`${entries}/RANKED_SOLO_5x5/CHALLENGER/I`, 'na1', 400],
    [`${entries}/RANKED_SOLO_5x5/GOLD/I?page=0`, 'na1', 400],
    [`${entries}/RANKED_SOLO_5x5/GOLD/I?page=2`, 'na1', 200],
    [`/lol/summoner/v4/summoners/by-puuid/${puuid.slice(1)}A`, 'na1', 400],
    [`/lol/summoner/v4/summoners/by-puuid/${puuid}`, 'kr', 404],
    ['/lol/match/v5/matches/NA1', 'americas', 400],
    ['/lol/match/v5/matches/NA1_1', 'americas', 404],
    ['/lol/match/v5/matches/XX9_4500000000', 'americas', 404],
    ['/lol/match/v5/matches/EUW1_4500000000', 'americas', 404],
    ['/lol/match/v5/matches/EUW1_4500000000', 'europe', 200],
    ['/lol/clash/v1/tournaments/99', 'na1', 404],
    ['/lol/clash/v1/tournaments/one', 'na1', 400],
    ['/lol/challenges/v1/challenges/7/config', 'na1', 404],
    ['/lol/league/v4/leagues/00000000-0000-4000-a000-000000000000', 'na1', 404],
    [`/val/match/console/v1/matchlists/by-puuid/${puuid}`, 'na', 400],
    ['/val/ranked/v1/leaderboards/by-act/nothing', 'na', 404],
    ['/lol/match/v5/matches/EUW1_99999999999', 'europe', 404],
  ])('%s on %s: %i, and it counts', async (path, route, status) => {
    const before = Number(limits(await bench.ask())[1]!.split(':')[0])
    const response = await bench.ask(path, undefined, route)
    expect(response.status, response.text().slice(0, 200)).toBe(status)
    expect(response.headers['x-app-rate-limit']).toBe('10000:1')
    if (route === 'na1') expect(Number(response.headers['x-app-rate-limit-count']!.split(':')[0])).toBe(before + 1)
    if (status >= 400) expect(response.json()).toMatchObject({ status: { status_code: status } })
  })

  it.each([
    ['empty', 200, 0],
    ['no-content', 204, 0],
    ['repeat', 200, 50],
  ] as const)('ends the pages of a league with %s', async (ladderEnd, status, length) => {
    // Of 10,000 ranked players 9,000 are below the top, and 5% of these in each division of silver: 450.
    const other = new Bench({ world: { poolSize: 1000, pools: 12, rounds: 1, templates: 1, masters: 0, ladderEnd } })
    const page = async (number: number): Promise<SimResponse> =>
      other.ask(`${entries}/RANKED_SOLO_5x5/SILVER/II?page=${number}`, { 'X-Riot-Token': PRODUCTION_KEY })
    const sizes = [await page(1), await page(2), await page(3)].map((response) => (response.json() as unknown[]).length)
    expect(sizes).toEqual([205, 205, 50])
    const beyond = await page(4)
    expect(beyond.status).toBe(status)
    if (status === 204) expect(beyond.text()).toBe('')
    else expect(beyond.json()).toHaveLength(length)
    if (ladderEnd === 'repeat') expect(beyond.json()).toEqual((await page(3)).json())
  })
})

describe('a simulator', () => {
  it('forgets what it counted when it is reset', async () => {
    const bench = new Bench({ logSize: 5 })
    await bench.burst(25)
    bench.simulator.fault({ do: { kind: 'status', status: 500 } })
    bench.simulator.reset()
    expect(bench.simulator.stats()).toMatchObject({ arrivals: 0, statuses: {}, scopes: [] })
    expect(limits(await bench.ask())[1]).toBe('1:1,1:120')
  })

  it('says how it is set up without giving a key away', () => {
    const { simulator } = new Bench({ keys: { 'RGAPI-secret': { kind: 'personal' } } })
    const text = JSON.stringify(simulator.configuration())
    expect(text).toContain('"kind":"personal"')
    expect(text).not.toContain('secret')
  })

  it.each([
    [{ seed: 1.5 }, 'seed must be a whole number'],
    [{ windowMode: 'tumbling' }, 'windowMode must be one of first, aligned, sliding, not "tumbling"'],
    [{ headerOrder: 1 }, 'headerOrder must be one of'],
    [{ retryAfter: 'later' }, 'retryAfter must be one of'],
    [{ keys: {} }, 'keys must have at least one key'],
    [{ keys: { a: { kind: 'gold' } } }, 'kind must be one of development, personal, production'],
    [{ keys: { a: { app: '20' } } }, 'app must be limit:seconds pairs'],
    [{ methods: { 'match-v5.nothing': '1:1' } }, 'operation must be the id of a Riot operation'],
    [{ methods: { '*': 'x' } }, 'methods must be limit:seconds pairs'],
    [{ world: { poolSize: 15 } }, 'poolSize must be'],
    [{ world: { poolSize: 25 } }, 'poolSize must be a multiple of 10'],
    [{ world: { pools: 1_000_000 } }, 'pools must be'],
    [{ world: { idle: 2 } }, 'idle must be'],
    [{ world: { ladderEnd: 'never' } }, 'ladderEnd must be one of'],
    [{ faults: [{ do: { kind: 'fire' } }] }, 'do.kind must be one of'],
    [{ faults: [{}] }, 'faults must be rules'],
    [{ faults: [{ match: { route: 'na9' }, do: { kind: 'hang' } }] }, 'match.route must be a host'],
    [{ blacklist: { rejects: 0 } }, 'blacklist.rejects must be'],
    [{ logSize: -1 }, 'logSize must be'],
  ])('refuses %j', (options, message) => {
    expect(() => new RiotSimulator(options as never)).toThrow(message)
  })

  it('refuses what it does not know', () => {
    const { simulator } = new Bench()
    expect(() => simulator.setLimits({ limits: '1:1', key: 'who' })).toThrow('key must be one of the keys')
    expect(() => simulator.setLimits({ limits: '1:1', route: 'mars' })).toThrow('route must be one of')
    expect(() => simulator.setLimits({ limits: 'a' })).toThrow('limits must be')
    expect(() => simulator.foreign({ route: 'na1' })).toThrow('either rps or burst')
    expect(() => simulator.foreign({ route: 'na1', rps: 1, burst: 1 })).toThrow('either rps or burst')
    expect(() => simulator.puuid('na2', 0)).toThrow('platform must be one of')
    expect(() => simulator.puuid('na1', 1e9)).toThrow('number must be')
  })
})

it('tells the Riot id of a player, by which the account is found', async () => {
  const bench = new Bench()
  const names = Array.from({ length: 200 }, (_, number) => bench.simulator.riotId('euw1', number))
  expect(new Set(names.filter((name) => name !== undefined)).size).toBeGreaterThan(190)
  const [gameName, tagLine] = names[0]!.split('#') as [string, string]
  const path = `/riot/account/v1/accounts/by-riot-id/${encodeURIComponent(gameName)}/${encodeURIComponent(tagLine)}`
  const response = await bench.ask(path, undefined, 'europe')
  expect(response.json()).toEqual({ puuid: bench.simulator.puuid('euw1', 0), gameName, tagLine })
})
