import { mapIterable } from '@sluice/core'
import { checkCount } from '@sluice/core/internal'
import type { RiotClient } from '../client/riot-client.ts'
import type { LeagueEntryDTO } from '../schemas/league-v4.ts'
import type { Division, LeagueQueue, Tier } from '../tables/words.ts'
import type { JobOptions } from './job-options.ts'

/** Which pages. */
export interface LeaguePagesOptions extends JobOptions {
  /** Default `RANKED_SOLO_5x5`. */
  queue?: LeagueQueue | undefined
  tier: Tier
  division: Division
  /** The first page. Default 1. */
  from?: number | undefined
  /** How many pages are asked for at a time. Default 3: so many may be asked for behind the last one. */
  lookAhead?: number | undefined
}

/**
 * The pages of a division, each with the players that no earlier page had: Riot's pages overlap, and on some platforms they never end. It ends at a page that is
 * empty or brings nobody new.
 *
 * @throws from the loop what `getLeagueEntries` throws. At once RangeError or TypeError for wrong options.
 * @example
 * ```ts
 * import { RiotClient, leaguePages } from '@sluice/riot'
 * import { PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator()
 * await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'kr', baseUrl: `${server.url}/{route}` })
 * const sizes: number[] = []
 * for await (const page of leaguePages(riot, { tier: 'DIAMOND', division: 'I' })) {
 *   sizes.push(page.length)
 *   if (sizes.length === 2) break
 * }
 * console.log(sizes) // [ 205, 200 ]: five of the second page were in the first
 * ```
 */
export function leaguePages(
  riot: RiotClient,
  options: LeaguePagesOptions,
): AsyncIterableIterator<LeagueEntryDTO[], void> {
  const { from = 1, lookAhead = 3 } = options
  checkCount('from', from, 1, Number.MAX_SAFE_INTEGER)
  checkCount('lookAhead', lookAhead)
  return pagesOf(riot, options, from, lookAhead)
}

async function* pagesOf(
  riot: RiotClient,
  options: LeaguePagesOptions,
  from: number,
  lookAhead: number,
): AsyncGenerator<LeagueEntryDTO[], void, undefined> {
  const { queue = 'RANKED_SOLO_5x5', tier, division, platform, priority, signal: outer } = options
  const seen = new Set<string>()
  const pages = mapIterable(
    numbersFrom(from),
    (page, { signal }) =>
      riot.leagueV4.getLeagueEntries(queue, tier, division, { page, platform, priority, signal, notFound: 'throw' }),
    { concurrency: lookAhead, buffer: 0, ...(outer && { signal: outer }) },
  )
  for await (const page of pages) {
    const fresh = page.filter(({ puuid }) => seen.size < seen.add(puuid).size)
    if (fresh.length === 0) return
    yield fresh
  }
}

function* numbersFrom(first: number): Generator<number, never> {
  for (let number = first; ; number++) yield number
}
