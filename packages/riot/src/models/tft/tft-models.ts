import type { NotFound } from '../../client/call-options.ts'
import type { RiotClient } from '../../client/riot-client.ts'
import type { RouteOf } from '../../route-kinds.ts'
import { platformToRegion } from '../../routing.ts'
import type * as TftLeagueV1 from '../../schemas/tft-league-v1.ts'
import type * as TftStatusV1 from '../../schemas/tft-status-v1.ts'
import type { Division, Tier } from '../../tables/words.ts'
import { bridged, prototypeOf } from '../bridge.ts'
import { deepFreeze, type Immutable } from '../immutable.ts'
import { modelKind, type Model, type ModelMaker } from '../model.ts'
import { PlayerRef, playerIdOf, type PlayerId } from '../player-ref.ts'
import { TFT_MAKERS, tftEntryValue } from './tft-makers.ts'
import { tftPlayerValues, type TftContext } from './tft-player.ts'
import type {
  TftAccountModel,
  TftHistoryQuery,
  TftLadderEntry,
  TftLeague,
  TftLeagueEntry,
  TftLeagueModel,
  TftMatchHistoryModel,
  TftMatchModel,
  TftPlatform,
  TftPlayerBridges,
  TftSummonerModel,
} from './tft-types.ts'

/** A ranked queue of Teamfight Tactics. Default `RANKED_TFT`. */
export type TftQueue = 'RANKED_TFT' | 'RANKED_TFT_DOUBLE_UP'

/** Where a thing of Teamfight Tactics is. */
export interface TftPlace {
  /** Default: the client's. */
  platform?: TftPlatform | undefined
}

/** A player, by puuid or Riot id, and where they are. */
export type TftPlayerPlace = PlayerId & TftPlace

/** The models of Teamfight Tactics. None of these asks for anything: `get()` does. */
export interface TftModels {
  account(player: TftPlayerPlace): TftAccountModel
  summoner(player: TftPlayerPlace): TftSummonerModel
  challengerLeague(league?: TftPlace & { queue?: TftQueue | undefined }): TftLeagueModel
  grandmasterLeague(league?: TftPlace & { queue?: TftQueue | undefined }): TftLeagueModel
  masterLeague(league?: TftPlace & { queue?: TftQueue | undefined }): TftLeagueModel
  /** The league of an id. */
  league(league: TftPlace & { id: string }): TftLeagueModel
  /** A division of a tier; `get({ page })` gives a page of it, from 1 on. */
  divisionLeague(
    league: TftPlace & { tier: Tier; division: Division; queue?: TftQueue | undefined },
  ): Model<readonly TftLeagueEntry[], { page?: number | undefined }>
  /** The best of Hyper Roll. */
  topRatedLadder(place?: TftPlace): Model<readonly TftLadderEntry[]>
  /** A player's places in the ranked queues. */
  leagueEntries(player: TftPlayerPlace): TftPlayerBridges['leagueEntries']
  match(match: { id: string }): TftMatchModel
  /** A player's matches. The region is that of the platform, unless it is given. */
  matchHistory(
    player: TftPlayerPlace & TftHistoryQuery & { region?: RouteOf<'regionOrEsports'> | undefined },
  ): TftMatchHistoryModel
  currentGame(player: TftPlayerPlace): TftPlayerBridges['currentGame']
  status(place?: { platform?: RouteOf<'platformOrPbe'> | undefined }): Model<Immutable<TftStatusV1.PlatformDataDto>>
}

type LeaguePlace = TftPlace & { queue?: TftQueue | undefined }

const itemValue = tftPlayerValues<TftLeagueV1.LeagueItemDTO>('TftLeagueItem')
const ladderValue = tftPlayerValues<TftLeagueV1.TopRatedLadderEntryDto>('TftLadderEntry')
const leaguePrototype = prototypeOf('TftLeague')
const apexModel: ModelMaker<LeaguePlace, TftLeague> = modelKind('TftLeagueModel')
const leagueModel: ModelMaker<TftPlace & { id: string }, TftLeague> = modelKind('TftLeagueModel')
const divisionModel: ModelMaker<
  LeaguePlace & { tier: Tier; division: Division },
  readonly TftLeagueEntry[],
  { page?: number | undefined }
> = modelKind('TftDivisionModel')
const ladderModel: ModelMaker<TftPlace, readonly TftLadderEntry[]> = modelKind('TftLadderModel')
const statusModel: ModelMaker<
  { platform?: RouteOf<'platformOrPbe'> | undefined },
  Immutable<TftStatusV1.PlatformDataDto>
> = modelKind('TftStatusModel')

function leagueValue(dto: TftLeagueV1.LeagueListDTO | null, at: TftContext): TftLeague | null {
  if (dto === null) return null
  const entries = dto.entries.map((entry) => itemValue(entry, at))
  return bridged({ ...dto, entries }, leaguePrototype, at) as TftLeague
}

/**
 * The models of Teamfight Tactics, which ask through `riot`.
 *
 * @example
 * ```ts
 * import { RiotClient, tftModels } from '@sluice/riot'
 * import { PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator() // in place of Riot's servers
 * await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'euw1', baseUrl: `${server.url}/{route}` })
 *
 * const tft = tftModels(riot)
 * const league = await tft.challengerLeague().get()
 * const { matches } = await league.entries[0]!.matchHistory.get({ count: 5 })
 * const match = await matches[0]!.get()
 * console.log(match.participants.length) // 8
 * ```
 */
export function tftModels(riot: RiotClient<NotFound>): TftModels {
  const at = (place: TftPlace = {}): TftContext => ({ riot, make: TFT_MAKERS, platform: place.platform })
  const of = <Result>(place: TftPlayerPlace, make: (context: TftContext, player: PlayerRef) => Result): Result => {
    const context = at(place)
    return make(context, PlayerRef.near(context, playerIdOf(place)))
  }
  const apex =
    (method: 'getChallengerLeague' | 'getGrandmasterLeague' | 'getMasterLeague') =>
    ({ queue, platform }: LeaguePlace = {}): TftLeagueModel =>
      apexModel({ queue, platform }, at(), async (options) =>
        leagueValue(await riot.tftLeagueV1[method]({ ...options, queue, platform }), at({ platform })),
      )
  return Object.freeze<TftModels>({
    account: (player) => of(player, TFT_MAKERS.account),
    summoner: (player) => of(player, TFT_MAKERS.summoner),
    challengerLeague: apex('getChallengerLeague'),
    grandmasterLeague: apex('getGrandmasterLeague'),
    masterLeague: apex('getMasterLeague'),
    league: ({ id, platform }) =>
      leagueModel({ id, platform }, at(), async (options) =>
        leagueValue(await riot.tftLeagueV1.getLeagueById(id, { ...options, platform }), at({ platform })),
      ),
    divisionLeague: ({ tier, division, queue, platform }) =>
      divisionModel({ tier, division, queue, platform }, at(), async (options) => {
        const dtos = await riot.tftLeagueV1.getLeagueEntries(tier, division, { ...options, queue, platform })
        return dtos && Object.freeze(dtos.map((dto) => tftEntryValue(dto, at({ platform }))))
      }),
    topRatedLadder: ({ platform } = {}) =>
      ladderModel({ platform }, at(), async (options) => {
        const dtos = await riot.tftLeagueV1.getTopRatedLadder('RANKED_TFT_TURBO', { ...options, platform })
        return dtos && Object.freeze(dtos.map((dto) => ladderValue(dto, at({ platform }))))
      }),
    leagueEntries: (player) => of(player, TFT_MAKERS.leagueEntries),
    match: ({ id }) => TFT_MAKERS.match(at(), id),
    matchHistory: (player) =>
      of(player, (context, ref) => {
        const { startTime, endTime, start, count, platform } = player
        const region = player.region ?? (platform === undefined ? undefined : platformToRegion(platform))
        return TFT_MAKERS.matchHistory(context, ref, { region, query: { startTime, endTime, start, count } })
      }),
    currentGame: (player) => of(player, TFT_MAKERS.currentGame),
    status: ({ platform } = {}) =>
      statusModel({ platform }, at(), async (options) =>
        deepFreeze(await riot.tftStatusV1.getPlatformData({ ...options, platform })),
      ),
  })
}
