import type { NotFound } from '../../client/call-options.ts'
import type { RiotClient } from '../../client/riot-client.ts'
import type { RouteOf } from '../../route-kinds.ts'
import type * as ValContentV1 from '../../schemas/val-content-v1.ts'
import type * as ValMatchV1 from '../../schemas/val-match-v1.ts'
import type * as ValStatusV1 from '../../schemas/val-status-v1.ts'
import { CONTEXT, bridged, prototypeOf, type Bridged, type Bridges } from '../bridge.ts'
import { deepFreeze, type Immutable } from '../immutable.ts'
import { modelKind, type Model, type ModelMaker } from '../model.ts'
import { PlayerRef, playerIdOf, type AccountRoute, type PlayerId } from '../player-ref.ts'
import type {
  ValAccount,
  ValAccountModel,
  ValLeaderboard,
  ValMatchHistory,
  ValMatchHistoryModel,
  ValMatchModel,
  ValMatchValue,
  ValPlaceShard,
  ValRecentMatches,
} from './val-types.ts'

/** Where a thing of VALORANT is. */
export interface ValPlace {
  /** Default: the client's. */
  shard?: ValPlaceShard | undefined
}

/** A player, by puuid or Riot id, and where they are. */
export type ValPlayerPlace = PlayerId & ValPlace

/** A queue whose newest matches can be asked for. */
export type ValQueue = Parameters<RiotClient['valMatchV1']['getRecent']>[0]

/** A page of a leaderboard. */
export interface ValLeaderboardQuery {
  /** At most 200. Default 200. */
  size?: number | undefined
  /** Default 0. */
  startIndex?: number | undefined
}

/** The models of VALORANT. None of these asks for anything: `get()` does. */
export interface ValModels {
  account(player: ValPlayerPlace): ValAccountModel
  match(match: ValPlace & { id: string }): ValMatchModel
  matchHistory(player: ValPlayerPlace): ValMatchHistoryModel
  /** The matches of a queue that ended in the last minutes. */
  recentMatches(queue: ValPlace & { queue: ValQueue }): Model<ValRecentMatches>
  /** The best of an act: `content()` has the acts' ids. */
  leaderboard(act: { actId: string; shard?: RouteOf<'shard'> | undefined }): Model<ValLeaderboard, ValLeaderboardQuery>
  /** Agents, maps, acts and all else; `get({ locale })` in one language only. */
  content(place?: ValPlace): Model<Immutable<ValContentV1.ContentDto>, { locale?: string | undefined }>
  status(place?: { shard?: RouteOf<'shard'> | undefined }): Model<Immutable<ValStatusV1.PlatformDataDto>>
}

interface ValContext {
  readonly riot: RiotClient<NotFound>
  readonly shard: ValPlaceShard | undefined
  /** Of a model of a player; a value has a puuid of its own. */
  readonly player?: PlayerRef
}

interface Self extends Bridged<ValContext> {
  readonly puuid?: string
}

const ACCOUNT_REGION: Readonly<Record<ValPlaceShard, AccountRoute>> = {
  ap: 'asia',
  br: 'americas',
  esports: undefined,
  eu: 'europe',
  kr: 'asia',
  latam: 'americas',
  na: 'americas',
}

function accountRegion(shard: ValPlaceShard | undefined): AccountRoute {
  return shard === undefined ? undefined : ACCOUNT_REGION[shard]
}

function playerOf({ [CONTEXT]: { riot, shard, player }, puuid }: Self): PlayerRef {
  return player ?? new PlayerRef(riot, { puuid }, accountRegion(shard))
}

const playerBridges: Bridges & ThisType<Self> = {
  get account() {
    return account(this[CONTEXT], playerOf(this))
  },
  get matchHistory() {
    return matchHistory(this[CONTEXT], playerOf(this))
  },
}
const matchesOf = (ids: readonly string[], at: ValContext): readonly ValMatchModel[] =>
  Object.freeze(ids.map((id) => match(at, id)))

const accountModel: ModelMaker<ValPlayerPlace, ValAccount, {}, ValAccountModel> = modelKind(
  'ValAccountModel',
  playerBridges,
)
const accountPrototype = prototypeOf('ValAccount', playerBridges)
const playerPrototype = prototypeOf('ValPlayer', playerBridges)
const matchModel: ModelMaker<ValPlace & { id: string }, ValMatchValue> = modelKind('ValMatchModel')
const matchPrototype = prototypeOf('ValMatch')
const historyModel: ModelMaker<ValPlayerPlace, ValMatchHistory> = modelKind('ValMatchHistoryModel')
const entryWays: Bridges & ThisType<ValMatchV1.MatchlistEntryDto & Bridged<ValContext>> = {
  get match() {
    return match(this[CONTEXT], this.matchId)
  },
}
const entryPrototype = prototypeOf('ValHistoryEntry', entryWays)
const historyWays: Bridges & ThisType<ValMatchV1.MatchlistDto & Bridged<ValContext>> = {
  get matches() {
    const ids = this.history.map(({ matchId }) => matchId)
    return matchesOf(ids, this[CONTEXT])
  },
  [Symbol.iterator]() {
    return this.history[Symbol.iterator]()
  },
}
const historyPrototype = prototypeOf('ValMatchHistory', historyWays)
const recentModel: ModelMaker<ValPlace & { queue: ValQueue }, ValRecentMatches> = modelKind('ValRecentMatchesModel')
const recentWays: Bridges & ThisType<ValMatchV1.RecentMatchesDto & Bridged<ValContext>> = {
  get matches() {
    return matchesOf(this.matchIds, this[CONTEXT])
  },
}
const recentPrototype = prototypeOf('ValRecentMatches', recentWays)
const leaderboardModel: ModelMaker<{ actId: string } & ValPlace, ValLeaderboard, ValLeaderboardQuery> =
  modelKind('ValLeaderboardModel')
const leaderboardPrototype = prototypeOf('ValLeaderboard')
const contentModel: ModelMaker<
  ValPlace,
  Immutable<ValContentV1.ContentDto>,
  { locale?: string | undefined }
> = modelKind('ValContentModel')
const statusModel: ModelMaker<ValPlace, Immutable<ValStatusV1.PlatformDataDto>> = modelKind('ValStatusModel')

function account({ riot, shard }: ValContext, player: PlayerRef): ValAccountModel {
  const at: ValContext = { riot, shard }
  return accountModel({ ...player.id, shard }, { ...at, player } satisfies ValContext, async (options) =>
    player.ask(options, async (puuid) => {
      const dto = await riot.accountV1.getByPuuid(puuid, { ...options, region: accountRegion(shard) })
      return dto && (bridged(dto, accountPrototype, at) as ValAccount)
    }),
  )
}

function match({ riot, shard }: ValContext, id: string): ValMatchModel {
  const at: ValContext = { riot, shard }
  return matchModel({ id, shard }, at, async (options) => {
    const dto = await riot.valMatchV1.getMatch(id, { ...options, shard })
    if (dto === null) return null
    const players = dto.players.map((player) => bridged(player, playerPrototype, at))
    return bridged({ ...dto, players }, matchPrototype, at) as ValMatchValue
  })
}

function matchHistory({ riot, shard }: ValContext, player: PlayerRef): ValMatchHistoryModel {
  const at: ValContext = { riot, shard }
  return historyModel({ ...player.id, shard }, at, async (options) =>
    player.ask(options, async (puuid) => {
      const dto = await riot.valMatchV1.getMatchlist(puuid, { ...options, shard })
      if (dto === null) return null
      const history = dto.history.map((entry) => bridged(entry, entryPrototype, at))
      return bridged({ ...dto, history }, historyPrototype, at) as ValMatchHistory
    }),
  )
}

/**
 * The models of VALORANT, which ask through `riot`.
 *
 * @example
 * ```ts
 * import { RiotClient, valModels } from '@sluice/riot'
 * import { PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator() // in place of Riot's servers
 * await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, shard: 'eu', baseUrl: `${server.url}/{route}` })
 *
 * const val = valModels(riot)
 * const { matches } = await val.recentMatches({ queue: 'competitive' }).get()
 * const match = await matches[0]!.get()
 * const { history } = await match.players[0]!.matchHistory.get()
 * console.log(history.length > 0) // true
 * ```
 */
export function valModels(riot: RiotClient<NotFound>): ValModels {
  const of = (place: ValPlayerPlace): [ValContext, PlayerRef] => {
    const player = playerIdOf(place)
    const { shard } = place
    return [{ riot, shard }, new PlayerRef(riot, player, accountRegion(shard))]
  }
  return Object.freeze<ValModels>({
    account: (player) => account(...of(player)),
    match: ({ id, shard }) => match({ riot, shard }, id),
    matchHistory: (player) => matchHistory(...of(player)),
    recentMatches: ({ queue, shard }) =>
      recentModel({ queue, shard }, undefined, async (options) => {
        const dto = await riot.valMatchV1.getRecent(queue, { ...options, shard })
        return dto && (bridged(dto, recentPrototype, { riot, shard } satisfies ValContext) as ValRecentMatches)
      }),
    leaderboard: ({ actId, shard }) =>
      leaderboardModel({ actId, shard }, undefined, async (options) => {
        const dto = await riot.valRankedV1.getLeaderboard(actId, { ...options, shard })
        if (dto === null) return null
        const at: ValContext = { riot, shard }
        const players = dto.players.map((player) => bridged(player, playerPrototype, at))
        return bridged({ ...dto, players }, leaderboardPrototype, at) as ValLeaderboard
      }),
    content: ({ shard } = {}) =>
      contentModel({ shard }, undefined, async (options) =>
        deepFreeze(await riot.valContentV1.getContent({ ...options, shard })),
      ),
    status: ({ shard } = {}) =>
      statusModel({ shard }, undefined, async (options) =>
        deepFreeze(await riot.valStatusV1.getPlatformData({ ...options, shard })),
      ),
  })
}
