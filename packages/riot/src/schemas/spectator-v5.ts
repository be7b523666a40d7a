// Riot's spectator-v5: the names are exactly the wire's.

/** BannedChampion of spectator-v5: what getCurrentGameInfoByPuuid answers with. */
export interface BannedChampion {
  pickTurn: number
  championId: number
  teamId: number
}

/** CurrentGameInfo of spectator-v5: what getCurrentGameInfoByPuuid answers with. */
export interface CurrentGameInfo {
  gameId: number
  gameType: string
  gameStartTime: number
  mapId: number
  gameLength: number
  platformId: string
  gameMode: string
  bannedChampions: BannedChampion[]
  gameQueueConfigId?: number
  observers: Observer
  participants: CurrentGameParticipant[]
}

/** CurrentGameParticipant of spectator-v5: what getCurrentGameInfoByPuuid answers with. */
export interface CurrentGameParticipant {
  championId: number
  perks?: Perks
  profileIconId: number
  bot: boolean
  teamId: number
  puuid?: string
  spell1Id: number
  spell2Id: number
  gameCustomizationObjects: GameCustomizationObject[]
  riotId?: string
}

/** GameCustomizationObject of spectator-v5: what getCurrentGameInfoByPuuid answers with. */
export interface GameCustomizationObject {
  category: string
  content: string
}

/** Observer of spectator-v5: what getCurrentGameInfoByPuuid answers with. */
export interface Observer {
  encryptionKey: string
}

/** Perks of spectator-v5: what getCurrentGameInfoByPuuid answers with. */
export interface Perks {
  perkIds: number[]
  perkStyle: number
  perkSubStyle: number
}
