import { get } from '@sluice/http'
import type * as SpectatorTftV5 from '../schemas/spectator-tft-v5.ts'
import type * as TftLeagueV1 from '../schemas/tft-league-v1.ts'
import type * as TftMatchV1 from '../schemas/tft-match-v1.ts'
import type * as TftStatusV1 from '../schemas/tft-status-v1.ts'
import type * as TftSummonerV1 from '../schemas/tft-summoner-v1.ts'

/** Riot's operations for tft: one line each. */
export const tft = {
  spectatorTftV5: {
    getCurrentGameInfoByPuuid: get(
      'platform',
      '/lol/spectator/tft/v5/active-games/by-puuid/{puuid}',
    )<SpectatorTftV5.CurrentGameInfo>,
  },
  tftLeagueV1: {
    getChallengerLeague: get('platform', '/tft/league/v1/challenger')<
      TftLeagueV1.LeagueListDTO,
      { queue?: 'RANKED_TFT' | 'RANKED_TFT_DOUBLE_UP' }
    >,
    getGrandmasterLeague: get('platform', '/tft/league/v1/grandmaster')<
      TftLeagueV1.LeagueListDTO,
      { queue?: 'RANKED_TFT' | 'RANKED_TFT_DOUBLE_UP' }
    >,
    getLeagueById: get('platform', '/tft/league/v1/leagues/{leagueId}')<TftLeagueV1.LeagueListDTO>,
    getLeagueEntries: get('platform', '/tft/league/v1/entries/{tier}/{division}')<
      TftLeagueV1.LeagueEntryDTO[],
      { queue?: 'RANKED_TFT' | 'RANKED_TFT_DOUBLE_UP'; page?: number }
    >,
    getLeagueEntriesByPuuid: get('platform', '/tft/league/v1/by-puuid/{puuid}')<TftLeagueV1.LeagueEntryDTO[]>,
    getMasterLeague: get('platform', '/tft/league/v1/master')<
      TftLeagueV1.LeagueListDTO,
      { queue?: 'RANKED_TFT' | 'RANKED_TFT_DOUBLE_UP' }
    >,
    getTopRatedLadder: get('platform', '/tft/league/v1/rated-ladders/{queue}/top')<
      TftLeagueV1.TopRatedLadderEntryDto[]
    >,
  },
  tftMatchV1: {
    getMatch: get('tftMatchRegion', '/tft/match/v1/matches/{matchId}')<TftMatchV1.MatchDto>,
    getMatchIdsByPuuid: get('tftMatchRegion', '/tft/match/v1/matches/by-puuid/{puuid}/ids')<
      string[],
      { start?: number; endTime?: number; startTime?: number; count?: number }
    >,
  },
  tftStatusV1: {
    getPlatformData: get('platform', '/tft/status/v1/platform-data')<TftStatusV1.PlatformDataDto>,
  },
  tftSummonerV1: {
    /** Needs the player's own `authorization` header (RSO). */
    getByAccessToken: get('platform', '/tft/summoner/v1/summoners/me')<TftSummonerV1.SummonerDTO>,
    getByPuuid: get('platform', '/tft/summoner/v1/summoners/by-puuid/{puuid}')<TftSummonerV1.SummonerDTO>,
  },
} as const
