import { asCompleted } from '@sluice/core'
import { checkCount } from '@sluice/core/internal'
import { causeOf, outcomesOf, type ItemOutcome, type Items } from '../client/item-outcome.ts'
import { merge } from '../client/merge.ts'
import type { RiotClient } from '../client/riot-client.ts'
import { AuthError } from '../errors.ts'
import { platformToRegion, type Platform } from '../routing.ts'
import type { LolMatch } from '../schemas/index.ts'
import { ladder, type LadderOptions } from './ladder.ts'
import { matchIds, type MatchIdsOptions } from './match-ids.ts'
import { MatchIdSet } from './match-id-set.ts'

/** Which matches are looked for, and how. */
export interface CrawlOptions extends Omit<MatchIdsOptions, 'count'>, Pick<LadderOptions, 'tiers'> {
  /** One platform or several, which do not wait for each other. Default: the client's. */
  platform?: Platform | readonly Platform[] | undefined
  /** Whose matches: puuids, all of one region. Default: everybody on the ladder of the platforms, in `tiers`. */
  players?: Items<string> | undefined
  /** The ladder's queue. Default `RANKED_SOLO_5x5`. */
  ladderQueue?: LadderOptions['queue']
  /** How many of the latest matches of each player. Default 100, which is one call. */
  perPlayer?: number | undefined
  /** How many distinct matches in all. Default: all there are. */
  limit?: number | undefined
  /** What was seen before, and is not asked for again; new ids are added. A `MatchIdSet` takes least memory. */
  seen?: { has(id: string): boolean; add(id: string): unknown } | undefined
  /** How many matches are asked for at once, for each platform. Default 100. */
  concurrency?: number | undefined
  /** Told of a player whose list could not be had; the crawl goes on. Default: a warning on the console. */
  onPlayerFailure?: ((puuid: string, error: unknown) => void) | undefined
}

/**
 * Lists of ids that are asked for at once. They go before matches, so that those never run out; and they are so many since the last lists bring little
 * that is new: asked for ten at a time they took seconds at the end.
 */
const LISTS = 40

/**
 * The ids of all matches of many players, each once, while they are found: ladder, lists and whatever you do with the ids overlap, and no more is
 * read ahead than you take. In the best thousand of a platform each match is in the lists of three players: not asking for it three times saves more than any limit could give.
 *
 * @throws from the loop: what the ladder's operations throw; `AuthError` as soon as the key is refused. At once TypeError or RangeError for wrong options.
 * @example
 * ```ts
 * import { RiotClient, crawlMatchIds } from '@sluice/riot'
 * import { PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator()
 * await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'kr', baseUrl: `${server.url}/{route}` })
 * const ids: string[] = []
 * for await (const id of crawlMatchIds(riot, { tiers: ['CHALLENGER'], queue: 420, limit: 500 })) ids.push(id)
 * console.log(ids.length, new Set(ids).size) // 500 500
 * ```
 */
export function crawlMatchIds(riot: RiotClient, options: CrawlOptions = {}): AsyncIterableIterator<string, void> {
  checkOptions(options)
  const lanes = platformsOf(options).map(
    (platform) => (signal: AbortSignal) => idsOn(riot, platform, { ...options, signal }),
  )
  return distinct(merge(lanes, options.signal), options)
}

/**
 * The same, and the matches themselves: an outcome for each distinct match, as it comes. Memory stays flat, however many there are. A match that cannot be had is an outcome
 * `failed`; when the key is refused (expired after 24 hours) the crawl ends with `AuthError`, and `seen` knows where to go on.
 *
 * @throws as {@link crawlMatchIds} does.
 * @example
 * ```ts
 * import { RiotClient, crawlMatches, isAbortedMatch } from '@sluice/riot'
 * import { PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator()
 * await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, baseUrl: `${server.url}/{route}` })
 * let players = 0
 * for await (const outcome of crawlMatches(riot, { platform: ['kr', 'euw1'], limit: 100 }))
 *   if (outcome.status === 'ok' && !isAbortedMatch(outcome.value)) players += outcome.value.info.participants.length
 * console.log(players > 900) // true
 * ```
 */
export function crawlMatches(
  riot: RiotClient,
  options: CrawlOptions = {},
): AsyncIterableIterator<ItemOutcome<string, LolMatch>, void> {
  checkOptions(options)
  const { concurrency, signal, limit = Infinity, priority } = options
  // One budget of ids for all platforms, so that the limit and what was seen count once.
  const take = sieve(options)
  let left = limit
  async function* some(ids: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
    for await (const id of ids) {
      if (left <= 0) return
      if (!take(id)) continue
      left--
      yield id
      if (left <= 0) return
    }
  }
  const lanes = platformsOf(options).map(
    (platform) => (laneSignal: AbortSignal) =>
      outcomesOf(
        some(idsOn(riot, platform, { ...options, signal: laneSignal })),
        (id, context) => riot.matchV5.getMatch(id, { signal: context.signal, priority, notFound: 'throw' }),
        { ...(concurrency !== undefined && { concurrency }), signal: laneSignal },
      ),
  )
  return untilRefused(merge(lanes, signal), limit)
}

async function* untilRefused(
  outcomes: AsyncIterable<ItemOutcome<string, LolMatch>>,
  limit: number,
): AsyncGenerator<ItemOutcome<string, LolMatch>, void, undefined> {
  if (limit === 0) return
  let index = 0
  for await (const outcome of outcomes) {
    // All that follow would fail, too, and bring the key closer to the blacklist.
    if (outcome.status === 'failed' && outcome.error instanceof AuthError) throw outcome.error
    yield { ...outcome, index: index++ }
  }
}

async function* distinct(ids: AsyncIterable<string>, options: CrawlOptions): AsyncGenerator<string, void, undefined> {
  const take = sieve(options)
  let left = options.limit ?? Infinity
  if (left === 0) return
  for await (const id of ids) {
    if (!take(id)) continue
    yield id
    if (--left === 0) return
  }
}

/** True for what is new, once. */
function sieve({ seen = new MatchIdSet() }: CrawlOptions): (id: string) => boolean {
  return (id) => {
    if (seen.has(id)) return false
    seen.add(id)
    return true
  }
}

/** The lists of the players of one platform, joined. */
async function* idsOn(
  riot: RiotClient,
  platform: Platform | undefined,
  options: CrawlOptions,
): AsyncGenerator<string, void, undefined> {
  const { players, tiers, ladderQueue, perPlayer = 100, signal: outer, priority = 0 } = options
  const { startTime, endTime, queue, type, onPlayerFailure = warn } = options
  const first = Math.min(100, priority + 1)
  const region = options.region ?? (platform === undefined ? undefined : platformToRegion(platform))
  // Whoever wants few matches needs few lists.
  const atOnce = Math.max(1, Math.min(LISTS, Math.ceil((options.limit ?? Infinity) / perPlayer)))
  const wanted = { startTime, endTime, queue, type, region, count: perPlayer, priority: first }
  const lists = asCompleted(
    players ?? puuidsOf(ladder(riot, { platform, tiers, queue: ladderQueue, priority: first, signal: outer })),
    async (puuid, { signal }) => {
      const list: string[] = []
      try {
        for await (const id of matchIds(riot, puuid, { ...wanted, signal })) list.push(id)
      } catch (error) {
        if (signal.aborted || error instanceof AuthError) throw error
        onPlayerFailure(puuid, error)
      }
      return list
    },
    { concurrency: atOnce, ...(outer && { signal: outer }) },
  )
  try {
    for await (const { value } of lists) yield* value
  } catch (error) {
    throw causeOf(error)
  }
}

async function* puuidsOf(entries: AsyncIterable<{ puuid: string }>): AsyncGenerator<string, void, undefined> {
  for await (const { puuid } of entries) yield puuid
}

function warn(puuid: string, error: unknown): void {
  console.warn(`sluice: the matches of ${puuid} could not be listed; the crawl goes on without them`, error)
}

function platformsOf({ platform }: CrawlOptions): readonly (Platform | undefined)[] {
  return typeof platform === 'object' ? platform : [platform]
}

function checkOptions({ perPlayer = 100, limit = Infinity, players, platform }: CrawlOptions): void {
  checkCount('perPlayer', perPlayer, 1)
  checkCount('limit', limit, 0)
  if (typeof platform === 'object') {
    if (platform.length === 0) throw new TypeError('platform must be a platform or a list of at least one')
    if (players !== undefined)
      throw new TypeError(
        'players and several platforms do not go together: crawl the players of each region by themselves',
      )
  }
}
