import { platformToRegion } from '../../routing.ts'
import { CONTEXT, bridged, prototypeOf, type Bridged, type Bridges } from '../bridge.ts'
import { PlayerRef } from '../player-ref.ts'
import type { LolContext, LolPlayerContext } from './lol-context.ts'
import type { LolPlayerValue } from './lol-types.ts'

interface Self extends Bridged<LolPlayerContext> {
  readonly puuid?: string | null
}

/** The player that a value or a model is about. */
function playerOf({ [CONTEXT]: context, puuid }: Self): PlayerRef {
  return context.player ?? PlayerRef.near(context, { puuid })
}

/** Everything to which a player of League of Legends leads. */
export const lolPlayer: Bridges & ThisType<Self> = {
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
  get championMasteries() {
    return this[CONTEXT].make.championMasteries(this[CONTEXT], playerOf(this))
  },
  championMastery(championId: number) {
    return this[CONTEXT].make.championMastery(this[CONTEXT], playerOf(this), championId)
  },
  get masteryScore() {
    return this[CONTEXT].make.masteryScore(this[CONTEXT], playerOf(this))
  },
  get currentGame() {
    return this[CONTEXT].make.currentGame(this[CONTEXT], playerOf(this))
  },
  get clashPlayers() {
    return this[CONTEXT].make.clashPlayers(this[CONTEXT], playerOf(this))
  },
  get playerChallenges() {
    return this[CONTEXT].make.playerChallenges(this[CONTEXT], playerOf(this))
  },
}

/** Makes values that are about a player, of what Riot sent. `name` is what `console.log` calls them. */
export function playerValues<Dto extends object>(name: string): (dto: Dto, context: LolContext) => LolPlayerValue<Dto> {
  const prototype = prototypeOf(name, lolPlayer)
  return (dto, { riot, make, platform }) =>
    // Not the context as it is: its player may be another one.
    bridged(dto, prototype, { riot, make, platform } satisfies LolContext) as LolPlayerValue<Dto>
}
