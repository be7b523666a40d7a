// Riot's clash-v1: the names are exactly the wire's.

/** PlayerDto of clash-v1: what getPlayersByPUUID, getTeamById answers with. */
export interface PlayerDto {
  puuid: string
  teamId?: string
  position: 'UNSELECTED' | 'FILL' | 'TOP' | 'JUNGLE' | 'MIDDLE' | 'BOTTOM' | 'UTILITY' | (string & {})
  role: 'CAPTAIN' | 'MEMBER' | (string & {})
}

/** TeamDto of clash-v1: what getTeamById answers with. */
export interface TeamDto {
  id: string
  tournamentId: number
  name: string
  iconId: number
  tier: number
  captain: string
  abbreviation: string
  players: PlayerDto[]
}

/** TournamentDto of clash-v1: what getTournamentById, getTournamentByTeam, getTournaments answers with. */
export interface TournamentDto {
  id: number
  themeId: number
  nameKey: string
  nameKeySecondary: string
  schedule: TournamentPhaseDto[]
}

/** TournamentPhaseDto of clash-v1: what getTournamentById, getTournamentByTeam, getTournaments answers with. */
export interface TournamentPhaseDto {
  id: number
  registrationTime: number
  startTime: number
  cancelled: boolean
}
