import type { LeagueQueue, Platform, Region } from '@sluice/riot'
import type { Place } from './ladder-places.ts'

/** A recipe of `sluice riot`. */
export type Recipe = 'matches' | 'ladder' | 'crawl' | 'accounts' | 'masteries' | 'live'

/** Which matches of a player are wanted. */
export interface MatchFilter {
  /** So many of each player, the newest first. */
  readonly count: number
  readonly type?: 'ranked' | 'normal' | 'tourney' | 'tutorial'
  /** Number of a queue, such as 420. */
  readonly queue?: number
  /** Seconds since 1970. */
  readonly startTime?: number
  readonly endTime?: number
}

/** What a recipe is to do, as plain data: what makes two calls the same job. */
export interface Plan {
  readonly recipe: Recipe
  /** Where players are at home; undefined to ask for it. */
  readonly platform: Platform | undefined
  readonly matches: MatchFilter
  readonly timelines: boolean
  readonly queue: LeagueQueue
  /** Which parts of the ladder. */
  readonly places: readonly Place[]
  /** At most so many players of the ladder. */
  readonly players: number | undefined
  /** At most so many champions of a player. */
  readonly top: number | undefined
}

/** One step of a recipe: an item of the run. Its key tells it from all others. */
export type RiotItem = { readonly key: string } & (
  | { readonly step: 'account'; readonly riotId: string }
  | { readonly step: 'named'; readonly puuid: string }
  | { readonly step: 'home'; readonly puuid: string; readonly name: string }
  | { readonly step: 'ids'; readonly puuid: string; readonly region: Region; readonly start: number }
  | { readonly step: 'match'; readonly id: string }
  | { readonly step: 'timeline'; readonly id: string }
  | {
      readonly step: 'ladder'
      readonly platform: Platform
      /** The first is read, the others come after it. */
      readonly places: readonly Place[]
      readonly page: number
      /** Who came last on the page before: some ladders repeat their last page for ever. */
      readonly last: string
      readonly left: number | undefined
    }
  | { readonly step: 'entry'; readonly entry: object }
  | { readonly step: 'masteries'; readonly puuid: string; readonly platform: Platform }
  | { readonly step: 'game'; readonly puuid: string; readonly platform: Platform }
)

/** Steps whose outcome is what the recipe is for; the others only lead there. */
export function isWanted({ recipe }: Plan, { step }: RiotItem): boolean {
  switch (step) {
    case 'account':
    case 'named':
      return recipe === 'accounts'
    case 'match':
    case 'timeline':
    case 'entry':
    case 'masteries':
    case 'game':
      return true
    default:
      return false
  }
}
