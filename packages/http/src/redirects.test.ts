import { describe, expect, test } from 'vitest'
import { bodyOf, sendJson, testServer } from '../test/test-server.ts'
import { Session } from './session.ts'

interface Seen {
  method: string
  url: string
  body: string
  headers: Record<string, string>
}

/** `/to/303/target` redirects, everything else tells what it got. */
const redirecting = () =>
  testServer((request, response) => {
    void bodyOf(request).then((body) => {
      const [, status, target] = /^\/to\/(\d+)\/([^?]*)/.exec(request.url!) ?? []
      if (status !== undefined)
        response.writeHead(Number(status), { location: decodeURIComponent(target!) }).end('moved')
      else
        sendJson(response, {
          method: request.method,
          url: request.url,
          body: body.toString(),
          headers: request.headers,
        })
    })
  })

const to = (status: number, target: string): string => `/to/${status}/${encodeURIComponent(target)}`

describe('a redirect', () => {
  test('is followed, and the response says so', async () => {
    await using server = await redirecting()
    await using session = new Session({ baseUrl: server.url, connections: 1 })
    const response = await session.get(to(302, to(301, '/end?x=1#part')))
    expect(response).toMatchObject({ status: 200, redirected: true, url: `${server.url}/end?x=1` })
    expect(await response.json()).toMatchObject({ method: 'GET', url: '/end?x=1' })
    expect(session.statistics()).toMatchObject({ requests: 1, connected: 1, reused: 2 })
    expect(await session.get('/end')).toMatchObject({ redirected: false })
  })

  test.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [301, 'PUT', 'PUT', '[1]'],
    [302, 'DELETE', 'DELETE', '[1]'],
    [307, 'POST', 'POST', '[1]'],
    [308, 'PATCH', 'PATCH', '[1]'],
    [303, 'GET', 'GET', '[1]'],
  ])('%i of a %s becomes a %s', async (status, method, next, body) => {
    await using server = await redirecting()
    await using session = new Session({ baseUrl: server.url })
    const seen = await (
      await session.request(method, to(status, '/end'), { json: [1], headers: { 'x-kept': '1' } })
    ).json<Seen>()
    expect(seen).toMatchObject({ method: next, body, headers: { 'x-kept': '1' } })
    expect('content-type' in seen.headers).toBe(body !== '')
  })

  test('of a HEAD stays a HEAD', async () => {
    await using server = await redirecting()
    await using session = new Session({ baseUrl: server.url })
    expect((await session.head(to(303, '/end'))).url).toBe(`${server.url}/end`)
    expect(server.requests.map(({ method }) => method)).toEqual(['HEAD', 'HEAD'])
  })

  test('to another origin takes no credential along, and takes everything else', async () => {
    await using other = await redirecting()
    await using server = await redirecting()
    await using session = new Session({
      baseUrl: server.url,
      headers: { 'X-Riot-Token': 'RGAPI-1', 'x-team-key': 'k' },
      query: { api_key: 'q-secret', lang: 'en' },
      credentials: ['X-Team-Key'],
    })
    const headers = {
      authorization: 'Bearer t',
      cookie: 'a=1',
      'proxy-authorization': 'Basic p',
      'x-api-key': 'x',
      'x-plain': 'kept',
    }
    const seen = await (await session.get(to(302, `${other.url}/end?api_key=q-secret&own=1`), { headers })).json<Seen>()
    expect(seen.url).toBe('/end?own=1')
    expect(seen.headers).toMatchObject({ 'x-plain': 'kept', 'user-agent': 'sluice', host: new URL(other.url).host })
    for (const name of [...Object.keys(headers).slice(0, 4), 'x-riot-token', 'x-team-key'])
      expect(seen.headers, name).not.toHaveProperty(name)
    expect(JSON.stringify(seen)).not.toMatch(/RGAPI|secret|Bearer/)
    // Within the origin they stay.
    const own = await (await session.get(to(302, '/end'), { headers })).json<Seen>()
    expect(own.headers).toMatchObject({ authorization: 'Bearer t', 'x-riot-token': 'RGAPI-1', cookie: 'a=1' })
  })

  test('to another origin and back does not bring credentials back', async () => {
    await using other = await redirecting()
    await using server = await redirecting()
    await using session = new Session({ baseUrl: server.url, headers: { authorization: 'Bearer t' } })
    const seen = await (await session.get(to(302, other.url + to(302, `${server.url}/end`)))).json<Seen>()
    expect(seen.headers).not.toHaveProperty('authorization')
  })

  test('is not followed when the caller says so', async () => {
    await using server = await redirecting()
    await using session = new Session({ baseUrl: server.url })
    const response = await session.get(to(302, '/end'), { redirect: 'manual' })
    expect(response).toMatchObject({ status: 302, redirected: false })
    expect(response.headers.get('location')).toBe('/end')
    expect(await response.text()).toBe('moved')
    await expect(session.get(to(302, '/end?token=abc'), { redirect: 'error' })).rejects.toMatchObject({
      name: 'RedirectError',
      code: 'HTTP_REDIRECT_FORBIDDEN',
      message: `GET ${server.url}${to(302, '/end?token=abc')}: status 302 redirects to ${server.url}/end?token=REDACTED, and redirects are not allowed (redirect: 'error')`,
    })
  })

  test('with a stream as body cannot be followed, unless the body is dropped', async () => {
    await using server = await redirecting()
    await using session = new Session({ baseUrl: server.url })
    const stream = async function* () {
      yield 'once'
    }
    await expect(session.post(to(307, '/end'), { body: stream() })).rejects.toMatchObject({
      name: 'RedirectError',
      code: 'HTTP_REDIRECT_STREAM',
    })
    expect(await (await session.post(to(303, '/end'), { body: stream() })).json()).toMatchObject({
      method: 'GET',
      body: '',
    })
  })

  test('without a location is an answer', async () => {
    await using server = await testServer((_, response) => response.writeHead(302).end('nowhere'))
    await using session = new Session()
    expect(await (await session.get(server.url)).text()).toBe('nowhere')
  })

  test('may name its target in UTF-8', async () => {
    await using server = await testServer((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: Buffer.from('/ü').toString('latin1') }).end()
      else sendJson(response, request.url)
    })
    await using session = new Session()
    expect(await (await session.get(server.url)).json()).toBe('/%C3%BC')
  })

  test('counts into the time limit of the whole', async () => {
    let hops = 0
    await using server = await testServer((_, response) => {
      setTimeout(() => response.writeHead(302, { location: `/${hops++}` }).end(), 30)
    })
    await using session = new Session({ baseUrl: server.url, maxRedirects: 1000 })
    await expect(session.get('/', { timeout: 150 })).rejects.toMatchObject({ limit: 'total' })
    expect(hops).toBeGreaterThan(1)
  })
})

describe('an absolute URL of another origin than baseUrl', () => {
  test('gets no credential of the session, but those of the request', async () => {
    await using other = await redirecting()
    await using server = await redirecting()
    await using session = new Session({
      baseUrl: server.url,
      headers: { authorization: 'Bearer t', 'x-team-key': 'k', 'x-plain': 'kept' },
      query: { api_key: 'q-secret', lang: 'en' },
      credentials: ['x-team-key'],
    })
    const seen = await (await session.get(`${other.url}/end`)).json<Seen>()
    expect(seen.url).toBe('/end?lang=en')
    expect(seen.headers).toMatchObject({ 'x-plain': 'kept' })
    expect(JSON.stringify(seen)).not.toMatch(/Bearer|team-key|secret/)
    const given = { headers: { authorization: 'Bearer given' }, params: { api_key: 'given' } }
    const own = await (await session.get(`${other.url}/end`, given)).json<Seen>()
    expect(own).toMatchObject({ url: '/end?lang=en&api_key=given', headers: { authorization: 'Bearer given' } })
    const same = await (await session.get(`${server.url}/end`)).json<Seen>()
    expect(same).toMatchObject({ url: '/end?api_key=q-secret&lang=en', headers: { authorization: 'Bearer t' } })
  })

  test('gets all there is when the session has no baseUrl', async () => {
    await using server = await redirecting()
    await using session = new Session({ headers: { authorization: 'Bearer t' } })
    const seen = await (await session.get(`${server.url}/end`)).json<Seen>()
    expect(seen.headers).toMatchObject({ authorization: 'Bearer t' })
  })
})
