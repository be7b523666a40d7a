export {
  CDragonClient,
  cdragonAssetUrl,
  type CDragonClientOptions,
  type CDragonLocale,
  type CDragonPatch,
} from './cdragon-client.ts'
export { ChampionIndex, type IndexedChampion } from './champion-index.ts'
export {
  DDragonClient,
  ddragonImageUrl,
  type DDragonClientOptions,
  type DDragonLocale,
  type DDragonPatch,
} from './ddragon-client.ts'
export { MerakiClient } from './meraki-client.ts'
export type * as CDragon from './schemas/cdragon.ts'
export type * as DDragon from './schemas/ddragon.ts'
export type * as Meraki from './schemas/meraki.ts'
export type * as ValorantApi from './schemas/valorant-api.ts'
export { StaticClient, type StaticClientOptions } from './static-client.ts'
export * as staticTables from './tables/index.ts'
export { VALORANT_LANGUAGES, type ValorantLanguage } from './tables/valorant-api.ts'
export { ValorantApiClient, type ValorantApiClientOptions, type ValorantMethod } from './valorant-api-client.ts'
