/** Every platform that answers today; `ph2` and `th2` are gone into `sg2`. */
export const PLATFORMS = [
  'br1',
  'eun1',
  'euw1',
  'jp1',
  'kr',
  'la1',
  'la2',
  'me1',
  'na1',
  'oc1',
  'pbe1',
  'ru',
  'sg2',
  'tr1',
  'tw2',
  'vn2',
] as const
/** A platform: where a player's ladder, masteries and current game are. */
export type Platform = (typeof PLATFORMS)[number]

/** The regions: where matches and accounts are. */
export const REGIONS = ['americas', 'asia', 'europe', 'sea'] as const
/** A region: where matches and accounts are. */
export type Region = (typeof REGIONS)[number]

/** Where an account can be asked for: any of them answers for every account. */
export type AccountRegion = Exclude<Region, 'sea'>

/** The shards of VALORANT. */
export const VAL_SHARDS = ['ap', 'br', 'eu', 'kr', 'latam', 'na'] as const
/** A shard of VALORANT. */
export type ValShard = (typeof VAL_SHARDS)[number]

const REGION_OF = {
  br1: 'americas',
  eun1: 'europe',
  euw1: 'europe',
  jp1: 'asia',
  kr: 'asia',
  la1: 'americas',
  la2: 'americas',
  me1: 'europe',
  na1: 'americas',
  oc1: 'sea',
  pbe1: 'americas',
  ru: 'europe',
  sg2: 'sea',
  tr1: 'europe',
  tw2: 'sea',
  vn2: 'sea',
} as const satisfies Record<Platform, Region>

/** The region of a platform, as a type. */
export type RegionOf<Name extends Platform> = (typeof REGION_OF)[Name]

const SHARD_OF = {
  br1: 'br',
  eun1: 'eu',
  euw1: 'eu',
  jp1: 'ap',
  kr: 'kr',
  la1: 'latam',
  la2: 'latam',
  me1: 'eu',
  na1: 'na',
  oc1: 'ap',
  pbe1: 'na',
  ru: 'eu',
  sg2: 'ap',
  tr1: 'eu',
  tw2: 'ap',
  vn2: 'ap',
} as const satisfies Record<Platform, ValShard>

/** The shard of VALORANT for a platform's neighbourhood, as a type. */
export type ShardOf<Name extends Platform> = (typeof SHARD_OF)[Name]

/** What people write, and old match ids carry, for a platform. */
const ALIASES: Readonly<Record<string, Platform>> = {
  br: 'br1',
  eune: 'eun1',
  euw: 'euw1',
  jp: 'jp1',
  lan: 'la1',
  las: 'la2',
  mena: 'me1',
  na: 'na1',
  oce: 'oc1',
  pbe: 'pbe1',
  ph: 'sg2',
  ph2: 'sg2',
  sg: 'sg2',
  th: 'sg2',
  th2: 'sg2',
  tr: 'tr1',
  tw: 'tw2',
  vn: 'vn2',
}

/** Platforms that were merged away, and the region in which their matches still are. */
const MERGED = new Set(['ph2', 'th2'])

/** True for exactly the names in {@link PLATFORMS}. */
export function isPlatform(value: unknown): value is Platform {
  return (PLATFORMS as readonly unknown[]).includes(value)
}

/**
 * The platform that `text` means: its name in any case, or what players call it.
 *
 * @throws TypeError when it is none.
 * @example
 * ```ts
 * import { parsePlatform } from '@sluice/riot'
 *
 * console.log(parsePlatform('EUW'), parsePlatform('kr'), parsePlatform('LAS')) // euw1 kr la2
 * ```
 */
export function parsePlatform(text: string): Platform {
  const name = typeof text === 'string' ? text.toLowerCase() : ''
  const platform = isPlatform(name) ? name : Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined
  if (platform !== undefined) return platform
  const hint = (REGIONS as readonly string[]).includes(name) ? `; ${name} is a region, not a platform` : ''
  throw new TypeError(`${JSON.stringify(text)} is no platform${hint}. The platforms are ${PLATFORMS.join(', ')}`)
}

/**
 * The region that a platform belongs to.
 *
 * @throws TypeError for what is no platform.
 * @example
 * ```ts
 * import { platformToRegion } from '@sluice/riot'
 *
 * console.log(platformToRegion('euw1'), platformToRegion('kr')) // europe asia
 * ```
 */
export function platformToRegion(platform: Platform): Region {
  return REGION_OF[parsePlatform(platform)]
}

/** The region to ask for an account from a platform's neighbourhood: `sea` has none, `asia` answers for it. */
export function platformToAccountRegion(platform: Platform): AccountRegion {
  const region = platformToRegion(platform)
  return region === 'sea' ? 'asia' : region
}

/** The shard of VALORANT where the players of a platform are at home. */
export function platformToShard(platform: Platform): ValShard {
  return SHARD_OF[parsePlatform(platform)]
}

/**
 * The platform in front of a match id.
 *
 * @throws TypeError when `matchId` does not look like `EUW1_1234567890`.
 */
export function platformOfMatchId(matchId: string): Platform {
  const [, prefix] = /^([A-Za-z]{2,4}[12]?)_\d+$/.exec(matchId) ?? []
  const name = prefix?.toLowerCase()
  if (name !== undefined && (isPlatform(name) || MERGED.has(name))) return parsePlatform(name)
  throw new TypeError(`${JSON.stringify(matchId)} is no match id: one looks like EUW1_1234567890`)
}

/**
 * The region in which a match is, by its id.
 *
 * @throws TypeError when `matchId` does not look like `EUW1_1234567890`.
 * @example
 * ```ts
 * import { regionOfMatchId } from '@sluice/riot'
 *
 * console.log(regionOfMatchId('NA1_4512345678'), regionOfMatchId('TH2_24825892')) // americas sea
 * ```
 */
export function regionOfMatchId(matchId: string): Region {
  return platformToRegion(platformOfMatchId(matchId))
}
