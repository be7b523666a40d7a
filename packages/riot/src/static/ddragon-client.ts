import { createClient, MemoryCache, cache, type RequestOptions, type Sender, type Session } from '@sluice/http'
import { checkMs } from '@sluice/core/internal'
import { checkPatch } from './check-patch.ts'
import { partsOfLocale } from './locale.ts'
import type { Image } from './schemas/ddragon.ts'
import { staticClient, type StaticClientOptions } from './static-client.ts'
import { ddragon, ddragonLor } from './tables/ddragon.ts'

/** `latest`, a patch such as `15.1`, or a version such as `15.1.1`. */
export type DDragonPatch = 'latest' | (string & {})

/** A language and a country, such as `en_US`. */
export type DDragonLocale = string

/** Options of {@link DDragonClient}. */
export interface DDragonClientOptions extends StaticClientOptions {
  /** Of League of Legends and Teamfight Tactics; Legends of Runeterra counts otherwise. Default `latest`. */
  patch?: DDragonPatch | undefined
  /** Default `en_US`. */
  locale?: DDragonLocale | undefined
  /** For how many ms the list of versions, by which `latest` is found, is remembered. Default 600,000. */
  versionsTtl?: number | undefined
  /** Where the cards of Legends of Runeterra are. Default: the site, or `baseUrl` if that is given. */
  lorBaseUrl?: string | URL | undefined
  /** Where Riot's lists of constants are. Default: the site, or `baseUrl` if that is given. */
  docsBaseUrl?: string | URL | undefined
}

const SITE = 'https://ddragon.leagueoflegends.com'
const LOR_SITE = 'https://dd.b.pvp.net'
const DOCS_SITE = 'https://static.developer.riotgames.com'

/** Marks the requests for the list of versions that the client itself makes: only these are remembered. */
const RESOLVING = Symbol('sluice.riot.versions')

/** Data Dragon knows exact versions only: puts the version that is meant in place of `latest` or of a patch. */
class VersionResolver implements Sender {
  readonly #session: Session
  readonly #baseUrl: string

  constructor(session: Session, baseUrl: string) {
    this.#session = session
    this.#baseUrl = baseUrl
  }

  async request(method: string, url: string, options: RequestOptions = {}): ReturnType<Sender['request']> {
    const cdn = `${this.#baseUrl}/cdn/`
    const [patch = ''] = url.startsWith(cdn) ? url.slice(cdn.length).split('/', 1) : []
    if (patch !== 'latest' && !/^\d+\.\d+$/.test(patch)) return this.#session.request(method, url, options)
    const version = await this.#versionOf(patch, options)
    return this.#session.request(method, cdn + version + url.slice(cdn.length + patch.length), options)
  }

  async #versionOf(patch: string, { signal, timeout, deadline }: RequestOptions): Promise<string> {
    const response = await this.#session.get(`${this.#baseUrl}/api/versions.json`, {
      signal,
      timeout,
      deadline,
      route: ddragon.getVersions.endpoint.path,
      raiseForStatus: true,
      context: { [RESOLVING]: true },
    })
    const versions = await response.json<string[]>()
    const version = versions.find((name) => patch === 'latest' || name.startsWith(`${patch}.`))
    if (version === undefined)
      throw new RangeError(
        `patch ${patch} is none of Data Dragon's: the newest version is ${versions[0]}, the oldest ${versions.at(-1)}`,
      )
    return version
  }
}

const trimmed = (url: string | URL): string => new URL(url).href.replace(/\/+$/, '')

/**
 * Data Dragon, Riot's own static data: League of Legends, Teamfight Tactics, the cards of Legends of Runeterra, and the lists of queues, maps and modes. Methods for
 * files that have versions and languages take `patch` and `locale` as options; by default they are the client's.
 *
 * @throws TypeError or RangeError for an option that is not valid, naming it.
 *
 * @example
 * ```ts no-run needs the site
 * import { DDragonClient } from '@sluice/riot'
 *
 * await using ddragon = new DDragonClient({ locale: 'ko_KR' })
 * const { data } = await ddragon.getLolChampions()
 * console.log(data.Aatrox?.key) // 266
 * const cards = await ddragon.getLorCards('6cde', { locale: 'en_us' })
 * console.log(cards[0]?.cardCode)
 * ```
 */
export class DDragonClient extends staticClient(
  SITE,
  (session, baseUrl, options: DDragonClientOptions) => {
    const patch: DDragonPatch = options.patch ?? 'latest'
    checkPatch(patch)
    const [language, country] = partsOfLocale('locale', options.locale ?? 'en_US')
    const locale: DDragonLocale = `${language}_${country}`
    const sender = new VersionResolver(session, baseUrl)
    const lor = trimmed(options.lorBaseUrl ?? options.baseUrl ?? LOR_SITE)
    const docs = trimmed(options.docsBaseUrl ?? options.baseUrl ?? DOCS_SITE)
    return {
      ...createClient(sender, ddragon, { routes: { ddragon: baseUrl, docs }, defaults: { patch, locale } }),
      ...createClient(session, ddragonLor, {
        routes: { lor },
        defaults: { patch: 'latest', locale: locale.toLowerCase() },
      }),
    }
  },
  ({ versionsTtl = 600_000, clock }) => {
    checkMs('versionsTtl', versionsTtl)
    // Outside of the caller's layers: what is remembered costs no token of their limits.
    return [cache(new MemoryCache(), [[({ context }) => context[RESOLVING] === true, versionsTtl]], { clock })]
  },
) {}

/**
 * The URL of a picture, from the `image` in Data Dragon's files.
 *
 * @param version as in the file that the image is from: `15.1.1`.
 *
 * @example
 * ```ts
 * import { ddragonImageUrl } from '@sluice/riot'
 *
 * console.log(ddragonImageUrl({ full: 'Aatrox.png', group: 'champion' }, '15.1.1'))
 * // https://ddragon.leagueoflegends.com/cdn/15.1.1/img/champion/Aatrox.png
 * ```
 */
export function ddragonImageUrl(
  image: Pick<Image, 'full' | 'group'>,
  version: string,
  options: { baseUrl?: string | URL | undefined } = {},
): string {
  const [group, full] = [image.group, image.full].map(encodeURIComponent)
  return `${trimmed(options.baseUrl ?? SITE)}/cdn/${encodeURIComponent(version)}/img/${group}/${full}`
}
