// Session against a server that misbehaves on purpose: no hang, no leak, and each error is typed and named.

import { runInNewContext } from 'node:vm'
import { setFlagsFromString } from 'node:v8'
import { forEach, Semaphore } from '@sluice/core'
import {
  BodyTooLargeError,
  ConnectionError,
  DecodeError,
  HeadersTooLargeError,
  HttpRateLimiter,
  IncompleteBodyError,
  MemoryCache,
  ProtocolError,
  RedirectError,
  RequestTimeoutError,
  Session,
  TooManyRedirectsError,
  cache,
  circuitBreaker,
  rateLimit,
  retry,
  type SessionOptions,
} from '@sluice/http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type FaultServer, FAULTS, startFaultServer } from './fault-server.ts'

let server: FaultServer
beforeAll(async () => {
  server = await startFaultServer()
})
afterAll(() => server[Symbol.asyncDispose]())
afterEach(async () => {
  for (let i = 0; i < 100 && server.sockets.size > 0; i++) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(server.sockets.size, 'sockets left open').toBe(0)
})

/** Asks for `path` and reads JSON, in a session of its own, which is empty afterwards. */
async function ask(path: string, options: SessionOptions = {}): Promise<unknown> {
  const session = new Session({ baseUrl: server.url, timeout: 5000, ...options })
  try {
    return await (await session.get(path)).json()
  } finally {
    await session.close()
    expect(session.statistics()).toMatchObject({ open: 0, idle: 0, waiting: 0, inFlight: 0 })
  }
}

type ErrorClass = abstract new (...args: never[]) => Error

/** The fault, the error, its code, what its message says, and options. */
const ERRORS: [path: string, type: ErrorClass, code: string, message: RegExp, options?: SessionOptions][] = [
  ['/reset-before-headers', ConnectionError, 'ECONNRESET', /the connection broke before a response came/],
  ['/close-before-headers', ConnectionError, 'UND_ERR_SOCKET', /the connection broke before a response came/],
  ['/close-in-headers', ConnectionError, 'UND_ERR_SOCKET', /the connection broke before a response came/],
  ['/reset-after-headers', IncompleteBodyError, 'ECONNRESET', /the connection broke before the body was complete/],
  ['/truncated', IncompleteBodyError, 'UND_ERR_SOCKET', /the connection broke before the body was complete/],
  ['/truncated-chunked', IncompleteBodyError, 'UND_ERR_SOCKET', /the connection broke before the body was complete/],
  ['/truncated-and-closed', IncompleteBodyError, 'HTTP_PARSER', /the connection ended before the body was complete/],
  [
    '/two-lengths',
    ProtocolError,
    'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
    /not valid HTTP: its content-length cannot be right/,
  ],
  ['/bad-length', ProtocolError, 'HTTP_PARSER', /not valid HTTP: Invalid character in Content-Length/],
  ['/continue', ProtocolError, 'UND_ERR_SOCKET', /a response that nobody asked for/],
  ['/switching', ProtocolError, 'UND_ERR_SOCKET', /a response that nobody asked for/],
  ['/huge-headers', HeadersTooLargeError, 'UND_ERR_HEADERS_OVERFLOW', /larger than maxHeaderSize/],
  ['/bad-header-name', ProtocolError, 'HTTP_PARSER', /not valid HTTP: Invalid header token/],
  ['/bad-header-value', ProtocolError, 'HTTP_PARSER', /not valid HTTP: Invalid header value char/],
  ['/bad-status', ProtocolError, 'HTTP_PARSER', /not valid HTTP: Invalid status code/],
  ['/not-http', ProtocolError, 'HTTP_PARSER', /not valid HTTP: Expected HTTP/],
  ['/bad-chunk', ProtocolError, 'HTTP_PARSER', /not valid HTTP: Invalid character in chunk size/],
  ['/corrupt-gzip', DecodeError, 'HTTP_CONTENT_ENCODING', /the body is not valid gzip, status 200/],
  ['/not-gzip', DecodeError, 'HTTP_CONTENT_ENCODING', /the body is not valid gzip/],
  ['/truncated-gzip', DecodeError, 'HTTP_CONTENT_ENCODING', /the body is not valid gzip/],
  [
    '/bomb?coding=gzip',
    BodyTooLargeError,
    'HTTP_BODY_TOO_LARGE',
    /larger than maxBodySize, 1000000 bytes/,
    { maxBodySize: 1e6 },
  ],
  ['/bomb?coding=deflate', BodyTooLargeError, 'HTTP_BODY_TOO_LARGE', /larger than maxBodySize/, { maxBodySize: 1e6 }],
  ['/bomb?coding=br', BodyTooLargeError, 'HTTP_BODY_TOO_LARGE', /larger than maxBodySize/, { maxBodySize: 1e6 }],
  [
    '/drip?bytes=2000&ms=0',
    BodyTooLargeError,
    'HTTP_BODY_TOO_LARGE',
    /larger than maxBodySize, 100 bytes/,
    { maxBodySize: 100 },
  ],
  ['/loop', TooManyRedirectsError, 'HTTP_TOO_MANY_REDIRECTS', /after 10 redirects/],
  ['/ping', TooManyRedirectsError, 'HTTP_TOO_MANY_REDIRECTS', /after 3 redirects/, { maxRedirects: 3 }],
  ['/redirect-nowhere', RedirectError, 'HTTP_REDIRECT_INVALID', /not an http: or https: URL/],
  [
    '/redirect-file',
    RedirectError,
    'HTTP_REDIRECT_INVALID',
    /"file:\/\/\/etc\/passwd", which is not an http: or https: URL/,
  ],
  [
    '/no-json',
    DecodeError,
    'HTTP_JSON',
    /not JSON at position 0 \(text\/html, 24 bytes\), status 200; it begins with "<html>Bad gateway<\/html>"/,
  ],
  [
    '/silent',
    RequestTimeoutError,
    'HTTP_TIMEOUT',
    /the total timeout of 60 ms ran out while waiting for the response/,
    { timeout: 60 },
  ],
  [
    '/silent',
    RequestTimeoutError,
    'HTTP_TIMEOUT',
    /the headers timeout of 60 ms ran out while waiting/,
    { timeout: { headers: 60 } },
  ],
  ['/drip-headers', RequestTimeoutError, 'HTTP_TIMEOUT', /the headers timeout of 80 ms/, { timeout: { headers: 80 } }],
  [
    '/half-then-silent',
    RequestTimeoutError,
    'HTTP_TIMEOUT',
    /the body timeout of 60 ms ran out while reading the body/,
    { timeout: { body: 60 } },
  ],
  [
    '/drip?ms=20',
    RequestTimeoutError,
    'HTTP_TIMEOUT',
    /the total timeout of 100 ms ran out while reading the body/,
    { timeout: 100 },
  ],
]

describe('each error is typed and named', () => {
  test.each(ERRORS)('%s is a %o', async (path, type, code, message, options) => {
    const error = await ask(path, options).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(type)
    expect(error).toMatchObject({ name: type.name, code, method: 'GET' })
    expect((error as Error).message).toMatch(message)
    expect((error as { url: string }).url).toContain(server.url)
    // What came may hold cookies and tokens, and a log shows the cause as well.
    expect((error as { cause?: { data?: unknown } }).cause?.data).toBeUndefined()
  })
})

describe('what looks odd and is allowed', () => {
  test.each(['/early-hints', '/close-after', '/reset-after', '/redirect-long', '/unasked', '/drip?bytes=5&ms=5'])(
    '%s',
    async (path) => {
      expect(await ask(path)).toBeTypeOf('object')
    },
  )

  test.each([
    ['/no-content', 204],
    ['/not-modified', 304],
  ])('%s has no body, whatever it promises', async (path, status) => {
    await using session = new Session({ baseUrl: server.url })
    const response = await session.get(path)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe('')
    await expect(response.json()).rejects.toThrow(/the body is empty, not JSON/)
  })

  test('bytes behind a whole body do not reach the next request', async () => {
    await using session = new Session({ baseUrl: server.url, connections: 1 })
    expect(await (await session.get('/longer-than-promised')).text()).toBe('1234')
    for (let i = 0; i < 5; i++) expect(await (await session.get('/ok')).json()).toEqual({ ok: true })
    await (await session.get('/unasked')).json()
    for (let i = 0; i < 5; i++) expect(await (await session.get('/ok')).json()).toEqual({ ok: true })
  })

  test('a body timeout counts pauses, not the whole', async () => {
    await using session = new Session({ baseUrl: server.url, timeout: { body: 100 } })
    const { text } = await (await session.get('/drip?bytes=20&ms=20')).json<{ text: string }>()
    expect(text).toHaveLength(20)
  })
})

describe('a connection that the server had closed', () => {
  test('under an idempotent request is replaced unseen, once', async () => {
    await using session = new Session({ baseUrl: server.url, connections: 1 })
    const before = server.seen.get('/stale') ?? 0
    for (let i = 0; i < 4; i++) expect(await (await session.get('/stale')).json()).toEqual({ ok: true })
    expect(session.statistics()).toMatchObject({ retried: 3, connected: 4, failed: 0 })
    expect(server.seen.get('/stale')! - before).toBe(7)
  })

  test('under a POST is an error, since it may have arrived', async () => {
    await using session = new Session({ baseUrl: server.url, connections: 1 })
    await (await session.get('/stale')).json()
    await expect(session.post('/stale', { json: 1 })).rejects.toThrow(ConnectionError)
    expect(await (await session.post('/ok', { json: 1 })).json()).toEqual({ ok: true })
    // The caller knows better.
    await (await session.get('/stale')).json()
    expect(await (await session.post('/stale', { json: 1, idempotent: true })).json()).toEqual({ ok: true })
  })

  test('under a stream is an error, since it cannot be sent twice', async () => {
    await using session = new Session({ baseUrl: server.url, connections: 1 })
    await (await session.get('/stale')).json()
    const body = (async function* () {
      yield Buffer.from('once')
    })()
    await expect(session.put('/stale', { body, headers: { 'content-length': 4 } })).rejects.toThrow(ConnectionError)
  })

  test('a new connection that breaks is not tried again', async () => {
    const before = server.seen.get('/reset-before-headers') ?? 0
    await expect(ask('/reset-before-headers')).rejects.toThrow(ConnectionError)
    expect(server.seen.get('/reset-before-headers')! - before).toBe(1)
  })
})

test('1,000 requests over all faults at once: every one ends, nothing is left', { timeout: 60_000 }, async () => {
  const paths = Object.keys(FAULTS).filter((path) => path !== '/bomb')
  const session = new Session({ baseUrl: server.url, timeout: { total: 1000 }, connections: 50 })
  const ends = await Promise.allSettled(
    Array.from({ length: 1000 }, async (_, i) => (await session.get(paths[i % paths.length]!)).text()),
  )
  expect(ends).toHaveLength(1000)
  for (const end of ends) {
    if (end.status === 'rejected')
      expect(end.reason).toMatchObject({ code: expect.any(String), url: expect.any(String) })
  }
  expect(session.statistics()).toMatchObject({ waiting: 0, inFlight: 0 })
  await session.close()
})

test('1,000 requests with random aborts leave no socket', { timeout: 60_000 }, async () => {
  const session = new Session({ baseUrl: server.url, connections: 50 })
  let seed = 1
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  const reason = new Error('enough')
  let aborted = 0
  let done = 0
  await Promise.all(
    Array.from({ length: 1000 }, async (_, i) => {
      const controller = new AbortController()
      const timer = i % 2 === 0 ? setTimeout(() => controller.abort(reason), random() * 200) : undefined
      try {
        const response = await session.get(i % 3 === 0 ? '/ok' : `/drip?ms=1&bytes=${Math.floor(random() * 60)}`, {
          signal: controller.signal,
        })
        await response.text()
        done++
      } catch (error) {
        expect(error).toBe(reason)
        aborted++
      } finally {
        clearTimeout(timer)
      }
    }),
  )
  expect(done + aborted).toBe(1000)
  expect(done).toBeGreaterThanOrEqual(500)
  expect(aborted).toBeGreaterThan(50)
  expect(session.statistics()).toMatchObject({ waiting: 0, inFlight: 0, failed: aborted })
  expect(await (await session.get('/ok')).json()).toEqual({ ok: true })
  await session.close()
})

test(
  'all middleware, all faults and random aborts at once: no socket, token, permit or timer is left',
  { timeout: 60_000 },
  async () => {
    const before = process.getActiveResourcesInfo().length
    let seed = 7
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
    const limiter = new HttpRateLimiter({ rate: '3000/s', random })
    const slots = new Semaphore(40)
    const session = new Session({
      baseUrl: server.url,
      connections: 30,
      concurrency: slots,
      cookies: true,
      raiseForStatus: true,
      timeout: { total: 20_000, queue: 15_000, headers: 100, body: 100 },
      middleware: [
        cache(new MemoryCache(), [{ when: ({ url }) => url.endsWith('/ok'), ttl: 5, staleIfError: 1000 }]),
        retry({ retries: 2, backoff: { base: 1 }, random }),
        rateLimit(limiter, { resend: 1 }),
        circuitBreaker({ failures: 8, halfOpenAfter: 20 }),
      ],
    })
    const paths = Object.keys(FAULTS).filter((path) => path !== '/bomb')
    const ends = { done: 0, failed: 0 }
    const ask = async (i: number): Promise<void> => {
      const controller = new AbortController()
      const timer = i % 3 === 0 ? setTimeout(() => controller.abort(new Error('enough')), random() * 300) : undefined
      const path = i % 4 === 0 ? '/ok' : paths[i % paths.length]!
      try {
        // Each path has a circuit of its own.
        const deadline = performance.now() + (i % 7 === 0 ? 100 : 30_000)
        const response = await session.get(path, { signal: controller.signal, deadline, route: path })
        // One of five is never read.
        if (i % 5 !== 0) await response.text()
        ends.done++
      } catch {
        ends.failed++
      } finally {
        clearTimeout(timer)
      }
    }
    const numbers = Array.from({ length: 1000 }, (_, i) => i)
    await forEach(numbers, ask, { concurrency: 80 })
    expect(ends.done + ends.failed).toBe(1000)
    expect(Math.min(ends.done, ends.failed)).toBeGreaterThan(100)
    await session.close()
    expect(session.statistics()).toMatchObject({ open: 0, idle: 0, waiting: 0, inFlight: 0 })
    const { waiting, buckets } = limiter.statistics()
    expect([waiting, buckets.filter(({ inFlight }) => inFlight !== 0)]).toEqual([0, []])
    expect(slots.statistics()).toMatchObject({ free: 40, waiting: 0 })
    for (let i = 0; i < 100 && server.sockets.size > 0; i++) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before + 1)
  },
)

test('memory stays flat, however requests end', { timeout: 120_000 }, async () => {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  await using session = new Session({ baseUrl: server.url, connections: 50, timeout: 300 })
  const paths = [
    '/ok',
    '/truncated',
    '/reset-before-headers',
    '/bad-status',
    '/loop',
    '/corrupt-gzip',
    '/no-json',
    '/stale',
  ]
  const round = async (count: number): Promise<number> => {
    const numbers = Array.from({ length: count }, (_, i) => i)
    const ask = async (i: number): Promise<void> => {
      const controller = new AbortController()
      if (i % 10 === 0) queueMicrotask(() => controller.abort(new Error('enough')))
      const response = await session.get(paths[i % paths.length]!, { signal: controller.signal }).catch(() => undefined)
      await response?.json().catch(() => undefined)
    }
    await forEach(numbers, ask, { concurrency: 50 })
    await new Promise((resolve) => setTimeout(resolve, 100))
    gc()
    return process.memoryUsage().heapUsed
  }
  await round(1500)
  const early = await round(500)
  const late = await round(3000)
  // A request that is kept would be more than a kilobyte.
  expect((late - early) / 3000).toBeLessThan(500)
})
