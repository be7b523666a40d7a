import { expectTypeOf, test } from 'vitest'
import type { RiotClient } from '../client/riot-client.ts'
import type {
  ChampionMasteryV4,
  ClashV1,
  LeagueV4,
  LorMatchV1,
  MatchV5,
  SpectatorV5,
  SummonerV4,
  TftLeagueV1,
  TftMatchV1,
  ValMatchV1,
  ValRankedV1,
} from '../schemas/index.ts'
import type {
  LolFedMatch,
  LolLeague,
  LolMatchModel,
  LolMatchValue,
  LolPlayerBridges,
  LolSummoner,
  LorPlayerBridges,
  Models,
  TftPlayerBridges,
  ValPlayerBridges,
} from './index.ts'
import { models } from './models.ts'

declare const riot: RiotClient
declare const lenient: RiotClient<'null'>
declare const all: Models
const { lol, tft, lor, val } = all

test('any client will do', () => {
  expectTypeOf(models(riot)).toEqualTypeOf<Models>()
  expectTypeOf(models(lenient)).toEqualTypeOf<Models>()
})

test('get gives the value, or null where that is asked for', () => {
  expectTypeOf(lol.summoner({ puuid: 'p' }).get()).resolves.toEqualTypeOf<LolSummoner>()
  expectTypeOf(lol.summoner({ puuid: 'p' }).get({ notFound: 'throw' })).resolves.toEqualTypeOf<LolSummoner>()
  expectTypeOf(lol.summoner({ puuid: 'p' }).get({ notFound: 'null' })).resolves.toEqualTypeOf<LolSummoner | null>()
  expectTypeOf(lol.matchHistory({ puuid: 'p', type: 'ranked' }).get({ count: 5 })).resolves.toExtend<
    Iterable<LolMatchModel>
  >()
  // @ts-expect-error no query of summoners
  void lol.summoner({ puuid: 'p' }).get({ count: 5 })
  // @ts-expect-error no such type of match
  void lol.matchHistory({ puuid: 'p', type: 'casual' })
})

test('a player is said in one way', () => {
  expectTypeOf(lol.account).toBeCallableWith({ gameName: 'Faker', tagLine: 'KR1', platform: 'kr' })
  // @ts-expect-error half a Riot id
  void lol.account({ gameName: 'Faker' })
  // @ts-expect-error twice
  void lol.account({ puuid: 'p', gameName: 'Faker', tagLine: 'KR1' })
  // @ts-expect-error a region where a platform belongs
  void lol.summoner({ puuid: 'p', platform: 'europe' })
  // @ts-expect-error nobody
  void lor.matchHistory({ region: 'europe' })
  // @ts-expect-error VALORANT has shards
  void val.account({ puuid: 'p', platform: 'kr' })
  // @ts-expect-error which queue?
  void lol.challengerLeague({ platform: 'kr' })
  void tft.challengerLeague()
})

test('values cannot be changed, and lead on', () => {
  type Entry = LolLeague['entries'][number]
  expectTypeOf<Entry['summoner']>().toEqualTypeOf<LolPlayerBridges['summoner']>()
  expectTypeOf<Entry['leaguePoints']>().toEqualTypeOf<number>()
  expectTypeOf<LolMatchValue['participants']>().toEqualTypeOf<LolMatchValue['info']['participants']>()
  expectTypeOf<LolFedMatch['participants'][number]['events'][number]['type']>().toEqualTypeOf<string>()
  const change = (match: LolMatchValue): void => {
    // @ts-expect-error it is immutable
    match.info.gameMode = 'ARAM'
    // @ts-expect-error however deep
    match.participants[0]!.perks.statPerks.flex = 5
    // @ts-expect-error lists, too
    match.info.teams.push(match.info.teams[0]!)
  }
  expectTypeOf(change).toBeFunction()
})

test('no bridge hides what Riot sends', () => {
  type Lol =
    | MatchV5.ParticipantDto
    | LeagueV4.LeagueItemDTO
    | LeagueV4.LeagueEntryDTO
    | SummonerV4.SummonerDTO
    | ChampionMasteryV4.ChampionMasteryDto
    | ClashV1.PlayerDto
    | SpectatorV5.CurrentGameParticipant
  type Keys<Dto> = Dto extends unknown ? keyof Dto : never
  expectTypeOf<Extract<Keys<Lol>, keyof LolPlayerBridges>>().toBeNever()
  type Tft = TftMatchV1.ParticipantDto | TftLeagueV1.LeagueItemDTO | TftLeagueV1.LeagueEntryDTO
  expectTypeOf<Extract<Keys<Tft>, keyof TftPlayerBridges>>().toBeNever()
  expectTypeOf<Extract<Keys<LorMatchV1.PlayerDto>, keyof LorPlayerBridges | 'deck'>>().toBeNever()
  expectTypeOf<Extract<Keys<ValMatchV1.PlayerDto | ValRankedV1.PlayerDto>, keyof ValPlayerBridges>>().toBeNever()
})
