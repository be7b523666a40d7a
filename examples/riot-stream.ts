// Thousands of matches of the ladder, each looked at and let go: memory stays flat, however many there are. `riot-collect` is the same
// program, but keeps them. An argument says how many; 400 without it.

import { RiotClient, crawlMatches } from '@sluice/riot'
import { megabytes, report } from './riot-memory.js'
import { riotOptions } from './riot-options.js'

await using riot = new RiotClient(riotOptions)
const limit = Number(process.argv[2] ?? 400)
let matches = 0
let kills = 0
let atFirst = 0
for await (const outcome of crawlMatches(riot, { limit })) {
  if (outcome.status !== 'ok') continue
  for (const participant of outcome.value.info.participants) kills += participant.kills
  if (++matches === Math.min(1000, limit / 2)) atFirst = megabytes()
}
report(matches, kills, atFirst)
