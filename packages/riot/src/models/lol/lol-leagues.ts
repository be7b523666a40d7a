import type * as LeagueV4 from '../../schemas/league-v4.ts'
import type { Division, LeagueQueue, Tier } from '../../tables/words.ts'
import { bridged, prototypeOf } from '../bridge.ts'
import { modelKind, type FetchOptions, type Model, type ModelMaker } from '../model.ts'
import type { LolContext, LolMakers } from './lol-context.ts'
import type { PlayerPlace } from './lol-people.ts'
import { playerValues } from './lol-player.ts'
import type { LolLeague, LolLeagueEntry, LolLeagueModel, LolPlatform } from './lol-types.ts'

type Place = { platform: LolPlatform | undefined }

const itemValue = playerValues<LeagueV4.LeagueItemDTO>('LolLeagueItem')
const entryValue = playerValues<LeagueV4.LeagueEntryDTO>('LolLeagueEntry')
const leaguePrototype = prototypeOf('LolLeague')
const apexModel: ModelMaker<Place & { queue: LeagueQueue }, LolLeague> = modelKind('LolLeagueModel')
const leagueModel: ModelMaker<Place & { id: string }, LolLeague> = modelKind('LolLeagueModel')
const divisionModel: ModelMaker<
  Place & { queue: LeagueQueue; tier: Tier; division: Division },
  readonly LolLeagueEntry[],
  { page?: number | undefined }
> = modelKind('LolDivisionModel')
const entriesModel: ModelMaker<PlayerPlace, readonly LolLeagueEntry[]> = modelKind('LolLeagueEntriesModel')

function leagueValue(dto: LeagueV4.LeagueListDTO | null, at: LolContext): LolLeague | null {
  if (dto === null) return null
  const entries = dto.entries.map((entry) => itemValue(entry, at))
  return bridged({ ...dto, entries }, leaguePrototype, at) as LolLeague
}

const APEX = {
  challenger: 'getChallengerLeague',
  grandmaster: 'getGrandmasterLeague',
  master: 'getMasterLeague',
} as const

/** The league of a tier without divisions. */
export function apexLeague(at: LolContext, tier: keyof typeof APEX, queue: LeagueQueue): LolLeagueModel {
  return apexModel({ queue, platform: at.platform }, at, async (options) =>
    leagueValue(await at.riot.leagueV4[APEX[tier]](queue, { ...options, platform: at.platform }), at),
  )
}

/** The league of an id. */
export function leagueById(at: LolContext, id: string): LolLeagueModel {
  return leagueModel({ id, platform: at.platform }, at, async (options) =>
    leagueValue(await at.riot.leagueV4.getLeagueById(id, { ...options, platform: at.platform }), at),
  )
}

/** The entries of a tier's division, a page at a time. */
export function divisionLeague(
  at: LolContext,
  { queue, tier, division }: { queue: LeagueQueue; tier: Tier; division: Division },
): Model<readonly LolLeagueEntry[], { page?: number | undefined }> {
  const fetch = async (options: FetchOptions<{ page?: number | undefined }>) => {
    const { getLeagueEntries } = at.riot.leagueV4
    const dtos = await getLeagueEntries(queue, tier, division, { ...options, platform: at.platform })
    return dtos && Object.freeze(dtos.map((dto) => entryValue(dto, at)))
  }
  return divisionModel({ queue, tier, division, platform: at.platform }, at, fetch)
}

/** A player's places in the queues. */
export const lolLeagues: Pick<LolMakers, 'leagueEntries'> = {
  leagueEntries: (at, player) =>
    entriesModel({ ...player.id, platform: at.platform }, at, async (options) =>
      player.ask(options, async (puuid) => {
        const { getLeagueEntriesByPuuid } = at.riot.leagueV4
        const dtos = await getLeagueEntriesByPuuid(puuid, { ...options, platform: at.platform })
        return dtos && Object.freeze(dtos.map((dto) => entryValue(dto, at)))
      }),
    ),
}
