import { checkCount } from '@sluice/core/internal'
import type { RiotClient } from '../client/riot-client.ts'
import type { Region } from '../routing.ts'

/** Most ids that one call answers with. */
const PAGE = 100

/** Which matches of a player. */
export interface MatchIdsOptions {
  /** How many at most, newest first. Default: all there are. */
  count?: number | undefined
  /** Seconds since 1970: only matches that began later. */
  startTime?: number | undefined
  /** Seconds since 1970: only matches that began earlier. */
  endTime?: number | undefined
  /** Number of a queue: 420 is ranked solo. */
  queue?: number | undefined
  type?: 'ranked' | 'normal' | 'tourney' | 'tutorial' | undefined
  /** Default: the client's. */
  region?: Region | undefined
  signal?: AbortSignal | undefined
  priority?: number | undefined
}

/**
 * The ids of a player's matches, newest first, 100 with each call and as many calls as it takes. A match that is played meanwhile moves all
 * others on; none of them comes twice for it.
 *
 * @throws from the loop what `getMatchIdsByPuuid` throws. At once RangeError or TypeError for a wrong count.
 * @example
 * ```ts
 * import { RiotClient, matchIds } from '@sluice/riot'
 * import { PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator()
 * await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'kr', baseUrl: `${server.url}/{route}` })
 * let count = 0
 * for await (const id of matchIds(riot, server.simulator.puuid('kr', 0, PRODUCTION_KEY), { count: 250 })) count++
 * console.log(count, riot.statistics().requests) // 250 3
 * ```
 */
export function matchIds(
  riot: RiotClient,
  puuid: string,
  options: MatchIdsOptions = {},
): AsyncIterableIterator<string, void> {
  const { count = Infinity } = options
  checkCount('count', count, 0)
  return idsOf(riot, puuid, options, count)
}

async function* idsOf(
  riot: RiotClient,
  puuid: string,
  { count: _, ...options }: MatchIdsOptions,
  most: number,
): AsyncGenerator<string, void, undefined> {
  let last: ReadonlySet<string> = new Set()
  let left = most
  for (let start = 0; left > 0; start += PAGE) {
    // All pages but the last must be whole ones: the next one begins where this one ends.
    const count = Math.min(PAGE, left)
    const page = await riot.matchV5.getMatchIdsByPuuid(puuid, { ...options, start, count, notFound: 'throw' })
    for (const id of page) {
      if (last.has(id)) continue
      left--
      yield id
    }
    if (page.length < count) return
    last = new Set(page)
  }
}
