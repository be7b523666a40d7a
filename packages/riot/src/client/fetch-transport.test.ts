import { PRODUCTION_KEY } from '@sluice/riot-sim'
import { expect, test } from 'vitest'
import { ConnectionError } from '@sluice/http'
import type { FetchLike } from './fetch-transport.ts'
import { RiotClient } from './riot-client.ts'

const client = (fetch: FetchLike, options: object = {}): RiotClient =>
  new RiotClient({ apiKey: PRODUCTION_KEY, platform: 'kr', retry: 0, fetch, ...options })

test('a fetch of one’s own is given method, headers, body and a signal, and its answer is decoded', async () => {
  const asked: unknown[] = []
  await using riot = client(async (url, { method, headers, body, redirect, signal }) => {
    asked.push({ url, method, token: headers['x-riot-token'], body, redirect, aborted: signal.aborted })
    return new Response('7', { headers: { 'x-riot-edge-trace-id': 't' } })
  })
  expect(await riot.tournamentStubV5.registerTournament({ providerId: 3 })).toBe(7)
  expect(asked).toEqual([
    {
      url: 'https://americas.api.riotgames.com/lol/tournament-stub/v5/tournaments',
      method: 'POST',
      token: PRODUCTION_KEY,
      body: '{"providerId":3}',
      redirect: 'follow',
      aborted: false,
    },
  ])
})

test('its failures are connection errors, and its own mistakes stay what they are', async () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  await using refused = client(() => Promise.reject(new TypeError('fetch failed', { cause })))
  const error = await refused.lolStatusV4.getPlatformData().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ConnectionError)
  expect(error).toMatchObject({ code: 'ECONNREFUSED', transient: true })
  const mistake = new TypeError('x is not a function')
  await using wrong = client(() => Promise.reject(mistake))
  await expect(wrong.lolStatusV4.getPlatformData()).rejects.toBe(mistake)
})

test('closing the client aborts what is under way after graceMs', async () => {
  let signal: AbortSignal | undefined
  const riot = client((_, init) => {
    signal = init.signal
    return new Promise((_resolve, reject) => {
      init.signal.addEventListener('abort', () => reject(init.signal.reason as Error))
    })
  })
  const call = riot.lolStatusV4.getPlatformData().catch((reason: Error) => reason.name)
  await expect.poll(() => signal).toBeDefined()
  await riot.close({ graceMs: 10 })
  expect(signal!.aborted).toBe(true)
  expect(await call).toBe('AbortError')
})
