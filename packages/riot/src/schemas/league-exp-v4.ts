// Riot's league-exp-v4: the names are exactly the wire's.

/** LeagueEntryDTO of league-exp-v4: what getLeagueEntries answers with. */
export interface LeagueEntryDTO {
  leagueId: string
  summonerId?: string
  puuid: string
  queueType: string
  tier: string
  rank: string
  leaguePoints: number
  wins: number
  losses: number
  hotStreak: boolean
  veteran: boolean
  freshBlood: boolean
  inactive: boolean
  miniSeries?: MiniSeriesDTO
}

/** MiniSeriesDTO of league-exp-v4: what getLeagueEntries answers with. */
export interface MiniSeriesDTO {
  losses: number
  progress: string
  target: number
  wins: number
}
