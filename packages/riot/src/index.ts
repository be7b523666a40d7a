export type { NotFound, RiotCallOptions } from './client/call-options.ts'
export type { FetchLike } from './client/fetch-transport.ts'
export type { ItemOutcome, Items, ManyOptions } from './client/item-outcome.ts'
export { operationOf } from './client/operation-of.ts'
export type { RiotClientOptions } from './client/riot-client-options.ts'
export { RiotClient } from './client/riot-client.ts'
export type { RiotMethod } from './client/riot-method.ts'
export {
  AuthError,
  DeadlineError,
  DecodeError,
  NotFoundError,
  RateLimitError,
  RiotApiError,
  ServiceUnavailableError,
} from './errors.ts'
export { crawlMatchIds, crawlMatches, type CrawlOptions } from './jobs/crawl-matches.ts'
export { isAbortedMatch } from './jobs/is-aborted-match.ts'
export type { JobOptions } from './jobs/job-options.ts'
export { ladder, type LadderEntry, type LadderOptions } from './jobs/ladder.ts'
export { leaguePages, type LeaguePagesOptions } from './jobs/league-pages.ts'
export { MatchIdSet } from './jobs/match-id-set.ts'
export { matchIds, type MatchIdsOptions } from './jobs/match-ids.ts'
export type { HostRecord, RiotLimiterState } from './limiter/limiter-state.ts'
export type { ScopeRecord } from './limiter/rate-scope.ts'
export type { WindowRecord } from './limiter/rate-window.ts'
export {
  RiotRateLimiter,
  type RiotAnswer,
  type RiotHostState,
  type RiotRateLimiterOptions,
  type RiotRequest,
  type RiotScopeState,
} from './limiter/riot-rate-limiter.ts'
export type * from './schemas/index.ts'
export {
  PLATFORMS,
  REGIONS,
  VAL_SHARDS,
  isPlatform,
  parsePlatform,
  platformOfMatchId,
  platformToAccountRegion,
  platformToRegion,
  platformToShard,
  regionOfMatchId,
  type AccountRegion,
  type Platform,
  type Region,
  type ValShard,
} from './routing.ts'
export type { Operation, OperationFacts } from './tables/operation.ts'
export type { Parameter, QueryRules } from './tables/parameter.ts'
export type { ChallengeLevel } from './schemas/lol-challenges-v1.ts'
export type { ApexTier, Division, LeagueExpQueue, LeagueQueue, Tier } from './tables/words.ts'
export * as tables from './tables/index.ts'
export * from './static/index.ts'
export * from './models/index.ts'
