// The same matches, all of them kept until the end: at 90 kB each, 30,000 take more than two gigabytes. Compare with `riot-stream`.

import { RiotClient, crawlMatches, type LolMatch } from '@sluice/riot'
import { megabytes, report } from './riot-memory.js'
import { riotOptions } from './riot-options.js'

await using riot = new RiotClient(riotOptions)
const limit = Number(process.argv[2] ?? 400)
const matches: LolMatch[] = []
let atFirst = 0
for await (const outcome of crawlMatches(riot, { limit })) {
  if (outcome.status !== 'ok') continue
  if (matches.push(outcome.value) === Math.min(1000, limit / 2)) atFirst = megabytes()
}
const kills = matches.flatMap(({ info }) => info.participants).reduce((sum, participant) => sum + participant.kills, 0)
report(matches.length, kills, atFirst)
