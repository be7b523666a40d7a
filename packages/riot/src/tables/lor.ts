import { get, post } from '@sluice/http'
import type * as LorDeckV1 from '../schemas/lor-deck-v1.ts'
import type * as LorInventoryV1 from '../schemas/lor-inventory-v1.ts'
import type * as LorMatchV1 from '../schemas/lor-match-v1.ts'
import type * as LorRankedV1 from '../schemas/lor-ranked-v1.ts'
import type * as LorStatusV1 from '../schemas/lor-status-v1.ts'

/** Riot's operations for lor: one line each. */
export const lor = {
  lorDeckV1: {
    /** Needs the player's own `authorization` header (RSO). */
    createDeck: post('lorRegion', '/lor/deck/v1/decks/me')<string, LorDeckV1.NewDeckDto>,
    /** Needs the player's own `authorization` header (RSO). */
    getDecks: get('lorRegion', '/lor/deck/v1/decks/me')<LorDeckV1.DeckDto[]>,
  },
  lorInventoryV1: {
    /** Needs the player's own `authorization` header (RSO). */
    getCards: get('lorRegion', '/lor/inventory/v1/cards/me')<LorInventoryV1.CardDto[]>,
  },
  lorMatchV1: {
    getMatch: get('lorMatchRegion', '/lor/match/v1/matches/{matchId}')<LorMatchV1.MatchDto>,
    getMatchIdsByPuuid: get('lorMatchRegion', '/lor/match/v1/matches/by-puuid/{puuid}/ids')<string[]>,
  },
  lorRankedV1: {
    getLeaderboards: get('lorRegion', '/lor/ranked/v1/leaderboards')<LorRankedV1.LeaderboardDto>,
  },
  lorStatusV1: {
    getPlatformData: get('lorRegion', '/lor/status/v1/platform-data')<LorStatusV1.PlatformDataDto>,
  },
} as const
