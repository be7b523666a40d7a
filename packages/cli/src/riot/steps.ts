import {
  platformToAccountRegion,
  platformToRegion,
  parsePlatform,
  regionOfMatchId,
  type Platform,
  type RiotClient,
} from '@sluice/riot'
import type { Plan, RiotItem } from './plan.ts'

/** Ids on one page of a player's matches; Riot gives no more. */
const IDS = 100
/** The nearer to what is wanted, the sooner, so that little is waiting in between. */
const PRIORITY = { ids: 1, match: 2, timeline: 3 } as const

/** What a step may do. */
export interface StepContext {
  readonly riot: RiotClient
  readonly plan: Plan
  readonly signal: AbortSignal
  add(item: RiotItem, options?: { priority?: number }): void
}

type StepName = RiotItem['step']
type ItemOf<Step extends StepName> = Extract<RiotItem, { step: Step }>
type Steps = { readonly [Step in StepName]: (item: ItemOf<Step>, context: StepContext) => Promise<unknown> }

const STEPS: Steps = {
  async account({ riotId }, context) {
    const { riot, plan, signal } = context
    const at = riotId.lastIndexOf('#')
    const region = accountRegion(plan)
    const account = await riot.accountV1.getByRiotId(riotId.slice(0, at), riotId.slice(at + 1), { region, signal })
    goOn(account.puuid, riotId, context)
    return account
  },

  async named({ puuid }, context) {
    const { riot, plan, signal } = context
    if (plan.recipe === 'accounts') return riot.accountV1.getByPuuid(puuid, { region: accountRegion(plan), signal })
    goOn(puuid, puuid, context)
    return undefined
  },

  async home({ puuid, name }, context) {
    const { riot, plan, signal } = context
    const { region } = await riot.accountV1.getActiveRegion('lol', puuid, { region: accountRegion(plan), signal })
    goOnAt(parsePlatform(region), puuid, name, context)
    return region
  },

  async ids({ puuid, region, start }, { riot, plan, signal, add }) {
    const { count, ...filter } = plan.matches
    const wanted = Math.min(IDS, count - start)
    const ids = await riot.matchV5.getMatchIdsByPuuid(puuid, { ...filter, region, start, count: wanted, signal })
    for (const id of ids) add({ key: id, step: 'match', id }, { priority: PRIORITY.match })
    const next = start + wanted
    if (ids.length === wanted && next < count) {
      add({ key: `ids ${puuid} ${next}`, step: 'ids', puuid, region, start: next }, { priority: PRIORITY.ids })
    }
    return ids
  },

  async match({ id }, { riot, plan, signal, add }) {
    const match = await riot.matchV5.getMatch(id, { region: regionOfMatchId(id), signal })
    if (plan.timelines) add({ key: `${id} timeline`, step: 'timeline', id }, { priority: PRIORITY.timeline })
    return match
  },

  // A match that was called off has none.
  timeline: ({ id }, { riot, signal }) =>
    riot.matchV5.getTimeline(id, { region: regionOfMatchId(id), notFound: 'null', signal }),

  async ladder(item, context) {
    const { plan, add } = context
    const { platform, places, page, last, left } = item
    const place = places[0]!
    const entries = await ladderPage(item, context)
    const wanted = entries.slice(0, left)
    for (const entry of wanted) {
      const { puuid } = entry
      if (plan.recipe === 'ladder') add({ key: puuid, step: 'entry', entry: { platform, ...entry } })
      else goOnAt(platform, puuid, puuid, context)
    }
    const rest = left === undefined ? undefined : left - wanted.length
    if (rest === 0) return entries.length
    const end = entries.at(-1)?.puuid
    const more = place.division !== undefined && end !== undefined && end !== last
    const next = more ? places : places.slice(1)
    if (next.length > 0) add(ladderItem(platform, next, more ? page + 1 : 1, more ? end : '', rest))
    return entries.length
  },

  entry: ({ entry }) => Promise.resolve(entry),

  masteries: ({ puuid, platform }, { riot, plan: { top }, signal }) =>
    top === undefined
      ? riot.championMasteryV4.getAllChampionMasteriesByPuuid(puuid, { platform: hosted(platform), signal })
      : riot.championMasteryV4.getTopChampionMasteriesByPuuid(puuid, {
          platform: hosted(platform),
          count: top,
          signal,
        }),

  // Who is not in a game is no failure.
  game: ({ puuid, platform }, { riot, signal }) =>
    riot.spectatorV5.getCurrentGameInfoByPuuid(puuid, { platform: hosted(platform), notFound: 'null', signal }),
}

/** Does one step of a recipe, and adds those that follow. */
export function doStep<Step extends StepName>(item: ItemOf<Step>, context: StepContext): Promise<unknown> {
  const step = STEPS[item.step] as (of: ItemOf<Step>, context: StepContext) => Promise<unknown>
  return step(item, context)
}

/** The step that reads a page of a ladder. */
export function ladderItem(
  platform: Platform,
  places: ItemOf<'ladder'>['places'],
  page = 1,
  last = '',
  left?: number,
): RiotItem {
  const { tier, division = '' } = places[0]!
  return { key: `ladder ${platform} ${tier} ${division} ${page}`, step: 'ladder', platform, places, page, last, left }
}

async function ladderPage(
  { platform, places, page }: ItemOf<'ladder'>,
  { riot, plan: { queue }, signal }: StepContext,
): Promise<readonly { puuid: string }[]> {
  const options = { platform: hosted(platform), signal }
  const place = places[0]!
  if (place.division !== undefined) {
    return riot.leagueV4.getLeagueEntries(queue, place.tier, place.division, { ...options, page })
  }
  const method = {
    CHALLENGER: riot.leagueV4.getChallengerLeague,
    GRANDMASTER: riot.leagueV4.getGrandmasterLeague,
    MASTER: riot.leagueV4.getMasterLeague,
  }[place.tier]
  const { entries, tier, leagueId } = await method(queue, options)
  return entries.map((entry) => ({ tier, leagueId, ...entry })).sort((a, b) => b.leaguePoints - a.leaguePoints)
}

/** What comes after a player is known. */
function goOn(puuid: string, name: string, context: StepContext): void {
  const { plan, add } = context
  if (plan.recipe === 'accounts') return
  if (plan.platform === undefined) add({ key: `home ${puuid}`, step: 'home', puuid, name })
  else goOnAt(plan.platform, puuid, name, context)
}

/** What comes after it is known where a player is at home. */
function goOnAt(platform: Platform, puuid: string, name: string, { plan, add }: StepContext): void {
  if (plan.recipe === 'masteries') add({ key: name, step: 'masteries', puuid, platform })
  else if (plan.recipe === 'live') add({ key: name, step: 'game', puuid, platform })
  else {
    const region = platformToRegion(platform)
    add({ key: `ids ${puuid} 0`, step: 'ids', puuid, region, start: 0 }, { priority: PRIORITY.ids })
  }
}

function accountRegion({ platform }: Plan): 'americas' | 'asia' | 'europe' {
  return platform === undefined ? 'europe' : platformToAccountRegion(platform)
}

/** A platform that has players; the test realm has none of these operations. */
function hosted(platform: Platform): Exclude<Platform, 'pbe1'> {
  if (platform === 'pbe1')
    throw new RangeError('pbe1, the test realm, has neither ladders nor games that can be asked for')
  return platform
}
