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
  regionOfMatchId,
  type AccountRegion,
  type Platform,
  type Region,
  type ValShard,
} from './routing.ts'
export * as tables from './tables/index.ts'
export * from './static/index.ts'
