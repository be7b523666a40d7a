import { createClient } from '@sluice/http'
import { checkPatch } from './check-patch.ts'
import { partsOfLocale } from './locale.ts'
import { staticClient, type StaticClientOptions } from './static-client.ts'
import { cdragon, cdragonTft } from './tables/cdragon.ts'

/** `latest`, `pbe`, or a patch such as `15.1`. */
export type CDragonPatch = 'latest' | 'pbe' | (string & {})

/** `default`, which is `en_us`, or a language in lower case such as `ko_kr`. */
export type CDragonLocale = 'default' | (string & {})

/** Options of {@link CDragonClient}. */
export interface CDragonClientOptions extends StaticClientOptions {
  /** Default `latest`. */
  patch?: CDragonPatch | undefined
  /** Default `default`, which is `en_us`. */
  locale?: CDragonLocale | undefined
}

const SITE = 'https://raw.communitydragon.org'

/**
 * CommunityDragon: League of Legends and Teamfight Tactics as the game's own files have it. Each method takes `patch` and `locale` as options; by default they are
 * the client's.
 *
 * @throws TypeError or RangeError for an option that is not valid, naming it.
 *
 * @example
 * ```ts
 * import { CDragonClient } from '@sluice/riot'
 *
 * await using cdragon = new CDragonClient({ locale: 'ko_kr', baseUrl: 'https://api.example.com' })
 * await cdragon.getLolV1Champion(777)
 * await cdragon.getLolV1Champion(777, { patch: '15.1', locale: 'default' })
 * ```
 */
export class CDragonClient extends staticClient(SITE, (session, raw, options: CDragonClientOptions) => {
  const patch: CDragonPatch = options.patch ?? 'latest'
  checkPatch(patch)
  const { locale = 'default' } = options
  const language = locale === 'default' ? 'en_us' : partsOfLocale('locale', locale).join('_').toLowerCase()
  const gameLocale: CDragonLocale = language === 'en_us' ? 'default' : language
  return {
    ...createClient(session, cdragon, { routes: { raw }, defaults: { patch, locale: gameLocale } }),
    ...createClient(session, cdragonTft, { routes: { raw }, defaults: { patch, locale: language } }),
  }
}) {}

/**
 * The URL of a picture or sound, from its path in CommunityDragon's files (`/lol-game-data/assets/…` or `ASSETS/….tex`).
 *
 * @param options `patch` and `baseUrl` as of {@link CDragonClient}.
 * @throws TypeError for a path that is neither.
 *
 * @example
 * ```ts
 * import { cdragonAssetUrl } from '@sluice/riot'
 *
 * console.log(cdragonAssetUrl('/lol-game-data/assets/v1/champion-icons/1.png'))
 * // https://raw.communitydragon.org/latest/plugins/rcp-be-lol-game-data/global/default/v1/champion-icons/1.png
 * console.log(cdragonAssetUrl('ASSETS/Maps/TFT/Icons/Items/Sword.tex', { patch: '15.1' }))
 * // https://raw.communitydragon.org/15.1/game/assets/maps/tft/icons/items/sword.png
 * ```
 */
export function cdragonAssetUrl(
  path: string,
  options: { patch?: CDragonPatch | undefined; baseUrl?: string | URL | undefined } = {},
): string {
  const { patch = 'latest', baseUrl = SITE } = options
  const base = `${new URL(baseUrl).href.replace(/\/+$/, '')}/${encodeURIComponent(patch)}`
  const file = path.toLowerCase()
  const client = '/lol-game-data/assets/'
  if (file.startsWith(client)) return `${base}/plugins/rcp-be-lol-game-data/global/default/${file.slice(client.length)}`
  if (file.startsWith('assets/')) return `${base}/game/${file.replace(/\.(?:tex|dds)$/, '.png')}`
  throw new TypeError(`path must begin with '/lol-game-data/assets/' or 'ASSETS/', not ${JSON.stringify(path)}`)
}
