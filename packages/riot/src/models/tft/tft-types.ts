import type { RouteOf } from '../../route-kinds.ts'
import type { Platform, Region } from '../../routing.ts'
import type * as AccountV1 from '../../schemas/account-v1.ts'
import type * as SpectatorTftV5 from '../../schemas/spectator-tft-v5.ts'
import type * as TftLeagueV1 from '../../schemas/tft-league-v1.ts'
import type * as TftMatchV1 from '../../schemas/tft-match-v1.ts'
import type * as TftSummonerV1 from '../../schemas/tft-summoner-v1.ts'
import type { Immutable } from '../immutable.ts'
import type { Model } from '../model.ts'

/** A platform where Teamfight Tactics is ranked. */
export type TftPlatform = RouteOf<'platform'>

/** From a player to all that is known of them. Each makes a model, and asks for nothing. */
export interface TftPlayerBridges {
  readonly account: TftAccountModel
  readonly summoner: TftSummonerModel
  readonly matchHistory: TftMatchHistoryModel
  /** Their places in the ranked queues. */
  readonly leagueEntries: Model<readonly TftLeagueEntry[]>
  /** The game that they are in. It is usual that there is none: ask with `notFound: 'null'`. */
  readonly currentGame: Model<TftCurrentGame>
}

/** A value with a puuid, and the ways from it. */
export type TftPlayerValue<Dto> = Immutable<Dto> & TftPlayerBridges

/** A player's account. */
export type TftAccount = TftPlayerValue<AccountV1.AccountDto>
/** A summoner. */
export type TftSummoner = TftPlayerValue<TftSummonerV1.SummonerDTO>
/** A place in a league. */
export type TftLeagueItem = TftPlayerValue<TftLeagueV1.LeagueItemDTO>
/** A player's place in a queue. */
export type TftLeagueEntry = TftPlayerValue<TftLeagueV1.LeagueEntryDTO>
/** A place in the ladder of Hyper Roll. */
export type TftLadderEntry = TftPlayerValue<TftLeagueV1.TopRatedLadderEntryDto>
/** A participant of a match. */
export type TftParticipant = TftPlayerValue<TftMatchV1.ParticipantDto>
/** A participant of a game that goes on. */
export type TftCurrentGameParticipant = TftPlayerValue<SpectatorTftV5.CurrentGameParticipant>

/** A league with its entries. */
export type TftLeague = Immutable<Omit<TftLeagueV1.LeagueListDTO, 'entries'>> & {
  readonly entries: readonly TftLeagueItem[]
}

/** A game that goes on. */
export type TftCurrentGame = Immutable<Omit<SpectatorTftV5.CurrentGameInfo, 'participants'>> & {
  readonly participants: readonly TftCurrentGameParticipant[]
}

/** What a match leads to. */
export interface TftMatchBridges {
  /** The same as `info.participants`. */
  readonly participants: readonly TftParticipant[]
  readonly platform: Platform
  readonly region: Region
}

/** A match. */
export type TftMatchValue = Immutable<Omit<TftMatchV1.MatchDto, 'info'>> & {
  readonly info: Immutable<Omit<TftMatchV1.InfoDto, 'participants'>> & {
    readonly participants: readonly TftParticipant[]
  }
} & TftMatchBridges

/** What `matchHistory` may be narrowed by, as `getMatchIdsByPuuid` has it. */
export interface TftHistoryQuery {
  /** Seconds since 1970. */
  startTime?: number | undefined
  /** Seconds since 1970. */
  endTime?: number | undefined
  /** How many of the newest are left out. Default 0. */
  start?: number | undefined
  /** At most 200. Default 20. */
  count?: number | undefined
}

/** The ids of a player's matches, the newest first, and models of each. */
export interface TftMatchHistory extends Iterable<TftMatchModel> {
  readonly ids: readonly string[]
  readonly matches: readonly TftMatchModel[]
}

/** An account. */
export type TftAccountModel = Model<TftAccount> & TftPlayerBridges
/** A summoner. */
export type TftSummonerModel = Model<TftSummoner> & TftPlayerBridges
/** A league. */
export type TftLeagueModel = Model<TftLeague>
/** A match. */
export type TftMatchModel = Model<TftMatchValue> & { readonly id: string }
/**
 * A player's matches. `get()` asks for one page of them; going through it (`for await`) asks for page after page until there are no more, and yields a model of each match.
 */
export type TftMatchHistoryModel = Model<TftMatchHistory, TftHistoryQuery> & AsyncIterable<TftMatchModel>
