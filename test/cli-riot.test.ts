// `sluice riot`: its recipes against the simulated Riot API, its limits, its ends, and its going on after a kill.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RiotClient } from '@sluice/riot'
import { startSimulator, type ServerOptions, type SimulatorServer } from '@sluice/riot-sim'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cli, type Ended, type Running, buildCli } from './cli-process.ts'

vi.setConfig({ testTimeout: 60_000 })

const KEY = 'RGAPI-00000000-0000-4000-8000-00000000c001'
const WORLD = { poolSize: 100, pools: 20, rounds: 60, templates: 2, masters: 5, ladderEnd: 'repeat' } as const

let cli: Cli
let sim: SimulatorServer
beforeAll(async () => {
  ;[cli, sim] = await Promise.all([buildCli(), simulator()])
}, 60_000)
afterAll(async () => {
  cli[Symbol.dispose]()
  await sim.close()
})

/** Every limit is wide unless it is given. */
function simulator(app = '5000:10,300000:600', options: ServerOptions = {}): Promise<SimulatorServer> {
  return startSimulator({ world: WORLD, keys: { [KEY]: { app } }, ...options })
}

/** What the tests look at of what Riot says. */
interface RiotData {
  metadata: { matchId: string; participants: string[] }
  info: { frames: unknown[] }
  puuid: string
  gameName: string
  tagLine: string
  tier: string
  leaguePoints: number
  /** Of a list. */
  length: number
}

/** A line of a recipe. */
interface RiotLine {
  index: number
  key: string
  kind: string
  attempts: number
  data: RiotData
  error?: { name: string; message: string; status?: number }
}

const command = (server: SimulatorServer, args: string[]): string[] => [
  'riot',
  ...args,
  '--base-url',
  `${server.url}/{route}`,
]
const start = (args: string[], server = sim): Running => cli.start(command(server, args), { env: env() })
const riot = (args: string[], options: { stdin?: string; env?: Record<string, string> } = {}): Promise<Ended> =>
  cli.run(command(sim, args), { env: env(), ...options })
const env = (): Record<string, string> => ({ RIOT_API_KEY: KEY, SLUICE_STATE_DIR: join(cli.folder, 'state') })
const linesOf = (text: string): RiotLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RiotLine)
const client = (): RiotClient => new RiotClient({ apiKey: KEY, baseUrl: `${sim.url}/{route}` })
/** The first players who have a name. */
const names = (count: number): string[] => {
  const found: string[] = []
  for (let i = 0; found.length < count; i++) {
    const name = sim.simulator.riotId('euw1', i)
    if (name !== undefined) found.push(name)
  }
  return found
}
/** What a crawl has to find, each once. */
async function expectedMatches(players: number, count: number): Promise<string[]> {
  await using api = client()
  const { entries } = await api.leagueV4.getChallengerLeague('RANKED_SOLO_5x5', { platform: 'euw1' })
  const best = entries.sort((a, b) => b.leaguePoints - a.leaguePoints).slice(0, players)
  const ids = await Promise.all(
    best.map(({ puuid }) => api.matchV5.getMatchIdsByPuuid(puuid, { count, region: 'europe' })),
  )
  return [...new Set(ids.flat())].sort()
}

test('crawl finds each match of the ladder once, with its timeline if it is wanted', async () => {
  const { code, stdout, stderr } = await riot(['crawl', '-p', 'euw1', '--players', '12', '--count', '8', '--timelines'])
  expect([code, stderr]).toEqual([0, expect.stringMatching(/\d+ lines for crawl\n$/)])
  const lines = linesOf(stdout)
  const of = (kind: string): RiotLine[] => lines.filter((line) => line.kind === kind)
  const expected = await expectedMatches(12, 8)
  expect(
    of('match')
      .map(({ key }) => key)
      .sort(),
  ).toEqual(expected)
  expect(
    of('timeline')
      .map(({ key }) => key)
      .sort(),
  ).toEqual(expected)
  expect(lines).toHaveLength(expected.length * 2)
  for (const { key, data } of of('match')) expect(data.metadata.matchId).toBe(key)
  // One that was called off has none.
  const timelines = of('timeline').map(({ data }) => (data as RiotData | null)?.info.frames.length)
  expect(timelines.filter((frames) => frames !== undefined && frames > 0).length).toBeGreaterThan(expected.length * 0.9)
})

test('after a kill the same command goes on: nothing is lost, nothing is doubled', async () => {
  const file = join(cli.folder, 'crawl.ndjson')
  const args = ['crawl', '-p', 'euw1', '--players', '25', '--count', '20', '-o', file, '-c', '8']
  const expected = await expectedMatches(25, 20)
  let kills = 0
  for (; kills < 3; kills++) {
    const before = sim.simulator.stats().arrivals
    const running = start(args)
    await vi.waitFor(() => expect(sim.simulator.stats().arrivals).toBeGreaterThan(before + 40), {
      timeout: 30_000,
      interval: 5,
    })
    running.child.kill('SIGKILL')
    expect((await running.ended).signal).toBe('SIGKILL')
  }
  const { code, stderr } = await start(args).ended
  expect([code, stderr]).toEqual([0, expect.stringMatching(/\d+ of \d+ done/)])
  const keys = linesOf(readFileSync(file, 'utf8')).map(({ key }) => key)
  expect(keys.sort()).toEqual(expected)
})

test('what is known of the limits is kept beside the run, so that a restart in the middle of a window is not refused', async () => {
  await using narrow = await simulator('10:4')
  const file = join(cli.folder, 'narrow.ndjson')
  const args = ['crawl', '-p', 'euw1', '--players', '8', '--count', '3', '-o', file, '--progress', 'json']
  const running = start(args, narrow)
  await running.hears(/"name":"europe app","windows":\[\{"limit":10,"ms":4000,"used":10[^[]*\],"wait":[1-9]/)
  running.child.kill('SIGINT')
  const { code, stderr } = await running.ended
  // What only waited for the limit is not waited for.
  expect([code, stderr]).toEqual([130, expect.stringContaining('stopped: nothing is in flight')])
  expect((await start(args, narrow).ended).code).toBe(0)
  expect(narrow.simulator.stats().rejects).toEqual({})
  expect(readFileSync(`${file}.sluice/limits.json`, 'utf8')).not.toContain(KEY)
})

test('matches of players: where they are at home is asked for, unless it is said', async () => {
  const [name = ''] = names(1)
  const { code, stdout } = await riot(['matches', '--riot-id', name, '--count', '7'])
  expect(code).toBe(0)
  const lines = linesOf(stdout)
  expect(lines.map(({ kind }) => kind)).toEqual(Array.from({ length: 7 }, () => 'match'))
  const puuid = sim.simulator.puuid('euw1', names(1)[0] === sim.simulator.riotId('euw1', 0) ? 0 : 1, KEY)
  for (const { data } of lines) expect(data.metadata.participants).toContain(puuid)
  // More than a page of ids.
  const many = await riot(['matches', puuid, '-p', 'euw', '--count', '130', '--type', 'ranked', '-q'])
  expect(linesOf(many.stdout).length).toBeLessThanOrEqual(130)
  expect(linesOf(many.stdout).length).toBeGreaterThan(20)
})

test('accounts of Riot ids and puuids, from anywhere', async () => {
  const [first = '', second = ''] = names(2)
  const file = join(cli.folder, 'players.csv')
  writeFileSync(
    file,
    `riotId,note\n"${first.replaceAll('"', '""')}",one\nnobody,two\n"${second.replaceAll('"', '""')}",three\n`,
  )
  const { code, stdout, stderr } = await riot(['accounts', '-i', file])
  const lines = linesOf(stdout)
  expect(lines.map(({ key }) => key).sort()).toEqual([first, second].sort())
  expect(lines.every(({ key, data }) => `${data.gameName}#${data.tagLine}` === key)).toBe(true)
  expect(stderr).toContain(`players.csv:3 is no player: "nobody" (write a Riot id such as 'Name#TAG', or a puuid)`)
  expect(code).toBe(100)

  const byPuuid = await riot(['accounts'], { stdin: `${lines[0]!.data.puuid}\n` })
  expect(linesOf(byPuuid.stdout)).toMatchObject([{ kind: 'account', data: lines[0]!.data }])
  const unknown = await riot(['accounts', 'Nobody At All#0000'])
  expect([unknown.code, linesOf(unknown.stdout)]).toMatchObject([
    100,
    [{ key: 'Nobody At All#0000', error: { name: 'NotFoundError', status: 404 } }],
  ])
})

test('masteries and live games of players', async () => {
  const [name = ''] = names(1)
  const top = await riot(['masteries', name, '--top', '3'])
  expect(linesOf(top.stdout)).toMatchObject([{ key: name, kind: 'masteries', data: { length: 3 } }])
  const all = await riot(['masteries', name, '-p', 'euw1'])
  expect(linesOf(all.stdout)[0]!.data.length).toBeGreaterThan(3)
  const live = await riot(['live', ...names(20), '-p', 'euw1'])
  const games = linesOf(live.stdout)
  expect([live.code, games.length]).toEqual([0, 20])
  expect(games.some(({ data }) => data === null)).toBe(true)
})

test('a ladder: the best first if not all are wanted, and every page of a division once', async () => {
  const best = await riot(['ladder', '-p', 'euw1', '--players', '310', '--tiers', 'challenger,grandmaster'])
  const players = linesOf(best.stdout)
  expect(players.map(({ data }) => data.tier)).toEqual(
    Array.from({ length: 310 }, (_, i) => (i < 300 ? 'CHALLENGER' : 'GRANDMASTER')),
  )
  const points = players.slice(0, 300).map(({ data }) => data.leaguePoints)
  expect(points).toEqual(points.toSorted((a, b) => b - a))

  // It repeats its last page for ever.
  const division = await riot(['ladder', '-p', 'euw1', '--tiers', 'diamond:IV'])
  const keys = linesOf(division.stdout).map(({ key }) => key)
  expect([division.code, new Set(keys).size]).toEqual([0, keys.length])
  expect(keys.length).toBeGreaterThan(0)
})

test('the key comes from the environment or a file, is shown nowhere, and a wrong one ends with 102', async () => {
  const file = join(cli.folder, 'key')
  writeFileSync(file, `${KEY}\n`)
  const found = await cli.run(command(sim, ['accounts', names(1)[0]!, '--key-file', file, '-vv']))
  expect(found.code).toBe(0)
  expect(found.stdout + found.stderr).not.toContain(KEY)

  const wrong = 'RGAPI-11111111-0000-4000-8000-000000000000'
  const refused = await riot(['matches', ...names(30), '-vv'], { env: { RIOT_API_KEY: wrong } })
  expect([refused.code, refused.stderr]).toEqual([
    102,
    expect.stringContaining('the server rejects the credentials (status 403)'),
  ])
  expect(refused.stdout + refused.stderr).not.toContain(wrong)

  const none = await riot(['accounts', 'a#b'], { env: {} })
  expect([none.code, none.stderr]).toEqual([
    2,
    expect.stringContaining('no API key: put it into the environment as RIOT_API_KEY'),
  ])
})

test('--sim needs no key and no server', async () => {
  const { code, stdout, stderr } = await cli.run([
    'riot',
    'crawl',
    '-p',
    'kr',
    '--players',
    '3',
    '--count',
    '3',
    '--sim',
  ])
  expect([code, stderr]).toEqual([0, expect.stringContaining('lines for crawl')])
  expect(linesOf(stdout).length).toBeGreaterThan(3)
  // Whom there is in that world is told.
  const unknown = await cli.run(['riot', 'accounts', 'Name#TAG', '--sim'])
  const [, name = ''] = /there is for example '(.*)'\n$/.exec(unknown.stderr) ?? []
  expect(linesOf((await cli.run(['riot', 'accounts', name, '--sim'])).stdout)).toMatchObject([{ key: name }])
})

test('a dry run says how many requests it takes at most, and how long', async () => {
  const dry = await cli.run([
    'riot',
    'matches',
    ...Array.from({ length: 10 }, (_, i) => `Player ${i}#TAG`),
    '--count',
    '100',
    '-n',
  ])
  expect([dry.code, dry.stdout]).toEqual([
    0,
    '10 players\neurope: at most 20 requests, 0ms\nthe region of the players: at most 1,010 requests, 20m\n20m at 20:1,100:120, if no other limit holds\n',
  ])
})

test('a dry run goes by the limits that were learned before', async () => {
  const file = join(cli.folder, 'learned.ndjson')
  await riot(['accounts', names(1)[0]!, '-o', file])
  const { stdout } = await riot(['accounts', ...names(3), '-o', file, '-n'])
  expect(stdout).toContain('3 players\neurope: at most 3 requests, 0ms\n0ms at 5000:10,300000:600')
})

test('wrong options are refused', async () => {
  const refused = async (...args: string[]): Promise<string> => {
    const { code, stderr, stdout } = await riot(args)
    expect([code, stdout]).toEqual([2, ''])
    return stderr
  }
  expect(await refused('crawl')).toContain('--platform is needed')
  expect(await refused('ladder', '-p', 'europe')).toContain(
    '--platform europe: "europe" is no platform; europe is a region',
  )
  expect(await refused('ladder', '-p', 'kr', '--tiers', 'wood')).toContain('--tiers wood: "wood" is none of challenger')
  expect(await refused('matches', 'a#b', '--count', '0')).toContain('--count 0: write a whole number of at least 1')
  expect(await refused('matches', 'a#b', '--since', 'monday')).toContain(
    '--since monday: write a date such as 2026-01-31',
  )
  expect(await refused('matches', 'a#b', '-i', 'x')).toContain('and not from both: a#b')
  expect(await refused('accounts', 'a#b', '--sim')).toContain('--sim and --base-url do not go together')
})
