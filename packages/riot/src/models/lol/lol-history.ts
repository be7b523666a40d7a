import type { RouteOf } from '../../route-kinds.ts'
import { CONTEXT, bridged, prototypeOf, type Bridged, type Bridges } from '../bridge.ts'
import { matchPages } from '../match-pages.ts'
import { modelKind, type FetchOptions, type ModelMaker } from '../model.ts'
import type { PlayerId, PlayerRef } from '../player-ref.ts'
import type { HistoryPlace, LolContext, LolMakers } from './lol-context.ts'
import type { LolHistoryQuery, LolMatchHistory, LolMatchHistoryModel } from './lol-types.ts'

interface HistoryContext extends LolContext {
  readonly player: PlayerRef
  readonly place: HistoryPlace
}

async function idsOf(
  { riot, player, place }: HistoryContext,
  options: FetchOptions<LolHistoryQuery>,
): Promise<string[] | null> {
  return player.ask(options, async (puuid) =>
    riot.matchV5.getMatchIdsByPuuid(puuid, { ...place.query, ...options, region: place.region }),
  )
}

const historyWays: Bridges & ThisType<{ ids: readonly string[] } & Bridged<LolContext>> = {
  get matches() {
    return Object.freeze(this.ids.map((id) => this[CONTEXT].make.match(this[CONTEXT], id)))
  },
  get timelines() {
    return Object.freeze(this.ids.map((id) => this[CONTEXT].make.timeline(this[CONTEXT], id)))
  },
  *[Symbol.iterator]() {
    for (const id of this.ids) yield this[CONTEXT].make.match(this[CONTEXT], id)
  },
}
const historyPrototype = prototypeOf('LolMatchHistory', historyWays)

const historyModelWays: Bridges & ThisType<Bridged<HistoryContext>> = {
  async *[Symbol.asyncIterator]() {
    const context = this[CONTEXT]
    const page = async (range: { start: number; count: number }): Promise<string[]> =>
      (await idsOf(context, { ...range, notFound: 'throw' })) ?? []
    for await (const id of matchPages(page, context.place.query)) yield context.make.match(context, id)
  },
}
const historyModel: ModelMaker<
  PlayerId & { region: RouteOf<'region'> | undefined } & LolHistoryQuery,
  LolMatchHistory,
  LolHistoryQuery,
  LolMatchHistoryModel
> = modelKind('LolMatchHistoryModel', historyModelWays)

/** A player's matches. */
export const lolHistory: Pick<LolMakers, 'matchHistory'> = {
  matchHistory: (at, player, place) => {
    const context: HistoryContext = { ...at, player, place }
    return historyModel({ ...player.id, region: place.region, ...place.query }, context, async (options) => {
      const ids = await idsOf(context, options)
      return ids && (bridged({ ids }, historyPrototype, at) as LolMatchHistory)
    })
  },
}
