// Riot's lol-challenges-v1: the names are exactly the wire's.

/** How far somebody has come in a challenge. */
export type ChallengeLevel =
  | 'NONE'
  | 'IRON'
  | 'BRONZE'
  | 'SILVER'
  | 'GOLD'
  | 'PLATINUM'
  | 'DIAMOND'
  | 'MASTER'
  | 'GRANDMASTER'
  | 'CHALLENGER'
  | 'HIGHEST_NOT_LEADERBOARD_ONLY'
  | 'HIGHEST'
  | 'LOWEST'

/** ApexPlayerInfoDto of lol-challenges-v1: what getChallengeLeaderboards answers with. */
export interface ApexPlayerInfoDto {
  puuid: string
  value: number
  position: number
}

/** ChallengeConfigInfoDto of lol-challenges-v1: what getAllChallengeConfigs, getChallengeConfigs answers with. */
export interface ChallengeConfigInfoDto {
  id: number
  localizedNames: Record<string, Record<string, string>>
  state: 'DISABLED' | 'HIDDEN' | 'ENABLED' | 'ARCHIVED' | (string & {})
  tracking?: 'LIFETIME' | 'SEASON' | (string & {})
  startTimestamp?: number
  endTimestamp?: number
  leaderboard: boolean
  thresholds: Record<string, number>
}

/** ChallengeInfoDto of lol-challenges-v1: what getPlayerData answers with. */
export interface ChallengeInfoDto {
  percentile: number
  playersInLevel?: number
  achievedTime?: number
  value: number
  challengeId: number
  level: ChallengeLevel | (string & {})
  position?: number
}

/** ChallengePointDto of lol-challenges-v1: what getPlayerData answers with. */
export interface ChallengePointDto {
  level: string
  current: number
  max: number
  percentile?: number
  position?: number
}

/** Level of lol-challenges-v1. */
export interface Level {}

/** PlayerClientPreferencesDto of lol-challenges-v1: what getPlayerData answers with. */
export interface PlayerClientPreferencesDto {
  bannerAccent?: string
  title?: string
  challengeIds?: number[]
  crestBorder?: string
  prestigeCrestBorderLevel?: number
}

/** PlayerInfoDto of lol-challenges-v1: what getPlayerData answers with. */
export interface PlayerInfoDto {
  challenges: ChallengeInfoDto[]
  preferences: PlayerClientPreferencesDto
  totalPoints: ChallengePointDto
  categoryPoints: Record<string, ChallengePointDto>
}

/** State of lol-challenges-v1. */
export interface State {}

/** Tracking of lol-challenges-v1. */
export interface Tracking {}
