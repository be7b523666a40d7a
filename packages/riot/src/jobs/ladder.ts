import { show } from '@sluice/core/internal'
import type { RiotClient } from '../client/riot-client.ts'
import type { LeagueItemDTO, LeagueListDTO } from '../schemas/league-v4.ts'
import type { ApexTier, Division, LeagueQueue, Tier } from '../tables/words.ts'
import type { JobOptions } from './job-options.ts'
import { leaguePages } from './league-pages.ts'

/** Which part of a ladder. */
export interface LadderOptions extends JobOptions {
  /** Default `RANKED_SOLO_5x5`. */
  queue?: LeagueQueue | undefined
  /** In the order in which they are wanted. Default challenger, grandmaster and master. */
  tiers?: readonly (ApexTier | Tier)[] | undefined
}

/** A player on a ladder. */
export type LadderEntry = LeagueItemDTO & { readonly tier: ApexTier | Tier }

const APEX: Readonly<Record<ApexTier, 'getChallengerLeague' | 'getGrandmasterLeague' | 'getMasterLeague'>> = {
  CHALLENGER: 'getChallengerLeague',
  GRANDMASTER: 'getGrandmasterLeague',
  MASTER: 'getMasterLeague',
}
const TIERS: readonly string[] = ['DIAMOND', 'EMERALD', 'PLATINUM', 'GOLD', 'SILVER', 'BRONZE', 'IRON']
const DIVISIONS: readonly Division[] = ['I', 'II', 'III', 'IV']

/**
 * The players of a platform's ladder, tier by tier, best tier first: three calls for challenger, grandmaster and master, pages for what is below. Each
 * player comes once, though somebody may move from page to page meanwhile.
 *
 * @throws from the loop what the operations throw. At once TypeError for a tier that does not exist.
 * @example
 * ```ts
 * import { RiotClient, ladder } from '@sluice/riot'
 * import { PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator()
 * await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'kr', baseUrl: `${server.url}/{route}` })
 * const count: Record<string, number> = {}
 * for await (const { tier } of ladder(riot)) count[tier] = (count[tier] ?? 0) + 1
 * console.log(count) // { CHALLENGER: 300, GRANDMASTER: 700, MASTER: 300 }
 * ```
 */
export function ladder(riot: RiotClient, options: LadderOptions = {}): AsyncIterableIterator<LadderEntry, void> {
  const { tiers = Object.keys(APEX) as ApexTier[] } = options
  for (const tier of tiers)
    if (!Object.hasOwn(APEX, tier) && !TIERS.includes(tier))
      throw new TypeError(`tiers must be some of ${[...Object.keys(APEX), ...TIERS].join(', ')}, not ${show(tier)}`)
  return entriesOf(riot, options, tiers)
}

async function* entriesOf(
  riot: RiotClient,
  options: LadderOptions,
  tiers: readonly (ApexTier | Tier)[],
): AsyncGenerator<LadderEntry, void, undefined> {
  const seen = new Set<string>()
  for (const tier of tiers) {
    for await (const entries of tierOf(riot, tier, options))
      for (const entry of entries) if (seen.size < seen.add(entry.puuid).size) yield { ...entry, tier }
  }
}

async function* tierOf(
  riot: RiotClient,
  tier: ApexTier | Tier,
  options: LadderOptions,
): AsyncGenerator<readonly LeagueItemDTO[], void, undefined> {
  const { queue = 'RANKED_SOLO_5x5', platform, priority, signal } = options
  if (!isApex(tier)) {
    for (const division of DIVISIONS)
      for await (const page of leaguePages(riot, { ...options, tier, division }))
        yield page.map((entry) => ({ ...entry, rank: entry.rank ?? division }))
    return
  }
  const league: LeagueListDTO = await riot.leagueV4[APEX[tier]](queue, {
    platform,
    priority,
    signal,
    notFound: 'throw',
  })
  yield league.entries
}

function isApex(tier: ApexTier | Tier): tier is ApexTier {
  return Object.hasOwn(APEX, tier)
}
