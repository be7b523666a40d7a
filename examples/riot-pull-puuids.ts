// The puuids of everybody in the challenger and the master league of some platforms, by a queue with 25 workers, as in Pyot. No
// platform waits for another one's limit.

import { Queue } from '@sluice/core'
import { RiotClient, type LeagueList, type Platform } from '@sluice/riot'
import { riotOptions } from './riot-options.js'

async function pullPuuids(riot: RiotClient, platforms: readonly Platform[]): Promise<string[]> {
  await using queue = new Queue<LeagueList>({ workers: 25 })
  for (const platform of platforms) {
    await queue.put(() => riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5', { platform }))
    await queue.put(() => riot.leagueV4.getMasterLeague('RANKED_SOLO_5x5', { platform }))
  }
  const leagues = await queue.join()
  return leagues.flatMap(({ entries }) => entries.map(({ puuid }) => puuid))
}

await using riot = new RiotClient(riotOptions)
const puuids = await pullPuuids(riot, ['kr', 'euw1', 'na1'])
console.log(`${puuids.length} puuids, ${new Set(puuids).size} of them distinct`)
