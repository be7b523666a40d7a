import type { RouteOf } from '../../route-kinds.ts'
import type * as AccountV1 from '../../schemas/account-v1.ts'
import type * as ValMatchV1 from '../../schemas/val-match-v1.ts'
import type * as ValRankedV1 from '../../schemas/val-ranked-v1.ts'
import type { Immutable } from '../immutable.ts'
import type { Model } from '../model.ts'

/** A shard of VALORANT. */
export type ValPlaceShard = RouteOf<'shardOrEsports'>

/** From a player to all that is known of them. Each makes a model, and asks for nothing. */
export interface ValPlayerBridges {
  readonly account: ValAccountModel
  readonly matchHistory: ValMatchHistoryModel
}

/** A player's account. */
export type ValAccount = Immutable<AccountV1.AccountDto> & ValPlayerBridges
/** A player of a match. */
export type ValPlayer = Immutable<ValMatchV1.PlayerDto> & ValPlayerBridges
/** A player of the leaderboard; who hides their name has no puuid either. */
export type ValLeaderboardPlayer = Immutable<ValRankedV1.PlayerDto> & ValPlayerBridges

/** A match. */
export type ValMatchValue = Immutable<Omit<ValMatchV1.MatchDto, 'players'>> & { readonly players: readonly ValPlayer[] }

/** A match in a player's history. */
export type ValHistoryEntry = Immutable<ValMatchV1.MatchlistEntryDto> & { readonly match: ValMatchModel }

/** A player's matches, the newest first. */
export interface ValMatchHistory extends Iterable<ValHistoryEntry> {
  readonly puuid: string
  readonly history: readonly ValHistoryEntry[]
  readonly matches: readonly ValMatchModel[]
}

/** Matches that ended in the last minutes. */
export type ValRecentMatches = Immutable<ValMatchV1.RecentMatchesDto> & { readonly matches: readonly ValMatchModel[] }

/** The best of an act. */
export type ValLeaderboard = Immutable<Omit<ValRankedV1.LeaderboardDto, 'players'>> & {
  readonly players: readonly ValLeaderboardPlayer[]
}

/** An account. */
export type ValAccountModel = Model<ValAccount> & ValPlayerBridges
/** A match. */
export type ValMatchModel = Model<ValMatchValue> & { readonly id: string }
/** A player's matches. */
export type ValMatchHistoryModel = Model<ValMatchHistory>
