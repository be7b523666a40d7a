// Runs other people's Riot clients against the simulator and prints their figures beside those that were measured before.
//
//   npm run bench:riot -- [--scenario far,dev] [--client twisted,whisper] [--http] [--parallel 2]
//
// Needs `npm ci --ignore-scripts` in this directory and `npm run build` in the root. Without --http the clients run on a virtual clock,
// in about a minute and with the same figures each time. With --http they run over sockets in real time: as long as the seconds in
// the table, divided by --parallel; on a busy machine their first bursts are stretched.
import { fork } from 'node:child_process'
import { parseArgs } from 'node:util'

import { idealMs } from '../../packages/riot-sim/dist/index.js'
import { REFERENCE, SCENARIOS } from './scenarios.mjs'

const { values } = parseArgs({
  options: {
    scenario: { type: 'string' },
    client: { type: 'string' },
    http: { type: 'boolean', default: false },
    parallel: { type: 'string', default: '2' },
  },
})
const { scenario: scenarios, client: clients, http } = values
const wanted = (list, name) => list === undefined || list.split(',').includes(name)

// Without a choice of both: what was measured before.
const runs =
  scenarios !== undefined && clients !== undefined
    ? scenarios.split(',').flatMap((scenario) => clients.split(',').map((client) => [scenario, client]))
    : REFERENCE.filter(([scenario, client]) => wanted(scenarios, scenario) && wanted(clients, client))

const COLUMNS = [9, 17, 11, 16, 8, 7, 7, 10, 30]
const row = (cells) => console.log(cells.map((cell, i) => String(cell).padEnd(COLUMNS[i] ?? 0)).join(' '))
row([
  'scenario',
  'client',
  'answered',
  'time / floor',
  'util',
  'sent',
  '429s',
  'in flight',
  'before',
  'difference in time, sent',
])

const queue = [...runs]
const workers = Array.from({ length: Number(values.parallel) }, async () => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [name, client] = next
    const scenario = SCENARIOS[name]
    const result = await (http ? overHttp(client, scenario) : onVirtualClock(client, scenario))
    print(name, client, scenario, result)
  }
})
await Promise.all(workers)

async function onVirtualClock(client, scenario) {
  const worker = fork(new URL('virtual.mjs', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return ask(worker, { name: client, scenario })
}

async function overHttp(client, scenario) {
  const server = fork(new URL('server.mjs', import.meta.url))
  const { port, subjects } = await ask(server, scenario)
  const worker = fork(new URL('client.mjs', import.meta.url), {
    execArgv: ['--import', new URL('redirect.mjs', import.meta.url).href],
    env: { ...process.env, SIM_PORT: String(port) },
    silent: true,
  })
  const result = await ask(worker, { name: client, scenario, subjects })
  const stats = await ask(server, 'stats')
  server.disconnect()
  return { ...result, stats }
}

function print(name, client, scenario, result) {
  const { answered, first, last, took, failures, stats } = result
  const floor = idealMs(scenario.count, scenario.app)
  const before = REFERENCE.find(([s, c]) => s === name && c === client)
  const seconds = (ms) => (ms / 1000).toFixed(1)
  const difference = (now, then) => `${now < then ? '' : '+'}${((100 * now) / then - 100).toFixed(1)}%`
  if (answered === undefined) {
    const given = stats.statuses['200'] ?? 0
    row([name, client, `${given}/${scenario.count}`, 'and then nothing: some promises never settle'])
    return
  }
  row([
    name,
    client,
    `${answered}/${scenario.count}`,
    `${seconds(took)} / ${seconds(floor)}`,
    `${((100 * floor) / Math.max(1, last - first)).toFixed(1)}%`,
    stats.arrivals,
    stats.statuses['429'] ?? 0,
    stats.maxInFlight,
    before === undefined ? '' : `${before[2]} in ${before[3]} s, ${before[4]} sent`,
    before === undefined ? '' : `${difference(took / 1000, before[3])}, ${difference(stats.arrivals, before[4])}`,
    ...Object.entries(failures).map(([reason, times]) => `${times}× ${reason}`),
  ])
}

/** Sends a message to a process and waits for its next one, or for its end. */
function ask(child, message) {
  return new Promise((resolve) => {
    child.once('message', resolve)
    child.once('exit', () => resolve(undefined))
    child.send(message)
  })
}
