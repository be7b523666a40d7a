// Riot's league-v4: the names are exactly the wire's.

/** LeagueEntryDTO of league-v4: what getLeagueEntries, getLeagueEntriesByPUUID answers with. */
export interface LeagueEntryDTO {
  leagueId?: string
  puuid: string
  queueType: string
  tier?: string
  rank?: string
  leaguePoints: number
  wins: number
  losses: number
  hotStreak: boolean
  veteran: boolean
  freshBlood: boolean
  inactive: boolean
  miniSeries?: MiniSeriesDTO
  summonerId?: string
}

/** LeagueItemDTO of league-v4: what getChallengerLeague, getGrandmasterLeague, getLeagueById, getMasterLeague answers with. */
export interface LeagueItemDTO {
  freshBlood: boolean
  wins: number
  miniSeries?: MiniSeriesDTO
  inactive: boolean
  veteran: boolean
  hotStreak: boolean
  rank: string
  leaguePoints: number
  losses: number
  puuid: string
  summonerId?: string
}

/** LeagueListDTO of league-v4: what getChallengerLeague, getGrandmasterLeague, getLeagueById, getMasterLeague answers with. */
export interface LeagueListDTO {
  leagueId?: string
  entries: LeagueItemDTO[]
  tier: string
  name?: string
  queue?: string
}

/** MiniSeriesDTO of league-v4: what getChallengerLeague, getGrandmasterLeague, getLeagueById, getLeagueEntries, getLeagueEntriesByPUUID, getMasterLeague answers with. */
export interface MiniSeriesDTO {
  losses: number
  progress: string
  target: number
  wins: number
}
