// npm run demo, as the README promises it.

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { DEVELOPMENT_KEY, startSimulator } from '@sluice/riot-sim'
import { expect, test } from 'vitest'
import { run } from '../scripts/run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const demo = `${JSON.stringify(process.execPath)} scripts/demo.mjs`

test(
  '20 matches, the puuids of a ladder, 500 distinct matches, and nothing refused',
  { timeout: 240_000 },
  async () => {
    const { code, stdout, output } = await run(demo, {
      cwd: root,
      limitMs: 200_000,
      env: { RIOT_API_KEY: undefined, RIOT_BASE_URL: undefined },
    })
    expect(code, output).toBe(0)
    expect(output).toBe(stdout)
    expect(stdout).toMatch(/^ {2}.+#KR1 won \d+ of \d+, with \w+/m)
    expect(stdout).toContain('\n  600 players, such as ')
    expect(stdout).toMatch(/^ {2}500 matches, \d+ MB of JSON in [\d.]+ s: out\/demo\.ndjson$/m)
    expect(stdout).toMatch(/^ {4}all requests {2,}\d+ of 500 in 10 s, 5\d\d of 30,000 in 10 min$/m)
    const [, requests = ''] = /^ {2}(\d+) requests, no 429\.$/m.exec(stdout) ?? []
    expect(stdout).toContain(`The simulator counted ${requests} requests, and refused none.`)
    // More than one window's worth in the one after it: the key's limits held.
    const [, took, floor] = /([\d.]+) s of the key's time; .* faster than ([\d.]+) s/.exec(stdout) ?? []
    expect(Number(floor)).toBe(10)
    expect(Number(took)).toBeGreaterThanOrEqual(10)

    const ids = new Set<string>()
    for await (const line of createInterface({ input: createReadStream(`${root}/out/demo.ndjson`) })) {
      const { key, data } = JSON.parse(line) as { key: string; data: { metadata: { matchId: string } } }
      expect(data.metadata.matchId).toBe(key)
      ids.add(key)
    }
    expect(ids.size).toBe(500)
  },
)

test('with RIOT_API_KEY the same program asks the real API, or whatever RIOT_BASE_URL says it is', async () => {
  await using server = await startSimulator({ keys: { [DEVELOPMENT_KEY]: { app: '2000:10' } } })
  const { code, output } = await run(demo, {
    cwd: root,
    limitMs: 200_000,
    env: { RIOT_API_KEY: DEVELOPMENT_KEY, RIOT_BASE_URL: `${server.url}/{route}` },
  })
  expect(code, output).toBe(0)
  expect(output).toMatch(/^The Riot API at http:\/\/127\.0\.0\.1:\d+\/\{route\}, with the key in RIOT_API_KEY\.$/m)
  expect(output).not.toContain(DEVELOPMENT_KEY)
  expect(output).toMatch(/^ {2}\d+ requests, no 429\.$/m)
  expect(server.simulator.stats().statuses['429']).toBeUndefined()
}, 240_000)
