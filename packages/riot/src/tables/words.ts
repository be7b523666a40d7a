import { oneOf } from './parameter.ts'

/** A ranked queue of League of Legends. */
export type LeagueQueue = 'RANKED_SOLO_5x5' | 'RANKED_FLEX_SR' | 'RANKED_FLEX_TT'
/** The same, and Teamfight Tactics: what league-exp-v4 knows. */
export type LeagueExpQueue = LeagueQueue | 'RANKED_TFT'
/** A tier with divisions, best first. */
export type Tier = 'DIAMOND' | 'EMERALD' | 'PLATINUM' | 'GOLD' | 'SILVER' | 'BRONZE' | 'IRON'
/** A tier without divisions. */
export type ApexTier = 'CHALLENGER' | 'GRANDMASTER' | 'MASTER'
/** A division of a tier, best first. */
export type Division = 'I' | 'II' | 'III' | 'IV'
export const MATCH_TYPE = oneOf('ranked', 'normal', 'tourney', 'tutorial')
export const TFT_QUEUE = oneOf('RANKED_TFT', 'RANKED_TFT_DOUBLE_UP')
export const CONSOLE = oneOf('playstation', 'xbox')
