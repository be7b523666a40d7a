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
    /** A match on consoles; 404 when there is none. */
    getMatch: get('consoleShard', '/val/match/console/v1/matches/{matchId}')<
      [matchId: string],
      ValConsoleMatchV1.MatchDto
    >(),
    /** The matches of a player on consoles, newest first. `platformType` must be given. */
    getMatchlist: get('consoleShard', '/val/match/console/v1/matchlists/by-puuid/{puuid}', {
      query: { platformType: required(CONSOLE) },
    })<[puuid: string], ValConsoleMatchV1.MatchlistDto>(),
    /** The ids of the matches of a queue on consoles that ended in the last minutes. */
    getRecent: get('consoleShard', '/val/match/console/v1/recent-matches/by-queue/{queue}')<
      [queue: 'console_unrated' | 'console_swiftplay' | 'console_hurm' | 'console_deathmatch' | 'console_competitive'],
      ValConsoleMatchV1.RecentMatchesDto
    >(),
  },
  valConsoleRankedV1: {
    /** The best players of an act on consoles. `platformType` must be given; `size`: 1 to 200, default 200. */
    getLeaderboard: get('consoleRankedShard', '/val/console/ranked/v1/leaderboards/by-act/{actId}', {
      query: { platformType: required(CONSOLE), startIndex: whole, size: whole },
    })<[actId: string], ValConsoleRankedV1.LeaderboardDto>(),
  },
  valContentV1: {
    /** Agents, maps, acts and so on, with their names. `locale`: default all, which is most of a megabyte. */
    getContent: get('shardOrEsports', '/val/content/v1/contents', { query: { locale: text } })<
      [],
      ValContentV1.ContentDto
    >(),
  },
  valMatchV1: {
    /** A match; 404 when there is none. */
    getMatch: get('shardOrEsports', '/val/match/v1/matches/{matchId}')<[matchId: string], ValMatchV1.MatchDto>(),
    /** The matches of a player, newest first. */
    getMatchlist: get('shardOrEsports', '/val/match/v1/matchlists/by-puuid/{puuid}')<
      [puuid: string],
      ValMatchV1.MatchlistDto
    >(),
    /** The ids of the matches of a queue that ended in the last minutes. */
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
    /** The best players of an act. `size`: 1 to 200, default 200; `startIndex`: default 0. */
    getLeaderboard: get('shard', '/val/ranked/v1/leaderboards/by-act/{actId}', {
      query: { size: whole, startIndex: whole },
    })<[actId: string], ValRankedV1.LeaderboardDto>(),
  },
  valStatusV1: {
    /** Maintenances and incidents of a shard. */
    getPlatformData: get('shard', '/val/status/v1/platform-data')<[], ValStatusV1.PlatformDataDto>(),
  },
} as const
