import type * as SpectatorTftV5 from '../schemas/spectator-tft-v5.ts'
import type * as TftLeagueV1 from '../schemas/tft-league-v1.ts'
import type * as TftMatchV1 from '../schemas/tft-match-v1.ts'
import type * as TftStatusV1 from '../schemas/tft-status-v1.ts'
import type * as TftSummonerV1 from '../schemas/tft-summoner-v1.ts'
import { get } from './operation.ts'
import { whole } from './parameter.ts'
import { TFT_QUEUE, type Division, type Tier } from './words.ts'

/** Riot's operations for tft: one line each. */
export const tft = {
  spectatorTftV5: {
    /** The game that a player plays now; 404 for who plays none. Also called `getActiveGame`. */
    getCurrentGameInfoByPuuid: get('platform', '/lol/spectator/tft/v5/active-games/by-puuid/{puuid}')<
      [puuid: string],
      SpectatorTftV5.CurrentGameInfo
    >(),
  },
  tftLeagueV1: {
    /** The challenger league. `queue`: default `RANKED_TFT`. */
    getChallengerLeague: get('platform', '/tft/league/v1/challenger', { query: { queue: TFT_QUEUE } })<
      [],
      TftLeagueV1.LeagueListDTO
    >(),
    /** The grandmaster league. `queue`: default `RANKED_TFT`. */
    getGrandmasterLeague: get('platform', '/tft/league/v1/grandmaster', { query: { queue: TFT_QUEUE } })<
      [],
      TftLeagueV1.LeagueListDTO
    >(),
    /** A league by its id. */
    getLeagueById: get('platform', '/tft/league/v1/leagues/{leagueId}')<
      [leagueId: string],
      TftLeagueV1.LeagueListDTO
    >(),
    /** A page of a division, diamond to iron. `queue`: default `RANKED_TFT`; `page`: from 1. */
    getLeagueEntries: get('platform', '/tft/league/v1/entries/{tier}/{division}', {
      query: { queue: TFT_QUEUE, page: whole },
      empty: () => [],
    })<[tier: Tier, division: Division], TftLeagueV1.LeagueEntryDTO[]>(),
    /** A player's places in all ranked queues; empty for who is not ranked. */
    getLeagueEntriesByPuuid: get('platform', '/tft/league/v1/by-puuid/{puuid}')<
      [puuid: string],
      TftLeagueV1.LeagueEntryDTO[]
    >(),
    /** The master league. `queue`: default `RANKED_TFT`. */
    getMasterLeague: get('platform', '/tft/league/v1/master', { query: { queue: TFT_QUEUE } })<
      [],
      TftLeagueV1.LeagueListDTO
    >(),
    /** The best of Hyper Roll. */
    getTopRatedLadder: get('platform', '/tft/league/v1/rated-ladders/{queue}/top')<
      [queue: 'RANKED_TFT_TURBO'],
      TftLeagueV1.TopRatedLadderEntryDto[]
    >(),
  },
  tftMatchV1: {
    /** A match. Its id tells the region. 404 when there is none. */
    getMatch: get('regionOrEsports', '/tft/match/v1/matches/{matchId}')<[matchId: string], TftMatchV1.MatchDto>(),
    /** The ids of a player's matches, newest first. `count`: default 20; `startTime` and `endTime` in seconds since 1970. */
    getMatchIdsByPuuid: get('regionOrEsports', '/tft/match/v1/matches/by-puuid/{puuid}/ids', {
      query: { start: whole, endTime: whole, startTime: whole, count: whole },
    })<[puuid: string], string[]>(),
  },
  tftStatusV1: {
    /** Maintenances and incidents of a platform. */
    getPlatformData: get('platformOrPbe', '/tft/status/v1/platform-data')<[], TftStatusV1.PlatformDataDto>(),
  },
  tftSummonerV1: {
    /** The summoner of the player who has signed in (RSO). */
    getByAccessToken: get('platform', '/tft/summoner/v1/summoners/me', { rso: true })<[], TftSummonerV1.SummonerDTO>(),
    /** A player's level and icon on a platform. */
    getByPuuid: get('platform', '/tft/summoner/v1/summoners/by-puuid/{puuid}')<
      [puuid: string],
      TftSummonerV1.SummonerDTO
    >(),
  },
} as const
