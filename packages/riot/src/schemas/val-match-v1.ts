// Riot's val-match-v1: the names are exactly the wire's.

/** AbilityCastsDto of val-match-v1: what getMatch answers with. */
export interface AbilityCastsDto {
  grenadeCasts: number
  ability1Casts: number
  ability2Casts: number
  ultimateCasts: number
}

/** AbilityDto of val-match-v1: what getMatch answers with. */
export interface AbilityDto {
  grenadeEffects?: string | null
  ability1Effects?: string | null
  ability2Effects?: string | null
  ultimateEffects?: string | null
}

/** CoachDto of val-match-v1: what getMatch answers with. */
export interface CoachDto {
  puuid: string
  teamId: string
}

/** DamageDto of val-match-v1: what getMatch answers with. */
export interface DamageDto {
  receiver: string
  damage: number
  legshots: number
  bodyshots: number
  headshots: number
}

/** EconomyDto of val-match-v1: what getMatch answers with. */
export interface EconomyDto {
  loadoutValue: number
  weapon: string
  armor: string
  remaining: number
  spent: number
}

/** FinishingDamageDto of val-match-v1: what getMatch answers with. */
export interface FinishingDamageDto {
  damageType: string
  damageItem: string
  isSecondaryFireMode: boolean
}

/** KillDto of val-match-v1: what getMatch answers with. */
export interface KillDto {
  timeSinceGameStartMillis: number
  timeSinceRoundStartMillis: number
  killer: string
  victim: string
  victimLocation: LocationDto
  assistants: string[]
  playerLocations: PlayerLocationsDto[]
  finishingDamage: FinishingDamageDto
}

/** LocationDto of val-match-v1: what getMatch answers with. */
export interface LocationDto {
  x: number
  y: number
}

/** MatchDto of val-match-v1: what getMatch answers with. */
export interface MatchDto {
  matchInfo: MatchInfoDto
  players: PlayerDto[]
  coaches: CoachDto[]
  teams?: TeamDto[]
  roundResults?: RoundResultDto[]
}

/** MatchInfoDto of val-match-v1: what getMatch answers with. */
export interface MatchInfoDto {
  matchId: string
  mapId: string
  gameVersion: string
  gameLengthMillis?: number
  region: string
  gameStartMillis: number
  provisioningFlowId: string
  isCompleted: boolean
  customGameName: string
  queueId: string
  gameMode: string
  isRanked: boolean
  seasonId: string
  premierMatchInfo: Record<string, unknown>
}

/** MatchlistDto of val-match-v1: what getMatchlist answers with. */
export interface MatchlistDto {
  puuid: string
  history: MatchlistEntryDto[]
}

/** MatchlistEntryDto of val-match-v1: what getMatchlist answers with. */
export interface MatchlistEntryDto {
  matchId: string
  gameStartTimeMillis: number
  queueId: string
}

/** PlayerDto of val-match-v1: what getMatch answers with. */
export interface PlayerDto {
  puuid: string
  gameName: string
  tagLine: string
  teamId: string
  partyId: string
  characterId?: string
  stats?: PlayerStatsDto
  competitiveTier: number
  isObserver: boolean
  playerCard: string
  playerTitle: string
  accountLevel: number
}

/** PlayerLocationsDto of val-match-v1: what getMatch answers with. */
export interface PlayerLocationsDto {
  puuid: string
  viewRadians: number
  location: LocationDto
}

/** PlayerRoundStatsDto of val-match-v1: what getMatch answers with. */
export interface PlayerRoundStatsDto {
  puuid: string
  kills: KillDto[]
  damage: DamageDto[]
  score: number
  economy: EconomyDto
  ability: AbilityDto
}

/** PlayerStatsDto of val-match-v1: what getMatch answers with. */
export interface PlayerStatsDto {
  score: number
  roundsPlayed: number
  kills: number
  deaths: number
  assists: number
  playtimeMillis: number
  abilityCasts?: AbilityCastsDto | null
}

/** RecentMatchesDto of val-match-v1: what getRecent answers with. */
export interface RecentMatchesDto {
  currentTime: number
  matchIds: string[]
}

/** RoundResultDto of val-match-v1: what getMatch answers with. */
export interface RoundResultDto {
  roundNum: number
  roundResult: string
  roundCeremony: string
  winningTeam: string
  winningTeamRole?: string
  bombPlanter?: string | null
  bombDefuser?: string | null
  plantRoundTime: number
  plantPlayerLocations?: PlayerLocationsDto[] | null
  plantLocation: LocationDto
  plantSite: string
  defuseRoundTime: number
  defusePlayerLocations?: PlayerLocationsDto[] | null
  defuseLocation: LocationDto
  playerStats: PlayerRoundStatsDto[]
  roundResultCode: string
}

/** TeamDto of val-match-v1: what getMatch answers with. */
export interface TeamDto {
  teamId: string
  won: boolean
  roundsPlayed: number
  roundsWon: number
  numPoints: number
}
