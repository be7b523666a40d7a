// Riot's tft-summoner-v1: the names are exactly the wire's.

/** SummonerDTO of tft-summoner-v1: what getByAccessToken, getByPUUID answers with. */
export interface SummonerDTO {
  puuid: string
  profileIconId: number
  revisionDate: number
  summonerLevel: number
  id?: string
}
