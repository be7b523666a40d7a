import { TimeoutError } from '@sluice/core'
import net from 'node:net'
import { describe, expect, test } from 'vitest'
import { sendJson, testServer, until } from '../test/test-server.ts'
import { RequestTimeoutError } from './errors.ts'
import { Session } from './session.ts'
import type { RequestOptions, SessionOptions } from './types.ts'

const never = () => testServer(() => {})
const errorOf = async (promise: Promise<unknown>): Promise<RequestTimeoutError> => {
  const error = await promise.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(TimeoutError)
  expect(error).toBeInstanceOf(RequestTimeoutError)
  return error as RequestTimeoutError
}

/** Takes connections and says nothing: a TLS handshake with it never ends. */
async function mute(): Promise<AsyncDisposable & { url: string; sockets: Set<net.Socket> }> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)))
    socket.resume()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<unknown>((resolve) => server.close(resolve))
    },
  }
}

describe('the queue limit', () => {
  test('is for the wait until there is a connection, free or new, and ends with it', async () => {
    let asked = 0
    await using server = await testServer((_, response) => {
      asked++
      setTimeout(() => sendJson(response, {}), 150)
    })
    await using session = new Session({ baseUrl: server.url, connections: 1, timeout: { queue: 60 } })
    await session.get('/', { timeout: { queue: 5000 } })
    const first = session.get('/first')
    expect(await errorOf(session.get('/second'))).toMatchObject({
      limit: 'queue',
      phase: 'queue',
      ms: 60,
      message: `GET ${server.url}/second: the queue timeout of 60 ms ran out while waiting for a connection`,
    })
    expect((await first).status).toBe(200)
    expect(asked).toBe(2)
    await using silent = await mute()
    expect(await errorOf(session.get(silent.url))).toMatchObject({ limit: 'queue', phase: 'connect' })
  })

  test('begins anew with each redirect, and counts the wait for a permit', async () => {
    await using server = await testServer((request, response) => {
      setTimeout(() => {
        if (request.url === '/moved') response.writeHead(302, { location: '/here' }).end()
        else sendJson(response, {})
      }, 80)
    })
    await using session = new Session({ baseUrl: server.url, concurrency: 1, timeout: { queue: 100 } })
    await session.get('/', { timeout: { queue: 5000 } })
    const moved = session.get('/moved')
    expect(await errorOf(session.get('/late'))).toMatchObject({ limit: 'queue', phase: 'queue' })
    expect((await moved).redirected).toBe(true)
  })
})

describe('the total limit', () => {
  test('runs also while the request waits for a connection', async () => {
    await using server = await never()
    await using session = new Session({ baseUrl: server.url, connections: 1 })
    await errorOf(session.get('/', { timeout: 200 }))
    const first = errorOf(session.get('/', { timeout: 120 }))
    const second = errorOf(session.get('/second', { timeout: 60 }))
    expect(await second).toMatchObject({
      limit: 'total',
      phase: 'queue',
      ms: 60,
      message: `GET ${server.url}/second: the total timeout of 60 ms ran out while waiting for a connection`,
    })
    expect(await first).toMatchObject({ limit: 'total', phase: 'headers', ms: 120 })
  })

  test('runs while the body is read, and while nobody reads it', async () => {
    await using server = await testServer((_, response) => void response.writeHead(200).write('half'))
    await using session = new Session({ baseUrl: server.url, timeout: 80 })
    const response = await session.get('/')
    expect(await errorOf(response.text())).toMatchObject({ limit: 'total', phase: 'body' })
    const unread = await session.get('/')
    await until(() => session.statistics().inFlight === 0)
    expect(await errorOf(unread.text())).toMatchObject({ limit: 'total', phase: 'body' })
    await until(() => server.sockets.size === 0)
  })

  test('can be lifted and set per request', async () => {
    await using server = await testServer((_, response) => void setTimeout(() => sendJson(response, 1), 100))
    await using session = new Session({ baseUrl: server.url, timeout: 20 })
    for (const timeout of [0, Infinity, { total: 0 }, 5000])
      expect(await (await session.get('/', { timeout })).json()).toBe(1)
    await errorOf(session.get('/'))
    await errorOf(session.get('/', { timeout: { headers: 5000 } }))
  })

  test('fires in the order of the limits, whatever the order of the requests', async () => {
    await using server = await never()
    await using session = new Session({ baseUrl: server.url })
    const order: number[] = []
    const limits = [90, 30, 60, 31, 120, 61]
    await Promise.all(limits.map(async (timeout) => order.push((await errorOf(session.get('/', { timeout }))).ms)))
    expect(order).toEqual(limits.toSorted((a, b) => a - b))
  })
})

describe('the deadline', () => {
  test('ends the request when it passes, also if it has passed', async () => {
    await using server = await never()
    await using session = new Session({ baseUrl: server.url })
    expect(await errorOf(session.get('/', { deadline: performance.now() + 50, timeout: 10_000 }))).toMatchObject({
      limit: 'deadline',
      phase: 'headers',
    })
    expect(await errorOf(session.get('/', { deadline: performance.now() - 1 }))).toMatchObject({
      limit: 'deadline',
      phase: 'queue',
      ms: 0,
    })
    expect(await errorOf(session.get('/', { deadline: performance.now() + 10_000, timeout: 30 }))).toMatchObject({
      limit: 'total',
    })
    expect(session.statistics()).toMatchObject({ inFlight: 0, failed: 3 })
  })
})

describe('the limits of the parts', () => {
  test('connect, TLS included', async () => {
    await using server = await mute()
    await using session = new Session({ baseUrl: server.url, timeout: { connect: 150 }, connections: 1 })
    const late = errorOf(session.get('/', { timeout: { connect: 60 } }))
    const queued = errorOf(session.get('/'))
    expect(await late).toMatchObject({ limit: 'connect', phase: 'connect', ms: 60 })
    expect(await queued).toMatchObject({
      limit: 'connect',
      ms: 150,
      message: `GET ${server.url}/: the connect timeout of 150 ms ran out while connecting`,
    })
    await until(() => server.sockets.size === 0)
    expect(session.statistics()).toMatchObject({ open: 0, connected: 0 })
  })

  test('connecting is given up when nobody waits for it any more', async () => {
    await using server = await mute()
    await using session = new Session({ baseUrl: server.url })
    expect(await errorOf(session.get('/', { timeout: 80 }))).toMatchObject({ limit: 'total', phase: 'connect' })
    expect(session.statistics()).toMatchObject({ open: 0, waiting: 0 })
    await until(() => server.sockets.size === 0)
  })

  test('headers', async () => {
    await using server = await never()
    await using session = new Session({ baseUrl: server.url, timeout: { headers: 50 } })
    expect(await errorOf(session.get('/'))).toMatchObject({ limit: 'headers', phase: 'headers', ms: 50 })
  })

  test('body: between two chunks, and not while nobody reads', async () => {
    await using server = await testServer((_, response) => {
      response.writeHead(200).write(Buffer.alloc(200_000))
      setTimeout(() => response.end('end'), 400)
    })
    await using session = new Session({ baseUrl: server.url, timeout: { body: 100 } })
    expect(await errorOf((await session.get('/')).text())).toMatchObject({ limit: 'body', phase: 'body', ms: 100 })
    await using patient = new Session({ baseUrl: server.url, timeout: { body: 300 } })
    const response = await patient.get('/')
    // Full of unread bytes, the socket is paused: nobody waits for the server.
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await response.text()).toHaveLength(200_003)
  })
})

test('what arrived while the event loop was blocked is in time', async () => {
  await using server = await testServer((_, response) => {
    response.writeHead(200).write('first ')
    setTimeout(() => {
      response.end('second')
      const until = performance.now() + 250
      while (performance.now() < until);
    }, 20)
  })
  await using session = new Session({ baseUrl: server.url, timeout: { body: 100, total: 200 } })
  await (await session.get('/', { timeout: 5000 })).dump()
  expect(await (await session.get('/')).text()).toBe('first second')
})

describe('limits that make no sense are refused at once', () => {
  test.each<[SessionOptions, string]>([
    [{ timeout: -1 }, 'timeout must be milliseconds from 0 to 2147483647'],
    [
      { timeout: '5' as never },
      'timeout must be milliseconds or an object of total, queue, connect, headers and body, not "5"',
    ],
    [
      { timeout: { totl: 5 } as never },
      'timeout.totl does not exist; there are total, queue, connect, headers and body',
    ],
    [{ timeout: { headers: NaN } }, 'timeout.headers must be milliseconds'],
    [{ connections: 0 }, 'connections must be a whole number of at least 1, or Infinity, not 0'],
    [{ connectionsPerHost: 1.5 }, 'connectionsPerHost must be a whole number'],
    [{ keepAlive: -1 }, 'keepAlive must be milliseconds'],
    [{ maxRedirects: -1 }, 'maxRedirects must be a whole number of at least 0'],
    [{ maxBodySize: 0 }, 'maxBodySize must be bytes, at least 1, or Infinity, not 0'],
    [{ raiseForStatus: 1 as never }, 'raiseForStatus must be true or false, not 1'],
    [{ baseUrl: '/path' }, 'baseUrl must be an absolute http: or https: URL, not "/path"'],
    [{ baseUrl: 'ftp://x' }, 'baseUrl must be an absolute http: or https: URL, not one of ftp:'],
    [{ baseUrl: 'http://x/?a=1' }, 'use the option query'],
    [{ headers: { 'bad name': 'x' } }, 'a header name must consist of'],
    [{ headers: { 'x-a': 'a\nb' } }, 'the header x-a holds the character U+000A at position 1'],
    [{ middleware: [1 as never] }, 'middleware must be a function, not 1'],
    [{ concurrency: {} as never }, 'concurrency must be a whole number of at least 1 or a PermitSource'],
    [{ graceMs: -5 }, 'graceMs must be milliseconds'],
    [{ proxy: 'socks5://x' }, 'proxy must be an http: or https: URL, not one of socks5:'],
    [{ onEvent: 1 as never }, 'onEvent must be a function'],
  ])('%o', (options, message) => {
    expect(() => new Session(options)).toThrow(message)
  })

  test.each<[RequestOptions, string]>([
    [{ timeout: -1 }, 'timeout must be milliseconds'],
    [{ params: { a: {} as never } }, 'params.a must be a string, number, bigint or boolean'],
    [{ params: { a: NaN } }, 'params.a must be a finite number'],
  ])('%o of a request', async (options, message) => {
    await using session = new Session({ baseUrl: 'http://127.0.0.1:1' })
    await expect(session.get('/', options)).rejects.toThrow(message)
  })
})
