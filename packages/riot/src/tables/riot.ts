import type * as AccountV1 from '../schemas/account-v1.ts'
import { get } from './operation.ts'

/** Riot's operations for riot: one line each. */
export const accounts = {
  accountV1: {
    getActiveRegion: get('accountRegion', '/riot/account/v1/region/by-game/{game}/by-puuid/{puuid}')<
      [game: 'lol' | 'tft', puuid: string],
      AccountV1.AccountRegionDTO
    >(),
    getActiveShard: get('accountRegion', '/riot/account/v1/active-shards/by-game/{game}/by-puuid/{puuid}')<
      [game: 'val' | 'lor' | '2xko', puuid: string],
      AccountV1.ActiveShardDto
    >(),
    /** Asks for the player whose `authorization` is given (RSO). */
    getByAccessToken: get('accountOrEsports', '/riot/account/v1/accounts/me', { rso: true })<
      [],
      AccountV1.AccountDto
    >(),
    getByPuuid: get('accountOrEsports', '/riot/account/v1/accounts/by-puuid/{puuid}')<
      [puuid: string],
      AccountV1.AccountDto
    >(),
    getByRiotId: get('accountOrEsports', '/riot/account/v1/accounts/by-riot-id/{gameName}/{tagLine}')<
      [gameName: string, tagLine: string],
      AccountV1.AccountDto
    >(),
  },
} as const
