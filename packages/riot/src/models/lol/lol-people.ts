import type * as AccountV1 from '../../schemas/account-v1.ts'
import type * as ClashV1 from '../../schemas/clash-v1.ts'
import type * as SummonerV4 from '../../schemas/summoner-v4.ts'
import { platformToAccountRegion } from '../../routing.ts'
import { deepFreeze } from '../immutable.ts'
import { modelKind, type ModelMaker } from '../model.ts'
import type { PlayerId } from '../player-ref.ts'
import type { LolMakers } from './lol-context.ts'
import { lolPlayer, playerValues } from './lol-player.ts'
import type {
  LolAccount,
  LolAccountModel,
  LolClashPlayer,
  LolPlatform,
  LolPlayerBridges,
  LolSummoner,
  LolSummonerModel,
} from './lol-types.ts'

/** What a model of a player shows. */
export type PlayerPlace = PlayerId & { platform: LolPlatform | undefined }

const accountModel: ModelMaker<PlayerPlace, LolAccount, {}, LolAccountModel> = modelKind('LolAccountModel', lolPlayer)
const accountValue = playerValues<AccountV1.AccountDto>('LolAccount')
const summonerModel: ModelMaker<PlayerPlace, LolSummoner, {}, LolSummonerModel> = modelKind(
  'LolSummonerModel',
  lolPlayer,
)
const summonerValue = playerValues<SummonerV4.SummonerDTO>('LolSummoner')
const clashPlayersModel: ModelMaker<PlayerPlace, readonly LolClashPlayer[]> = modelKind('LolClashPlayersModel')
const clashPlayerValue = playerValues<ClashV1.PlayerDto>('LolClashPlayer')
const challengesModel: ModelMaker<
  PlayerPlace,
  Awaited<ReturnType<LolPlayerBridges['playerChallenges']['get']>>
> = modelKind('LolPlayerChallengesModel')

/** Accounts, summoners, and what else there is of a person. */
export const lolPeople: Pick<LolMakers, 'account' | 'summoner' | 'clashPlayers' | 'playerChallenges'> = {
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
        const dto = await at.riot.summonerV4.getByPuuid(puuid, { ...options, platform: at.platform })
        return dto && summonerValue(dto, at)
      }),
    ),
  clashPlayers: (at, player) =>
    clashPlayersModel({ ...player.id, platform: at.platform }, at, async (options) =>
      player.ask(options, async (puuid) => {
        const dtos = await at.riot.clashV1.getPlayersByPuuid(puuid, { ...options, platform: at.platform })
        return dtos && Object.freeze(dtos.map((dto) => clashPlayerValue(dto, at)))
      }),
    ),
  playerChallenges: (at, player) =>
    challengesModel({ ...player.id, platform: at.platform }, at, async (options) =>
      player.ask(options, async (puuid) =>
        deepFreeze(await at.riot.lolChallengesV1.getPlayerData(puuid, { ...options, platform: at.platform })),
      ),
    ),
}
