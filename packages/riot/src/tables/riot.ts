import { get } from '@sluice/http'
import type * as AccountV1 from '../schemas/account-v1.ts'

/** Riot's operations for riot: one line each. */
export const accounts = {
  accountV1: {
    getActiveRegion: get(
      'accountRegion',
      '/riot/account/v1/region/by-game/{game}/by-puuid/{puuid}',
    )<AccountV1.AccountRegionDTO>,
    getActiveShard: get(
      'accountRegion',
      '/riot/account/v1/active-shards/by-game/{game}/by-puuid/{puuid}',
    )<AccountV1.ActiveShardDto>,
    /** Needs the player's own `authorization` header (RSO). */
    getByAccessToken: get('accountRegion', '/riot/account/v1/accounts/me')<AccountV1.AccountDto>,
    getByPuuid: get('accountRegion', '/riot/account/v1/accounts/by-puuid/{puuid}')<AccountV1.AccountDto>,
    getByRiotId: get(
      'accountRegion',
      '/riot/account/v1/accounts/by-riot-id/{gameName}/{tagLine}',
    )<AccountV1.AccountDto>,
  },
} as const
