// npm run demo: the Riot client at work, on a simulated API whose time runs faster, or on the real one if RIOT_API_KEY is set.
// It builds what it needs; what it does stands in riot-demo.mjs.

import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startRiotSimulator } from './riot-simulator.mjs'
import { run } from './run.mjs'

/** How many times as fast time passes for the simulator and its client: a window of ten seconds takes five. */
const SPEED = 2
const PRODUCTION = '500:10,30000:600'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const build = await run('node scripts/build.mjs packages/riot packages/riot-sim', { cwd: root })
if (build.code !== 0) {
  console.log(build.output)
  process.exit(1)
}
const { riotDemo } = await import('./riot-demo.mjs')

const key = process.env['RIOT_API_KEY']
const baseUrl = process.env['RIOT_BASE_URL']
if (key !== undefined && key !== '') {
  console.log(`The Riot API at ${baseUrl ?? 'https://{route}.api.riotgames.com'}, with the key in RIOT_API_KEY.`)
  await riotDemo({ apiKey: key, baseUrl, speed: 1, root })
} else {
  const simulator = await startRiotSimulator({ latency: 'prod', speed: SPEED }, { app: PRODUCTION })
  try {
    console.log(`A simulated Riot API at ${simulator.url}; with RIOT_API_KEY it is the real one.
A production key: 500 requests in 10 s, 30,000 in 10 min. Time runs ${SPEED} times as fast, here and there.`)
    const { RIOT_API_KEY: apiKey, RIOT_BASE_URL } = simulator.env
    await riotDemo({ apiKey, baseUrl: RIOT_BASE_URL, speed: SPEED, root })
    const { statuses, arrivals } = await simulator.stats()
    console.log(`The simulator counted ${arrivals} requests, and refused ${statuses['429'] ?? 'none'}.`)
  } finally {
    simulator.stop()
  }
}
