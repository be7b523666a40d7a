export type { Immutable } from './immutable.ts'
export { feedTimeline, type FedParticipant, type FeedOptions } from './lol/feed-timeline.ts'
export { lolModels, type LolModels, type LolPlace, type LolPlayerPlace } from './lol/lol-models.ts'
export type * from './lol/lol-types.ts'
export { decodeDeck, encodeDeck, type DeckCard } from './lor/deck-code.ts'
export {
  lorModels,
  type LorAccount,
  type LorAccountModel,
  type LorMatchHistory,
  type LorMatchHistoryModel,
  type LorMatchModel,
  type LorMatchRegion,
  type LorMatchValue,
  type LorModels,
  type LorPlace,
  type LorPlayer,
  type LorPlayerBridges,
  type LorPlayerPlace,
} from './lor/lor-models.ts'
export type { Model, ModelOptions } from './model.ts'
export { models, type Models } from './models.ts'
export type { ByPuuid, ByRiotId, PlayerId } from './player-ref.ts'
export { tftModels, type TftModels, type TftPlace, type TftPlayerPlace, type TftQueue } from './tft/tft-models.ts'
export type * from './tft/tft-types.ts'
export {
  valModels,
  type ValLeaderboardQuery,
  type ValModels,
  type ValPlace,
  type ValPlayerPlace,
  type ValQueue,
} from './val/val-models.ts'
export type * from './val/val-types.ts'
