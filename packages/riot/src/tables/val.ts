import { get } from '@sluice/http'
import type * as ValConsoleMatchV1 from '../schemas/val-console-match-v1.ts'
import type * as ValConsoleRankedV1 from '../schemas/val-console-ranked-v1.ts'
import type * as ValContentV1 from '../schemas/val-content-v1.ts'
import type * as ValMatchV1 from '../schemas/val-match-v1.ts'
import type * as ValRankedV1 from '../schemas/val-ranked-v1.ts'
import type * as ValStatusV1 from '../schemas/val-status-v1.ts'

/** Riot's operations for val: one line each. */
export const val = {
  valConsoleMatchV1: {
    getMatch: get('valConsoleShard', '/val/match/console/v1/matches/{matchId}')<ValConsoleMatchV1.MatchDto>,
    getMatchlist: get('valConsoleShard', '/val/match/console/v1/matchlists/by-puuid/{puuid}')<
      ValConsoleMatchV1.MatchlistDto,
      { platformType: 'playstation' | 'xbox' }
    >,
    getRecent: get(
      'valConsoleShard',
      '/val/match/console/v1/recent-matches/by-queue/{queue}',
    )<ValConsoleMatchV1.RecentMatchesDto>,
  },
  valConsoleRankedV1: {
    getLeaderboard: get('valConsoleRankedShard', '/val/console/ranked/v1/leaderboards/by-act/{actId}')<
      ValConsoleRankedV1.LeaderboardDto,
      { platformType: 'playstation' | 'xbox'; startIndex?: number; size?: number }
    >,
  },
  valContentV1: {
    getContent: get('valShard', '/val/content/v1/contents')<ValContentV1.ContentDto, { locale?: string }>,
  },
  valMatchV1: {
    getMatch: get('valShard', '/val/match/v1/matches/{matchId}')<ValMatchV1.MatchDto>,
    getMatchlist: get('valShard', '/val/match/v1/matchlists/by-puuid/{puuid}')<ValMatchV1.MatchlistDto>,
    getRecent: get('valShard', '/val/match/v1/recent-matches/by-queue/{queue}')<ValMatchV1.RecentMatchesDto>,
  },
  valRankedV1: {
    getLeaderboard: get('valRankedShard', '/val/ranked/v1/leaderboards/by-act/{actId}')<
      ValRankedV1.LeaderboardDto,
      { size?: number; startIndex?: number }
    >,
  },
  valStatusV1: {
    getPlatformData: get('valRankedShard', '/val/status/v1/platform-data')<ValStatusV1.PlatformDataDto>,
  },
} as const
