// Riot's account-v1: the names are exactly the wire's.

/** AccountDto of account-v1: what getByAccessToken, getByPuuid, getByRiotId answers with. */
export interface AccountDto {
  puuid: string
  gameName?: string
  tagLine?: string
}

/** AccountRegionDTO of account-v1: what getActiveRegion answers with. */
export interface AccountRegionDTO {
  puuid: string
  game: string
  region: string
}

/** ActiveShardDto of account-v1: what getActiveShard answers with. */
export interface ActiveShardDto {
  puuid: string
  game: string
  activeShard: string
}
