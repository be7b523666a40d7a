import type { NotFound } from '../../client/call-options.ts'
import type { RiotClient } from '../../client/riot-client.ts'
import type { PlayerRef } from '../player-ref.ts'
import type {
  LolAccountModel,
  LolHistoryQuery,
  LolMatchHistoryModel,
  LolMatchModel,
  LolPlatform,
  LolPlayerBridges,
  LolSummonerModel,
  LolTimelineModel,
} from './lol-types.ts'
import type { RouteOf } from '../../route-kinds.ts'

/** Where something is, and how to ask for what it leads to. */
export interface LolContext {
  readonly riot: RiotClient<NotFound>
  readonly make: LolMakers
  readonly platform: LolPlatform | undefined
}

/** Of a player, as the bridges see it. */
export interface LolPlayerContext extends LolContext {
  /** Absent where the puuid is a value's own. */
  readonly player?: PlayerRef
}

/** The way from a player to their matches. */
export interface HistoryPlace {
  readonly region: RouteOf<'region'> | undefined
  readonly query: LolHistoryQuery
}

/** Makes the models that others lead to. Handed about in the context, so that no module needs to import the other. */
export interface LolMakers {
  account(at: LolContext, player: PlayerRef): LolAccountModel
  summoner(at: LolContext, player: PlayerRef): LolSummonerModel
  matchHistory(at: LolContext, player: PlayerRef, place: HistoryPlace): LolMatchHistoryModel
  match(at: LolContext, id: string): LolMatchModel
  timeline(at: LolContext, id: string): LolTimelineModel
  leagueEntries(at: LolContext, player: PlayerRef): LolPlayerBridges['leagueEntries']
  championMasteries(at: LolContext, player: PlayerRef): LolPlayerBridges['championMasteries']
  championMastery(
    at: LolContext,
    player: PlayerRef,
    championId: number,
  ): ReturnType<LolPlayerBridges['championMastery']>
  masteryScore(at: LolContext, player: PlayerRef): LolPlayerBridges['masteryScore']
  currentGame(at: LolContext, player: PlayerRef): LolPlayerBridges['currentGame']
  clashPlayers(at: LolContext, player: PlayerRef): LolPlayerBridges['clashPlayers']
  playerChallenges(at: LolContext, player: PlayerRef): LolPlayerBridges['playerChallenges']
}
