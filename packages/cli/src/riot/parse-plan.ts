import { parsePlatform, type LeagueQueue } from '@sluice/riot'
import type { RiotFlags } from '../commands/riot-command.ts'
import { UsageError } from '../errors.ts'
import { count, named, word } from '../options/values.ts'
import { parsePlaces } from './ladder-places.ts'
import type { MatchFilter, Plan, Recipe } from './plan.ts'

const QUEUES: readonly LeagueQueue[] = ['RANKED_SOLO_5x5', 'RANKED_FLEX_SR', 'RANKED_FLEX_TT']
const TYPES = ['ranked', 'normal', 'tourney', 'tutorial'] as const

/** What the flags of a recipe ask for. @throws UsageError that names the flag, its value and what is allowed. */
export function parsePlan(recipe: Recipe, flags: RiotFlags): Plan {
  const { platform, queue, tiers, players, top } = flags
  if (platform === undefined && (recipe === 'ladder' || recipe === 'crawl')) {
    throw new UsageError('--platform is needed: write where the ladder is, such as --platform euw1')
  }
  return {
    recipe,
    platform: platform === undefined ? undefined : named('--platform', platform, parsePlatform),
    matches: matchFilter(flags),
    timelines: flags.timelines === true,
    queue: queue === undefined ? 'RANKED_SOLO_5x5' : word('--queue', queue, QUEUES),
    places: tiers === undefined ? [] : parsePlaces(tiers),
    players: players === undefined ? undefined : count('--players', players, 1),
    top: top === undefined ? undefined : count('--top', top, 1),
  }
}

function matchFilter({ count: wanted = '20', type, queueId, since, until }: RiotFlags): MatchFilter {
  return {
    count: count('--count', wanted, 1),
    ...(type !== undefined && { type: word('--type', type, TYPES) }),
    ...(queueId !== undefined && { queue: count('--queue-id', queueId, 0) }),
    ...(since !== undefined && { startTime: seconds('--since', since) }),
    ...(until !== undefined && { endTime: seconds('--until', until) }),
  }
}

/** A date or a time as Riot takes it. */
function seconds(flag: string, text: string): number {
  const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(ms)) throw new UsageError(`${flag} ${text}: write a date such as 2026-01-31, or 2026-01-31T18:00Z`)
  return Math.floor(ms / 1000)
}
