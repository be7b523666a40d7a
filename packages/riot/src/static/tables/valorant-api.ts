import { get } from '@sluice/http'
import type * as ValorantApi from '../schemas/valorant-api.ts'

/** A language in which valorant-api.com answers. */
export const VALORANT_LANGUAGES = [
  'ar-AE',
  'de-DE',
  'en-US',
  'es-ES',
  'es-MX',
  'fr-FR',
  'id-ID',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'pl-PL',
  'pt-BR',
  'ru-RU',
  'th-TH',
  'tr-TR',
  'vi-VN',
  'zh-CN',
  'zh-TW',
] as const
/** A language in which valorant-api.com answers. */
export type ValorantLanguage = (typeof VALORANT_LANGUAGES)[number]

/** Query options of every call. */
interface LanguageQuery {
  /** Default: the client's. */
  language?: ValorantLanguage | undefined
}
/** Query options of the agents. */
interface AgentsQuery extends LanguageQuery {
  /** `false` also lists those that nobody can play. Default true. */
  isPlayableCharacter?: boolean | undefined
}

/** What valorant-api.com answers, each wrapped in `{ status, data }`; the client unwraps it. */
export const valorantApi = {
  getValV1Agents: get('api', '/v1/agents', { query: { isPlayableCharacter: true } })<
    ValorantApi.Answer<ValorantApi.Agent[]>,
    AgentsQuery
  >,
  getValV1Agent: get('api', '/v1/agents/{uuid}')<ValorantApi.Answer<ValorantApi.Agent>, LanguageQuery>,
  getValV1Buddies: get('api', '/v1/buddies')<ValorantApi.Answer<ValorantApi.Buddy[]>, LanguageQuery>,
  getValV1Buddy: get('api', '/v1/buddies/{uuid}')<ValorantApi.Answer<ValorantApi.Buddy>, LanguageQuery>,
  getValV1Bundles: get('api', '/v1/bundles')<ValorantApi.Answer<ValorantApi.Bundle[]>, LanguageQuery>,
  getValV1Bundle: get('api', '/v1/bundles/{uuid}')<ValorantApi.Answer<ValorantApi.Bundle>, LanguageQuery>,
  getValV1Ceremonies: get('api', '/v1/ceremonies')<ValorantApi.Answer<ValorantApi.Ceremony[]>, LanguageQuery>,
  getValV1Ceremony: get('api', '/v1/ceremonies/{uuid}')<ValorantApi.Answer<ValorantApi.Ceremony>, LanguageQuery>,
  getValV1CompetitiveTiers: get('api', '/v1/competitivetiers')<
    ValorantApi.Answer<ValorantApi.CompetitiveTier[]>,
    LanguageQuery
  >,
  getValV1CompetitiveTier: get('api', '/v1/competitivetiers/{uuid}')<
    ValorantApi.Answer<ValorantApi.CompetitiveTier>,
    LanguageQuery
  >,
  getValV1ContentTiers: get('api', '/v1/contenttiers')<ValorantApi.Answer<ValorantApi.ContentTier[]>, LanguageQuery>,
  getValV1ContentTier: get('api', '/v1/contenttiers/{uuid}')<
    ValorantApi.Answer<ValorantApi.ContentTier>,
    LanguageQuery
  >,
  getValV1Contracts: get('api', '/v1/contracts')<ValorantApi.Answer<ValorantApi.Contract[]>, LanguageQuery>,
  getValV1Contract: get('api', '/v1/contracts/{uuid}')<ValorantApi.Answer<ValorantApi.Contract>, LanguageQuery>,
  getValV1Currencies: get('api', '/v1/currencies')<ValorantApi.Answer<ValorantApi.Currency[]>, LanguageQuery>,
  getValV1Currency: get('api', '/v1/currencies/{uuid}')<ValorantApi.Answer<ValorantApi.Currency>, LanguageQuery>,
  getValV1Events: get('api', '/v1/events')<ValorantApi.Answer<ValorantApi.Event[]>, LanguageQuery>,
  getValV1Event: get('api', '/v1/events/{uuid}')<ValorantApi.Answer<ValorantApi.Event>, LanguageQuery>,
  getValV1Gamemodes: get('api', '/v1/gamemodes')<ValorantApi.Answer<ValorantApi.GameMode[]>, LanguageQuery>,
  getValV1Gamemode: get('api', '/v1/gamemodes/{uuid}')<ValorantApi.Answer<ValorantApi.GameMode>, LanguageQuery>,
  getValV1Gears: get('api', '/v1/gear')<ValorantApi.Answer<ValorantApi.Gear[]>, LanguageQuery>,
  getValV1Gear: get('api', '/v1/gear/{uuid}')<ValorantApi.Answer<ValorantApi.Gear>, LanguageQuery>,
  getValV1Maps: get('api', '/v1/maps')<ValorantApi.Answer<ValorantApi.Map[]>, LanguageQuery>,
  getValV1Map: get('api', '/v1/maps/{uuid}')<ValorantApi.Answer<ValorantApi.Map>, LanguageQuery>,
  getValV1Playercards: get('api', '/v1/playercards')<ValorantApi.Answer<ValorantApi.PlayerCard[]>, LanguageQuery>,
  getValV1Playercard: get('api', '/v1/playercards/{uuid}')<ValorantApi.Answer<ValorantApi.PlayerCard>, LanguageQuery>,
  getValV1Playertitles: get('api', '/v1/playertitles')<ValorantApi.Answer<ValorantApi.PlayerTitle[]>, LanguageQuery>,
  getValV1Playertitle: get('api', '/v1/playertitles/{uuid}')<
    ValorantApi.Answer<ValorantApi.PlayerTitle>,
    LanguageQuery
  >,
  getValV1Seasons: get('api', '/v1/seasons')<ValorantApi.Answer<ValorantApi.Season[]>, LanguageQuery>,
  getValV1Season: get('api', '/v1/seasons/{uuid}')<ValorantApi.Answer<ValorantApi.Season>, LanguageQuery>,
  getValV1Sprays: get('api', '/v1/sprays')<ValorantApi.Answer<ValorantApi.Spray[]>, LanguageQuery>,
  getValV1Spray: get('api', '/v1/sprays/{uuid}')<ValorantApi.Answer<ValorantApi.Spray>, LanguageQuery>,
  getValV1Themes: get('api', '/v1/themes')<ValorantApi.Answer<ValorantApi.Theme[]>, LanguageQuery>,
  getValV1Theme: get('api', '/v1/themes/{uuid}')<ValorantApi.Answer<ValorantApi.Theme>, LanguageQuery>,
  getValV1Weapons: get('api', '/v1/weapons')<ValorantApi.Answer<ValorantApi.Weapon[]>, LanguageQuery>,
  getValV1Weapon: get('api', '/v1/weapons/{uuid}')<ValorantApi.Answer<ValorantApi.Weapon>, LanguageQuery>,
  /** Which build of the game the data are of: ask for it to learn whether anything is new. */
  getValV1Version: get('api', '/v1/version')<ValorantApi.Answer<ValorantApi.Version>, LanguageQuery>,
} as const
