import type { NotFound } from '../../client/call-options.ts'
import type { RiotClient } from '../../client/riot-client.ts'
import type { RouteOf } from '../../route-kinds.ts'
import { platformToRegion } from '../../routing.ts'
import type * as ChampionV3 from '../../schemas/champion-v3.ts'
import type * as LolStatusV4 from '../../schemas/lol-status-v4.ts'
import type { Division, LeagueQueue, Tier } from '../../tables/words.ts'
import { deepFreeze, type Immutable } from '../immutable.ts'
import { modelKind, type Model, type ModelMaker } from '../model.ts'
import { PlayerRef, playerIdOf, type PlayerId } from '../player-ref.ts'
import type { LolContext, LolMakers } from './lol-context.ts'
import { lolHistory } from './lol-history.ts'
import { apexLeague, divisionLeague, leagueById, lolLeagues } from './lol-leagues.ts'
import { lolMasteries } from './lol-masteries.ts'
import { lolMatches } from './lol-matches.ts'
import { lolPeople } from './lol-people.ts'
import type {
  LolAccountModel,
  LolHistoryQuery,
  LolLeagueEntry,
  LolLeagueModel,
  LolMatchHistoryModel,
  LolMatchModel,
  LolPlatform,
  LolPlayerBridges,
  LolSummonerModel,
  LolTimelineModel,
} from './lol-types.ts'

/** Where a thing of League of Legends is. */
export interface LolPlace {
  /** Default: the client's. */
  platform?: LolPlatform | undefined
}

/** A player, by puuid or Riot id, and where they are. */
export type LolPlayerPlace = PlayerId & LolPlace

/** The models of League of Legends. None of these asks for anything: `get()` does. */
export interface LolModels {
  account(player: LolPlayerPlace): LolAccountModel
  summoner(player: LolPlayerPlace): LolSummonerModel
  challengerLeague(league: LolPlace & { queue: LeagueQueue }): LolLeagueModel
  grandmasterLeague(league: LolPlace & { queue: LeagueQueue }): LolLeagueModel
  masterLeague(league: LolPlace & { queue: LeagueQueue }): LolLeagueModel
  /** The league of an id. */
  league(league: LolPlace & { id: string }): LolLeagueModel
  /** A division of a tier; `get({ page })` gives a page of it, from 1 on. */
  divisionLeague(
    league: LolPlace & { queue: LeagueQueue; tier: Tier; division: Division },
  ): Model<readonly LolLeagueEntry[], { page?: number | undefined }>
  /** A player's places in the ranked queues. */
  leagueEntries(player: LolPlayerPlace): LolPlayerBridges['leagueEntries']
  /** @throws TypeError from `get()` when `id` does not look like `EUW1_1234567890`. */
  match(match: { id: string }): LolMatchModel
  timeline(match: { id: string }): LolTimelineModel
  /** A player's matches. The region is that of the platform, unless it is given. */
  matchHistory(
    player: LolPlayerPlace & LolHistoryQuery & { region?: RouteOf<'region'> | undefined },
  ): LolMatchHistoryModel
  championMasteries(player: LolPlayerPlace): LolPlayerBridges['championMasteries']
  championMastery(player: LolPlayerPlace & { championId: number }): ReturnType<LolPlayerBridges['championMastery']>
  masteryScore(player: LolPlayerPlace): LolPlayerBridges['masteryScore']
  currentGame(player: LolPlayerPlace): LolPlayerBridges['currentGame']
  clashPlayers(player: LolPlayerPlace): LolPlayerBridges['clashPlayers']
  playerChallenges(player: LolPlayerPlace): LolPlayerBridges['playerChallenges']
  /** The champions that are free. */
  championRotation(place?: LolPlace): Model<Immutable<ChampionV3.ChampionInfo>>
  status(place?: { platform?: RouteOf<'statusPlatform'> | undefined }): Model<Immutable<LolStatusV4.PlatformDataDto>>
}

const MAKERS: LolMakers = { ...lolPeople, ...lolLeagues, ...lolMasteries, ...lolMatches, ...lolHistory }

const rotationModel: ModelMaker<LolPlace, Immutable<ChampionV3.ChampionInfo>> = modelKind('LolChampionRotationModel')
const statusModel: ModelMaker<
  { platform?: RouteOf<'statusPlatform'> | undefined },
  Immutable<LolStatusV4.PlatformDataDto>
> = modelKind('LolStatusModel')

/**
 * The models of League of Legends, which ask through `riot`.
 *
 * @example
 * ```ts
 * import { RiotClient, lolModels } from '@sluice/riot'
 * import { PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator() // in place of Riot's servers
 * await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'euw1', baseUrl: `${server.url}/{route}` })
 *
 * const lol = lolModels(riot)
 * const league = await lol.challengerLeague({ queue: 'RANKED_SOLO_5x5' }).get()
 * const { ids } = await league.entries[0]!.matchHistory.get({ count: 5 })
 * const match = await lol.match({ id: ids[0]! }).get()
 * console.log(match.participants.length, match.platform) // 10 euw1
 * ```
 */
export function lolModels(riot: RiotClient<NotFound>): LolModels {
  const at = (place: LolPlace = {}): LolContext => ({ riot, make: MAKERS, platform: place.platform })
  const of = <Result>(place: LolPlayerPlace, make: (context: LolContext, player: PlayerRef) => Result): Result => {
    const context = at(place)
    return make(context, PlayerRef.near(context, playerIdOf(place)))
  }
  return Object.freeze<LolModels>({
    account: (player) => of(player, MAKERS.account),
    summoner: (player) => of(player, MAKERS.summoner),
    challengerLeague: (league) => apexLeague(at(league), 'challenger', league.queue),
    grandmasterLeague: (league) => apexLeague(at(league), 'grandmaster', league.queue),
    masterLeague: (league) => apexLeague(at(league), 'master', league.queue),
    league: (league) => leagueById(at(league), league.id),
    divisionLeague: (league) => divisionLeague(at(league), league),
    leagueEntries: (player) => of(player, MAKERS.leagueEntries),
    match: ({ id }) => MAKERS.match(at(), id),
    timeline: ({ id }) => MAKERS.timeline(at(), id),
    matchHistory: (player) =>
      of(player, (context, ref) => {
        const { startTime, endTime, queue, type, start, count, platform } = player
        const region = player.region ?? (platform === undefined ? undefined : platformToRegion(platform))
        const query = { startTime, endTime, queue, type, start, count }
        return MAKERS.matchHistory(context, ref, { region, query })
      }),
    championMasteries: (player) => of(player, MAKERS.championMasteries),
    championMastery: (player) => of(player, (context, ref) => MAKERS.championMastery(context, ref, player.championId)),
    masteryScore: (player) => of(player, MAKERS.masteryScore),
    currentGame: (player) => of(player, MAKERS.currentGame),
    clashPlayers: (player) => of(player, MAKERS.clashPlayers),
    playerChallenges: (player) => of(player, MAKERS.playerChallenges),
    championRotation: ({ platform } = {}) =>
      rotationModel({ platform }, at(), async (options) =>
        deepFreeze(await riot.championV3.getChampionInfo({ ...options, platform })),
      ),
    status: ({ platform } = {}) =>
      statusModel({ platform }, at(), async (options) =>
        deepFreeze(await riot.lolStatusV4.getPlatformData({ ...options, platform })),
      ),
  })
}
