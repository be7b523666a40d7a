// Riot's val-ranked-v1: the names are exactly the wire's.

/** LeaderboardDto of val-ranked-v1: what getLeaderboard answers with. */
export interface LeaderboardDto {
  shard: string
  actId: string
  totalPlayers: number
  players: PlayerDto[]
  immortalStartingPage?: number
  immortalStartingIndex?: number
  topTierRRThreshold?: number
  tierDetails?: Record<number, TierDetailDto>
  startIndex?: number
  query?: string
}

/** PlayerDto of val-ranked-v1: what getLeaderboard answers with. */
export interface PlayerDto {
  puuid?: string
  gameName?: string
  tagLine?: string
  leaderboardRank: number
  rankedRating: number
  numberOfWins: number
  competitiveTier?: number
  prefix?: string
  premierRosterType?: string
}

/** TierDetailDto of val-ranked-v1: what getLeaderboard answers with. */
export interface TierDetailDto {
  rankedRatingThreshold: number
  startingPage: number
  startingIndex: number
}
