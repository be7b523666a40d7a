import { map } from '@sluice/core'
import { VirtualClock } from '@sluice/core/testing'
import { describe, expect, test } from 'vitest'
import { fakeRequest, fakeResponse } from '../../test/fake-exchange.ts'
import { sendJson, testServer } from '../../test/test-server.ts'
import { ConnectionError, RequestTimeoutError } from '../errors.ts'
import { Session } from '../session.ts'
import type { SessionRequest, SessionResponse } from '../types.ts'
import { retry, retryTransient, type RetryMiddlewareOptions } from './retry.ts'

const broken = (): ConnectionError =>
  new ConnectionError('reset', { method: 'GET', url: 'https://api.example/', code: 'ECONNRESET', phase: 'headers' })

type Step = number | Error | { status: number; headers: Record<string, string> }

/** Runs one request against a server that answers with `steps` in turn, and notes when. */
async function play(
  steps: readonly Step[],
  options: RetryMiddlewareOptions = {},
  overrides: Parameters<typeof fakeRequest>[0] = {},
) {
  const clock = new VirtualClock()
  const times: number[] = []
  const answers: (SessionResponse & { dumped: number })[] = []
  const attempts: number[] = []
  const middleware = retry({ clock, backoff: { jitter: 'none' }, ...options })
  const request = fakeRequest(overrides)
  const next = async (sent: SessionRequest): Promise<SessionResponse> => {
    const step = steps[Math.min(times.length, steps.length - 1)]!
    times.push(clock.now())
    attempts.push(sent.attempt)
    if (step instanceof Error) throw step
    const answer = typeof step === 'number' ? fakeResponse(sent, step) : fakeResponse(sent, step.status, step.headers)
    answers.push(answer)
    return answer
  }
  let response: SessionResponse | undefined
  let error: unknown
  await clock.run(async () => {
    try {
      response = await middleware(request, next)
    } catch (caught) {
      error = caught
    }
  })
  expect(clock.pending).toBe(0)
  return { response, error, times, attempts, answers }
}

test.each([408, 425, 429, 500, 502, 503, 504, 599])('repeats status %i', async (status) => {
  const { response, times, attempts, answers } = await play([status, status, 200])
  expect(response?.status).toBe(200)
  expect(times).toEqual([0, 500, 1500])
  expect(attempts).toEqual([1, 2, 3])
  // Thrown away before the wait, so that the connection is free.
  expect(answers.map(({ dumped }) => dumped)).toEqual([1, 1, 0])
})

test.each([200, 304, 400, 401, 403, 404, 409, 501, 505])('does not repeat status %i', async (status) => {
  const { response, times } = await play([status, 200])
  expect(response?.status).toBe(status)
  expect(times).toEqual([0])
})

test('repeats connection errors and timeouts, and throws the last one as it is', async () => {
  const late = new RequestTimeoutError('late', 5, { method: 'GET', url: '', limit: 'total', phase: 'headers' })
  expect((await play([broken(), late, 200])).response?.status).toBe(200)
  const last = broken()
  const { error, times } = await play([broken(), broken(), broken(), last])
  expect(error).toBe(last)
  expect(times).toEqual([0, 500, 1500, 3500])
})

test('does not repeat other errors', async () => {
  const bug = new TypeError('a bug')
  expect(await play([bug])).toMatchObject({ error: bug, times: [0] })
})

test('does not repeat what is not idempotent, or cannot be sent again', async () => {
  expect((await play([503], {}, { idempotent: false })).times).toHaveLength(1)
  expect((await play([503], {}, { replayable: false })).times).toHaveLength(1)
  expect((await play([503], { retryIf: () => true, retries: 1 }, { idempotent: false })).times).toHaveLength(2)
})

describe('Retry-After', () => {
  const date = 'Tue, 21 Nov 2023 10:00:00 GMT'
  test.each([
    ['7', 7000],
    ['Tue, 21 Nov 2023 10:00:09 GMT', 9000],
    ['0', 500],
  ])('%s', async (value, ms) => {
    const { times } = await play([{ status: 503, headers: { date, 'retry-after': value } }, 200])
    expect(times).toEqual([0, ms])
  })

  test('is not waited for beyond the deadline: the answer is returned at once', async () => {
    const step = { status: 429, headers: { 'retry-after': '60' } }
    expect(await play([step], {}, { deadline: 5000 })).toMatchObject({ times: [0], response: { status: 429 } })
    expect(await play([step], { maxElapsed: 5000 })).toMatchObject({ times: [0], response: { status: 429 } })
  })

  test('of an error is honoured', async () => {
    const error = Object.assign(broken(), { retryAfter: 4000 })
    expect((await play([error, 200])).times).toEqual([0, 4000])
  })
})

test('draws each wait between 0 and its longest', async () => {
  const { times } = await play([503], { retries: 2, backoff: { base: 1000, jitter: 'full' }, random: () => 0.25 })
  expect(times).toEqual([0, 250, 750])
})

test('maxElapsed ends it, whatever retries says', async () => {
  const { times } = await play([503], { retries: Infinity, maxElapsed: 4000 })
  expect(times).toEqual([0, 500, 1500, 3500])
})

test('tells of each repetition', async () => {
  const told: unknown[] = []
  const onRetry: RetryMiddlewareOptions['onRetry'] = ({ attempt, delay, elapsed, response, error }) =>
    told.push([attempt, delay, elapsed, response?.status, (error as Error | undefined)?.message])
  await play([503, broken(), 200], { onRetry })
  expect(told).toEqual([
    [1, 500, 0, 503, undefined],
    [2, 1000, 500, undefined, 'reset'],
  ])
})

test.each(['signal', 'scope'] as const)(
  'an abort of %s ends a backoff at once and leaves nothing behind',
  async (name) => {
    const clock = new VirtualClock()
    const controller = new AbortController()
    let sent = 0
    const promise = retry({ clock })(fakeRequest({ [name]: controller.signal }), async (request) => {
      sent++
      return fakeResponse(request, 503)
    })
    const failed = promise.catch((error: unknown) => error)
    await clock.advance(0)
    controller.abort(new Error('no more'))
    expect(await failed).toMatchObject({ message: 'no more' })
    expect(sent).toBe(1)
    expect(clock.pending).toBe(0)
  },
)

test('an abort during an attempt is not repeated', async () => {
  const controller = new AbortController()
  const { times } = await play([broken()], { retryIf: () => (controller.abort(), true) }, { signal: controller.signal })
  expect(times).toHaveLength(1)
})

test.each([
  [{ retries: -1 }, 'retries must be'],
  [{ backoff: { base: '1' as never } }, 'backoff.base must be'],
  [{ retryIf: 5 as never }, 'retryIf must be a function'],
])('refuses %j', (options, message) => {
  expect(() => retry(options)).toThrow(message)
})

test('a backoff holds no connection', async () => {
  let flaky = 0
  await using server = await testServer((request, response) => {
    if (request.url === '/flaky' && flaky++ === 0) sendJson(response, {}, 503)
    else sendJson(response, {})
  })
  await using session = new Session({
    baseUrl: server.url,
    connections: 1,
    concurrency: 1,
    middleware: [retry({ backoff: { base: 300, jitter: 'none' } })],
  })
  const order: string[] = []
  const slow = session.get('/flaky').then(({ status }) => order.push(`flaky ${status}`))
  await session.get('/quick').then(({ status }) => order.push(`quick ${status}`))
  await slow
  expect(order).toEqual(['quick 200', 'flaky 200'])
})

test('a refusal whose body never ends is not waited for', async () => {
  let asked = 0
  await using server = await testServer((_, response) => {
    if (asked++ > 0) return sendJson(response, {})
    response.writeHead(503)
    const timer = setInterval(() => response.write('.'), 20)
    response.on('close', () => clearInterval(timer))
  })
  await using session = new Session({ timeout: 20_000, middleware: [retry({ backoff: { base: 1 } })] })
  const started = performance.now()
  expect((await session.get(server.url)).status).toBe(200)
  expect(performance.now() - started).toBeLessThan(5000)
  expect(session.statistics()).toMatchObject({ inFlight: 0, connected: 2 })
})

test('retryTransient: in a group the backoff holds no slot either', async () => {
  let flaky = 0
  await using server = await testServer((request, response) => {
    if (request.url === '/flaky' && flaky++ === 0) {
      response.writeHead(503, { 'retry-after': '0.3' })
      response.end()
    } else if (request.url === '/gone') sendJson(response, {}, 404)
    else sendJson(response, {})
  })
  await using session = new Session({ baseUrl: server.url, raiseForStatus: true })
  const order: string[] = []
  const started = performance.now()
  await map(
    ['/flaky', '/quick', '/gone'],
    async (path) => {
      try {
        await session.get(path)
        order.push(path)
      } catch (error) {
        order.push(`${path} ${(error as { status?: number }).status}`)
        if (path !== '/gone') throw error
      }
    },
    { concurrency: 1, retry: retryTransient({ backoff: { base: 1 } }) },
  )
  expect(order).toEqual(['/flaky 503', '/quick', '/gone 404', '/flaky'])
  expect(performance.now() - started).toBeGreaterThanOrEqual(299)
})
