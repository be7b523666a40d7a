import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Certificate, selfSigned } from '../test/certificate.ts'
import { sendJson, testServer, until } from '../test/test-server.ts'
import { chooseProxy } from './proxy-settings.ts'
import { Session } from './session.ts'

let certificate: Certificate
beforeAll(() => {
  certificate = selfSigned('IP:127.0.0.1,DNS:localhost')
})

interface Proxy extends AsyncDisposable {
  url: string
  /** What it was asked: `GET http://…` or `CONNECT host:port`, and with which `proxy-authorization`. */
  asked: { line: string; authorization: string | undefined; headers: http.IncomingHttpHeaders }[]
  sockets: Set<net.Socket>
}

/** A proxy that forwards, and lets in only who knows the password if there is one. */
async function proxy(password?: string, secure?: Certificate): Promise<Proxy> {
  const asked: Proxy['asked'] = []
  const sockets = new Set<net.Socket>()
  const expected = password === undefined ? undefined : `Basic ${Buffer.from(`user:${password}`).toString('base64')}`
  const note = (request: http.IncomingMessage): boolean => {
    const authorization = request.headers['proxy-authorization']
    asked.push({ line: `${request.method!} ${request.url!}`, authorization, headers: request.headers })
    return authorization === expected
  }
  const onRequest: http.RequestListener = (request, response) => {
    if (!note(request)) {
      response.writeHead(407).end()
      return
    }
    const { 'proxy-authorization': _, ...headers } = request.headers
    const forward = http.request(request.url!, { method: request.method!, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    })
    request.pipe(forward)
  }
  const server = secure === undefined ? http.createServer(onRequest) : https.createServer(secure, onRequest)
  server.on('connect', (request: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
    if (!note(request)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    const [host, port] = request.url!.split(':')
    const target = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      target.write(head)
      socket.pipe(target).pipe(socket)
    })
    for (const end of [socket, target]) {
      sockets.add(end)
      end
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(end)
          socket.destroy()
          target.destroy()
        })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `${secure === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    asked,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      await new Promise<unknown>((resolve) => server.close(resolve))
    },
  }
}

async function secureServer(): Promise<AsyncDisposable & { url: string }> {
  const server = https.createServer(certificate, (request, response) =>
    sendJson(response, { url: request.url, headers: request.headers }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<unknown>((resolve) => server.close(resolve))
    },
  }
}

const echo = () => testServer((request, response) => sendJson(response, { url: request.url, headers: request.headers }))

describe('a proxy', () => {
  test('to http: gets the whole URL, and the server a plain path', async () => {
    await using server = await echo()
    await using via = await proxy()
    await using session = new Session({ proxy: via.url })
    for (let i = 0; i < 3; i++)
      expect(await (await session.get(`${server.url}/a?b=${i}`)).json()).toMatchObject({
        url: `/a?b=${i}`,
        headers: { host: new URL(server.url).host },
      })
    expect(via.asked.map(({ line }) => line)).toEqual([0, 1, 2].map((i) => `GET ${server.url}/a?b=${i}`))
    expect(session.statistics()).toMatchObject({ connected: 1, reused: 2 })
  })

  test.each(['http', 'https'])('to https: opens a tunnel, and keeps it (%s proxy)', async (kind) => {
    await using server = await secureServer()
    await using via = await proxy('pass', kind === 'https' ? certificate : undefined)
    const url = via.url.replace('://', '://user:pass@')
    await using session = new Session({ proxy: { url, tls: { ca: certificate.cert } }, tls: { ca: certificate.cert } })
    for (let i = 0; i < 3; i++) {
      const { headers } = await (await session.get(`${server.url}/a`)).json<{ headers: object }>()
      expect(headers).not.toHaveProperty('proxy-authorization')
    }
    expect(via.asked.map(({ line }) => line)).toEqual([`CONNECT ${new URL(server.url).host}`])
    expect(session.statistics()).toMatchObject({ connected: 1, reused: 2 })
    await session.close()
    await until(() => via.sockets.size === 0)
  })

  test('gets its own headers, and nobody else does', async () => {
    await using server = await echo()
    await using via = await proxy('pä:ss')
    await using session = new Session({
      proxy: { url: via.url.replace('://', '://user:p%C3%A4%3Ass@'), headers: { 'x-via': '1' } },
    })
    const response = await session.get(server.url)
    expect(response.status).toBe(200)
    expect(via.asked[0]!.headers).toMatchObject({ 'x-via': '1' })
  })

  test('that refuses or is not there is a ProxyError without the password', async () => {
    await using server = await secureServer()
    await using via = await proxy('right')
    await using refused = new Session({ proxy: via.url.replace('://', '://user:wr0ng@') })
    const error = await refused.get(server.url).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'ProxyError', code: 'ERR_PROXY_AUTHENTICATION', phase: 'connect' })
    expect(String(error)).toContain(`the proxy ${via.url} refused the tunnel with status 407`)
    expect((await refused.get(server.url.replace('https', 'http'))).status).toBe(407)
    for (const url of [server.url, server.url.replace('https', 'http')]) {
      await using lost = new Session({ proxy: 'http://user:wr0ng@127.0.0.1:1' })
      const reason = await lost.get(url).catch((cause: unknown) => cause)
      expect(reason).toMatchObject({ name: 'ProxyError', code: 'ERR_PROXY_CONNECT' })
      expect(String(reason)).not.toContain('wr0ng')
    }
  })

  test('with a server behind its tunnel that is not trusted is a TlsError, and no tunnel is left', async () => {
    await using server = await secureServer()
    await using via = await proxy()
    await using session = new Session({ proxy: via.url })
    for (let i = 0; i < 3; i++)
      await expect(session.get(server.url)).rejects.toMatchObject({
        name: 'TlsError',
        code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
        transient: false,
      })
    expect(session.statistics()).toMatchObject({ open: 0, inFlight: 0 })
    await until(() => via.sockets.size === 0)
  })

  test('with aborts at any moment leaves no tunnel', async () => {
    await using server = await secureServer()
    await using via = await proxy()
    const session = new Session({ proxy: via.url, tls: { ca: certificate.cert }, connections: 5 })
    const ends = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const controller = new AbortController()
        const timer = setTimeout(() => controller.abort(new Error('enough')), (i * 7) % 60)
        try {
          const response = await session.get(`${server.url}/${i}`, i % 3 === 0 ? {} : { signal: controller.signal })
          await response.json()
          return 'done'
        } catch (error) {
          return (error as Error).message
        } finally {
          clearTimeout(timer)
        }
      }),
    )
    expect(ends.filter((end) => end !== 'done' && end !== 'enough')).toEqual([])
    expect(ends.filter((end) => end === 'done').length).toBeGreaterThanOrEqual(20)
    await session.close()
    await until(() => via.sockets.size === 0)
  })

  test('whose tunnel is not ready in time is given up', async () => {
    const server = net.createServer((socket) => socket.on('error', () => {}).resume())
    const sockets = new Set<net.Socket>()
    server.on('connection', (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await using session = new Session({
      proxy: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
      timeout: { connect: 80 },
    })
    await expect(session.get('https://127.0.0.1:1/')).rejects.toMatchObject({ limit: 'connect', phase: 'connect' })
    await until(() => sockets.size === 0)
    await new Promise<unknown>((resolve) => server.close(resolve))
  })
})

describe('which proxy', () => {
  const choose = (env: Record<string, string>, origin: string): string | undefined =>
    chooseProxy(undefined, env)?.(origin)?.origin

  test('comes from the environment, in lower or upper case, per scheme', () => {
    const env = { HTTP_PROXY: 'http://p:1', https_proxy: 'p:2', NO_PROXY: '' }
    expect(choose(env, 'http://a.com')).toBe('http://p:1')
    expect(choose(env, 'https://a.com')).toBe('http://p:2')
    expect(choose({ HTTP_PROXY: 'http://p:1' }, 'https://a.com')).toBeUndefined()
    expect(choose({ http_proxy: 'http://low:1', HTTP_PROXY: 'http://up:1' }, 'http://a.com')).toBe('http://low:1')
    expect(choose({}, 'http://a.com')).toBeUndefined()
    // A CGI script gets the header Proxy of its request under this name.
    expect(choose({ HTTP_PROXY: 'http://p:1', REQUEST_METHOD: 'GET' }, 'http://a.com')).toBeUndefined()
    expect(chooseProxy(false, env)).toBeUndefined()
  })

  test.each([
    ['example.com', 'http://example.com', true],
    ['example.com', 'https://api.example.com:8443', true],
    ['.example.com', 'http://example.com', true],
    ['*.example.com', 'http://a.example.com', true],
    ['example.com', 'http://notexample.com', false],
    ['example.com:443', 'https://example.com', true],
    ['example.com:443', 'http://example.com', false],
    ['127.0.0.1:8080, LOCALHOST', 'http://127.0.0.1:8080', true],
    ['127.0.0.1:8080, LOCALHOST', 'http://127.0.0.1:8081', false],
    ['127.0.0.1:8080, LOCALHOST', 'http://localhost:8081', true],
    ['::1', 'http://[::1]:80', true],
    ['[::1]:81', 'http://[::1]:80', false],
    ['*', 'http://anything.at.all', true],
    ['', 'http://a.com', false],
  ])('NO_PROXY=%s and %s: direct is %s', (NO_PROXY, origin, direct) => {
    expect(choose({ HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://p:1', NO_PROXY }, origin) === undefined).toBe(direct)
    expect(chooseProxy({ url: 'http://p:1', noProxy: NO_PROXY }, {})!(origin) === undefined).toBe(direct)
  })

  test('makes no sense is refused without a password in the message', () => {
    expect(() => chooseProxy('http://user:s3cret@ bad', {})).toThrow(/^proxy must be an http: or https: URL$/)
    expect(() => chooseProxy(undefined, { HTTPS_PROXY: 'socks5://p' })).toThrow(
      'HTTPS_PROXY must be an http: or https: URL, not one of socks5:',
    )
    expect(() => chooseProxy(1 as never, {})).toThrow('proxy must be true, false, a URL or an object with url, not 1')
  })
})
