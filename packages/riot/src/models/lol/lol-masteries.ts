import type * as ChampionMasteryV4 from '../../schemas/champion-mastery-v4.ts'
import { modelKind, type ModelMaker } from '../model.ts'
import type { LolMakers } from './lol-context.ts'
import type { PlayerPlace } from './lol-people.ts'
import { playerValues } from './lol-player.ts'
import type { LolMastery } from './lol-types.ts'

const value = playerValues<ChampionMasteryV4.ChampionMasteryDto>('LolMastery')
const masteriesModel: ModelMaker<PlayerPlace, readonly LolMastery[], { count?: number | undefined }> =
  modelKind('LolMasteriesModel')
const masteryModel: ModelMaker<PlayerPlace & { championId: number }, LolMastery> = modelKind('LolMasteryModel')
const scoreModel: ModelMaker<PlayerPlace, number> = modelKind('LolMasteryScoreModel')

/** How well a player knows their champions. */
export const lolMasteries: Pick<LolMakers, 'championMasteries' | 'championMastery' | 'masteryScore'> = {
  championMasteries: (at, player) =>
    masteriesModel({ ...player.id, platform: at.platform }, at, async (options) =>
      player.ask(options, async (puuid) => {
        const { count, ...rest } = { ...options, platform: at.platform }
        const { getAllChampionMasteriesByPuuid, getTopChampionMasteriesByPuuid } = at.riot.championMasteryV4
        const dtos =
          count === undefined
            ? await getAllChampionMasteriesByPuuid(puuid, rest)
            : await getTopChampionMasteriesByPuuid(puuid, { ...rest, count })
        return dtos && Object.freeze(dtos.map((dto) => value(dto, at)))
      }),
    ),
  championMastery: (at, player, championId) =>
    masteryModel({ ...player.id, platform: at.platform, championId }, at, async (options) =>
      player.ask(options, async (puuid) => {
        const { getChampionMasteryByPuuid } = at.riot.championMasteryV4
        const dto = await getChampionMasteryByPuuid(puuid, championId, { ...options, platform: at.platform })
        return dto && value(dto, at)
      }),
    ),
  masteryScore: (at, player) =>
    scoreModel({ ...player.id, platform: at.platform }, at, async (options) =>
      player.ask(options, async (puuid) =>
        at.riot.championMasteryV4.getChampionMasteryScoreByPuuid(puuid, { ...options, platform: at.platform }),
      ),
    ),
}
