// Riot's tournament-v5: the names are exactly the wire's.

/** LobbyEventV5DTO of tournament-v5: what getLobbyEventsByCode answers with. */
export interface LobbyEventV5DTO {
  timestamp: string
  eventType: string
  puuid: string
}

/** LobbyEventV5DTOWrapper of tournament-v5: what getLobbyEventsByCode answers with. */
export interface LobbyEventV5DTOWrapper {
  eventList: LobbyEventV5DTO[]
}

/** ProviderRegistrationParametersV5 of tournament-v5: what registerProviderData answers with. */
export interface ProviderRegistrationParametersV5 {
  region:
    | 'BR'
    | 'EUNE'
    | 'EUW'
    | 'JP'
    | 'LAN'
    | 'LAS'
    | 'NA'
    | 'OCE'
    | 'PBE'
    | 'RU'
    | 'TR'
    | 'KR'
    | 'PH'
    | 'SG'
    | 'TH'
    | 'TW'
    | 'VN'
    | (string & {})
  url: string
}

/** TournamentCodeParametersV5 of tournament-v5: what createTournamentCode answers with. */
export interface TournamentCodeParametersV5 {
  allowedParticipants?: string[]
  metadata?: string
  teamSize: number
  pickType: 'BLIND_PICK' | 'DRAFT_MODE' | 'ALL_RANDOM' | 'TOURNAMENT_DRAFT' | (string & {})
  mapType: 'SUMMONERS_RIFT' | 'HOWLING_ABYSS' | (string & {})
  spectatorType: 'NONE' | 'LOBBYONLY' | 'ALL' | (string & {})
  enoughPlayers: boolean
}

/** TournamentCodeUpdateParametersV5 of tournament-v5: what updateCode answers with. */
export interface TournamentCodeUpdateParametersV5 {
  allowedParticipants?: string[]
  pickType: 'BLIND_PICK' | 'DRAFT_MODE' | 'ALL_RANDOM' | 'TOURNAMENT_DRAFT' | (string & {})
  mapType: 'SUMMONERS_RIFT' | 'HOWLING_ABYSS' | (string & {})
  spectatorType: 'NONE' | 'LOBBYONLY' | 'ALL' | (string & {})
}

/** TournamentCodeV5DTO of tournament-v5: what getTournamentCode answers with. */
export interface TournamentCodeV5DTO {
  id: number
  providerId: number
  tournamentId: number
  code: string
  region:
    | 'BR'
    | 'EUNE'
    | 'EUW'
    | 'JP'
    | 'LAN'
    | 'LAS'
    | 'NA'
    | 'OCE'
    | 'PBE'
    | 'RU'
    | 'TR'
    | 'KR'
    | 'PH'
    | 'SG'
    | 'TH'
    | 'TW'
    | 'VN'
    | (string & {})
  map: string
  teamSize: number
  spectators: string
  pickType: string
  lobbyName: string
  password: string
  metaData: string
  participants: string[]
}

/** TournamentGamesV5 of tournament-v5: what getGames answers with. */
export interface TournamentGamesV5 {
  startTime: number
  winningTeam: TournamentTeamV5[]
  losingTeam: TournamentTeamV5[]
  shortCode: string
  metaData?: string
  gameId: number
  gameName: string
  gameType: string
  gameMap: number
  gameMode: string
  region: string
}

/** TournamentRegistrationParametersV5 of tournament-v5: what registerTournament answers with. */
export interface TournamentRegistrationParametersV5 {
  providerId: number
  name?: string
}

/** TournamentTeamV5 of tournament-v5: what getGames answers with. */
export interface TournamentTeamV5 {
  puuid: string
}
