import { VirtualClock } from '@sluice/core/testing'
import { describe, expect, test, vi } from 'vitest'
import { fakeRequest, fakeResponse } from '../../test/fake-exchange.ts'
import { sendJson, testServer } from '../../test/test-server.ts'
import { StatusError } from '../errors.ts'
import { Session } from '../session.ts'
import { decodeJson } from './decode-json.ts'
import { log, type LogEntry } from './log.ts'
import { raiseForStatus } from './raise-for-status.ts'
import { userAgent } from './user-agent.ts'

test('raiseForStatus throws from 400 on, redacted and with the body, unless accepted', async () => {
  const middleware = raiseForStatus(({ status }) => status === 404)
  const send = (status: number, url?: string) =>
    middleware(fakeRequest(url === undefined ? {} : { url }), async (request) =>
      fakeResponse(request, status, { 'retry-after': '3' }, 'why'),
    )
  for (const status of [200, 302, 404]) expect((await send(status)).status).toBe(status)
  const error = await send(429, 'https://api.example/x?token=s3cret').catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(StatusError)
  expect(error).toMatchObject({ status: 429, body: 'why', transient: true, retryAfter: 3000 })
  expect(JSON.stringify(error) + String(error)).not.toContain('s3cret')
  expect(() => raiseForStatus(404 as never)).toThrow('accept must be a function')
})

test('a StatusError keeps the beginning of a long body, and leaves the rest', async () => {
  await using server = await testServer((_, response) => {
    response.writeHead(500, { 'content-type': 'text/plain; charset=iso-8859-1' })
    response.end(Buffer.alloc(50_000_000, 0xe9))
  })
  await using session = new Session({ raiseForStatus: true })
  const error = await session.get(server.url).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ name: 'StatusError', status: 500, body: '\u00e9'.repeat(65_536) })
  expect(session.statistics()).toMatchObject({ inFlight: 0, open: 0 })
  expect(session.statistics().bytes).toBeLessThan(2_000_000)
})

test('decodeJson sets the parser, and one of the request comes first', async () => {
  await using server = await testServer((_request, response) => sendJson(response, { n: 1 }))
  const parse = (text: string) => `parsed ${text.length}`
  await using session = new Session({ baseUrl: server.url, middleware: [decodeJson(parse)] })
  expect(await (await session.get('/')).json()).toBe('parsed 7')
  expect(await (await session.get('/', { parseJson: () => 'own' })).json()).toBe('own')
  expect(() => decodeJson(undefined as never)).toThrow('parse must be a function')
})

test('userAgent says who is asking', async () => {
  await using server = await testServer((_request, response) => sendJson(response, {}))
  await using session = new Session({ baseUrl: server.url, middleware: [userAgent('collector/1.0')] })
  await session.get('/')
  expect(server.requests[0]!.headers['user-agent']).toBe('collector/1.0')
  expect(() => userAgent(' ')).toThrow(TypeError)
})

describe('log', () => {
  const secrets = {
    url: 'https://me:pw@api.example/me?api_key=k3y&page=2&sig=s1g&own=0wn',
    headers: {
      authorization: 'Bearer t0ken',
      cookie: 'sid=c00kie',
      'x-riot-token': 'RGAPI-1',
      'x-own': 'h3ader',
      accept: '*/*',
    },
  }

  test('tells what happened and no secret, headers included', async () => {
    const clock = new VirtualClock()
    const entries: LogEntry[] = []
    const middleware = log({
      clock,
      headers: true,
      credentials: ['own', 'x-own'],
      write: (entry) => entries.push(entry),
    })
    await middleware(fakeRequest({ ...secrets, route: '/me' }), async (request) => {
      await clock.advance(12)
      return fakeResponse(request, 200, { 'set-cookie': 'sid=n3w', 'content-type': 'text/plain' })
    })
    const boom = new Error(`could not reach ${secrets.url}`)
    await expect(
      middleware(fakeRequest(secrets), async () => {
        throw boom
      }),
    ).rejects.toBe(boom)
    expect(entries[0]).toEqual({
      method: 'GET',
      url: 'https://REDACTED@api.example/me?api_key=REDACTED&page=2&sig=REDACTED&own=REDACTED',
      route: '/me',
      attempt: 1,
      status: 200,
      error: undefined,
      ms: 12,
      requestHeaders: {
        authorization: 'REDACTED',
        cookie: 'REDACTED',
        'x-riot-token': 'REDACTED',
        'x-own': 'REDACTED',
        accept: '*/*',
      },
      responseHeaders: { 'set-cookie': 'REDACTED', 'content-type': 'text/plain' },
    })
    expect(entries[1]).toMatchObject({
      status: undefined,
      error: expect.stringContaining('could not reach https://REDACTED@') as string,
    })
    expect(JSON.stringify(entries)).not.toMatch(/pw|k3y|s1g|0wn|t0ken|c00kie|RGAPI|h3ader|n3w/)
  })

  test('writes lines on standard error by default', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      await log()(fakeRequest({ attempt: 2 }), async (request) => fakeResponse(request, 204))
      expect(write.mock.calls.map(([line]) => line)).toEqual([
        expect.stringMatching(/^GET https:\/\/api\.example\/users\/1 204 \d+ ms \(attempt 2\)\n$/),
      ])
    } finally {
      write.mockRestore()
    }
  })
})
