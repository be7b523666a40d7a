// Riot's summoner-v4: the names are exactly the wire's.

/** SummonerDTO of summoner-v4: what getByAccessToken, getByPUUID answers with. */
export interface SummonerDTO {
  profileIconId: number
  revisionDate: number
  puuid: string
  summonerLevel: number
  id?: string
}
