import type { NotFound } from '../../client/call-options.ts'
import type { RiotClient } from '../../client/riot-client.ts'
import type { RouteOf } from '../../route-kinds.ts'
import { platformToRegion } from '../../routing.ts'
import { CONTEXT, bridged, prototypeOf, type Bridged, type Bridges } from '../bridge.ts'
import { PlayerRef } from '../player-ref.ts'
import type {
  TftAccountModel,
  TftHistoryQuery,
  TftMatchHistoryModel,
  TftMatchModel,
  TftPlatform,
  TftPlayerBridges,
  TftPlayerValue,
  TftSummonerModel,
} from './tft-types.ts'

/** Where something is, and how to ask for what it leads to. */
export interface TftContext {
  readonly riot: RiotClient<NotFound>
  readonly make: TftMakers
  readonly platform: TftPlatform | undefined
  /** Of a model of a player; a value has a puuid of its own. */
  readonly player?: PlayerRef
}

/** The way from a player to their matches. */
export interface TftHistoryPlace {
  readonly region: RouteOf<'regionOrEsports'> | undefined
  readonly query: TftHistoryQuery
}

/** Makes the models that others lead to. Handed about in the context, so that no module needs to import the other. */
export interface TftMakers {
  account(at: TftContext, player: PlayerRef): TftAccountModel
  summoner(at: TftContext, player: PlayerRef): TftSummonerModel
  matchHistory(at: TftContext, player: PlayerRef, place: TftHistoryPlace): TftMatchHistoryModel
  match(at: TftContext, id: string): TftMatchModel
  leagueEntries(at: TftContext, player: PlayerRef): TftPlayerBridges['leagueEntries']
  currentGame(at: TftContext, player: PlayerRef): TftPlayerBridges['currentGame']
}

interface Self extends Bridged<TftContext> {
  readonly puuid?: string | null
}

/** The player that a value or a model is about. */
function playerOf({ [CONTEXT]: context, puuid }: Self): PlayerRef {
  return context.player ?? PlayerRef.near(context, { puuid })
}

/** Everything to which a player of Teamfight Tactics leads. */
export const tftPlayer: Bridges & ThisType<Self> = {
  get account() {
    return this[CONTEXT].make.account(this[CONTEXT], playerOf(this))
  },
  get summoner() {
    return this[CONTEXT].make.summoner(this[CONTEXT], playerOf(this))
  },
  get matchHistory() {
    const { platform } = this[CONTEXT]
    const region = platform === undefined ? undefined : platformToRegion(platform)
    return this[CONTEXT].make.matchHistory(this[CONTEXT], playerOf(this), { region, query: {} })
  },
  get leagueEntries() {
    return this[CONTEXT].make.leagueEntries(this[CONTEXT], playerOf(this))
  },
  get currentGame() {
    return this[CONTEXT].make.currentGame(this[CONTEXT], playerOf(this))
  },
}

/** Makes values that are about a player, of what Riot sent. `name` is what `console.log` calls them. */
export function tftPlayerValues<Dto extends object>(name: string): (dto: Dto, at: TftContext) => TftPlayerValue<Dto> {
  const prototype = prototypeOf(name, tftPlayer)
  return (dto, { riot, make, platform }) =>
    // Not the context as it is: its player may be another one.
    bridged(dto, prototype, { riot, make, platform } satisfies TftContext) as TftPlayerValue<Dto>
}
