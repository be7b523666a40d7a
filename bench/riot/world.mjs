// The simulator of a scenario, and what can be asked of it.
import { KEY } from './scenarios.mjs'

const PLATFORM = 'na1'

/** Options of the simulator. Limits are measured here, not bandwidth: nearly all matches were aborted, and are small. */
export function simulatorOptions({ app, count: _, mix: __, ...options }) {
  return {
    ...options,
    world: { poolSize: 1000, pools: 10, abortedPerMille: 1000, idle: 0 },
    keys: { [KEY]: { kind: 'production', app } },
  }
}

/** As many different matches and players as a scenario needs, and one more for the warm-up. */
export async function subjects(simulator, send, { count }) {
  const puuids = Array.from({ length: count + 1 }, (_, number) => simulator.puuid(PLATFORM, number))
  const matches = new Set()
  for (let player = 0; matches.size <= count; player++) {
    const url = `/americas/lol/match/v5/matches/by-puuid/${puuids[player]}/ids?count=100`
    for (const id of (await send({ url, headers: { 'X-Riot-Token': KEY } })).json()) matches.add(id)
  }
  simulator.reset()
  return { puuids, matches: [...matches] }
}
