// Riot's val-console-ranked-v1: the names are exactly the wire's.

/** LeaderboardDto of val-console-ranked-v1: what getLeaderboard answers with. */
export interface LeaderboardDto {
  actId: string
  totalPlayers: number
  query?: string
  shard: string
  players: PlayerDto[]
  tierDetails?: TierDto[]
}

/** PlayerDto of val-console-ranked-v1: what getLeaderboard answers with. */
export interface PlayerDto {
  puuid?: string
  gameName?: string
  tagLine?: string
  leaderboardRank: number
  rankedRating: number
  numberOfWins: number
}

/** TierDto of val-console-ranked-v1: what getLeaderboard answers with. */
export interface TierDto {}
