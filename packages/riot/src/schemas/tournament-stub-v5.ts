// Riot's tournament-stub-v5: the names are exactly the wire's.

/** LobbyEventV5DTO of tournament-stub-v5: what getLobbyEventsByCode answers with. */
export interface LobbyEventV5DTO {
  timestamp: string
  eventType: string
  puuid: string
}

/** LobbyEventV5DTOWrapper of tournament-stub-v5: what getLobbyEventsByCode answers with. */
export interface LobbyEventV5DTOWrapper {
  eventList: LobbyEventV5DTO[]
}

/** ProviderRegistrationParametersV5 of tournament-stub-v5: what registerProviderData answers with. */
export interface ProviderRegistrationParametersV5 {
  region: 'BR' | 'EUNE' | 'EUW' | 'JP' | 'LAN' | 'LAS' | 'NA' | 'OCE' | 'PBE' | 'RU' | 'TR' | 'KR' | (string & {})
  url: string
}

/** TournamentCodeParametersV5 of tournament-stub-v5: what createTournamentCode answers with. */
export interface TournamentCodeParametersV5 {
  allowedParticipants?: string[]
  metadata?: string
  teamSize: number
  pickType: 'BLIND_PICK' | 'DRAFT_MODE' | 'ALL_RANDOM' | 'TOURNAMENT_DRAFT' | (string & {})
  mapType: 'SUMMONERS_RIFT' | 'HOWLING_ABYSS' | (string & {})
  spectatorType: 'NONE' | 'LOBBYONLY' | 'ALL' | (string & {})
  enoughPlayers: boolean
}

/** TournamentCodeV5DTO of tournament-stub-v5: what getTournamentCode answers with. */
export interface TournamentCodeV5DTO {
  code: string
  lobbyName: string
  metaData: string
  password: string
  teamSize: number
  providerId: number
  pickType: string
  tournamentId: number
  id: number
  region: 'BR' | 'EUNE' | 'EUW' | 'JP' | 'LAN' | 'LAS' | 'NA' | 'OCE' | 'PBE' | 'RU' | 'TR' | 'KR' | (string & {})
  map: string
  participants: string[]
}

/** TournamentRegistrationParametersV5 of tournament-stub-v5: what registerTournament answers with. */
export interface TournamentRegistrationParametersV5 {
  providerId: number
  name?: string
}
