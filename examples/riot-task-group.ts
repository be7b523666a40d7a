// The latest 20 matches of a summoner, by a task group with a semaphore of 100, as in Pulsefire. A match that cannot be had is an
// exception of the group, and the others go on. The limits are the client's business: nothing is refused.

import { Semaphore, TaskGroup } from '@sluice/core'
import { RiotClient, type LolMatch } from '@sluice/riot'
import { riotOptions } from './riot-options.js'

await using riot = new RiotClient(riotOptions)
const { entries } = await riot.leagueV4.getChallengerLeague('RANKED_SOLO_5x5')
const account = await riot.accountV1.getByPuuid(entries[0]!.puuid)
const ids = await riot.matchV5.getMatchIdsByPuuid(account.puuid, { count: 20 })

const group = new TaskGroup<LolMatch>({ concurrency: new Semaphore(100) })
for (const id of ids) await group.createTask(({ signal }) => riot.matchV5.getMatch(id, { signal }))
await group.join()

console.log(`${account.gameName}#${account.tagLine}`)
for (const { info } of group.results()) {
  const self = info.participants.find(({ puuid }) => puuid === account.puuid)
  console.log(`${info.gameMode.padEnd(10)} ${self?.championName ?? '(called off)'} ${self?.win ? 'won' : 'lost'}`)
}
console.log(`${group.results().length} matches, ${group.exceptions().length} exceptions`)
