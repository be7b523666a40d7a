import { request as httpRequest } from 'node:http'
import { gunzipSync } from 'node:zlib'

import { afterEach, describe, expect, it } from 'vitest'

import { DEVELOPMENT_KEY, PRODUCTION_KEY } from '../keys.ts'
import { startSimulator, type ServerOptions, type SimulatorServer } from './start-simulator.ts'

const STATUS = '/na1/lol/status/v4/platform-data'
let server: SimulatorServer

async function start(options: ServerOptions = {}): Promise<SimulatorServer> {
  server = await startSimulator({ world: { poolSize: 100, pools: 2, rounds: 20, templates: 2 }, ...options })
  return server
}

afterEach(() => server?.close())

interface Raw {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer
}

/** A request without the comforts of fetch. */
function raw(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const all = { 'X-Riot-Token': DEVELOPMENT_KEY, ...headers }
    const request = httpRequest(`${server.url}${path}`, { headers: all, method }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers as Record<string, string>,
          body: Buffer.concat(chunks),
        }),
      )
    })
    request.on('error', reject)
    request.end()
  })
}

async function control(path: string, body?: unknown): Promise<Response> {
  const post = { method: 'POST', body: JSON.stringify(body) }
  return fetch(`${server.url}/__sim/${path}`, body === undefined ? undefined : post)
}

describe('the server', () => {
  it('finds the route in the path, or in the host', async () => {
    await start()
    const byPath = await raw(STATUS)
    expect(byPath.status).toBe(200)
    expect(JSON.parse(byPath.body.toString())).toMatchObject({ id: 'NA1' })
    const byHost = await raw('/lol/status/v4/platform-data', { Host: 'kr.api.riotgames.com' })
    expect(JSON.parse(byHost.body.toString())).toMatchObject({ id: 'KR' })
    expect((await raw('/lol/status/v4/platform-data')).status).toBe(404)
    expect((await raw(STATUS, { 'X-Riot-Token': '' })).status).toBe(401)
  })

  it('gives the headers as Riot does, and the content length', async () => {
    await start()
    const { headers, body } = await raw(STATUS)
    expect(headers).toMatchObject({
      'content-type': 'application/json;charset=utf-8',
      'x-app-rate-limit': '20:1,100:120',
      'x-app-rate-limit-count': '1:1,1:120',
      'x-method-rate-limit': '20000:10,1200000:600',
      'x-method-rate-limit-count': '1:10,1:600',
      'content-length': String(body.length),
    })
    expect(headers['date']).toMatch(/GMT$/)
    expect(headers['x-riot-edge-trace-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  })

  it('compresses for those who accept it, to the same content', async () => {
    const { simulator } = await start({ keys: { [DEVELOPMENT_KEY]: { app: '1000:1' } } })
    const puuid = simulator.puuid('na1', 1)
    const ids = JSON.parse(
      (await raw(`/americas/lol/match/v5/matches/by-puuid/${puuid}/ids`)).body.toString(),
    ) as string[]
    for (const id of ids.slice(0, 6)) {
      for (const path of [`/americas/lol/match/v5/matches/${id}`, `/americas/lol/match/v5/matches/${id}/timeline`]) {
        const plain = await raw(path)
        const packed = await raw(path, { 'Accept-Encoding': 'deflate, gzip;q=1.0, br' })
        expect(packed.headers['content-encoding']).toBe('gzip')
        expect(plain.headers['content-encoding']).toBeUndefined()
        expect(gunzipSync(packed.body).equals(plain.body)).toBe(true)
        expect(packed.body.length).toBeLessThan(plain.body.length)
      }
    }
    const league = '/na1/lol/league/v4/challengerleagues/by-queue/RANKED_SOLO_5x5'
    expect(gunzipSync((await raw(league, { 'Accept-Encoding': 'gzip' })).body).equals((await raw(league)).body)).toBe(
      true,
    )
  })

  it('mixes up no bodies when many are on their way at once', async () => {
    const { simulator } = await start({ keys: { [DEVELOPMENT_KEY]: { app: '10000:1' } }, latency: 'near', speed: 20 })
    const puuid = simulator.puuid('na1', 1)
    const ids = JSON.parse(
      (await raw(`/americas/lol/match/v5/matches/by-puuid/${puuid}/ids`)).body.toString(),
    ) as string[]
    const path = (id: string): string => `/americas/lol/match/v5/matches/${id}`
    const alone = new Map<string, string>()
    for (const id of ids) alone.set(id, (await raw(path(id))).body.toString())
    const many = Array.from({ length: 120 }, (_, i) => ids[i % ids.length]!)
    await Promise.all(
      many.map(async (id) => expect((await raw(path(id))).body.toString() === alone.get(id)).toBe(true)),
    )
  })

  it('takes bodies', async () => {
    await start()
    const response = await fetch(`${server.url}/americas/lol/tournament/v5/providers`, {
      method: 'POST',
      headers: { 'X-Riot-Token': PRODUCTION_KEY, 'Content-Type': 'application/json' },
      body: JSON.stringify({ region: 'NA', url: 'https://example.com' }),
    })
    expect(await response.json()).toBe(1)
    const wrong = await fetch(`${server.url}/americas/lol/tournament/v5/providers`, {
      method: 'POST',
      headers: { 'X-Riot-Token': PRODUCTION_KEY },
      body: '{"region":"MOON"}',
    })
    expect(wrong.status).toBe(400)
    expect(await wrong.json()).toMatchObject({ status: { message: expect.stringContaining('body.region') } })
  })

  it('lets time pass faster, and keeps the seconds in the headers', async () => {
    await start({ speed: 1000, keys: { [DEVELOPMENT_KEY]: { app: '1:60' } } })
    expect((await raw(STATUS)).status).toBe(200)
    const rejected = await raw(STATUS)
    expect(rejected.status).toBe(429)
    expect(Number(rejected.headers['retry-after'])).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 70))
    expect((await raw(STATUS)).status).toBe(200)
  })

  it('breaks connections when a fault says so', async () => {
    const { simulator } = await start()
    const failure = async (): Promise<unknown> => raw(STATUS).catch((error: unknown) => error)
    for (const action of [
      { kind: 'refuse' },
      { kind: 'reset', when: 'after' },
      { kind: 'truncate', bytes: 100 },
    ] as const) {
      const end = simulator.fault({ do: action })
      expect(await failure(), action.kind).toMatchObject({ code: 'ECONNRESET' })
      end()
    }
    const end = simulator.fault({ do: { kind: 'corrupt' } })
    const broken = await raw(STATUS, { 'Accept-Encoding': 'gzip' })
    expect(broken.headers['content-encoding']).toBe('gzip')
    expect(() => gunzipSync(broken.body)).toThrow('invalid')
    end()
    simulator.fault({ do: { kind: 'drip', bytesPerSecond: 100_000 } })
    expect(JSON.parse((await raw(STATUS)).body.toString())).toMatchObject({ id: 'NA1' })
    expect(simulator.stats().inFlight).toBe(0)
  })

  it('closes while requests hang', async () => {
    await start({ faults: [{ do: { kind: 'hang' } }] })
    const failed = raw(STATUS).catch((error: unknown) => error)
    while (server.simulator.stats().arrivals === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    await server.close()
    expect(await failed).toMatchObject({ code: 'ECONNRESET' })
  })

  it('refuses wrong options and a port that is taken', async () => {
    await start()
    await expect(startSimulator({ port: 70_000 })).rejects.toThrow('port must be')
    await expect(startSimulator({ speed: 0 })).rejects.toThrow('speed must be')
    await expect(startSimulator({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

describe('/__sim', () => {
  it('shows statistics, configuration and the log', async () => {
    await start({ logSize: 10 })
    await raw(STATUS)
    await raw(STATUS)
    expect(await (await control('stats')).json()).toMatchObject({ arrivals: 2, statuses: { 200: 2 }, duplicates: 1 })
    const config = await (await control('config')).text()
    expect(JSON.parse(config)).toMatchObject({ keys: [{ id: 'key1' }, { id: 'key2' }], world: { poolSize: 100 } })
    expect(config).not.toContain(DEVELOPMENT_KEY)
    const lines = (await (await control('log')).text()).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toHaveLength(2)
    expect(JSON.parse(lines[0]!)).toMatchObject({ key: 'key1', route: 'na1', status: 200 })
  })

  it('changes limits, faults, traffic and time, and starts anew', async () => {
    await start()
    await control('limits', { limits: '2:60' })
    await control('foreign', { route: 'na1', burst: 1 })
    expect((await raw(STATUS)).headers['x-app-rate-limit-count']).toBe('2:60')
    expect((await raw(STATUS)).status).toBe(429)
    expect(await (await control('clock', { skip: 60_000 })).json()).toHaveProperty('now')
    expect((await raw(STATUS)).status).toBe(200)
    await control('fault', { do: { kind: 'status', status: 500 } })
    expect((await raw(STATUS)).status).toBe(500)
    await control('reset', {})
    expect(await (await control('stats')).json()).toMatchObject({ arrivals: 0 })
    expect((await raw(STATUS)).status).toBe(200)
  })

  it('says what is wrong', async () => {
    await start()
    const wrong = await control('limits', { limits: 'none' })
    expect(wrong.status).toBe(400)
    expect(await wrong.json()).toEqual({ error: expect.stringContaining('limits must be limit:seconds pairs') })
    expect((await control('clock', { skip: -1 })).status).toBe(400)
    expect((await control('nothing')).status).toBe(404)
    const garbled = await fetch(`${server.url}/__sim/limits`, { method: 'POST', body: '{' })
    expect(garbled.status).toBe(400)
  })
})
