// Riot's tft-league-v1: the names are exactly the wire's.

/** LeagueEntryDTO of tft-league-v1: what getLeagueEntries, getLeagueEntriesByPUUID answers with. */
export interface LeagueEntryDTO {
  puuid?: string
  leagueId?: string
  queueType: string
  ratedTier?: 'ORANGE' | 'PURPLE' | 'BLUE' | 'GREEN' | 'GRAY' | (string & {})
  ratedRating?: number
  tier?: string
  rank?: string
  leaguePoints?: number
  wins: number
  losses: number
  hotStreak?: boolean
  veteran?: boolean
  freshBlood?: boolean
  inactive?: boolean
  miniSeries?: MiniSeriesDTO
}

/** LeagueItemDTO of tft-league-v1: what getChallengerLeague, getGrandmasterLeague, getLeagueById, getMasterLeague answers with. */
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
}

/** LeagueListDTO of tft-league-v1: what getChallengerLeague, getGrandmasterLeague, getLeagueById, getMasterLeague answers with. */
export interface LeagueListDTO {
  leagueId?: string
  entries: LeagueItemDTO[]
  tier: string
  name?: string
  queue?: string
}

/** MiniSeriesDTO of tft-league-v1: what getChallengerLeague, getGrandmasterLeague, getLeagueById, getLeagueEntries, getLeagueEntriesByPUUID, getMasterLeague answers with. */
export interface MiniSeriesDTO {
  losses: number
  progress: string
  target: number
  wins: number
}

/** TopRatedLadderEntryDto of tft-league-v1: what getTopRatedLadder answers with. */
export interface TopRatedLadderEntryDto {
  puuid: string
  ratedTier: 'ORANGE' | 'PURPLE' | 'BLUE' | 'GREEN' | 'GRAY' | (string & {})
  ratedRating: number
  wins: number
  previousUpdateLadderPosition: number
}
