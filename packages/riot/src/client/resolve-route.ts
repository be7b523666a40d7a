import { show } from '@sluice/core/internal'
import { ROUTE_KINDS, type RouteKind } from '../route-kinds.ts'
import {
  isPlatform,
  platformOfMatchId,
  platformToRegion,
  platformToShard,
  REGIONS,
  type Platform,
  type Region,
  type ValShard,
} from '../routing.ts'

/** Where a client asks when a call does not say. */
export interface RouteDefaults {
  readonly platform: Platform | undefined
  readonly region: Region | undefined
  readonly shard: ValShard | undefined
}

/** What a call tells of where it goes. */
export interface RouteWish {
  /** Such as `match-v5.getMatch`, for errors. */
  readonly operation: string
  readonly kind: RouteKind
  /** The call's own option. */
  readonly given: unknown
  /** The id of a match of League of Legends or Teamfight Tactics tells its region. */
  readonly matchId: string | undefined
}

/**
 * The host of a call: what it says itself, or what its match id says, or the client's default, or what follows from the client's platform.
 *
 * @throws TypeError when nothing says it, or what is said does not serve the operation; with what to use.
 */
export function resolveRoute(wish: RouteWish, defaults: RouteDefaults): string {
  const { operation, kind, given, matchId } = wish
  const { option, names } = ROUTE_KINDS[kind]
  if (given !== undefined) {
    if ((names as readonly unknown[]).includes(given)) return given as string
    throw new TypeError(
      `${option} of ${operation} must be one of ${names.join(', ')}, not ${show(given)}${hint(kind, given)}`,
    )
  }
  const found = INFER[option](kind, matchId, defaults)
  if (found !== undefined && (names as readonly string[]).includes(found)) return found
  const why = found === undefined ? '' : `: ${found}, which the client's options lead to, does not serve it`
  throw new TypeError(
    `${operation} needs the option ${option}, one of ${names.join(', ')}, in the call or when the client is made${why}`,
  )
}

const INFER: Record<
  'platform' | 'region' | 'shard',
  (kind: RouteKind, matchId: string | undefined, defaults: RouteDefaults) => string | undefined
> = {
  platform: (_, __, { platform }) => platform,
  region: inferRegion,
  shard: (_, __, { platform, shard }) => shard ?? (platform === undefined ? undefined : platformToShard(platform)),
}

function inferRegion(kind: RouteKind, matchId: string | undefined, defaults: RouteDefaults): string | undefined {
  const { names } = ROUTE_KINDS[kind]
  if (kind === 'americas') return 'americas'
  // Ids of Legends of Runeterra tell nothing.
  const platform = matchId === undefined || kind === 'lorMatchRegion' ? undefined : platformOfMatchId(matchId)
  const region =
    platform !== undefined
      ? platformToRegion(platform)
      : (defaults.region ?? (defaults.platform === undefined ? undefined : regionFor(kind, defaults.platform)))
  // Any region answers for every account.
  if (region === undefined) return kind === 'accountRegion' || kind === 'accountOrEsports' ? 'americas' : undefined
  if ((names as readonly string[]).includes(region)) return region
  return region === 'sea' ? 'asia' : 'sea'
}

/** Legends of Runeterra has its own map of the world. */
function regionFor(kind: RouteKind, platform: Platform): Region {
  if ((kind === 'lorRegion' || kind === 'lorMatchRegion') && (platform === 'ru' || platform === 'tr1')) return 'sea'
  return platformToRegion(platform)
}

function hint(kind: RouteKind, given: unknown): string {
  if (typeof given !== 'string') return ''
  const { option, names } = ROUTE_KINDS[kind]
  const name = given.toLowerCase()
  if ((names as readonly string[]).includes(name)) return `: write ${name}`
  if (isPlatform(name)) {
    if (option === 'platform') return ''
    const home = INFER[option](kind, undefined, { platform: name, region: undefined, shard: undefined })
    return `: ${name} is a platform, use ${home}`
  }
  if ((REGIONS as readonly string[]).includes(name)) {
    if (option !== 'region') return `: ${name} is a region`
    return `: use ${inferRegion(kind, undefined, { platform: undefined, region: name as Region, shard: undefined })}`
  }
  return ''
}
