import type * as ValConsoleMatchV1 from '../schemas/val-console-match-v1.ts'
import type * as ValConsoleRankedV1 from '../schemas/val-console-ranked-v1.ts'
import type * as ValContentV1 from '../schemas/val-content-v1.ts'
import type * as ValMatchV1 from '../schemas/val-match-v1.ts'
import type * as ValRankedV1 from '../schemas/val-ranked-v1.ts'
import type * as ValStatusV1 from '../schemas/val-status-v1.ts'
import { get } from './operation.ts'
import { required, text, whole } from './parameter.ts'
import { CONSOLE } from './words.ts'

/** Riot's operations for val: one line each. */
export const val = {
  valConsoleMatchV1: {
    getMatch: get('consoleShard', '/val/match/console/v1/matches/{matchId}')<
      [matchId: string],
      ValConsoleMatchV1.MatchDto
    >(),
    getMatchlist: get('consoleShard', '/val/match/console/v1/matchlists/by-puuid/{puuid}', {
      query: { platformType: required(CONSOLE) },
    })<[puuid: string], ValConsoleMatchV1.MatchlistDto>(),
    getRecent: get('consoleShard', '/val/match/console/v1/recent-matches/by-queue/{queue}')<
      [queue: 'console_unrated' | 'console_swiftplay' | 'console_hurm' | 'console_deathmatch' | 'console_competitive'],
      ValConsoleMatchV1.RecentMatchesDto
    >(),
  },
  valConsoleRankedV1: {
    getLeaderboard: get('consoleRankedShard', '/val/console/ranked/v1/leaderboards/by-act/{actId}', {
      query: { platformType: required(CONSOLE), startIndex: whole, size: whole },
    })<[actId: string], ValConsoleRankedV1.LeaderboardDto>(),
  },
  valContentV1: {
    getContent: get('shardOrEsports', '/val/content/v1/contents', { query: { locale: text } })<
      [],
      ValContentV1.ContentDto
    >(),
  },
  valMatchV1: {
    getMatch: get('shardOrEsports', '/val/match/v1/matches/{matchId}')<[matchId: string], ValMatchV1.MatchDto>(),
    getMatchlist: get('shardOrEsports', '/val/match/v1/matchlists/by-puuid/{puuid}')<
      [puuid: string],
      ValMatchV1.MatchlistDto
    >(),
    getRecent: get('shardOrEsports', '/val/match/v1/recent-matches/by-queue/{queue}')<
      [
        queue:
          | 'competitive'
          | 'unrated'
          | 'spikerush'
          | 'tournamentmode'
          | 'deathmatch'
          | 'onefa'
          | 'ggteam'
          | 'hurm'
          | 'swiftplay'
          | 'dodgeball'
          | 'skirmish1v1'
          | 'skirmish2v2',
      ],
      ValMatchV1.RecentMatchesDto
    >(),
  },
  valRankedV1: {
    getLeaderboard: get('shard', '/val/ranked/v1/leaderboards/by-act/{actId}', {
      query: { size: whole, startIndex: whole },
    })<[actId: string], ValRankedV1.LeaderboardDto>(),
  },
  valStatusV1: {
    getPlatformData: get('shard', '/val/status/v1/platform-data')<[], ValStatusV1.PlatformDataDto>(),
  },
} as const
