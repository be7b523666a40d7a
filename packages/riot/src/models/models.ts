import type { NotFound } from '../client/call-options.ts'
import type { RiotClient } from '../client/riot-client.ts'
import { lolModels, type LolModels } from './lol/lol-models.ts'
import { lorModels, type LorModels } from './lor/lor-models.ts'
import { tftModels, type TftModels } from './tft/tft-models.ts'
import { valModels, type ValModels } from './val/val-models.ts'

/** The models of every game. */
export interface Models {
  readonly lol: LolModels
  readonly tft: TftModels
  readonly lor: LorModels
  readonly val: ValModels
}

/**
 * The models of every game, which ask through `riot`. For one game only there are `lolModels`, `tftModels`, `lorModels` and `valModels`.
 *
 * @example
 * ```ts
 * import { RiotClient, models } from '@sluice/riot'
 * import { PRODUCTION_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator() // in place of Riot's servers
 * await using riot = new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'euw1', baseUrl: `${server.url}/{route}` })
 *
 * const { lol, tft } = models(riot)
 * const [lolLeague, tftLeague] = await Promise.all([
 *   lol.masterLeague({ queue: 'RANKED_SOLO_5x5' }).get(),
 *   tft.masterLeague().get(),
 * ])
 * console.log(lolLeague.tier, tftLeague.tier) // MASTER MASTER
 * ```
 */
export function models(riot: RiotClient<NotFound>): Models {
  return Object.freeze({
    lol: lolModels(riot),
    tft: tftModels(riot),
    lor: lorModels(riot),
    val: valModels(riot),
  })
}
