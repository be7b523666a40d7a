import type { NotFound } from '../../client/call-options.ts'
import type { RiotClient } from '../../client/riot-client.ts'
import type { RouteOf } from '../../route-kinds.ts'
import type * as AccountV1 from '../../schemas/account-v1.ts'
import type * as LorMatchV1 from '../../schemas/lor-match-v1.ts'
import type * as LorRankedV1 from '../../schemas/lor-ranked-v1.ts'
import type * as LorStatusV1 from '../../schemas/lor-status-v1.ts'
import { CONTEXT, bridged, prototypeOf, type Bridged, type Bridges } from '../bridge.ts'
import { deepFreeze, type Immutable } from '../immutable.ts'
import { modelKind, type Model, type ModelMaker } from '../model.ts'
import { PlayerRef, playerIdOf, type AccountRoute, type PlayerId } from '../player-ref.ts'
import { decodeDeck, type DeckCard } from './deck-code.ts'

/** A region where matches of Legends of Runeterra are. */
export type LorMatchRegion = RouteOf<'lorMatchRegion'>

/** Where a thing of Legends of Runeterra is. */
export interface LorPlace {
  /** Default: the client's. */
  region?: LorMatchRegion | undefined
}

/** A player, by puuid or Riot id, and where they are. */
export type LorPlayerPlace = PlayerId & LorPlace

/** From a player to all that is known of them. Each makes a model, and asks for nothing. */
export interface LorPlayerBridges {
  readonly account: LorAccountModel
  readonly matchHistory: LorMatchHistoryModel
}

/** A player's account. */
export type LorAccount = Immutable<AccountV1.AccountDto> & LorPlayerBridges
/** A player of a match. */
export type LorPlayer = Immutable<LorMatchV1.PlayerDto> &
  LorPlayerBridges & {
    /** The cards that `deck_code` stands for; none if it is empty. */
    readonly deck: readonly DeckCard[]
  }

/** A match. */
export type LorMatchValue = Immutable<Omit<LorMatchV1.MatchDto, 'info'>> & {
  readonly info: Immutable<Omit<LorMatchV1.InfoDto, 'players'>> & { readonly players: readonly LorPlayer[] }
  /** The same as `info.players`. */
  readonly players: readonly LorPlayer[]
}

/** The ids of a player's matches, the newest first, and models of each. */
export interface LorMatchHistory extends Iterable<LorMatchModel> {
  readonly ids: readonly string[]
  readonly matches: readonly LorMatchModel[]
}

/** An account. */
export type LorAccountModel = Model<LorAccount> & LorPlayerBridges
/** A match. */
export type LorMatchModel = Model<LorMatchValue> & { readonly id: string }
/** A player's matches: Riot gives the newest 20. */
export type LorMatchHistoryModel = Model<LorMatchHistory>

/** The models of Legends of Runeterra. None of these asks for anything: `get()` does. */
export interface LorModels {
  account(player: LorPlayerPlace): LorAccountModel
  match(match: LorPlace & { id: string }): LorMatchModel
  matchHistory(player: LorPlayerPlace): LorMatchHistoryModel
  /** The players of the Master tier. */
  leaderboard(place?: { region?: RouteOf<'lorRegion'> | undefined }): Model<Immutable<LorRankedV1.LeaderboardDto>>
  status(place?: { region?: RouteOf<'lorRegion'> | undefined }): Model<Immutable<LorStatusV1.PlatformDataDto>>
}

interface LorContext {
  readonly riot: RiotClient<NotFound>
  readonly region: LorMatchRegion | undefined
  /** Of a model of a player; a value has a puuid of its own. */
  readonly player?: PlayerRef
}

interface Self extends Bridged<LorContext> {
  readonly puuid?: string
}

function accountRegion(region: LorMatchRegion | undefined): AccountRoute {
  return region === 'sea' || region === 'apac' ? 'asia' : region
}

function playerOf({ [CONTEXT]: { riot, region, player }, puuid }: Self): PlayerRef {
  return player ?? new PlayerRef(riot, { puuid }, accountRegion(region))
}

const playerBridges: Bridges & ThisType<Self> = {
  get account() {
    return account(this[CONTEXT], playerOf(this))
  },
  get matchHistory() {
    return matchHistory(this[CONTEXT], playerOf(this))
  },
}

const accountModel: ModelMaker<LorPlayerPlace, LorAccount, {}, LorAccountModel> = modelKind(
  'LorAccountModel',
  playerBridges,
)
const accountPrototype = prototypeOf('LorAccount', playerBridges)
const playerWays: Bridges & ThisType<LorMatchV1.PlayerDto> = {
  get deck() {
    return this.deck_code === '' ? [] : decodeDeck(this.deck_code)
  },
}
const playerPrototype = prototypeOf('LorPlayer', playerBridges, playerWays)
const matchModel: ModelMaker<LorPlace & { id: string }, LorMatchValue> = modelKind('LorMatchModel')
const matchWays: Bridges & ThisType<LorMatchV1.MatchDto> = {
  get players() {
    return this.info.players
  },
}
const matchPrototype = prototypeOf('LorMatch', matchWays)
const historyModel: ModelMaker<LorPlayerPlace, LorMatchHistory> = modelKind('LorMatchHistoryModel')
const historyWays: Bridges & ThisType<{ ids: readonly string[] } & Bridged<LorContext>> = {
  get matches() {
    return Object.freeze(this.ids.map((id) => match(this[CONTEXT], id)))
  },
  *[Symbol.iterator]() {
    for (const id of this.ids) yield match(this[CONTEXT], id)
  },
}
const historyPrototype = prototypeOf('LorMatchHistory', historyWays)
const leaderboardModel: ModelMaker<
  { region?: RouteOf<'lorRegion'> | undefined },
  Immutable<LorRankedV1.LeaderboardDto>
> = modelKind('LorLeaderboardModel')
const statusModel: ModelMaker<
  { region?: RouteOf<'lorRegion'> | undefined },
  Immutable<LorStatusV1.PlatformDataDto>
> = modelKind('LorStatusModel')

function account({ riot, region }: LorContext, player: PlayerRef): LorAccountModel {
  return accountModel({ ...player.id, region }, { riot, region, player } satisfies LorContext, async (options) =>
    player.ask(options, async (puuid) => {
      const dto = await riot.accountV1.getByPuuid(puuid, { ...options, region: accountRegion(region) })
      return dto && (bridged(dto, accountPrototype, { riot, region } satisfies LorContext) as LorAccount)
    }),
  )
}

function match({ riot, region }: LorContext, id: string): LorMatchModel {
  const at: LorContext = { riot, region }
  return matchModel({ id, region }, at, async (options) => {
    const dto = await riot.lorMatchV1.getMatch(id, { ...options, region })
    if (dto === null) return null
    const players = dto.info.players.map((player) => bridged(player, playerPrototype, at))
    return bridged({ ...dto, info: { ...dto.info, players } }, matchPrototype, at) as LorMatchValue
  })
}

function matchHistory({ riot, region }: LorContext, player: PlayerRef): LorMatchHistoryModel {
  const at: LorContext = { riot, region }
  return historyModel({ ...player.id, region }, at, async (options) =>
    player.ask(options, async (puuid) => {
      const ids = await riot.lorMatchV1.getMatchIdsByPuuid(puuid, { ...options, region })
      return ids && (bridged({ ids }, historyPrototype, at) as LorMatchHistory)
    }),
  )
}

/**
 * The models of Legends of Runeterra, which ask through `riot`.
 *
 * @example
 * ```ts
 * import { RiotClient, lorModels } from '@sluice/riot'
 * import { PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator() // in place of Riot's servers
 * await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'euw1', baseUrl: `${server.url}/{route}` })
 *
 * const lor = lorModels(riot)
 * const { players } = await lor.leaderboard({ region: 'europe' }).get()
 * console.log(players[0]?.rank) // 0
 * ```
 */
export function lorModels(riot: RiotClient<NotFound>): LorModels {
  const of = (place: LorPlayerPlace): [LorContext, PlayerRef] => {
    const player = playerIdOf(place)
    const { region } = place
    return [{ riot, region }, new PlayerRef(riot, player, accountRegion(region))]
  }
  return Object.freeze<LorModels>({
    account: (player) => account(...of(player)),
    match: ({ id, region }) => match({ riot, region }, id),
    matchHistory: (player) => matchHistory(...of(player)),
    leaderboard: ({ region } = {}) =>
      leaderboardModel({ region }, undefined, async (options) =>
        deepFreeze(await riot.lorRankedV1.getLeaderboards({ ...options, region })),
      ),
    status: ({ region } = {}) =>
      statusModel({ region }, undefined, async (options) =>
        deepFreeze(await riot.lorStatusV1.getPlatformData({ ...options, region })),
      ),
  })
}
