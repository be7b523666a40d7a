// What `npm run demo` does: 20 matches of a summoner, the puuids of a ladder, 500 distinct matches of its players; and what that took of the key's limits.

import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { finished } from 'node:stream/promises'
import { styleText } from 'node:util'
import { Queue, TaskGroup } from '@sluice/core'
import { RiotClient, crawlMatches } from '@sluice/riot'
import { idealMs } from '@sluice/riot-sim'

const MATCHES = 500
const QUEUE = 'RANKED_SOLO_5x5'
/** @type {import('@sluice/riot').Platform} */
const PLATFORM = 'kr'

const bold = (/** @type {string} */ text) => (process.stdout.isTTY ? styleText('bold', text) : text)
const dim = (/** @type {string} */ text) => (process.stdout.isTTY ? styleText('dim', text) : text)
const count = (/** @type {number} */ number) => number.toLocaleString('en')
const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(1)} s`

/** @param {{ apiKey: string, baseUrl: string | undefined, speed: number, root: string }} options */
export async function riotDemo({ apiKey, baseUrl, speed, root }) {
  /** Refusals and requests, as the client sees them. */
  const seen = { refused: 0 }
  const clock = fastClock(speed)
  const riot = new RiotClient({
    apiKey,
    baseUrl,
    platform: PLATFORM,
    clock,
    onEvent: ({ type }) => {
      if (type === 'rateLimited') seen.refused++
    },
  })
  try {
    const start = clock.now()
    await latestMatches(riot)
    await pullPuuids(riot)
    await distinctMatches(riot, clock, join(root, 'out', 'demo.ndjson'))
    const took = clock.now() - start
    showLimits(riot)
    const { requests } = riot.statistics()
    const floor = Math.max(...riot.limits().map(floorOf))
    console.log(`
${bold('In all')}
  ${count(requests)} requests, ${seen.refused === 0 ? 'no 429' : `${seen.refused} times 429`}.
  ${seconds(took)} of the key's time; with its limits nobody can be faster than ${seconds(floor)}.`)
  } finally {
    await riot.close()
  }
}

/** The latest 20 matches of the best of the ladder, by a task group. @param {RiotClient} riot */
async function latestMatches(riot) {
  console.log(`\n${bold('The latest 20 matches of the best player')}`)
  const { entries } = await riot.leagueV4.getChallengerLeague(QUEUE)
  const best = entries.reduce((one, other) => (other.leaguePoints > one.leaguePoints ? other : one))
  const { gameName, tagLine } = await riot.accountV1.getByPuuid(best.puuid)
  const ids = await riot.matchV5.getMatchIdsByPuuid(best.puuid, { count: 20 })
  /** @type {TaskGroup<import('@sluice/riot').LolMatch>} */
  const group = new TaskGroup({ concurrency: 100 })
  for (const id of ids) await group.createTask(({ signal }) => riot.matchV5.getMatch(id, { signal }))
  await group.join()
  const own = group.results().flatMap(({ info }) => info.participants.filter(({ puuid }) => puuid === best.puuid))
  const won = own.filter(({ win }) => win).length
  const champions = [...new Set(own.map(({ championName }) => championName))]
  console.log(`  ${gameName}#${tagLine} won ${won} of ${own.length}, with ${champions.slice(0, 5).join(', ')} …`)
  for (const error of group.exceptions()) console.log(`  ${String(error)}`)
}

/** Who is in the challenger and the master league, by a queue. @param {RiotClient} riot */
async function pullPuuids(riot) {
  console.log(`\n${bold('The puuids of challenger and master')}`)
  /** @type {Queue<import('@sluice/riot').LeagueList>} */
  const queue = new Queue({ workers: 25 })
  await queue.put(() => riot.leagueV4.getChallengerLeague(QUEUE))
  await queue.put(() => riot.leagueV4.getMasterLeague(QUEUE))
  const puuids = (await queue.join()).flatMap(({ entries }) => entries.map(({ puuid }) => puuid))
  console.log(`  ${count(puuids.length)} players, such as ${puuids[0]?.slice(0, 20)}…`)
}

/**
 * Matches of the ladder's players, each once, while their lists are still being read; written down as they come.
 *
 * @param {RiotClient} riot
 * @param {{ now(): number }} clock
 * @param {string} path
 */
async function distinctMatches(riot, clock, path) {
  console.log(`\n${bold(`${count(MATCHES)} distinct matches of the ladder`)}`)
  mkdirSync(join(path, '..'), { recursive: true })
  const file = createWriteStream(path)
  const start = clock.now()
  let [done, bytes, failed] = [0, 0, 0]
  for await (const outcome of crawlMatches(riot, { limit: MATCHES })) {
    done++
    if (outcome.status === 'ok') {
      const line = `${JSON.stringify({ key: outcome.input, data: outcome.value })}\n`
      bytes += line.length
      if (!file.write(line)) await once(file, 'drain')
    } else {
      failed++
      console.log(`  ${outcome.input}: ${String(outcome.error)}`)
    }
    if (process.stdout.isTTY) progress(done, clock.now() - start)
  }
  if (process.stdout.isTTY) process.stdout.write('\r\u001B[K')
  file.end()
  await finished(file)
  const rest = failed === 0 ? '' : `, ${failed} could not be had`
  console.log(
    `  ${count(done - failed)} matches, ${(bytes / 1e6).toFixed(0)} MB of JSON in ${seconds(clock.now() - start)}${rest}: ${relative(process.cwd(), path)}`,
  )
}

/** @param {number} done @param {number} ms */
function progress(done, ms) {
  const width = 30
  const full = Math.round((width * done) / MATCHES)
  const bar = '━'.repeat(full) + dim('━'.repeat(width - full))
  process.stdout.write(`\r\u001B[K  ${bar} ${String(done).padStart(3)} of ${MATCHES}  ${dim(seconds(ms))}`)
}

/** What was learned of the limits, and how much of them is used. @param {RiotClient} riot */
function showLimits(riot) {
  console.log(`\n${bold('Limits learned from the answers')}`)
  for (const { host, app, methods } of riot.limits()) {
    const route = host.slice(host.lastIndexOf('/') + 1)
    console.log(`  ${route}`)
    for (const scope of [app, ...methods]) {
      const name = scope === app ? 'all requests' : scope.name.replace(/^\/(lol|riot)\//, '')
      console.log(`    ${name.padEnd(44)} ${scope.windows.map(windowText).join(', ')}`)
    }
  }
}

/** @param {{ limit: number, ms: number, used: number }} window */
function windowText({ limit, ms, used }) {
  const per = ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`
  return `${count(used)} of ${count(limit)} in ${per}`
}

/** The least time for what was asked of a host. @param {import('@sluice/riot').RiotHostState} host */
function floorOf({ app }) {
  if (app.windows.length === 0) return 0
  // The longest window has counted all that was asked.
  const asked = Math.max(...app.windows.map(({ used }) => used))
  return idealMs(asked, app.windows.map(({ limit, ms }) => `${limit}:${ms / 1000}`).join(','))
}

/** The machine's clock, so many times as fast. @param {number} speed */
function fastClock(speed) {
  return {
    now: () => performance.now() * speed,
    /** @param {() => void} callback @param {number} ms */
    setTimer: (callback, ms) => setTimeout(callback, ms / speed),
    /** @param {unknown} handle */
    clearTimer: (handle) => clearTimeout(/** @type {NodeJS.Timeout} */ (handle)),
  }
}
