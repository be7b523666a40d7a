/** A region of the regional services. */
export type Region = 'americas' | 'asia' | 'europe' | 'sea'

/** What the simulator knows of a platform (a game server) of League of Legends. */
export interface PlatformFacts {
  readonly region: Region
  /** Where Legends of Runeterra keeps this platform's players. */
  readonly lor: Region
  /** The VALORANT shard of this platform's players. */
  readonly shard: string
  /** The tag line that a Riot id gets when its owner chooses none. */
  readonly tag: string
}

/** The platforms that exist, in a fixed order: a player's number contains the platform's place in it. */
export const PLATFORM_FACTS: Readonly<Record<string, PlatformFacts>> = {
  br1: { region: 'americas', lor: 'americas', shard: 'br', tag: 'BR1' },
  eun1: { region: 'europe', lor: 'europe', shard: 'eu', tag: 'EUNE' },
  euw1: { region: 'europe', lor: 'europe', shard: 'eu', tag: 'EUW' },
  jp1: { region: 'asia', lor: 'sea', shard: 'ap', tag: 'JP1' },
  kr: { region: 'asia', lor: 'sea', shard: 'kr', tag: 'KR1' },
  la1: { region: 'americas', lor: 'americas', shard: 'latam', tag: 'LAN' },
  la2: { region: 'americas', lor: 'americas', shard: 'latam', tag: 'LAS' },
  me1: { region: 'europe', lor: 'europe', shard: 'eu', tag: 'MENA' },
  na1: { region: 'americas', lor: 'americas', shard: 'na', tag: 'NA1' },
  oc1: { region: 'sea', lor: 'sea', shard: 'ap', tag: 'OCE' },
  ru: { region: 'europe', lor: 'sea', shard: 'eu', tag: 'RU1' },
  sg2: { region: 'sea', lor: 'sea', shard: 'ap', tag: 'SG2' },
  tr1: { region: 'europe', lor: 'sea', shard: 'eu', tag: 'TR1' },
  tw2: { region: 'sea', lor: 'sea', shard: 'ap', tag: 'TW2' },
  vn2: { region: 'sea', lor: 'sea', shard: 'ap', tag: 'VN2' },
  pbe1: { region: 'americas', lor: 'americas', shard: 'na', tag: 'PBE' },
}

/** The names of the platforms, in the order that player numbers count on. */
export const PLATFORM_NAMES: readonly string[] = Object.keys(PLATFORM_FACTS)

const PLATFORMS = PLATFORM_NAMES.filter((name) => name !== 'pbe1')
const REGIONS = ['americas', 'asia', 'europe', 'sea']
const LOR = ['americas', 'europe', 'sea']
const VAL = ['ap', 'br', 'eu', 'kr', 'latam', 'na']

/** Which hosts serve an operation, by the name that the table of operations uses. */
export const ROUTE_SETS: Readonly<Record<string, readonly string[]>> = {
  platforms: PLATFORMS,
  platformsAndPbe: PLATFORM_NAMES,
  statusPlatforms: PLATFORM_NAMES.filter((name) => name !== 'tw2'),
  americas: ['americas'],
  americasAsiaEurope: ['americas', 'asia', 'europe'],
  // account-v1 is listed twice: for the regions, and for esports.
  account: ['americas', 'asia', 'europe', 'esports', 'esportseu'],
  regions: REGIONS,
  regionsAndEsports: [...REGIONS, 'esports', 'esportseu'],
  lor: LOR,
  lorAndApac: [...LOR, 'apac'],
  val: VAL,
  valAndEsports: [...VAL, 'esports'],
  valConsole: VAL.filter((name) => name !== 'kr'),
  valConsoleRanked: ['ap', 'eu', 'na'],
}

/** Every name that can stand before `.api.riotgames.com`. */
export const ROUTES: ReadonlySet<string> = new Set(Object.values(ROUTE_SETS).flat())
