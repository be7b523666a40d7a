import { VirtualClock } from '@sluice/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'

import { OPERATIONS, type Operation } from '../data/operations.ts'
import { shapeProblem } from '../data/shape-problem.ts'
import { SHAPES } from '../data/shapes.ts'
import { PRODUCTION_KEY } from '../keys.ts'
import { RiotSimulator } from '../simulator.ts'
import { createTransport, type SimResponse } from '../transport.ts'
import { HANDLERS } from './handlers.ts'

const clock = new VirtualClock()
const simulator = new RiotSimulator({
  clock,
  keys: { [PRODUCTION_KEY]: { kind: 'production', app: '100000:1', methods: { '*': '100000:1' } } },
})
const send = createTransport(simulator)
const puuid = simulator.puuid('euw1', 7)
const bearer = { Authorization: `Bearer ${simulator.accessToken('euw1', 7)}` }

function ask(
  route: string,
  path: string,
  body?: unknown,
  method = body === undefined ? 'GET' : 'POST',
): Promise<SimResponse> {
  return clock.run(() =>
    send({
      method,
      url: `https://${route}.api.riotgames.com${path}`,
      headers: { 'X-Riot-Token': PRODUCTION_KEY, ...bearer },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  )
}

async function get<T>(route: string, path: string): Promise<T> {
  const response = await ask(route, path)
  expect(response.status, `${route}${path}`).toBe(200)
  return response.json() as T
}

/** A value for each path parameter, looked up in the world as a client would. */
const known: Record<string, string> = {}
const codeBody = {
  teamSize: 5,
  pickType: 'BLIND_PICK',
  mapType: 'SUMMONERS_RIFT',
  spectatorType: 'ALL',
  enoughPlayers: true,
}
const bodies: Readonly<Record<string, unknown>> = {
  registerProviderData: { region: 'EUW', url: 'https://example.com/results' },
  registerTournament: { providerId: 1, name: 'Cup' },
  createTournamentCode: codeBody,
  updateCode: { pickType: 'DRAFT_MODE', mapType: 'HOWLING_ABYSS', spectatorType: 'NONE' },
  createDeck: { name: 'Mine', code: 'ABC' },
}

beforeAll(async () => {
  const account = await get<{ gameName: string; tagLine: string }>(
    'europe',
    `/riot/account/v1/accounts/by-puuid/${puuid}`,
  )
  const matches = await get<string[]>('europe', `/lol/match/v5/matches/by-puuid/${puuid}/ids`)
  const tft = await get<string[]>('europe', `/tft/match/v1/matches/by-puuid/${puuid}/ids`)
  const lor = await get<string[]>('europe', `/lor/match/v1/matches/by-puuid/${puuid}/ids`)
  const val = await get<{ history: { matchId: string }[] }>('eu', `/val/match/v1/matchlists/by-puuid/${puuid}`)
  const consoles = await Promise.all(
    ['playstation', 'xbox'].map((type) =>
      get<{ history: { matchId: string }[] }>(
        'eu',
        `/val/match/console/v1/matchlists/by-puuid/${puuid}?platformType=${type}`,
      ),
    ),
  )
  const leagues = await get<{ leagueId: string }[]>('euw1', `/lol/league/v4/entries/by-puuid/${puuid}`)
  const tftLeagues = await get<{ leagueId: string }[]>('euw1', `/tft/league/v1/by-puuid/${puuid}`)
  const clash = await get<{ teamId: string }[]>('euw1', `/lol/clash/v1/players/by-puuid/${puuid}`)
  const mastery = await get<{ championId: number }[]>(
    'euw1',
    `/lol/champion-mastery/v4/champion-masteries/by-puuid/${puuid}`,
  )
  const content = await get<{ acts: { id: string; type: string }[] }>('eu', '/val/content/v1/contents?locale=en-US')
  const configs = await get<{ id: number; leaderboard: boolean }[]>('euw1', '/lol/challenges/v1/challenges/config')
  Object.assign(known, {
    gameName: account.gameName,
    tagLine: account.tagLine,
    'match-v5 matchId': matches[0],
    'lol-rso-match-v1 matchId': matches[1],
    'tft-match-v1 matchId': tft[0],
    'lor-match-v1 matchId': lor[0],
    'val-match-v1 matchId': val.history[0]!.matchId,
    'val-console-match-v1 matchId': consoles.flatMap(({ history }) => history)[0]!.matchId,
    'league-v4 leagueId': leagues[0]!.leagueId,
    'tft-league-v1 leagueId': tftLeagues[0]!.leagueId,
    teamId: clash[0]!.teamId,
    tournamentId: '1',
    championId: String(mastery[0]!.championId),
    actId: content.acts.find(({ type }) => type === 'act')!.id,
    challengeId: String(configs.find(({ leaderboard }) => leaderboard)!.id),
    level: 'CHALLENGER',
  })
  for (const service of ['tournament-v5', 'tournament-stub-v5']) {
    const path = `/lol/${service.replace('-v5', '/v5')}`
    const providerId = (await ask('americas', `${path}/providers`, bodies['registerProviderData'])).json()
    const id = (await ask('americas', `${path}/tournaments`, { providerId })).json()
    const codes = await ask('americas', `${path}/codes?tournamentId=${String(id)}`, codeBody)
    known[`${service} tournamentCode`] = (codes.json() as string[])[0]!
    known[`${service} id`] = String(id)
    known[`${service} providerId`] = String(providerId)
  }
})

function pathOf({ path, service, pathParameters, queryParameters }: Operation): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (/puuid/i.test(name)) return puuid
    const words = pathParameters.find((rule) => rule.name === name)!.words
    return encodeURIComponent(known[`${service} ${name}`] ?? known[name] ?? [...words!][0]!)
  })
  const query = queryParameters
    .filter(({ required }) => required)
    .map(({ name, words }) => `${name}=${words === undefined ? known[`${service} id`]! : [...words][0]!}`)
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`
}

function routeOf({ routes }: Operation): string {
  return ['euw1', 'europe', 'eu', 'americas'].find((route) => routes.includes(route))!
}

describe('the table of operations', () => {
  it('has 82 operations, each with a handler and a known shape', () => {
    expect(OPERATIONS).toHaveLength(82)
    expect(Object.keys(HANDLERS).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort())
    for (const { returns, body } of OPERATIONS) {
      for (const shape of [returns.replace('[]', ''), body ?? 'none']) {
        expect(shape in SHAPES || /^(none|string|int32|map<.*)$/.test(shape), shape).toBe(true)
      }
    }
  })

  it.each(
    OPERATIONS.filter(({ id }) => !id.startsWith('spectator')).map((operation) => [operation.id, operation] as const),
  )('%s answers with its shape', async (id, operation) => {
    const [service, method] = id.split('.') as [string, string]
    let body = operation.verb === 'GET' ? undefined : bodies[method]
    if (method === 'registerTournament') body = { providerId: Number(known[`${service} providerId`]) }
    let path = pathOf(operation)
    // Whoever never played VALORANT has no shard; there is a game for each.
    if (method === 'getActiveShard') {
      const shards = await Promise.all(
        ['val', 'lor', '2xko'].map((game) => ask('europe', path.replace('/val/', `/${game}/`))),
      )
      expect(shards.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
      path = path.replace('/val/', `/${['val', 'lor', '2xko'][shards.findIndex(({ status }) => status === 200)]!}/`)
    }
    const response = await ask(routeOf(operation), path, body, operation.verb)
    expect(response.status, response.text()).toBe(200)
    expect(response.headers['content-type']).toBe('application/json;charset=utf-8')
    expect(response.headers['x-app-rate-limit']).toBe('100000:1')
    expect(shapeProblem(operation.returns, operation.returns === 'none' ? undefined : response.json())).toBeUndefined()
  })

  it.each(['/lol/spectator/v5/active-games/by-summoner', '/lol/spectator/tft/v5/active-games/by-puuid'])(
    '%s shows the same game to all who are in it, and 404 to who is in none',
    async (path) => {
      type Game = { gameId: number; participants: { puuid?: string }[] }
      const games = new Map<number, Set<string>>()
      let none = 0
      for (let number = 0; number < 200; number++) {
        const response = await ask('kr', `${path}/${simulator.puuid('kr', number)}`)
        if (response.status === 404) {
          none++
          continue
        }
        const game = response.json() as Game
        const service = path.includes('tft') ? 'spectator-tft-v5' : 'spectator-v5'
        expect(shapeProblem(`${service}.CurrentGameInfo`, game)).toBeUndefined()
        expect(game.participants).toHaveLength(10)
        const shown = game.participants.flatMap(({ puuid: one }) => one ?? [])
        expect(shown).toContain(simulator.puuid('kr', number))
        games.set(game.gameId, new Set([...(games.get(game.gameId) ?? []), ...shown]))
      }
      expect(none).toBeGreaterThan(140)
      expect(none).toBeLessThan(200)
      const [[gameId, shown]] = [...games] as [[number, Set<string>]]
      for (const one of shown) expect(await get<Game>('kr', `${path}/${one}`)).toMatchObject({ gameId })
      for (const seen of games.values()) expect(seen.size).toBeLessThanOrEqual(10)
    },
  )

  it('gives bodies of the size of real ones', async () => {
    const size = async (route: string, path: string): Promise<number> => (await ask(route, path)).body.length
    const ids = await get<string[]>('europe', `/lol/match/v5/matches/by-puuid/${puuid}/ids?count=100&queue=420`)
    const sizes = await Promise.all(ids.map((id) => size('europe', `/lol/match/v5/matches/${id}`)))
    const median = sizes.sort((a, b) => a - b)[sizes.length >> 1]!
    expect(median).toBeGreaterThan(60_000)
    expect(median).toBeLessThan(74_000)
    const timeline = await size('europe', `/lol/match/v5/matches/${ids[0]!}/timeline`)
    expect(timeline).toBeGreaterThan(250_000)
    expect(timeline).toBeLessThan(930_000)
    expect(await size('europe', `/tft/match/v1/matches/${known['tft-match-v1 matchId']!}`)).toBeGreaterThan(17_000)
    expect(await size('eu', `/val/match/v1/matches/${known['val-match-v1 matchId']!}`)).toBeGreaterThan(200_000)
    expect(await size('eu', '/val/content/v1/contents?locale=zh-CN')).toBeGreaterThan(700_000)
    expect(await size('euw1', '/lol/league/v4/challengerleagues/by-queue/RANKED_SOLO_5x5')).toBeGreaterThan(60_000)
  })
})
