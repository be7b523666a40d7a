import type { RouteOf } from '../../route-kinds.ts'
import type { Platform, Region } from '../../routing.ts'
import type * as AccountV1 from '../../schemas/account-v1.ts'
import type * as ChampionMasteryV4 from '../../schemas/champion-mastery-v4.ts'
import type * as ClashV1 from '../../schemas/clash-v1.ts'
import type * as LeagueV4 from '../../schemas/league-v4.ts'
import type * as LolChallengesV1 from '../../schemas/lol-challenges-v1.ts'
import type * as MatchV5 from '../../schemas/match-v5.ts'
import type * as SpectatorV5 from '../../schemas/spectator-v5.ts'
import type * as SummonerV4 from '../../schemas/summoner-v4.ts'
import type { Immutable } from '../immutable.ts'
import type { Model } from '../model.ts'
import type { FeedOptions, FedParticipant } from './feed-timeline.ts'

/** A platform where League of Legends is ranked. */
export type LolPlatform = RouteOf<'platform'>

/** From a player to all that is known of them. Each makes a model, and asks for nothing. */
export interface LolPlayerBridges {
  readonly account: LolAccountModel
  readonly summoner: LolSummonerModel
  readonly matchHistory: LolMatchHistoryModel
  /** Their places in the ranked queues. */
  readonly leagueEntries: Model<readonly LolLeagueEntry[]>
  /** Their champions, the best first; `get({ count })` gives as many as that. */
  readonly championMasteries: Model<readonly LolMastery[], { count?: number | undefined }>
  championMastery(championId: number): Model<LolMastery>
  /** The sum of their champions' levels. */
  readonly masteryScore: Model<number>
  /** The game that they are in. It is usual that there is none: ask with `notFound: 'null'`. */
  readonly currentGame: Model<LolCurrentGame>
  readonly clashPlayers: Model<readonly LolClashPlayer[]>
  /** How far they have come in the challenges. */
  readonly playerChallenges: Model<Immutable<LolChallengesV1.PlayerInfoDto>>
}

/** A value with a puuid, and the ways from it. */
export type LolPlayerValue<Dto> = Immutable<Dto> & LolPlayerBridges

/** A player's account. */
export type LolAccount = LolPlayerValue<AccountV1.AccountDto>
/** A summoner. */
export type LolSummoner = LolPlayerValue<SummonerV4.SummonerDTO>
/** A place in a league. */
export type LolLeagueItem = LolPlayerValue<LeagueV4.LeagueItemDTO>
/** A player's place in a queue. */
export type LolLeagueEntry = LolPlayerValue<LeagueV4.LeagueEntryDTO>
/** How well a player knows a champion. */
export type LolMastery = LolPlayerValue<ChampionMasteryV4.ChampionMasteryDto>
/** A player of a Clash team. */
export type LolClashPlayer = LolPlayerValue<ClashV1.PlayerDto>
/** A participant of a match. */
export type LolParticipant = LolPlayerValue<MatchV5.ParticipantDto>

/** A league with its entries. */
export type LolLeague = Immutable<Omit<LeagueV4.LeagueListDTO, 'entries'>> & {
  readonly entries: readonly LolLeagueItem[]
}

/** A participant of a game that goes on. */
export type LolCurrentGameParticipant = LolPlayerValue<SpectatorV5.CurrentGameParticipant>
/** A game that goes on. */
export type LolCurrentGame = Immutable<Omit<SpectatorV5.CurrentGameInfo, 'participants'>> & {
  readonly participants: readonly LolCurrentGameParticipant[]
}

/** What a match leads to. */
export interface LolMatchBridges<Participant> {
  /** The same as `info.participants`. */
  readonly participants: readonly Participant[]
  readonly timeline: LolTimelineModel
  readonly platform: Platform
  readonly region: Region
  /**
   * The match once more, with the frames and events of its timeline at each participant. The match itself stays as it is.
   *
   * @throws TypeError when the timeline is of another match.
   */
  feedTimeline(timeline: Immutable<MatchV5.TimelineDto>, options?: FeedOptions): LolFedMatch
}

type MatchWith<Participant> = Immutable<Omit<MatchV5.MatchDto, 'info'>> & {
  readonly info: Immutable<Omit<MatchV5.InfoDto, 'participants'>> & { readonly participants: readonly Participant[] }
} & LolMatchBridges<Participant>

/** A match. */
export type LolMatchValue = MatchWith<LolParticipant>
/** A match whose participants have their frames and events. */
export type LolFedMatch = MatchWith<LolParticipant & Immutable<FedParticipant>>
/** A timeline. */
export type LolTimelineValue = Immutable<MatchV5.TimelineDto> & { readonly match: LolMatchModel }

/** What `matchHistory` may be narrowed by, as `getMatchIdsByPuuid` has it. */
export interface LolHistoryQuery {
  /** Seconds since 1970. */
  startTime?: number | undefined
  /** Seconds since 1970. */
  endTime?: number | undefined
  queue?: number | undefined
  type?: 'ranked' | 'normal' | 'tourney' | 'tutorial' | undefined
  /** How many of the newest are left out. Default 0. */
  start?: number | undefined
  /** At most 100. Default 20. */
  count?: number | undefined
}

/** The ids of a player's matches, the newest first, and models of each. */
export interface LolMatchHistory extends Iterable<LolMatchModel> {
  readonly ids: readonly string[]
  readonly matches: readonly LolMatchModel[]
  readonly timelines: readonly LolTimelineModel[]
}

/** An account. */
export type LolAccountModel = Model<LolAccount> & LolPlayerBridges
/** A summoner. */
export type LolSummonerModel = Model<LolSummoner> & LolPlayerBridges
/** A league. */
export type LolLeagueModel = Model<LolLeague>
/** A match. */
export type LolMatchModel = Model<LolMatchValue> & { readonly id: string; readonly timeline: LolTimelineModel }
/** A timeline. */
export type LolTimelineModel = Model<LolTimelineValue> & { readonly id: string; readonly match: LolMatchModel }
/**
 * A player's matches. `get()` asks for one page of them; going through it (`for await`) asks for page after page until there are no more, and yields a model of each match.
 */
export type LolMatchHistoryModel = Model<LolMatchHistory, LolHistoryQuery> & AsyncIterable<LolMatchModel>
