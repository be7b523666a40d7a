// Every operation once, typed as a user writes it, and what comes back held against the shape that Riot's reference gives.

import { OPERATIONS, PRODUCTION_KEY, shapeProblem } from '@sluice/riot-sim'
import { expect, test } from 'vitest'
import { simClient } from '../../test/sim-client.ts'
import type { RiotClient } from './riot-client.ts'
import type { AllServices } from './services.ts'

type Call = (riot: RiotClient) => Promise<unknown>
type Calls = { [Service in keyof AllServices]: { [Name in keyof AllServices[Service]]: Call } }

/** The operation in the simulator's table, which writes some names as Riot does. */
const operationOf = (id: string) => OPERATIONS.find((one) => one.id.toLowerCase() === id.toLowerCase())!

test('all 82 operations answer with their shape', async () => {
  const { simulator, run } = simClient(
    { platform: 'euw1', apiKey: PRODUCTION_KEY },
    { keys: { [PRODUCTION_KEY]: { kind: 'production', app: '100000:1', methods: { '*': '100000:1' } } } },
  )
  const puuid = simulator.puuid('euw1', 7)
  const authorization = simulator.accessToken('euw1', 7)

  await run(async (riot) => {
    // What a user would look up, too.
    const account = await riot.accountV1.getByPuuid(puuid)
    const [match, another] = (await riot.matchV5.getMatchIdsByPuuid(puuid)) as [string, string]
    const [tftMatch] = (await riot.tftMatchV1.getMatchIdsByPuuid(puuid)) as [string]
    const [lorMatch] = (await riot.lorMatchV1.getMatchIdsByPuuid(puuid)) as [string]
    const { history } = await riot.valMatchV1.getMatchlist(puuid)
    const lists = (['playstation', 'xbox'] as const).map((platformType) =>
      riot.valConsoleMatchV1.getMatchlist(puuid, { platformType }),
    )
    const consoleMatch = (await Promise.all(lists)).flatMap((list) => list.history)[0]!.matchId
    const [league] = await riot.leagueV4.getLeagueEntriesByPuuid(puuid)
    const [tftLeague] = await riot.tftLeagueV1.getLeagueEntriesByPuuid(puuid)
    const [clash] = await riot.clashV1.getPlayersByPuuid(puuid)
    const teamId = clash!.teamId!
    const [mastery] = await riot.championMasteryV4.getAllChampionMasteriesByPuuid(puuid)
    const { acts } = await riot.valContentV1.getContent()
    const actId = acts.find(({ type }) => type === 'act')!.id
    const configs = await riot.lolChallengesV1.getAllChallengeConfigs()
    const challenge = configs.find(({ leaderboard }) => leaderboard)!.id
    const inGame = await findInGame(
      riot,
      Array.from({ length: 100 }, (_, i) => simulator.puuid('euw1', i)),
    )
    const shard = await findShard(riot, puuid)
    const cups = {
      tournamentV5: await makeCup(riot.tournamentV5),
      tournamentStubV5: await makeCup(riot.tournamentStubV5),
    }
    const code = {
      teamSize: 5,
      pickType: 'BLIND_PICK',
      mapType: 'SUMMONERS_RIFT',
      spectatorType: 'ALL',
      enoughPlayers: true,
    }
    const provider = { region: 'EUW', url: 'https://example.com/results' }

    const calls: Calls = {
      accountV1: {
        getActiveRegion: () => riot.accountV1.getActiveRegion('lol', puuid),
        getActiveShard: () => riot.accountV1.getActiveShard(shard, puuid),
        getByAccessToken: () => riot.accountV1.getByAccessToken({ authorization }),
        getByPuuid: () => riot.accountV1.getByPuuid(puuid),
        getByRiotId: () => riot.accountV1.getByRiotId(account.gameName!, account.tagLine!),
      },
      championMasteryV4: {
        getAllChampionMasteriesByPuuid: () => riot.championMasteryV4.getAllChampionMasteriesByPuuid(puuid),
        getChampionMasteryByPuuid: () => riot.championMasteryV4.getChampionMasteryByPuuid(puuid, mastery!.championId),
        getChampionMasteryScoreByPuuid: () => riot.championMasteryV4.getChampionMasteryScoreByPuuid(puuid),
        getTopChampionMasteriesByPuuid: () =>
          riot.championMasteryV4.getTopChampionMasteriesByPuuid(puuid, { count: 2 }),
      },
      championV3: { getChampionInfo: () => riot.championV3.getChampionInfo() },
      clashV1: {
        getPlayersByPuuid: () => riot.clashV1.getPlayersByPuuid(puuid),
        getTeamById: () => riot.clashV1.getTeamById(teamId),
        getTournamentById: () => riot.clashV1.getTournamentById(1),
        getTournamentByTeam: () => riot.clashV1.getTournamentByTeam(teamId),
        getTournaments: () => riot.clashV1.getTournaments(),
      },
      leagueExpV4: {
        getLeagueEntries: () => riot.leagueExpV4.getLeagueEntries('RANKED_SOLO_5x5', 'CHALLENGER', 'I', { page: 1 }),
      },
      leagueV4: {
        getChallengerLeague: () => riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5'),
        getGrandmasterLeague: () => riot.leagueV4.getGrandmasterLeague('RANKED_FLEX_SR'),
        getLeagueById: () => riot.leagueV4.getLeagueById(league!.leagueId!),
        getLeagueEntries: () => riot.leagueV4.getLeagueEntries('RANKED_SOLO_5x5', 'DIAMOND', 'II', { page: 2 }),
        getLeagueEntriesByPuuid: () => riot.leagueV4.getLeagueEntriesByPuuid(puuid),
        getMasterLeague: () => riot.leagueV4.getMasterLeague('RANKED_SOLO_5x5'),
      },
      lolChallengesV1: {
        getAllChallengeConfigs: () => riot.lolChallengesV1.getAllChallengeConfigs(),
        getAllChallengePercentiles: () => riot.lolChallengesV1.getAllChallengePercentiles(),
        getChallengeConfigs: () => riot.lolChallengesV1.getChallengeConfigs(challenge),
        getChallengeLeaderboards: () =>
          riot.lolChallengesV1.getChallengeLeaderboards(challenge, 'CHALLENGER', { limit: 3 }),
        getChallengePercentiles: () => riot.lolChallengesV1.getChallengePercentiles(challenge),
        getPlayerData: () => riot.lolChallengesV1.getPlayerData(puuid),
      },
      lolRsoMatchV1: {
        getMatch: () => riot.lolRsoMatchV1.getMatch(another, { authorization }),
        getMatchIds: () => riot.lolRsoMatchV1.getMatchIds({ authorization, count: 3 }),
        getTimeline: () => riot.lolRsoMatchV1.getTimeline(another, { authorization: `Bearer ${authorization}` }),
      },
      lolStatusV4: { getPlatformData: () => riot.lolStatusV4.getPlatformData() },
      matchV5: {
        getMatch: () => riot.matchV5.getMatch(match),
        getMatchIdsByPuuid: () => riot.matchV5.getMatchIdsByPuuid(puuid, { start: 2, count: 3 }),
        getReplay: () => riot.matchV5.getReplay(puuid),
        getTimeline: () => riot.matchV5.getTimeline(match),
      },
      spectatorV5: {
        getCurrentGameInfoByPuuid: () => riot.spectatorV5.getActiveGame(inGame.lol),
      },
      summonerV4: {
        getByAccessToken: () => riot.summonerV4.getByAccessToken({ authorization }),
        getByPuuid: () => riot.summonerV4.getByPuuid(puuid),
      },
      tournamentStubV5: {
        createTournamentCode: () =>
          riot.tournamentStubV5.createTournamentCode(code, { tournamentId: cups.tournamentStubV5.id, count: 2 }),
        getLobbyEventsByCode: () => riot.tournamentStubV5.getLobbyEventsByCode(cups.tournamentStubV5.code),
        getTournamentCode: () => riot.tournamentStubV5.getTournamentCode(cups.tournamentStubV5.code),
        registerProviderData: () => riot.tournamentStubV5.registerProviderData(provider),
        registerTournament: () =>
          riot.tournamentStubV5.registerTournament({ providerId: cups.tournamentStubV5.providerId }),
      },
      tournamentV5: {
        createTournamentCode: () =>
          riot.tournamentV5.createTournamentCode(code, { tournamentId: cups.tournamentV5.id, count: 2 }),
        getGames: () => riot.tournamentV5.getGames(cups.tournamentV5.code),
        getLobbyEventsByCode: () => riot.tournamentV5.getLobbyEventsByCode(cups.tournamentV5.code),
        getTournamentCode: () => riot.tournamentV5.getTournamentCode(cups.tournamentV5.code),
        registerProviderData: () => riot.tournamentV5.registerProviderData(provider),
        registerTournament: () => riot.tournamentV5.registerTournament({ providerId: cups.tournamentV5.providerId }),
        updateCode: () =>
          riot.tournamentV5.updateCode(cups.tournamentV5.code, {
            pickType: 'DRAFT_MODE',
            mapType: 'HOWLING_ABYSS',
            spectatorType: 'NONE',
          }),
      },
      spectatorTftV5: { getCurrentGameInfoByPuuid: () => riot.spectatorTftV5.getActiveGame(inGame.tft) },
      tftLeagueV1: {
        getChallengerLeague: () => riot.tftLeagueV1.getChallengerLeague({ queue: 'RANKED_TFT' }),
        getGrandmasterLeague: () => riot.tftLeagueV1.getGrandmasterLeague(),
        getLeagueById: () => riot.tftLeagueV1.getLeagueById(tftLeague!.leagueId!),
        getLeagueEntries: () => riot.tftLeagueV1.getLeagueEntries('GOLD', 'I', { queue: 'RANKED_TFT', page: 1 }),
        getLeagueEntriesByPuuid: () => riot.tftLeagueV1.getLeagueEntriesByPuuid(puuid),
        getMasterLeague: () => riot.tftLeagueV1.getMasterLeague(),
        getTopRatedLadder: () => riot.tftLeagueV1.getTopRatedLadder('RANKED_TFT_TURBO'),
      },
      tftMatchV1: {
        getMatch: () => riot.tftMatchV1.getMatch(tftMatch),
        getMatchIdsByPuuid: () => riot.tftMatchV1.getMatchIdsByPuuid(puuid, { count: 3 }),
      },
      tftStatusV1: { getPlatformData: () => riot.tftStatusV1.getPlatformData() },
      tftSummonerV1: {
        getByAccessToken: () => riot.tftSummonerV1.getByAccessToken({ authorization }),
        getByPuuid: () => riot.tftSummonerV1.getByPuuid(puuid),
      },
      valConsoleMatchV1: {
        getMatch: () => riot.valConsoleMatchV1.getMatch(consoleMatch),
        getMatchlist: () => riot.valConsoleMatchV1.getMatchlist(puuid, { platformType: 'xbox' }),
        getRecent: () => riot.valConsoleMatchV1.getRecent('console_competitive'),
      },
      valConsoleRankedV1: {
        getLeaderboard: () => riot.valConsoleRankedV1.getLeaderboard(actId, { platformType: 'playstation', size: 5 }),
      },
      valContentV1: { getContent: () => riot.valContentV1.getContent({ locale: 'en-US' }) },
      valMatchV1: {
        getMatch: () => riot.valMatchV1.getMatch(history[0]!.matchId),
        getMatchlist: () => riot.valMatchV1.getMatchlist(puuid),
        getRecent: () => riot.valMatchV1.getRecent('competitive'),
      },
      valRankedV1: { getLeaderboard: () => riot.valRankedV1.getLeaderboard(actId, { size: 5, startIndex: 10 }) },
      valStatusV1: { getPlatformData: () => riot.valStatusV1.getPlatformData() },
      lorDeckV1: {
        createDeck: () => riot.lorDeckV1.createDeck({ name: 'Mine', code: 'ABC' }, { authorization }),
        getDecks: () => riot.lorDeckV1.getDecks({ authorization }),
      },
      lorInventoryV1: { getCards: () => riot.lorInventoryV1.getCards({ authorization }) },
      lorMatchV1: {
        getMatch: () => riot.lorMatchV1.getMatch(lorMatch),
        getMatchIdsByPuuid: () => riot.lorMatchV1.getMatchIdsByPuuid(puuid),
      },
      lorRankedV1: { getLeaderboards: () => riot.lorRankedV1.getLeaderboards() },
      lorStatusV1: { getPlatformData: () => riot.lorStatusV1.getPlatformData() },
      riftboundContentV1: { getContent: () => riot.riftboundContentV1.getContent({ locale: 'en' }) },
    }

    let asked = 0
    for (const [service, operations] of Object.entries(calls)) {
      for (const [name, call] of Object.entries(operations)) {
        const { operation } = (riot as unknown as Record<string, Record<string, { operation: string }>>)[service]![
          name
        ]!
        const value = await call(riot)
        const { returns } = operationOf(operation)
        expect(shapeProblem(returns, returns === 'none' ? undefined : value), operation).toBeUndefined()
        expect(value === undefined, operation).toBe(returns === 'none')
        asked++
      }
    }
    expect(asked).toBe(82)
    const { statuses } = simulator.stats()
    expect(Object.keys(statuses).filter((status) => status !== '200' && status !== '404')).toEqual([])
  })
})

async function findInGame(riot: RiotClient, puuids: readonly string[]): Promise<{ lol: string; tft: string }> {
  const first = async (ask: (puuid: string) => Promise<unknown>): Promise<string> => {
    for (const puuid of puuids) if ((await ask(puuid)) !== null) return puuid
    throw new Error('nobody plays')
  }
  return {
    lol: await first((puuid) => riot.spectatorV5.getActiveGame(puuid, { notFound: 'null' })),
    tft: await first((puuid) => riot.spectatorTftV5.getActiveGame(puuid, { notFound: 'null' })),
  }
}

async function findShard(riot: RiotClient, puuid: string): Promise<'val' | 'lor' | '2xko'> {
  for (const game of ['val', 'lor', '2xko'] as const)
    if ((await riot.accountV1.getActiveShard(game, puuid, { notFound: 'null' })) !== null) return game
  throw new Error('plays nothing')
}

async function makeCup(
  service: RiotClient['tournamentV5'] | RiotClient['tournamentStubV5'],
): Promise<{ providerId: number; id: number; code: string }> {
  const providerId = await service.registerProviderData({ region: 'EUW', url: 'https://example.com/results' })
  const id = await service.registerTournament({ providerId })
  const [code] = (await service.createTournamentCode(
    { teamSize: 5, pickType: 'BLIND_PICK', mapType: 'SUMMONERS_RIFT', spectatorType: 'ALL', enoughPlayers: true },
    { tournamentId: id },
  )) as [string]
  return { providerId, id, code }
}
