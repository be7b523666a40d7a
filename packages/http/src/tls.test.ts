import http2 from 'node:http2'
import https from 'node:https'
import type net from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Certificate, selfSigned } from '../test/certificate.ts'
import { sendJson, testServer, until } from '../test/test-server.ts'
import { TlsError } from './errors.ts'
import { Session } from './session.ts'

let mine: Certificate
let foreign: Certificate
beforeAll(() => {
  mine = selfSigned('IP:127.0.0.1,DNS:localhost')
  foreign = selfSigned('DNS:elsewhere.example')
})

interface Running extends AsyncDisposable {
  readonly url: string
  readonly sockets: Set<net.Socket>
  most(): number
}

async function listen(server: https.Server | http2.Http2SecureServer): Promise<Running> {
  const sockets = new Set<net.Socket>()
  let most = 0
  server.on('secureConnection', (socket: net.Socket) => {
    sockets.add(socket)
    most = Math.max(most, sockets.size)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    sockets,
    most: () => most,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<unknown>((resolve) => server.close(resolve))
    },
  }
}

const secure = (certificate: Certificate) =>
  listen(
    https.createServer(certificate, (request, response) =>
      sendJson(response, { url: request.url, version: request.httpVersion }),
    ),
  )

describe('TLS', () => {
  test('with options passed through: ca, servername', async () => {
    await using server = await secure(mine)
    await using session = new Session({ baseUrl: server.url, tls: { ca: mine.cert } })
    for (let i = 0; i < 3; i++) expect(await (await session.get('/a')).json()).toEqual({ url: '/a', version: '1.1' })
    expect(server.most()).toBe(1)
    await using other = await secure(foreign)
    await using named = new Session({ baseUrl: other.url, tls: { ca: foreign.cert, servername: 'elsewhere.example' } })
    expect((await named.get('/')).status).toBe(200)
    await using trusting = new Session({ baseUrl: other.url, tls: { rejectUnauthorized: false } })
    expect((await trusting.get('/')).status).toBe(200)
  })

  test('that fails is a TlsError that says why, and not a passing one', async () => {
    await using server = await secure(mine)
    await using other = await secure(foreign)
    await using plain = await testServer((_, response) => sendJson(response, 1))
    const cases: [string, Record<string, unknown>, string][] = [
      [server.url, {}, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
      [other.url, { ca: foreign.cert }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
      [plain.url.replace('http:', 'https:'), {}, 'ERR_SSL_WRONG_VERSION_NUMBER'],
      [server.url, { ca: mine.cert, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }, 'ERR_SSL_'],
    ]
    for (const [url, tls, code] of cases) {
      await using session = new Session({ baseUrl: url, tls })
      const error = await session.get('/x?token=abc').catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(TlsError)
      expect(error).toMatchObject({
        phase: 'connect',
        transient: false,
        url: `${url}/x?token=REDACTED`,
        code: expect.stringContaining(code),
      })
      expect((error as Error).message).toMatch(/^GET https:.*: TLS failed: /)
      expect(session.statistics()).toMatchObject({ open: 0, inFlight: 0 })
    }
    await until(() => server.sockets.size + other.sockets.size + plain.sockets.size === 0)
  })

  test('spoken to a server without it is a ConnectionError', async () => {
    await using server = await secure(mine)
    await using session = new Session()
    await expect(session.get(server.url.replace('https', 'http'))).rejects.toMatchObject({
      name: expect.stringMatching(/ConnectionError|ProtocolError/),
    })
  })
})

describe('HTTP/2', () => {
  let seen = 0
  const serve = (allowHTTP1: boolean, wait = 5) =>
    listen(
      http2.createSecureServer({ ...mine, allowHTTP1 }, (request, response) => {
        seen++
        setTimeout(() => {
          if (response.stream?.destroyed) return
          response.writeHead(200, { 'content-type': 'application/json' })
          response.end(JSON.stringify({ url: request.url, version: request.httpVersion }))
        }, wait)
      }),
    )

  test('is spoken when asked for, many requests over one connection', async () => {
    await using server = await serve(false)
    await using session = new Session({ baseUrl: server.url, http2: true, tls: { ca: mine.cert } })
    const answers = await Promise.all(Array.from({ length: 50 }, async (_, i) => (await session.get(`/${i}`)).json()))
    expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => ({ url: `/${i}`, version: '2.0' })))
    expect(server.most()).toBe(1)
    expect(session.statistics()).toMatchObject({ open: 1, idle: 1, connected: 1, waiting: 0 })
    expect(await (await session.post('/p', { json: 1 })).json()).toMatchObject({ version: '2.0' })
  })

  test('is not spoken otherwise', async () => {
    await using server = await serve(true)
    await using session = new Session({ baseUrl: server.url, tls: { ca: mine.cert } })
    expect(await (await session.get('/')).json()).toMatchObject({ version: '1.1' })
  })

  test('with a server that cannot falls back to HTTP/1.1, a connection per request', async () => {
    await using server = await secure(mine)
    await using session = new Session({ baseUrl: server.url, http2: true, connections: 4, tls: { ca: mine.cert } })
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => (await session.get('/')).json<{ version: string }>()),
    )
    expect(new Set(answers.map(({ version }) => version))).toEqual(new Set(['1.1']))
    expect(server.most()).toBe(4)
  })

  test('an abort ends its stream, not its neighbours', async () => {
    await using server = await serve(false, 60)
    await using session = new Session({ baseUrl: server.url, http2: true, tls: { ca: mine.cert } })
    await (await session.get('/')).json()
    const controller = new AbortController()
    const reason = new Error('no longer')
    const all = Array.from({ length: 10 }, (_, i) => session.get('/', i % 2 === 0 ? {} : { signal: controller.signal }))
    const settled = Promise.allSettled(all)
    setTimeout(() => controller.abort(reason), 20)
    const ends = await settled
    expect(ends.map(({ status }) => status)).toEqual(
      Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 'fulfilled' : 'rejected')),
    )
    await Promise.all(
      ends.map(async (end) => (end.status === 'fulfilled' ? end.value.json() : expect(end.reason).toBe(reason))),
    )
    expect(session.statistics()).toMatchObject({ connected: 1, inFlight: 0, open: 1, idle: 1 })
  })

  test('a connection that breaks fails its streams, and the next request opens another', async () => {
    seen = 0
    await using server = await serve(false, 2000)
    await using session = new Session({ baseUrl: server.url, http2: true, tls: { ca: mine.cert } })
    const settled = Promise.allSettled(Array.from({ length: 3 }, () => session.post('/', { json: 1 })))
    await until(() => seen === 3)
    for (const socket of server.sockets) socket.destroy()
    for (const end of await settled)
      expect(end).toMatchObject({ status: 'rejected', reason: { name: 'ConnectionError' } })
    expect(await (await session.get('/')).json()).toMatchObject({ version: '2.0' })
    expect(session.statistics()).toMatchObject({ connected: 2, inFlight: 0 })
  })
})

test('a Unix domain socket in place of the host', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-'))
  const socketPath = join(folder, 'socket')
  const server = http.createServer((request, response) => sendJson(response, request.headers.host))
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  {
    await using session = new Session({ baseUrl: 'http://docker', socketPath })
    expect(await (await session.get('/info')).json()).toBe('docker')
  }
  await new Promise<unknown>((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})
