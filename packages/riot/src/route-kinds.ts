import { PLATFORMS, REGIONS, VAL_SHARDS, type Platform } from './routing.ts'

/** The hosts that serve an operation, by the name that the tables use. */
export const ROUTE_KINDS = {
  platform: { option: 'platform', names: PLATFORMS.filter((name) => name !== 'pbe1') },
  platformOrPbe: { option: 'platform', names: PLATFORMS },
  statusPlatform: { option: 'platform', names: PLATFORMS.filter((name) => name !== 'tw2') },
  region: { option: 'region', names: REGIONS },
  regionOrEsports: { option: 'region', names: [...REGIONS, 'esports', 'esportseu'] },
  accountRegion: { option: 'region', names: ['americas', 'asia', 'europe'] },
  accountOrEsports: { option: 'region', names: ['americas', 'asia', 'europe', 'esports', 'esportseu'] },
  americas: { option: 'region', names: ['americas'] },
  lorRegion: { option: 'region', names: ['americas', 'europe', 'sea'] },
  lorMatchRegion: { option: 'region', names: ['americas', 'europe', 'sea', 'apac'] },
  shard: { option: 'shard', names: VAL_SHARDS },
  shardOrEsports: { option: 'shard', names: [...VAL_SHARDS, 'esports'] },
  consoleShard: { option: 'shard', names: VAL_SHARDS.filter((name) => name !== 'kr') },
  consoleRankedShard: { option: 'shard', names: ['ap', 'eu', 'na'] },
} as const satisfies Record<string, RouteFacts>

interface RouteFacts {
  /** The option that names the host. */
  readonly option: 'platform' | 'region' | 'shard'
  readonly names: readonly string[]
}

/** A kind of route: which hosts serve an operation. */
export type RouteKind = keyof typeof ROUTE_KINDS

/** The name of the option by which a call chooses its host. */
export type RouteOptionOf<Kind extends RouteKind> = (typeof ROUTE_KINDS)[Kind]['option']

/**
 * The hosts of a kind, as a type. All platforms do for all operations on platforms, so that a variable of type `Platform` can be handed on;
 * that the test realm pbe1 has no leagues is found when the call is made.
 */
export type RouteOf<Kind extends RouteKind> =
  RouteOptionOf<Kind> extends 'platform' ? Platform : (typeof ROUTE_KINDS)[Kind]['names'][number]
