import type * as AccountV1 from '../schemas/account-v1.ts'
import { get } from './operation.ts'

/** Riot's operations for riot: one line each. */
export const accounts = {
  accountV1: {
    /** The platform on which a player plays League of Legends or Teamfight Tactics: `na1`, `euw1`, … Needs no region: any answers for everybody. */
    getActiveRegion: get('accountRegion', '/riot/account/v1/region/by-game/{game}/by-puuid/{puuid}')<
      [game: 'lol' | 'tft', puuid: string],
      AccountV1.AccountRegionDTO
    >(),
    /** The shard on which a player plays VALORANT, Legends of Runeterra or 2XKO. 404 for who does not. */
    getActiveShard: get('accountRegion', '/riot/account/v1/active-shards/by-game/{game}/by-puuid/{puuid}')<
      [game: 'val' | 'lor' | '2xko', puuid: string],
      AccountV1.ActiveShardDto
    >(),
    /** The account of the player who has signed in (RSO). */
    getByAccessToken: get('accountOrEsports', '/riot/account/v1/accounts/me', { rso: true })<
      [],
      AccountV1.AccountDto
    >(),
    /** The Riot id of a player. Any region answers for everybody. */
    getByPuuid: get('accountOrEsports', '/riot/account/v1/accounts/by-puuid/{puuid}')<
      [puuid: string],
      AccountV1.AccountDto
    >(),
    /** The account with a Riot id: `getByRiotId('Hide on bush', 'KR1')`. Any region answers for everybody. 404 when there is none. */
    getByRiotId: get('accountOrEsports', '/riot/account/v1/accounts/by-riot-id/{gameName}/{tagLine}')<
      [gameName: string, tagLine: string],
      AccountV1.AccountDto
    >(),
  },
} as const
