import type { RouteOf } from '../../route-kinds.ts'
import { platformOfMatchId, platformToAccountRegion, regionOfMatchId } from '../../routing.ts'
import type * as AccountV1 from '../../schemas/account-v1.ts'
import type * as SpectatorTftV5 from '../../schemas/spectator-tft-v5.ts'
import type * as TftLeagueV1 from '../../schemas/tft-league-v1.ts'
import type * as TftMatchV1 from '../../schemas/tft-match-v1.ts'
import type * as TftSummonerV1 from '../../schemas/tft-summoner-v1.ts'
import { CONTEXT, bridged, prototypeOf, type Bridged, type Bridges } from '../bridge.ts'
import { matchPages } from '../match-pages.ts'
import { modelKind, type FetchOptions, type ModelMaker } from '../model.ts'
import type { PlayerId, PlayerRef } from '../player-ref.ts'
import { tftPlayer, tftPlayerValues, type TftContext, type TftHistoryPlace, type TftMakers } from './tft-player.ts'
import type {
  TftAccount,
  TftAccountModel,
  TftCurrentGame,
  TftHistoryQuery,
  TftLeagueEntry,
  TftMatchHistory,
  TftMatchHistoryModel,
  TftMatchValue,
  TftPlatform,
  TftSummoner,
  TftSummonerModel,
} from './tft-types.ts'

type PlayerPlace = PlayerId & { platform: TftPlatform | undefined }

const accountModel: ModelMaker<PlayerPlace, TftAccount, {}, TftAccountModel> = modelKind('TftAccountModel', tftPlayer)
const accountValue = tftPlayerValues<AccountV1.AccountDto>('TftAccount')
const summonerModel: ModelMaker<PlayerPlace, TftSummoner, {}, TftSummonerModel> = modelKind(
  'TftSummonerModel',
  tftPlayer,
)
const summonerValue = tftPlayerValues<TftSummonerV1.SummonerDTO>('TftSummoner')
const entriesModel: ModelMaker<PlayerPlace, readonly TftLeagueEntry[]> = modelKind('TftLeagueEntriesModel')
const gameModel: ModelMaker<PlayerPlace, TftCurrentGame> = modelKind('TftCurrentGameModel')
const gamePrototype = prototypeOf('TftCurrentGame')
const gameParticipantValue = tftPlayerValues<SpectatorTftV5.CurrentGameParticipant>('TftCurrentGameParticipant')
const matchModel: ModelMaker<{ id: string }, TftMatchValue> = modelKind('TftMatchModel')
const participantValue = tftPlayerValues<TftMatchV1.ParticipantDto>('TftParticipant')

/** A player's place in a queue. */
export const tftEntryValue = tftPlayerValues<TftLeagueV1.LeagueEntryDTO>('TftLeagueEntry')

const matchWays: Bridges & ThisType<TftMatchV1.MatchDto> = {
  get participants() {
    return this.info.participants
  },
  get platform() {
    return platformOfMatchId(this.metadata.match_id)
  },
  get region() {
    return regionOfMatchId(this.metadata.match_id)
  },
}
const matchPrototype = prototypeOf('TftMatch', matchWays)

const historyWays: Bridges & ThisType<{ ids: readonly string[] } & Bridged<TftContext>> = {
  get matches() {
    return Object.freeze(this.ids.map((id) => this[CONTEXT].make.match(this[CONTEXT], id)))
  },
  *[Symbol.iterator]() {
    for (const id of this.ids) yield this[CONTEXT].make.match(this[CONTEXT], id)
  },
}
const historyPrototype = prototypeOf('TftMatchHistory', historyWays)

interface HistoryContext extends TftContext {
  readonly player: PlayerRef
  readonly place: TftHistoryPlace
}

async function idsOf(
  { riot, player, place }: HistoryContext,
  options: FetchOptions<TftHistoryQuery>,
): Promise<string[] | null> {
  return player.ask(options, async (puuid) =>
    riot.tftMatchV1.getMatchIdsByPuuid(puuid, { ...place.query, ...options, region: place.region }),
  )
}

const historyModelWays: Bridges & ThisType<Bridged<HistoryContext>> = {
  async *[Symbol.asyncIterator]() {
    const context = this[CONTEXT]
    const page = async (range: { start: number; count: number }): Promise<string[]> =>
      (await idsOf(context, { ...range, notFound: 'throw' })) ?? []
    for await (const id of matchPages(page, context.place.query)) yield context.make.match(context, id)
  },
}
const historyModel: ModelMaker<
  PlayerId & { region: RouteOf<'regionOrEsports'> | undefined } & TftHistoryQuery,
  TftMatchHistory,
  TftHistoryQuery,
  TftMatchHistoryModel
> = modelKind('TftMatchHistoryModel', historyModelWays)

/** Makes all models to which something leads. */
export const TFT_MAKERS: TftMakers = {
  account: (at, player) =>
    accountModel({ ...player.id, platform: at.platform }, { ...at, player }, async (options) =>
      player.ask(options, async (puuid) => {
        const region = at.platform === undefined ? undefined : platformToAccountRegion(at.platform)
        const dto = await at.riot.accountV1.getByPuuid(puuid, { ...options, region })
        return dto && accountValue(dto, at)
      }),
    ),
  summoner: (at, player) =>
    summonerModel({ ...player.id, platform: at.platform }, { ...at, player }, async (options) =>
      player.ask(options, async (puuid) => {
        const dto = await at.riot.tftSummonerV1.getByPuuid(puuid, { ...options, platform: at.platform })
        return dto && summonerValue(dto, at)
      }),
    ),
  leagueEntries: (at, player) =>
    entriesModel({ ...player.id, platform: at.platform }, at, async (options) =>
      player.ask(options, async (puuid) => {
        const { getLeagueEntriesByPuuid } = at.riot.tftLeagueV1
        const dtos = await getLeagueEntriesByPuuid(puuid, { ...options, platform: at.platform })
        return dtos && Object.freeze(dtos.map((dto) => tftEntryValue(dto, at)))
      }),
    ),
  currentGame: (at, player) =>
    gameModel({ ...player.id, platform: at.platform }, at, async (options) =>
      player.ask(options, async (puuid) => {
        const { getCurrentGameInfoByPuuid } = at.riot.spectatorTftV5
        const dto = await getCurrentGameInfoByPuuid(puuid, { ...options, platform: at.platform })
        if (dto === null) return null
        const participants = dto.participants.map((participant) => gameParticipantValue(participant, at))
        return bridged({ ...dto, participants }, gamePrototype, at) as TftCurrentGame
      }),
    ),
  match: (at, id) =>
    matchModel({ id }, at, async (options) => {
      const dto = await at.riot.tftMatchV1.getMatch(id, options)
      if (dto === null) return null
      // Where its players are at home, whatever the client's platform is.
      const place = { ...at, platform: platformOfMatchId(id) }
      const participants = dto.info.participants.map((participant) => participantValue(participant, place))
      return bridged({ ...dto, info: { ...dto.info, participants } }, matchPrototype, place) as TftMatchValue
    }),
  matchHistory: (at, player, place) => {
    const context: HistoryContext = { ...at, player, place }
    return historyModel({ ...player.id, region: place.region, ...place.query }, context, async (options) => {
      const ids = await idsOf(context, options)
      return ids && (bridged({ ids }, historyPrototype, at) as TftMatchHistory)
    })
  },
}
