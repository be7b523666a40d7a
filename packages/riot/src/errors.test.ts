import { inspect } from 'node:util'
import { AbortError, TimeoutError } from '@sluice/core'
import { ConnectionError, DecodeError as HttpDecodeError, RequestTimeoutError, StatusError } from '@sluice/http'
import { startSimulator, type FaultAction } from '@sluice/riot-sim'
import { describe, expect, test } from 'vitest'
import { simClient } from '../test/sim-client.ts'
import { RiotClient } from './client/riot-client.ts'
import {
  AuthError,
  DeadlineError,
  DecodeError,
  NotFoundError,
  RateLimitError,
  RiotApiError,
  ServiceUnavailableError,
} from './errors.ts'

type Shown = RiotApiError & { type: string; scope: string; retryAfterMs: number }

/** The error of one call to a server at which `fault` strikes every time. */
async function errorOf(
  fault: FaultAction | undefined,
  options: Parameters<typeof simClient>[0] = {},
  call: (riot: RiotClient) => Promise<unknown> = (riot) => riot.lolStatusV4.getPlatformData(),
): Promise<Shown> {
  const { simulator, run } = simClient({ platform: 'kr', ...options })
  if (fault !== undefined) simulator.fault({ do: fault })
  return run((riot) =>
    call(riot as RiotClient).then(
      (value) => expect.unreachable(`it answered ${inspect(value)}`),
      (error: unknown) => error as Shown,
    ),
  )
}

describe('an error says which call it is about', () => {
  test('404', async () => {
    const error = await errorOf(undefined, {}, (riot) => riot.matchV5.getMatch('KR_1'))
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error).toBeInstanceOf(RiotApiError)
    expect(error).toBeInstanceOf(StatusError)
    expect(error).toMatchObject({
      name: 'NotFoundError',
      status: 404,
      operation: 'match-v5.getMatch',
      route: 'asia',
      attempts: 1,
      method: 'GET',
      url: 'https://asia.api.riotgames.com/lol/match/v5/matches/KR_1',
    })
    expect(error.edgeTraceId).toMatch(/^[\da-f-]{36}$/)
    expect(error.message).toMatch(
      /^match-v5\.getMatch at asia: status 404, .*not found.* \(edge trace id [\da-f-]+\)$/i,
    )
    expect(JSON.parse(error.body)).toMatchObject({ status: { status_code: 404 } })
  })

  test('403: the key may have expired; 401: it is missing; of a player’s token, when it is one that is wanted', async () => {
    const expired = await errorOf(undefined, { apiKey: 'RGAPI-not-known' })
    expect(expired).toBeInstanceOf(AuthError)
    expect(expired.message).toContain('status 403, Forbidden; key expired? Development keys last 24 hours')
    expect((await errorOf({ kind: 'status', status: 401 })).message).toContain('the API key is missing or not known')
    const player = await errorOf(undefined, {}, (riot) => riot.summonerV4.getByAccessToken({ authorization: 'wrong' }))
    expect(player).toBeInstanceOf(AuthError)
    expect(player.message).toContain("is the player's access token expired?")
  })

  test('5xx after the retries, with whatever the server sent', async () => {
    const page = await errorOf({ kind: 'status', status: 503, body: 'html' })
    expect(page).toBeInstanceOf(ServiceUnavailableError)
    expect(page).toMatchObject({ status: 503, attempts: 4, transient: true })
    expect(page.body).toContain('<!DOCTYPE html>')
    expect(page.message).toMatch(/status 503, api\.riotgames\.com \| 503: Error Error code 503 Visit .*\(4 attempts, /)
    expect(page.message).not.toContain('<')
    const empty = await errorOf({ kind: 'status', status: 500, body: 'empty' }, { retry: 0 })
    expect(empty.message).toMatch(/^lol-status-v4\.getPlatformData at kr: status 500 \(edge trace id/)
    expect(empty.attempts).toBe(1)
  })

  test('429 only if one does not want to wait: type, scope, and for how long', async () => {
    const error = await errorOf({ kind: 'rate-limit', type: 'application', retryAfter: 7 }, { resend: 2 })
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ type: 'application', scope: 'host', retryAfterMs: 7000, attempts: 1 })
    const bare = await errorOf({ kind: 'rate-limit', type: 'none' }, { limiter: false })
    expect(bare).toMatchObject({ name: 'RateLimitError', type: '', scope: 'operation', retryAfterMs: undefined })
  })

  test('400 and what has no class of its own', async () => {
    const error = await errorOf(undefined, {}, (riot) => riot.summonerV4.getByPuuid('nobody'))
    expect(error.name).toBe('RiotApiError')
    expect(error.message).toContain('status 400, Bad Request - Exception decrypting')
  })

  test('a body that is no JSON', async () => {
    const error = await errorOf({ kind: 'corrupt' })
    expect(error).toBeInstanceOf(DecodeError)
    expect(error).toBeInstanceOf(HttpDecodeError)
    expect(error).toMatchObject({ operation: 'lol-status-v4.getPlatformData', route: 'kr', attempts: 1, status: 200 })
    expect(error.message).toMatch(
      /^lol-status-v4\.getPlatformData at kr: the body is not JSON at position 0 .* \(edge trace id/,
    )
    expect(error.edgeTraceId).toMatch(/-/)
  })

  test('a connection that cannot be made', async () => {
    const error = await errorOf({ kind: 'refuse' })
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  })
})

describe('the time that one has', () => {
  test('a server that never answers: the timeout of each attempt', async () => {
    const { clock, simulator, run } = simClient({ platform: 'kr', timeout: 2000, retry: 1 })
    simulator.fault({ do: { kind: 'hang' } })
    await run(async (riot) => {
      const error = await riot.lolStatusV4.getPlatformData().catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(RequestTimeoutError)
    })
    expect(clock.now()).toBeGreaterThanOrEqual(4000)
    expect(clock.now()).toBeLessThan(4600)
    expect(simulator.stats().arrivals).toBe(2)
  })

  test('a deadline ends the call wherever it is: under way, in the limiter, between two attempts', async () => {
    const { clock, simulator, run } = simClient({ platform: 'kr' })
    const late = async (riot: RiotClient, ms: number): Promise<unknown> => {
      const start = clock.now()
      const error = await riot.lolStatusV4.getPlatformData({ deadline: start + ms }).catch((reason: unknown) => reason)
      expect(clock.now() - start).toBeLessThanOrEqual(ms + 1)
      return error
    }
    await run(async (riot) => {
      const end = simulator.fault({ do: { kind: 'hang' } })
      const error = await late(riot, 500)
      expect(error).toBeInstanceOf(DeadlineError)
      expect(error).toBeInstanceOf(TimeoutError)
      expect(error).toMatchObject({ operation: 'lol-status-v4.getPlatformData', route: 'kr' })
      expect((error as Error).message).toMatch(/at kr: the deadline passed after 500 ms/)
      end()
      const stop = simulator.fault({ do: { kind: 'rate-limit', type: 'application', retryAfter: 60 } })
      expect(await late(riot, 1000)).toBeInstanceOf(DeadlineError)
      stop()
    })
    // A backoff is not begun that would end too late: then the failure itself is told.
    const other = simClient({ platform: 'kr' })
    other.simulator.fault({ do: { kind: 'status', status: 503, retryAfter: 30 } })
    await other.run(async (riot) => {
      await expect(riot.lolStatusV4.getPlatformData({ deadline: 1000 })).rejects.toBeInstanceOf(ServiceUnavailableError)
    })
    expect(other.clock.now()).toBeLessThan(1000)
  })

  test('a signal ends it with its reason', async () => {
    const { clock, simulator, run } = simClient({ platform: 'kr' })
    simulator.fault({ do: { kind: 'hang' } })
    await run(async (riot) => {
      const controller = new AbortController()
      const reason = new AbortError('enough')
      clock.setTimer(() => controller.abort(reason), 100)
      await expect(riot.lolStatusV4.getPlatformData({ signal: controller.signal })).rejects.toBe(reason)
      await expect(riot.lolStatusV4.getPlatformData({ signal: controller.signal })).rejects.toBe(reason)
    })
    expect(clock.now()).toBe(100)
  })
})

test('no error shows the key: not in its message, its fields, its JSON, its causes, even if the server sends it back', async () => {
  const apiKey = 'RGAPI-5ec2e7aa-0000-4000-8000-000000000000'
  const keys = { [apiKey]: { app: '20:1' } }
  await using server = await startSimulator({ keys })
  await using riot = new RiotClient({ apiKey, platform: 'kr', baseUrl: `${server.url}/{route}`, retry: 0, resend: 0 })
  const faults: FaultAction[] = [
    { kind: 'status', status: 403 },
    { kind: 'status', status: 404 },
    { kind: 'status', status: 503, body: 'html' },
    { kind: 'rate-limit', type: 'none', retryAfter: 0 },
    { kind: 'corrupt' },
    { kind: 'truncate', bytes: 10 },
    { kind: 'reset', when: 'after' },
  ]
  const errors: unknown[] = []
  for (const fault of faults) {
    const end = server.simulator.fault({ do: fault })
    errors.push(await riot.lolStatusV4.getPlatformData().catch((reason: unknown) => reason))
    end()
  }
  // The server names the key in what it says of the path.
  errors.push(await riot.summonerV4.getByPuuid(apiKey).catch((reason: unknown) => reason))
  errors.push(await riot.summonerV4.getByPuuid('x', { headers: { 'x-a': 'ü' } }).catch((reason: unknown) => reason))
  expect(new Set(errors.map((error) => (error as Error).name)).size).toBeGreaterThan(5)
  for (const error of errors) {
    expect(error).toBeInstanceOf(Error)
    for (let one = error as Error | undefined; one instanceof Error; one = one.cause as Error | undefined) {
      const all = [inspect(one, { depth: 9, showHidden: true }), JSON.stringify(one), one.message, String(one.stack)]
      expect(all.join('\n')).not.toContain(apiKey)
    }
  }
})

test('nor if it sends the key back in place of JSON', async () => {
  const apiKey = 'RGAPI-5ec2e7aa-0000-4000-8000-000000000000'
  await using riot = new RiotClient({
    apiKey,
    platform: 'kr',
    fetch: async (_, { headers }) => new Response(`you are ${headers['x-riot-token']}`),
  })
  const error = await riot.lolStatusV4.getPlatformData().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(DecodeError)
  expect((error as DecodeError).excerpt).toBe('you are REDACTED')
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(apiKey)
})
