// The same 20 matches by a task group whose first failure stops the others, as Python's `asyncio.TaskGroup` does: all or nothing. The
// second group asks for a match that does not exist, and nobody is left behind.

import { TaskGroup } from '@sluice/core'
import { RiotClient, type LolMatch } from '@sluice/riot'
import { riotOptions } from './riot-options.js'

await using riot = new RiotClient(riotOptions)
const { entries } = await riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5')
const ids = await riot.matchV5.getMatchIdsByPuuid(entries[0]!.puuid, { count: 20 })

async function fetchAll(wanted: readonly string[]): Promise<LolMatch[]> {
  const group = new TaskGroup<LolMatch>({ onError: 'abort' })
  for (const id of wanted) await group.createTask(({ signal }) => riot.matchV5.getMatch(id, { signal }))
  await group.join()
  return group.results()
}

console.log(`${(await fetchAll(ids)).length} matches`)
try {
  await fetchAll([...ids, 'KR_1'])
} catch (error) {
  console.log(`none, since ${String((error as AggregateError).cause).replace(/ \(.*/, '')}`)
}
