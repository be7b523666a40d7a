// Riot's lor-ranked-v1: the names are exactly the wire's.

/** LeaderboardDto of lor-ranked-v1: what getLeaderboards answers with. */
export interface LeaderboardDto {
  players: PlayerDto[]
}

/** PlayerDto of lor-ranked-v1: what getLeaderboards answers with. */
export interface PlayerDto {
  name: string
  rank: number
  lp: number
}
