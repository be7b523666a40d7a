import type * as LorDeckV1 from '../schemas/lor-deck-v1.ts'
import type * as LorInventoryV1 from '../schemas/lor-inventory-v1.ts'
import type * as LorMatchV1 from '../schemas/lor-match-v1.ts'
import type * as LorRankedV1 from '../schemas/lor-ranked-v1.ts'
import type * as LorStatusV1 from '../schemas/lor-status-v1.ts'
import { get, post } from './operation.ts'

/** Riot's operations for lor: one line each. */
export const lor = {
  lorDeckV1: {
    /** Makes a deck for the player who has signed in (RSO). Answers its id. */
    createDeck: post('lorRegion', '/lor/deck/v1/decks/me', { rso: true })<[body: LorDeckV1.NewDeckDto], string>(),
    /** The decks of the player who has signed in (RSO). */
    getDecks: get('lorRegion', '/lor/deck/v1/decks/me', { rso: true })<[], LorDeckV1.DeckDto[]>(),
  },
  lorInventoryV1: {
    /** The cards of the player who has signed in (RSO). */
    getCards: get('lorRegion', '/lor/inventory/v1/cards/me', { rso: true })<[], LorInventoryV1.CardDto[]>(),
  },
  lorMatchV1: {
    /** A match. Its id does not tell the region. */
    getMatch: get('lorMatchRegion', '/lor/match/v1/matches/{matchId}')<[matchId: string], LorMatchV1.MatchDto>(),
    /** The ids of a player's latest matches. */
    getMatchIdsByPuuid: get('lorMatchRegion', '/lor/match/v1/matches/by-puuid/{puuid}/ids')<
      [puuid: string],
      string[]
    >(),
  },
  lorRankedV1: {
    /** The players of the master tier. */
    getLeaderboards: get('lorRegion', '/lor/ranked/v1/leaderboards')<[], LorRankedV1.LeaderboardDto>(),
  },
  lorStatusV1: {
    /** Maintenances and incidents. */
    getPlatformData: get('lorRegion', '/lor/status/v1/platform-data')<[], LorStatusV1.PlatformDataDto>(),
  },
} as const
