import type { SluiceEvent } from '@sluice/core'
import { expect, test, vi } from 'vitest'
import { sendJson, testServer } from '../test/test-server.ts'
import { Session } from './session.ts'

test('a request tells: queued, connect, sent, first byte, end, each with its duration', async () => {
  await using server = await testServer((_, response) => void setTimeout(() => sendJson(response, [1, 2]), 20))
  const events: SluiceEvent[] = []
  await using session = new Session({
    baseUrl: server.url,
    name: 'api',
    connections: 1,
    onEvent: (event) => events.push(event),
  })
  await Promise.all(['/a', '/b'].map(async (path) => (await session.get(path, { route: '/{letter}' })).json()))
  const told = (id: number): SluiceEvent[] => events.filter((event) => (event as { id?: number }).id === id)
  const common = { source: 'api', method: 'GET', route: '/{letter}', attempt: 1, time: expect.any(Number) as number }
  const url = `${server.url}/a`
  expect(told(1)).toEqual([
    { type: 'httpQueued', id: 1, url, ...common, waiting: 1 },
    { type: 'httpConnect', id: 1, url, ...common, ms: expect.any(Number), origin: server.url, http2: false },
    { type: 'httpSent', id: 1, url, ...common, waited: expect.any(Number), reused: false },
    { type: 'httpFirstByte', id: 1, url, ...common, status: 200, ms: expect.any(Number) },
    {
      type: 'httpEnd',
      id: 1,
      url,
      ...common,
      status: 200,
      ok: true,
      ms: expect.any(Number),
      bytes: 5,
      error: undefined,
    },
  ])
  expect(told(2).map(({ type }) => type)).toEqual(['httpQueued', 'httpSent', 'httpFirstByte', 'httpEnd'])
  expect(told(2)[1]).toMatchObject({ reused: true })
  const { waited } = told(2)[1] as SluiceEvent & { type: 'httpSent' }
  const { ms } = told(2)[3] as SluiceEvent & { type: 'httpEnd' }
  expect(waited).toBeGreaterThan(18)
  expect(ms).toBeGreaterThan(waited + 18)
  expect((told(1)[3] as SluiceEvent & { type: 'httpFirstByte' }).ms).toBeGreaterThan(18)
})

test('a redirect and a failure are told, and no credential is', async () => {
  await using server = await testServer((request, response) => {
    if (request.url!.startsWith('/never')) return
    response.writeHead(302, { location: '/never?access_token=s3cret' }).end('moved')
  })
  const events: SluiceEvent[] = []
  await using session = new Session({
    baseUrl: server.url.replace('//', '//user:s3cret@'),
    headers: { 'x-riot-token': 's3cret' },
    query: { api_key: 's3cret', 'X-Mine': 's3cret' },
    credentials: ['x-mine'],
    onEvent: (event) => events.push(event),
  })
  const error = await session
    .get('/start', { timeout: 100, headers: { authorization: 'Bearer s3cret' } })
    .catch((reason: unknown) => reason)
  expect(events.map(({ type }) => type)).toEqual([
    'httpQueued',
    'httpConnect',
    'httpSent',
    'httpFirstByte',
    'httpRedirect',
    'httpSent',
    'httpEnd',
  ])
  expect(events[4]).toMatchObject({ status: 302, location: `${server.url}/never?access_token=REDACTED` })
  expect(events[6]).toMatchObject({ ok: false, status: 0, error })
  expect(JSON.stringify(events)).not.toContain('s3cret')
  expect(String(error) + JSON.stringify(error)).not.toContain('s3cret')
})

test('a listener that throws changes nothing', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  await using server = await testServer((_, response) => sendJson(response, 1))
  await using session = new Session({
    onEvent: () => {
      throw new Error('mine')
    },
  })
  expect(await (await session.get(server.url)).json()).toBe(1)
  expect(warn).toHaveBeenCalled()
  warn.mockRestore()
})
