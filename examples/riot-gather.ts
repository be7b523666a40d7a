// The same 20 matches by `gather`: their values in the order of the ids, as from Python's `asyncio.gather`.

import { gather } from '@sluice/core'
import { RiotClient } from '@sluice/riot'
import { riotOptions } from './riot-options.js'

await using riot = new RiotClient(riotOptions)
const { entries } = await riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5')
const ids = await riot.matchV5.getMatchIdsByPuuid(entries[0]!.puuid, { count: 20 })

const matches = await gather(
  ids.map(
    (id) =>
      ({ signal }) =>
        riot.matchV5.getMatch(id, { signal }),
  ),
)

console.log(`${matches.length} matches`)
console.log(matches.every(({ metadata }, i) => metadata.matchId === ids[i]) ? 'in the order of the ids' : 'mixed up')
