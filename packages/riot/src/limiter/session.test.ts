import { Session, rateLimit, retry } from '@sluice/http'
import { startSimulator } from '@sluice/riot-sim'
import { expect, test } from 'vitest'
import { RiotRateLimiter } from './riot-rate-limiter.ts'
import { methodOf } from './names.ts'

const KEY = 'RGAPI-99999999-2222-4333-8444-555555555555'

test('over HTTP, as middleware of a session: nothing refused, the host is the route in the path, connections are not held', async () => {
  const server = await startSimulator({ keys: { [KEY]: { app: '20:1' } } })
  const limiter = new RiotRateLimiter()
  const session = new Session({
    headers: { 'x-riot-token': KEY },
    middleware: [retry(), rateLimit(limiter)],
    connectionsPerHost: 4,
  })
  try {
    const ask = (host: string): Promise<number> =>
      session.get(`${server.url}/${host}/lol/status/v4/platform-data`).then(async (response) => {
        await response.dump()
        return response.status
      })
    const statuses = await Promise.all(Array.from({ length: 80 }, (_, i) => ask(i % 2 === 0 ? 'na1' : 'kr')))
    expect(statuses.every((status) => status === 200)).toBe(true)
    expect(server.simulator.stats().statuses).toEqual({ 200: 80 })
    expect(limiter.limits().map(({ host }) => host.slice(host.lastIndexOf('/')))).toEqual(['/na1', '/kr'])
    expect(JSON.stringify(limiter.save())).not.toContain(KEY)
  } finally {
    await session.close()
    await server.close()
  }
}, 20_000)

test('without a route the method is told from the path, without its parameters', () => {
  const url = (path: string): string => `https://na1.api.riotgames.com${path}?x=1`
  const of = (path: string): string => methodOf('GET', url(path), undefined)
  expect(of('/lol/match/v5/matches/NA1_1')).toBe(of('/lol/match/v5/matches/NA1_2'))
  expect(of('/lol/match/v5/matches/NA1_1/timeline')).not.toBe(of('/lol/match/v5/matches/NA1_1'))
  expect(of('/riot/account/v1/accounts/by-riot-id/Faker/KR1')).toBe('GET /riot/account/v1/accounts/by-riot-id/*/*')
  expect(of('/lol/match/v5/matches/by-puuid/abc/ids')).toBe('GET /lol/match/v5/matches/by-puuid/*/ids')
  expect(methodOf('POST', url('/a'), '/a/{b}')).toBe('POST /a/{b}')
})
