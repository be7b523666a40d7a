import createClient from 'openapi-fetch'
import { describe, expect, test } from 'vitest'
import { bodyOf, sendJson, testServer } from '../test/test-server.ts'
import { Session } from './session.ts'

const echo = () =>
  testServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/here' }).end()
    else if (request.url === '/empty') response.writeHead(204).end()
    else if (request.url === '/cookies') response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end()
    else
      void bodyOf(request).then((body) =>
        sendJson(
          response,
          { method: request.method, url: request.url, headers: request.headers, body: body.toString() },
          request.url === '/404' ? 404 : 200,
        ),
      )
  })

describe('session.fetch', () => {
  test('has the WHATWG signature', async () => {
    await using server = await echo()
    await using session = new Session({ headers: { 'x-default': '1' }, raiseForStatus: true })
    const whatwg: typeof globalThis.fetch = session.fetch
    const response = await whatwg(`${server.url}/a?b=1`)
    expect(response).toBeInstanceOf(Response)
    expect(response).toMatchObject({
      status: 200,
      ok: true,
      redirected: false,
      url: `${server.url}/a?b=1`,
      bodyUsed: false,
    })
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.clone().url).toBe(response.url)
    expect(await response.clone().json()).toMatchObject({ method: 'GET', url: '/a?b=1', headers: { 'x-default': '1' } })
    expect(await response.json()).toMatchObject({ method: 'GET' })
    expect(response.bodyUsed).toBe(true)
    expect((await session.fetch(new URL(`${server.url}/404`))).ok).toBe(false)
  })

  test('takes a method, headers and a body of any kind', async () => {
    await using server = await echo()
    await using session = new Session()
    const send = async (init: RequestInit): Promise<unknown> => (await session.fetch(server.url, init)).json()
    expect(await send({ method: 'post', body: 'text', headers: [['x-a', '1']] })).toMatchObject({
      method: 'POST',
      body: 'text',
      headers: { 'x-a': '1' },
    })
    expect(
      await send({ method: 'PUT', body: new URLSearchParams({ a: '1' }), headers: new Headers({ 'x-a': '2' }) }),
    ).toMatchObject({ method: 'PUT', body: 'a=1', headers: { 'x-a': '2' } })
    expect(await send({ method: 'PATCH', body: new Blob(['b']), headers: { 'x-a': '3' } })).toMatchObject({
      method: 'PATCH',
      body: 'b',
    })
    expect(await send({ method: 'POST', body: ReadableStream.from([Buffer.from('s')]), duplex: 'half' })).toMatchObject(
      { body: 's' },
    )
  })

  test('takes a global Request, with everything in it', async () => {
    await using server = await echo()
    await using session = new Session()
    const request = new Request(`${server.url}/r`, {
      method: 'POST',
      headers: { 'x-a': '1', 'content-type': 'application/json' },
      body: '{"a":1}',
    })
    expect(await (await session.fetch(request)).json()).toMatchObject({
      method: 'POST',
      url: '/r',
      body: '{"a":1}',
      headers: { 'x-a': '1', 'content-type': 'application/json' },
    })
    expect(await (await session.fetch(new Request(`${server.url}/r`), { method: 'DELETE' })).json()).toMatchObject({
      method: 'DELETE',
    })
    const controller = new AbortController()
    const aborted = session.fetch(new Request(server.url, { signal: controller.signal }))
    controller.abort()
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('follows redirects, or not', async () => {
    await using server = await echo()
    await using session = new Session({ baseUrl: server.url })
    expect(await session.fetch('/moved')).toMatchObject({ redirected: true, url: `${server.url}/here` })
    expect((await session.fetch('/moved', { redirect: 'manual' })).status).toBe(302)
    await expect(session.fetch('/moved', { redirect: 'error' })).rejects.toMatchObject({
      name: 'TypeError',
      cause: { name: 'RedirectError' },
    })
  })

  test('has no body where there is none, and keeps cookies apart', async () => {
    await using server = await echo()
    await using session = new Session({ baseUrl: server.url })
    const empty = await session.fetch('/empty')
    expect(empty).toMatchObject({ status: 204, body: null })
    expect((await session.fetch('/x', { method: 'HEAD' })).body).toBeNull()
    expect((await session.fetch('/cookies')).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  test('fails as fetch does: TypeError with the real error as cause', async () => {
    await using session = new Session()
    await expect(session.fetch('http://127.0.0.1:1')).rejects.toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      cause: { name: 'ConnectionError' },
    })
    const reason = new Error('mine')
    await expect(session.fetch('http://127.0.0.1:1', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  test('has a status that is none, as fetch does', async () => {
    await using server = await testServer((_, response) => response.writeHead(999).end('no'))
    await using session = new Session()
    const response = await session.fetch(server.url)
    expect([response.status, response.ok, response.clone().status, await response.text()]).toEqual([
      999,
      false,
      999,
      'no',
    ])
  })

  test('a signal of null takes that of the request away; a GET has no body', async () => {
    await using server = await echo()
    await using session = new Session()
    const request = new Request(server.url, { signal: AbortSignal.abort(new Error('mine')) })
    await expect(session.fetch(request)).rejects.toThrow('mine')
    expect((await session.fetch(request, { signal: null })).status).toBe(200)
    await expect(session.fetch(server.url, { body: 'x' })).rejects.toThrow('a GET request cannot have a body')
  })

  test('a Request whose body is a stream, is aborted, or is used up', async () => {
    await using server = await echo()
    await using session = new Session()
    const post = (extra: RequestInit = {}): Request =>
      new Request(`${server.url}/up`, {
        method: 'POST',
        body: ReadableStream.from([Buffer.from('in '), Buffer.from('parts')]),
        duplex: 'half',
        ...extra,
      })
    const request = post()
    expect(await (await session.fetch(request)).json()).toMatchObject({ body: 'in parts', url: '/up' })
    await expect(session.fetch(request)).rejects.toThrow(TypeError)
    const controller = new AbortController()
    const endless = new ReadableStream({ start: (target) => target.enqueue(Buffer.from('.')) })
    const aborted = session.fetch(post({ signal: controller.signal, body: endless }))
    setTimeout(() => controller.abort(new Error('enough')), 20)
    await expect(aborted).rejects.toThrow('enough')
    await expect(session.fetch(new Request(`${server.url}/moved`, { redirect: 'error' }))).rejects.toMatchObject({
      name: 'TypeError',
      cause: { name: 'RedirectError' },
    })
    expect((await session.fetch(new Request(`${server.url}/moved`, { redirect: 'manual' }))).status).toBe(302)
  })

  test('leaving a body early frees the connection', async () => {
    await using server = await testServer((_, response) => response.end(Buffer.alloc(2_000_000)))
    await using session = new Session()
    const { body } = await session.fetch(server.url)
    const reader = body!.getReader()
    expect((await reader.read()).value!.byteLength).toBeGreaterThan(0)
    await reader.cancel()
    expect(session.statistics()).toMatchObject({ inFlight: 0, open: 0 })
  })
})

interface Paths {
  '/users/{id}': {
    get: {
      parameters: { path: { id: number }; query?: { full?: boolean } }
      responses: { 200: { content: { 'application/json': { url: string; method: string } } } }
    }
    put: {
      parameters: { path: { id: number } }
      requestBody: { content: { 'application/json': { name: string } } }
      responses: { 200: { content: { 'application/json': { body: string } } } }
    }
  }
}

test('openapi-fetch runs through it unchanged, within the limits of the session', async () => {
  let running = 0
  let most = 0
  await using server = await testServer((request, response) => {
    most = Math.max(most, ++running)
    void bodyOf(request).then((body) => {
      setTimeout(() => {
        running--
        sendJson(response, { url: request.url, method: request.method, body: body.toString() })
      }, 2)
    })
  })
  await using session = new Session({ connections: 3 })
  const client = createClient<Paths>({ baseUrl: server.url, fetch: session.fetch })
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, id) =>
      client.GET('/users/{id}', { params: { path: { id }, query: { full: true } } }),
    ),
  )
  expect(answers.map(({ data }) => data?.url)).toEqual(Array.from({ length: 30 }, (_, id) => `/users/${id}?full=true`))
  const { data, response } = await client.PUT('/users/{id}', { params: { path: { id: 7 } }, body: { name: 'Ann' } })
  expect(data).toMatchObject({ body: '{"name":"Ann"}' })
  expect(response.status).toBe(200)
  expect(most).toBe(3)
  expect(session.statistics()).toMatchObject({ connected: 3, requests: 31 })
})
