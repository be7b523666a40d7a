import { inspect } from 'node:util'
import { DEVELOPMENT_KEY, PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
import { describe, expect, test } from 'vitest'
import { simClient } from '../../test/sim-client.ts'
import { RiotRateLimiter } from '../limiter/riot-rate-limiter.ts'
import type { RiotClientOptions } from './riot-client-options.ts'
import { RiotClient } from './riot-client.ts'

describe('where a call goes', () => {
  const routesOf = async (
    options: Partial<RiotClientOptions>,
    body: (riot: RiotClient) => Promise<unknown>,
  ): Promise<string[]> => {
    const { simulator, run } = simClient(options, { logSize: 100 })
    await run(body)
    return simulator.arrivals().map(({ route }) => route)
  }

  test('the id of a match tells its region, whatever the client’s', async () => {
    const asked = await routesOf({ platform: 'euw1' }, async (riot) => {
      const ids = ['EUW1_1', 'NA1_1', 'KR_1', 'OC1_1', 'TH2_1']
      for (const id of ids) await riot.matchV5.getMatch(id, { notFound: 'null' })
      await riot.matchV5.getMatch('KR_1', { region: 'americas', notFound: 'null' })
    })
    expect(asked).toEqual(['europe', 'americas', 'asia', 'sea', 'sea', 'americas'])
  })

  test('what is missing follows from the platform: region, account region, shard, and the map of Legends of Runeterra', async () => {
    const all = async (riot: RiotClient): Promise<void> => {
      await riot.lolStatusV4.getPlatformData()
      await riot.matchV5.getMatchIdsByPuuid('x').catch(() => {})
      await riot.accountV1.getByPuuid('x').catch(() => {})
      await riot.valStatusV1.getPlatformData()
      await riot.lorStatusV1.getPlatformData()
      await riot.tournamentStubV5.getTournamentCode('x').catch(() => {})
    }
    expect(await routesOf({ platform: 'oc1' }, all)).toEqual(['oc1', 'sea', 'asia', 'ap', 'sea', 'americas'])
    expect(await routesOf({ platform: 'la2' }, all)).toEqual([
      'la2',
      'americas',
      'americas',
      'latam',
      'americas',
      'americas',
    ])
    expect(await routesOf({ platform: 'tr1' }, all)).toEqual(['tr1', 'europe', 'europe', 'eu', 'sea', 'americas'])
    expect(await routesOf({ platform: 'kr', region: 'sea', shard: 'na' }, all)).toEqual([
      'kr',
      'sea',
      'asia',
      'na',
      'sea',
      'americas',
    ])
  })

  test('without any default an account is asked for in americas, and everything else must say where', async () => {
    expect(await routesOf({}, (riot) => riot.accountV1.getByPuuid('x').catch(() => {}))).toEqual(['americas'])
    await simClient().run(async (riot) => {
      await expect(riot.lolStatusV4.getPlatformData()).rejects.toThrow(
        'lol-status-v4.getPlatformData needs the option platform, one of br1, eun1,',
      )
      await expect(riot.matchV5.getMatchIdsByPuuid('x')).rejects.toThrow('needs the option region')
      await expect(riot.valStatusV1.getPlatformData()).rejects.toThrow('needs the option shard')
      await expect(riot.matchV5.getMatch('nonsense')).rejects.toThrow('"nonsense" is no match id')
    })
  })

  test('a name that does not serve the operation is refused with what to use, for those who have no compiler', async () => {
    await simClient({ platform: 'kr' }).run(async (riot) => {
      const ask = (service: string, method: string, ...args: unknown[]): Promise<unknown> =>
        (riot as never as Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>)[service]![method]!(
          ...args,
        )
      await expect(ask('matchV5', 'getMatch', 'NA1_1', { region: 'na1' })).rejects.toThrow(
        'region of match-v5.getMatch must be one of americas, asia, europe, sea, not "na1": na1 is a platform, use americas',
      )
      await expect(ask('leagueV4', 'getChallengerLeague', 'RANKED_SOLO_5x5', { platform: 'pbe1' })).rejects.toThrow(
        'platform of league-v4.getChallengerLeague must be one of br1,',
      )
      await expect(ask('accountV1', 'getByPuuid', 'x', { region: 'sea' })).rejects.toThrow('use asia')
      await expect(ask('matchV5', 'getMatch', 'NA1_1', { region: 'ASIA' })).rejects.toThrow('write asia')
      await expect(ask('lolStatusV4', 'getPlatformData', { platform: 'europe' })).rejects.toThrow('europe is a region')
      await expect(ask('valConsoleMatchV1', 'getMatch', 'x')).rejects.toThrow(
        'val-console-match-v1.getMatch needs the option shard, one of ap, br, eu, latam, na, in the call or when the client is made: kr, which',
      )
    })
  })
})

describe('options', () => {
  test('wrong ones of a client are refused at once, and the key is not shown', () => {
    const make =
      (options: object): (() => RiotClient) =>
      () =>
        new RiotClient({ apiKey: DEVELOPMENT_KEY, ...options })
    expect(make({ apiKey: undefined })).toThrow('apiKey must be a key of the Riot API, such as RGAPI-…, not undefined')
    expect(make({ apiKey: '' })).toThrow('not empty')
    const spaced = make({ apiKey: 'RGAPI-secret \n' })
    expect(spaced).toThrow('apiKey must not contain spaces')
    expect(spaced).not.toThrow('secret')
    expect(make({ platform: 'europe' })).toThrow(
      'platform must be a platform such as euw1, not "europe": that is a region',
    )
    expect(make({ region: 'kr' })).toThrow('not "kr": that is a platform, use the option platform')
    expect(make({ shard: 'xx' })).toThrow('shard must be')
    expect(make({ notFound: 'maybe' })).toThrow("notFound must be 'throw' or 'null'")
    for (const baseUrl of ['http://127.0.0.1', '{route}.api.riotgames.com', 'ftp://{route}', 'http://{route} x', 5])
      expect(make({ baseUrl }), String(baseUrl)).toThrow('baseUrl must be a URL with {route}')
    expect(make({ limiter: false, limitsFile: 'x' })).toThrow(TypeError)
    expect(make({ resend: -1 })).toThrow('resend')
    expect(make({ connections: 0 })).toThrow('connections')
    expect(make({ limiter: { policy: 'fast' } })).toThrow('policy')
  })

  test('wrong ones of a call are refused before anything is sent', async () => {
    const { simulator, run } = simClient({ platform: 'kr' })
    await run(async (riot) => {
      const { getMatchIdsByPuuid } = riot.matchV5
      const wrong: [args: unknown[], message: string][] = [
        [['p', { cuont: 5 }], 'cuont is no option of match-v5.getMatchIdsByPuuid; there are signal,'],
        [['p', { count: '5' }], 'count of match-v5.getMatchIdsByPuuid must be a whole number, not "5"'],
        [['p', 5], 'takes puuid, one object of options, not 5'],
        [[], 'takes puuid, one object of options, not 0 arguments'],
        [['p', {}, {}], 'not 3 arguments'],
        [['', {}], 'puuid of /lol/match/v5/matches/by-puuid/{puuid}/ids must not be ""'],
        [['..'], 'must not be ".."'],
        [['p', { notFound: 1 }], "notFound must be 'throw' or 'null', not 1"],
        [['p', { priority: 1000 }], 'priority must be'],
      ]
      for (const [args, message] of wrong)
        await expect(
          (getMatchIdsByPuuid as (...args: unknown[]) => Promise<unknown>)(...args),
          message,
        ).rejects.toThrow(message)
      await expect(riot.valConsoleMatchV1.getMatchlist('p', { shard: 'eu' } as never)).rejects.toThrow(
        'platformType of val-console-match-v1.getMatchlist must be one of playstation, xbox, not undefined',
      )
      await expect(riot.summonerV4.getByAccessToken({} as never)).rejects.toThrow('needs the option authorization')
    })
    expect(simulator.stats().arrivals).toBe(0)
  })

  test('names that need encoding arrive as they are', async () => {
    const { simulator, run } = simClient({ platform: 'kr' })
    await run(async (riot) => {
      for (let number = 0; number < 60; number++) {
        const { gameName, tagLine, puuid } = await riot.accountV1.getByPuuid(
          simulator.puuid('kr', number, PRODUCTION_KEY),
        )
        expect(await riot.accountV1.getByRiotId(gameName!, tagLine!)).toMatchObject({ puuid })
      }
    })
  })

  test('console.log shows where it asks, and nothing shows the key', async () => {
    const { riot, run } = simClient({ platform: 'kr' })
    expect(inspect(riot, { breakLength: Infinity })).toBe(
      "RiotClient { baseUrl: 'https://{route}.api.riotgames.com', platform: 'kr', notFound: 'throw' }",
    )
    for (const text of [inspect(riot, { depth: 9, showHidden: true }), JSON.stringify(riot)])
      expect(text).not.toContain(PRODUCTION_KEY)
    await run(async () => {})
  })
})

test('a status that leads elsewhere and says not where is an error, and no result', async () => {
  const { simulator, run } = simClient({ platform: 'kr' })
  simulator.fault({ do: { kind: 'status', status: 302 } })
  await run(async (riot) => {
    await expect(riot.lolStatusV4.getPlatformData()).rejects.toMatchObject({ name: 'RiotApiError', status: 302 })
  })
})

test('a method of several values takes an array of just as many from each item of many', async () => {
  const { simulator, run } = simClient({ platform: 'kr' }, { logSize: 100 })
  const messages = await run(async (riot) => {
    const items = ['Hide on bush#KR1', ['Hide on bush'], ['a', 'b', 'c'], null] as unknown as [string, string][]
    const outcomes = await riot.accountV1.getByRiotId.collect(items)
    return outcomes.map((outcome) => (outcome.status === 'failed' ? (outcome.error as Error).message : outcome.status))
  })
  expect(messages).toEqual([
    'account-v1.getByRiotId takes an array of gameName, tagLine for each, not "Hide on bush#KR1"',
    'account-v1.getByRiotId takes an array of gameName, tagLine for each, not an array of 1',
    'account-v1.getByRiotId takes an array of gameName, tagLine for each, not an array of 3',
    'account-v1.getByRiotId takes an array of gameName, tagLine for each, not null',
  ])
  expect(simulator.arrivals()).toEqual([])
})

test('a 429 fails nothing: with an exhausted key everything waits, and is answered', async () => {
  const { clock, simulator, run } = simClient({ platform: 'kr', apiKey: DEVELOPMENT_KEY }, { latency: 'prod' })
  simulator.foreign({ route: 'kr', burst: 20 })
  await run(async (riot) => {
    const outcomes = await riot.leagueV4.getLeagueEntriesByPuuid.collect(
      Array.from({ length: 120 }, (_, number) => simulator.puuid('kr', number)),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(Array(120).fill('ok'))
  })
  expect(clock.now()).toBeGreaterThan(120_000)
})

test('two clients may share a limiter, and with it the budget of their key', async () => {
  const limiter = new RiotRateLimiter()
  await using server = await startSimulator({ keys: { [DEVELOPMENT_KEY]: { app: '20:1' } } })
  const options = { apiKey: DEVELOPMENT_KEY, platform: 'kr', baseUrl: `${server.url}/{route}`, limiter } as const
  await using one = new RiotClient(options)
  await using other = new RiotClient(options)
  await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? one : other).lolStatusV4.getPlatformData()))
  expect(server.simulator.stats().statuses).toEqual({ 200: 40 })
  expect([one.limiter, other.limiter]).toEqual([limiter, limiter])
  expect(one.limits().map(({ host }) => host)).toEqual([`${server.url}/kr`])
})

test('over HTTP: answers are decoded, connections closed, and nothing is accepted after close()', async () => {
  await using server = await startSimulator({ latency: 'none' })
  const riot = new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'euw1', baseUrl: `${server.url}/{route}/` })
  const puuid = server.simulator.puuid('euw1', 0, PRODUCTION_KEY)
  const ids = await riot.matchV5.getMatchIdsByPuuid(puuid, { count: 3 })
  const match = await riot.matchV5.getMatch(ids[0]!)
  expect(match.metadata.participants).toContain(puuid)
  const raw = await riot.matchV5.getMatch.response(ids[0]!)
  expect(JSON.parse(await raw.text())).toEqual(match)
  expect((await riot.matchV5.getMatch.response('EUW1_1')).status).toBe(404)
  expect(riot.statistics().requests).toBe(4)
  expect(riot.limits().map(({ host }) => host)).toEqual([`${server.url}/europe`])
  await riot.close()
  expect(riot.statistics().open).toBe(0)
  await expect(riot.matchV5.getMatch(ids[0]!)).rejects.toThrow('the session is closed')
})
