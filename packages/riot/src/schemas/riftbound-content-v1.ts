// Riot's riftbound-content-v1: the names are exactly the wire's.

/** CardArtDTO of riftbound-content-v1: what getContent answers with. */
export interface CardArtDTO {
  thumbnailURL: string
  fullURL: string
  artist: string
}

/** CardDTO of riftbound-content-v1: what getContent answers with. */
export interface CardDTO {
  id: string
  collectorNumber: number
  set: string
  name: string
  description: string
  type: string
  rarity: string
  faction: string
  stats: CardStatsDTO
  keywords: string[]
  art: CardArtDTO
  flavorText: string
  tags: string[]
}

/** CardStatsDTO of riftbound-content-v1: what getContent answers with. */
export interface CardStatsDTO {
  energy: number
  might: number
  cost: number
  power: number
}

/** RiftboundContentDTO of riftbound-content-v1: what getContent answers with. */
export interface RiftboundContentDTO {
  game: string
  version: string
  lastUpdated: string
  sets: SetDTO[]
}

/** SetDTO of riftbound-content-v1: what getContent answers with. */
export interface SetDTO {
  id: string
  name: string
  cards: CardDTO[]
}
