import { inspect } from 'node:util'
import { ClosedError, TimeoutError } from '@sluice/core'
import { describe, expect, test } from 'vitest'
import { sendJson, testServer, until } from '../test/test-server.ts'
import { ConnectionError, RequestTimeoutError, StatusError } from './errors.ts'
import { Session } from './session.ts'

describe('requests', () => {
  test('a response has status, ok, headers, url and JSON', async () => {
    await using server = await testServer((_, response) => sendJson(response, { hello: 'world' }))
    await using session = new Session()
    const response = await session.get(`${server.url}/greeting`)
    expect(response).toMatchObject({
      status: 200,
      statusText: 'OK',
      ok: true,
      url: `${server.url}/greeting`,
      redirected: false,
    })
    expect(response.headers.get('Content-Type')).toBe('application/json')
    expect(await response.json()).toEqual({ hello: 'world' })
    expect(await response.text()).toBe('{"hello":"world"}')
    expect(Buffer.from(await response.bytes()).toString()).toBe('{"hello":"world"}')
  })

  test('neither console.log nor JSON shows a credential of a session or a response', async () => {
    await using server = await testServer((_, response) => sendJson(response, {}))
    await using session = new Session({ baseUrl: server.url, headers: { 'x-riot-token': 'RGAPI-1' } })
    const response = await session.get('/x', { headers: { authorization: 'Bearer RGAPI-2' } })
    await response.dump()
    const all = { session, response }
    for (const text of [inspect(all), inspect(all, { depth: 20, showHidden: true }), JSON.stringify(all)])
      expect(text).not.toContain('RGAPI')
  })

  test('every method is sent as such', async () => {
    await using server = await testServer((request, response) => sendJson(response, request.method))
    await using session = new Session({ baseUrl: server.url })
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const)
      expect(await (await session[method]('/')).json()).toBe(method.toUpperCase())
    expect((await session.head('/')).status).toBe(200)
    expect(await (await session.request('options', '/')).json()).toBe('OPTIONS')
    await expect(session.request('A B', '/')).rejects.toThrow(TypeError)
  })

  test('introduces itself and says what it can read; a session and a request may say otherwise', async () => {
    await using server = await testServer((request, response) => sendJson(response, request.headers))
    await using session = new Session({ baseUrl: server.url, headers: { 'X-Team': 'blue' } })
    expect(await (await session.get('/')).json()).toMatchObject({
      'user-agent': 'sluice',
      accept: '*/*',
      'accept-encoding': 'gzip, deflate, br',
      'x-team': 'blue',
    })
    const headers = { 'user-agent': 'mine', accept: undefined, 'x-many': ['a', 'b'] }
    const own = await (await session.get('/', { headers })).json<Record<string, string>>()
    expect(own).toMatchObject({ 'user-agent': 'mine', 'x-many': 'a, b', 'x-team': 'blue' })
    expect(own).not.toHaveProperty('accept')
  })

  test('raiseForStatus turns 400 and above into an error that shows the body', async () => {
    await using server = await testServer((_, response) => sendJson(response, { why: 'no such user' }, 404))
    await using session = new Session({ baseUrl: server.url, raiseForStatus: true })
    const error = await session.get('/users/7?token=abc').catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StatusError)
    expect(error).toMatchObject({ status: 404, code: 'HTTP_STATUS', method: 'GET', body: '{"why":"no such user"}' })
    expect((error as Error).message).toBe(`GET ${server.url}/users/7?token=REDACTED: status 404 Not Found`)
    expect((await session.get('/', { raiseForStatus: false })).status).toBe(404)
  })
})

describe('connections', () => {
  test('one connection serves requests that follow each other', async () => {
    await using server = await testServer((_, response) => sendJson(response, 1))
    await using session = new Session({ baseUrl: server.url })
    for (let i = 0; i < 10; i++) await (await session.get('/')).json()
    expect(server.most()).toBe(1)
    expect(session.statistics()).toMatchObject({ open: 1, idle: 1, waiting: 0, reused: 9, connected: 1, requests: 10 })
  })

  test('nothing is left after the scope, and a closed session refuses', async () => {
    await using server = await testServer((_, response) => sendJson(response, 1))
    let session: Session
    {
      await using inner = new Session({ baseUrl: server.url })
      session = inner
      await Promise.all(Array.from({ length: 20 }, async () => (await inner.get('/')).json()))
      expect(inner.statistics().open).toBe(20)
    }
    expect(session.statistics()).toMatchObject({ open: 0, idle: 0, waiting: 0, inFlight: 0 })
    await until(() => server.sockets.size === 0)
    await expect(session.get('/')).rejects.toThrow(ClosedError)
  })

  test('a server that is not there is a ConnectionError with the system code', async () => {
    await using session = new Session()
    const error = await session.get('http://127.0.0.1:1/x').catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ code: 'ECONNREFUSED', phase: 'connect', method: 'GET', url: 'http://127.0.0.1:1/x' })
    expect((error as Error).cause).toMatchObject({ code: 'ECONNREFUSED' })
  })
})

describe('ending early', () => {
  test('the total time limit', async () => {
    await using server = await testServer(() => {})
    await using session = new Session({ baseUrl: server.url })
    const error = await session.get('/never', { timeout: 30 }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toBeInstanceOf(RequestTimeoutError)
    expect(error).toMatchObject({ ms: 30, limit: 'total', phase: 'headers', method: 'GET', url: `${server.url}/never` })
    await until(() => server.sockets.size === 0)
  })

  test('a signal ends the request with its own reason and loses its listener', async () => {
    await using server = await testServer(() => {})
    await using session = new Session({ baseUrl: server.url })
    const controller = new AbortController()
    const reason = new Error('changed my mind')
    const pending = session.get('/never', { signal: controller.signal })
    setTimeout(() => controller.abort(reason), 20)
    await expect(pending).rejects.toBe(reason)
    await expect(session.get('/never', { signal: controller.signal })).rejects.toBe(reason)
    await until(() => server.sockets.size === 0)
  })
})
