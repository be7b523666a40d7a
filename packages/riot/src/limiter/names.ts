import type { HeadersLike } from '@sluice/http'
import { fingerprint, originOf, pathOf } from '@sluice/http/internal'

const RIOT = '.api.riotgames.com'

/** Where a request goes: `na1` of `https://na1.api.riotgames.com/…`; for any other server its origin, with the first part of the path if that names a route (`http://127.0.0.1:8080/na1`). */
export function hostOf(url: string): string {
  const origin = originOf(url)
  if (origin.endsWith(RIOT)) return origin.slice(origin.indexOf('//') + 2, -RIOT.length)
  const path = pathOf(url)
  const end = path.indexOf('/', 1)
  // All of Riot's paths begin with a game's name, which no route has.
  const first = end < 0 ? '' : path.slice(1, end)
  return first === '' || GAMES.has(first) ? origin : `${origin}/${first}`
}

const GAMES = new Set(['lol', 'tft', 'val', 'lor', 'riot', 'riftbound', 'fulfillment'])

/**
 * Riot counts by operation, not by URL: the route that the caller names, or else the path without what looks like a parameter (whatever
 * follows the collection, but for words such as `by-puuid`).
 */
export function methodOf(verb: string, url: string, route: string | undefined): string {
  if (route !== undefined) return verb === 'GET' ? route : `${verb} ${route}`
  const parts = pathOf(url).split('/')
  const game = parts.findIndex((part) => GAMES.has(part))
  const from = game < 0 ? 1 : game
  let method = verb + ' '
  for (let i = from; i < parts.length; i++) {
    const part = parts[i]!
    // Game, service, version and collection; then only words that name a way to look something up, or what is wanted of it.
    const fixed = i < from + 4 || /^by-[a-z-]+$/.test(part) || WORDS.has(part)
    method += fixed ? `/${part}` : '/*'
  }
  return method
}

const WORDS = new Set([
  'ids',
  'timeline',
  'replays',
  'me',
  'entries',
  'queue',
  'percentiles',
  'leaderboards',
  'config',
  'codes',
])

/** Stands for the key of a request without telling it: a short hash of `X-Riot-Token` or `api_key`, empty when there is neither. */
export function keyOf(url: string, headers: HeadersLike): string {
  const token = headers.get('x-riot-token') ?? /[?&]api_key=([^&#]+)/.exec(url)?.[1]
  return token === undefined ? '' : fingerprint(token)
}
