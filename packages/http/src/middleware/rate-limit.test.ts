import { describe, expect, test } from 'vitest'
import { fakeRequest, fakeResponse } from '../../test/fake-exchange.ts'
import { sendJson, testServer, until } from '../../test/test-server.ts'
import { HttpRateLimiter } from '../limits/http-rate-limiter.ts'
import { NotAdmittedError } from '../limits/not-admitted.ts'
import { Session } from '../session.ts'
import { rateLimit } from './rate-limit.ts'
import { retry } from './retry.ts'

describe('against a server', () => {
  test('learns the limit from headers and is never refused, however many connections there are', async () => {
    const LIMIT = 20
    const MS = 300
    let windowEnd = 0
    let count = 0
    let refused = 0
    await using server = await testServer((_request, response) => {
      const now = performance.now()
      if (now >= windowEnd) {
        windowEnd = now + MS
        count = 0
      }
      count++
      const remaining = String(Math.max(0, LIMIT - count))
      const headers = {
        'x-ratelimit-limit': String(LIMIT),
        'x-ratelimit-remaining': remaining,
        'x-ratelimit-reset-after': ((windowEnd - now) / 1000).toFixed(3),
        'x-ratelimit-bucket': 'b',
      }
      if (count > LIMIT) refused++
      setTimeout(() => {
        response.writeHead(count > LIMIT ? 429 : 200, headers)
        response.end('{}')
      }, Math.random() * 10)
    })
    const limiter = new HttpRateLimiter()
    await using session = new Session({ baseUrl: server.url, connections: 7, middleware: [rateLimit(limiter)] })
    const started = performance.now()
    const statuses = await Promise.all(
      Array.from({ length: 100 }, async (_, i) => (await session.get(`/items/${i}`, { route: '/items/{id}' })).status),
    )
    expect(statuses.every((status) => status === 200)).toBe(true)
    expect(refused).toBe(0)
    expect(performance.now() - started).toBeGreaterThanOrEqual(4 * MS - 1)
    expect(performance.now() - started).toBeLessThan(12 * MS)
    expect(limiter.statistics().waiting).toBe(0)
    expect(limiter.statistics().buckets.every(({ inFlight }) => inFlight === 0)).toBe(true)
  })

  test('what waits for a token holds no connection', async () => {
    await using server = await testServer((_request, response) => sendJson(response, {}))
    await using other = await testServer((_request, response) => sendJson(response, {}))
    const limiter = new HttpRateLimiter({ rate: '1/h', dialect: false })
    await using session = new Session({ connections: 1, middleware: [rateLimit(limiter)] })
    await session.get(server.url)
    const controller = new AbortController()
    const waiting = session.get(server.url, { signal: controller.signal }).catch((error: unknown) => error)
    expect((await session.get(other.url)).status).toBe(200)
    controller.abort(new Error('enough'))
    expect(await waiting).toMatchObject({ message: 'enough' })
  })

  test('a token is taken when a connection is free, not before', async () => {
    let release = (): void => {}
    await using server = await testServer((request, response) => {
      if (request.url === '/slow') release = () => sendJson(response, {})
      else sendJson(response, {})
    })
    const limiter = new HttpRateLimiter({ rate: '2/300ms', dialect: false })
    await using session = new Session({ baseUrl: server.url, connections: 1, middleware: [rateLimit(limiter)] })
    const slow = session.get('/slow')
    await until(() => server.requests.length === 1)
    const second = session.get('/')
    await new Promise((resolve) => setTimeout(resolve, 400))
    // The second has waited for the connection for longer than the window: its token was not spent meanwhile.
    const { used } = limiter.statistics().buckets[0]!.windows[0]!
    release()
    await Promise.all([slow, second])
    expect(used).toBe(1)
    expect(limiter.statistics().buckets[0]!.windows[0]!.used).toBe(1)
  })

  test('a refusal holds back what waits for a connection, pauses once, and is sent again', async () => {
    const times: number[] = []
    await using server = await testServer((_request, response) => {
      times.push(performance.now())
      if (times.length === 1) {
        response.writeHead(429, { 'retry-after': '0.2' })
        response.end()
      } else sendJson(response, {})
    })
    await using session = new Session({
      baseUrl: server.url,
      connections: 1,
      middleware: [rateLimit({ probe: false })],
    })
    const all = await Promise.all(Array.from({ length: 20 }, () => session.get('/')))
    expect(all.every(({ status }) => status === 200)).toBe(true)
    // One refusal, and nobody else sent into the pause.
    expect(times).toHaveLength(21)
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(199)
    expect(server.most()).toBe(1)
  })

  test('closing the session by force ends the wait', async () => {
    await using server = await testServer((_request, response) => sendJson(response, {}))
    const limiter = new HttpRateLimiter({ rate: '1/h', dialect: false })
    const session = new Session({ baseUrl: server.url, middleware: [rateLimit(limiter)] })
    await session.get('/')
    const waiting = session.get('/').catch((error: unknown) => error)
    await session.close({ graceMs: 20 })
    expect(await waiting).toMatchObject({ name: 'AbortError' })
    expect(limiter.statistics().waiting).toBe(0)
  })

  test('1,000 requests with random aborts lose no token', async () => {
    await using server = await testServer((_request, response) =>
      setTimeout(() => sendJson(response, {}), Math.random() * 3),
    )
    const limiter = new HttpRateLimiter({ rate: '100/50ms', dialect: false })
    await using session = new Session({
      baseUrl: server.url,
      connections: 10,
      middleware: [retry(1), rateLimit(limiter)],
    })
    await Promise.allSettled(
      Array.from({ length: 1000 }, (_, i) => {
        const controller = new AbortController()
        if (i % 2 === 0) setTimeout(() => controller.abort(new Error('no')), Math.random() * 300)
        return session.get('/', { signal: controller.signal }).then((response) => response.dump())
      }),
    )
    const [bucket] = limiter.statistics().buckets
    expect(limiter.statistics().waiting).toBe(0)
    expect(bucket!.inFlight).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(limiter.statistics().buckets[0]!.windows[0]!.used).toBe(0)
  })
})

describe('by itself', () => {
  test('gives up after so many refusals and returns the last', async () => {
    let sent = 0
    const middleware = rateLimit({ dialect: false }, { resend: 2 })
    const response = await middleware(fakeRequest(), async (request) => {
      sent++
      request.admit?.()
      return fakeResponse(request, 429, { 'retry-after': '0.001' })
    })
    expect(response.status).toBe(429)
    expect(sent).toBe(3)
  })

  test('a body that cannot be sent again is not', async () => {
    let sent = 0
    const response = await rateLimit()(fakeRequest({ replayable: false }), async (request) => {
      sent++
      return fakeResponse(request, 429)
    })
    expect([response.status, sent]).toEqual([429, 1])
  })

  test('two limiters, one in the other, both have a say, and the request is left as it was', async () => {
    const outer = new HttpRateLimiter({ rate: '5/m', dialect: false })
    const inner = new HttpRateLimiter({ rate: '5/m', dialect: false })
    const request = fakeRequest()
    let asked = 0
    await rateLimit(outer)(request, (passed) =>
      rateLimit(inner)(passed, async (innermost) => {
        asked++
        if (!innermost.admit!()) throw new NotAdmittedError()
        return fakeResponse(innermost)
      }),
    )
    expect(asked).toBe(1)
    for (const limiter of [outer, inner]) {
      const [bucket] = limiter.statistics().buckets
      expect([bucket!.inFlight, bucket!.windows[0]!.used]).toEqual([0, 1])
    }
    expect(request.admit).toBeUndefined()
  })

  test('a request that never left gives its token back', async () => {
    const limiter = new HttpRateLimiter({ rate: '1/h', dialect: false })
    const failing = rateLimit(limiter)(fakeRequest(), async () => {
      throw new Error('no such host')
    })
    await expect(failing).rejects.toThrow('no such host')
    expect(limiter.statistics().buckets[0]!.windows[0]!.used).toBe(0)
  })

  test('priority and cost are taken from the request', async () => {
    const limiter = new HttpRateLimiter({ rate: '10/m', dialect: false })
    const middleware = rateLimit(limiter, { cost: ({ method }) => (method === 'POST' ? 5 : 1) })
    await middleware(fakeRequest({ method: 'POST' }), async (request) => fakeResponse(request))
    await middleware(fakeRequest(), async (request) => fakeResponse(request))
    expect(limiter.statistics().buckets[0]!.windows[0]!.used).toBe(6)
  })

  test.each([
    ['20', {}, 'does not say per what'],
    ['20/s', { resend: -1 }, 'resend must be'],
    ['20/s', { priority: 5 as never }, 'priority must be a function'],
  ])('refuses %j, %j', (limiter, options, message) => {
    expect(() => rateLimit(limiter, options)).toThrow(message)
  })
})
