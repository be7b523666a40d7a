// Riot's val-content-v1: the names are exactly the wire's.

/** ActDto of val-content-v1: what getContent answers with. */
export interface ActDto {
  name: string
  localizedNames?: LocalizedNamesDto
  id: string
  isActive: boolean
  parentId?: string
  type?: string
}

/** ContentDto of val-content-v1: what getContent answers with. */
export interface ContentDto {
  version: string
  characters: ContentItemDto[]
  maps: ContentItemDto[]
  chromas: ContentItemDto[]
  skins: ContentItemDto[]
  skinLevels: ContentItemDto[]
  equips: ContentItemDto[]
  gameModes: ContentItemDto[]
  sprays: ContentItemDto[]
  sprayLevels: ContentItemDto[]
  charms: ContentItemDto[]
  charmLevels: ContentItemDto[]
  playerCards: ContentItemDto[]
  playerTitles: ContentItemDto[]
  acts: ActDto[]
  ceremonies?: ContentItemDto[]
  totems?: ContentItemDto[]
}

/** ContentItemDto of val-content-v1: what getContent answers with. */
export interface ContentItemDto {
  name: string
  localizedNames?: LocalizedNamesDto
  id: string
  assetName: string
  assetPath?: string
}

/** LocalizedNamesDto of val-content-v1: what getContent answers with. */
export interface LocalizedNamesDto {
  'ar-AE': string
  'de-DE': string
  'en-GB'?: string
  'en-US': string
  'es-ES': string
  'es-MX': string
  'fr-FR': string
  'id-ID': string
  'it-IT': string
  'ja-JP': string
  'ko-KR': string
  'pl-PL': string
  'pt-BR': string
  'ru-RU': string
  'th-TH': string
  'tr-TR': string
  'vi-VN': string
  'zh-CN': string
  'zh-TW': string
}
