// Riot's champion-v3: the names are exactly the wire's.

/** ChampionInfo of champion-v3: what getChampionInfo answers with. */
export interface ChampionInfo {
  maxNewPlayerLevel: number
  freeChampionIdsForNewPlayers: number[]
  freeChampionIds: number[]
}
