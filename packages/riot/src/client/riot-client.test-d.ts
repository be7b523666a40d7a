import { expectTypeOf, test } from 'vitest'
import type { Account, LeagueEntry, LolMatch, Summoner, TournamentV5 } from '../schemas/index.ts'
import { parsePlatform } from '../routing.ts'
import type { ItemOutcome } from './item-outcome.ts'
import { RiotClient } from './riot-client.ts'

declare const riot: RiotClient
declare const lenient: RiotClient<'null'>
declare const code: TournamentV5.TournamentCodeParametersV5

test('values by position with their names, results by operation', () => {
  expectTypeOf(riot.matchV5.getMatch('NA1_1')).resolves.toEqualTypeOf<LolMatch>()
  expectTypeOf(riot.accountV1.getByRiotId('Faker', 'KR1')).resolves.toEqualTypeOf<Account>()
  expectTypeOf(riot.leagueV4.getLeagueEntries('RANKED_SOLO_5x5', 'DIAMOND', 'I', { page: 2 })).resolves.toEqualTypeOf<
    LeagueEntry[]
  >()
  expectTypeOf(riot.matchV5.getMatchIdsByPuuid('p', { start: 0, count: 5, type: 'ranked' })).resolves.toEqualTypeOf<
    string[]
  >()
  expectTypeOf(riot.championMasteryV4.getChampionMasteryScoreByPuuid('p')).resolves.toEqualTypeOf<number>()
  expectTypeOf(riot.tournamentV5.updateCode('NA1', { ...code })).resolves.toEqualTypeOf<void>()
  expectTypeOf(riot.championV3.getChampionRotations).toEqualTypeOf(riot.championV3.getChampionInfo)
  expectTypeOf(riot.spectatorV5.getActiveGame).toEqualTypeOf(riot.spectatorV5.getCurrentGameInfoByPuuid)
  // @ts-expect-error no such queue
  void riot.leagueV4.getChallengerLeague('RANKED_SOLO')
  // @ts-expect-error apex tiers have no pages here
  void riot.leagueV4.getLeagueEntries('RANKED_SOLO_5x5', 'CHALLENGER', 'I')
  // @ts-expect-error a value is missing
  void riot.accountV1.getByRiotId('Faker')
  // @ts-expect-error no such type of match
  void riot.matchV5.getMatchIdsByPuuid('p', { type: 'casual' })
  // @ts-expect-error no such option
  void riot.matchV5.getMatchIdsByPuuid('p', { cuont: 5 })
  // @ts-expect-error no such operation
  void riot.matchV5.getMatchById
})

test('writes take their body, and what they need in the query', () => {
  expectTypeOf(riot.tournamentV5.createTournamentCode(code, { tournamentId: 5, count: 10 })).resolves.toEqualTypeOf<
    string[]
  >()
  expectTypeOf(riot.tournamentV5.registerTournament({ providerId: 1, name: 'Cup' })).resolves.toEqualTypeOf<number>()
  // @ts-expect-error the query must have a tournamentId
  void riot.tournamentV5.createTournamentCode(code, { count: 10 })
  // @ts-expect-error so there must be options
  void riot.tournamentV5.createTournamentCode(code)
  // @ts-expect-error the body must have a providerId
  void riot.tournamentV5.registerTournament({ name: 'Cup' })
  // @ts-expect-error platformType must be given
  void riot.valConsoleMatchV1.getMatchlist('p', { shard: 'eu' })
})

test('what asks for a signed-in player wants their token', () => {
  expectTypeOf(riot.lolRsoMatchV1.getMatchIds({ authorization: 'token', count: 5 })).resolves.toEqualTypeOf<string[]>()
  // @ts-expect-error no token
  void riot.lolRsoMatchV1.getMatchIds({ count: 5 })
  // @ts-expect-error no options at all
  void riot.summonerV4.getByAccessToken()
})

test('each operation knows its hosts', () => {
  expectTypeOf(riot.matchV5.getMatch('NA1_1', { region: 'americas' })).resolves.toEqualTypeOf<LolMatch>()
  void riot.lolChallengesV1.getAllChallengeConfigs({ platform: 'pbe1' })
  void riot.tftMatchV1.getMatch('NA1_1', { region: 'esports' })
  void riot.lorMatchV1.getMatch('x', { region: 'apac' })
  void riot.valRankedV1.getLeaderboard('act', { shard: 'latam' })
  void riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5', { platform: parsePlatform('EUW') })
  // @ts-expect-error accounts are not in sea
  void riot.accountV1.getByPuuid('p', { region: 'sea' })
  // @ts-expect-error tournaments are in americas only
  void riot.tournamentV5.getTournamentCode('c', { region: 'europe' })
  // @ts-expect-error Legends of Runeterra is not in asia
  void riot.lorRankedV1.getLeaderboards({ region: 'asia' })
  // @ts-expect-error consoles have no kr
  void riot.valConsoleMatchV1.getMatch('x', { shard: 'kr' })
  // @ts-expect-error a platform where a region belongs
  void riot.matchV5.getMatch('NA1_1', { region: 'na1' })
  // @ts-expect-error a region where a platform belongs
  void riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5', { platform: 'europe' })
  // @ts-expect-error the other option
  void riot.matchV5.getMatch('NA1_1', { platform: 'na1' })
  // @ts-expect-error in many, too
  void riot.matchV5.getMatch.many(['NA1_1'], { region: 'na1' })
  // @ts-expect-error any text
  void riot.matchV5.getMatch('NA1_1', { region: 'middle-earth' })
})

test('a 404 becomes null where it is wanted, and the type says so', () => {
  expectTypeOf(riot.summonerV4.getByPuuid('p', { notFound: 'null' })).resolves.toEqualTypeOf<Summoner | null>()
  expectTypeOf(riot.summonerV4.getByPuuid('p', { notFound: 'throw' })).resolves.toEqualTypeOf<Summoner>()
  expectTypeOf(lenient.summonerV4.getByPuuid('p')).resolves.toEqualTypeOf<Summoner | null>()
  expectTypeOf(lenient.summonerV4.getByPuuid('p', { notFound: 'throw' })).resolves.toEqualTypeOf<Summoner>()
  expectTypeOf(new RiotClient({ apiKey: 'k', notFound: 'null' })).toEqualTypeOf<RiotClient<'null'>>()
  expectTypeOf(new RiotClient({ apiKey: 'k' })).toEqualTypeOf<RiotClient>()
  // @ts-expect-error neither
  void riot.summonerV4.getByPuuid('p', { notFound: 'ignore' })
})

test('many: inputs as the method takes them, an outcome for each', () => {
  expectTypeOf(riot.matchV5.getMatch.many(['NA1_1'])).toEqualTypeOf<
    AsyncIterableIterator<ItemOutcome<string, LolMatch>, void>
  >()
  expectTypeOf(riot.matchV5.getMatch.collect(['NA1_1'], { concurrency: 5, order: 'input' })).resolves.toEqualTypeOf<
    ItemOutcome<string, LolMatch>[]
  >()
  void riot.accountV1.getByRiotId.many([['Faker', 'KR1']], { region: 'asia' })
  // @ts-expect-error two values for each
  void riot.accountV1.getByRiotId.many(['Faker'])
  // @ts-expect-error there is nothing to go through
  void riot.lolStatusV4.getPlatformData.many
  expectTypeOf(riot.map([1, 2], async (n) => String(n))).toEqualTypeOf<
    AsyncIterableIterator<ItemOutcome<number, string>, void>
  >()
})
