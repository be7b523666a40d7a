import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeRequest, fakeResponse } from '../../test/fake-exchange.ts'
import { ConnectionError } from '../errors.ts'
import type { SessionRequest, SessionResponse } from '../types.ts'
import { circuitBreaker, CircuitOpenError } from './circuit-breaker.ts'

// cockatiel goes by Date.now().
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

const answer =
  (status: number) =>
  async (request: SessionRequest): Promise<SessionResponse> =>
    fakeResponse(request, status)

test('opens after so many failures in a row, lets one trial through, and closes again', async () => {
  const states: string[] = []
  const breaker = circuitBreaker({
    failures: 3,
    halfOpenAfter: 1000,
    onStateChange: (key, state) => states.push(`${key} ${state}`),
  })
  const send = (status: number) => breaker(fakeRequest(), answer(status)).then((response) => response.status)
  await send(500)
  await send(500)
  await send(200)
  for (let i = 0; i < 3; i++) expect(await send(503)).toBe(503)
  const error = await send(200).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(CircuitOpenError)
  expect(error).toMatchObject({
    code: 'HTTP_CIRCUIT_OPEN',
    key: 'https://api.example',
    retryAfter: 1000,
    transient: false,
  })
  vi.advanceTimersByTime(1000)
  expect(await send(503)).toBe(503)
  await expect(send(200)).rejects.toThrow('not sent, since https://api.example failed too often')
  vi.advanceTimersByTime(1000)
  expect(await send(200)).toBe(200)
  expect(await send(200)).toBe(200)
  expect(states.map((state) => state.split(' ')[1])).toEqual(['open', 'half-open', 'open', 'half-open', 'closed'])
})

test('each host and route has its own circuit; refusals and bad requests are no failures', async () => {
  const breaker = circuitBreaker({ failures: 1 })
  await breaker(fakeRequest({ route: '/a' }), answer(500))
  await expect(breaker(fakeRequest({ route: '/a' }), answer(200))).rejects.toThrow('GET /a failed too often')
  await breaker(fakeRequest({ route: '/b' }), answer(200))
  await breaker(fakeRequest({ method: 'PUT', route: '/a' }), answer(200))
  for (const status of [429, 404, 400, 501]) await breaker(fakeRequest({ route: '/c' }), answer(status))
  expect((await breaker(fakeRequest({ route: '/c' }), answer(200))).status).toBe(200)
})

test('counts connection errors, keeps their cause, and passes other errors through uncounted', async () => {
  const breaker = circuitBreaker({ failures: 1 })
  const bug = new TypeError('a bug')
  const fail = (error: Error) => async (): Promise<SessionResponse> => {
    throw error
  }
  await expect(breaker(fakeRequest(), fail(bug))).rejects.toBe(bug)
  const down = new ConnectionError('down', { method: 'GET', url: '', code: 'ECONNREFUSED', phase: 'connect' })
  await expect(breaker(fakeRequest(), fail(down))).rejects.toBe(down)
  const url = 'https://api.example/users?api_key=s3cret'
  const error = await breaker(fakeRequest({ url }), answer(200)).catch((caught: Error) => caught)
  expect(error).toMatchObject({ name: 'CircuitOpenError', cause: down })
  expect((error as Error).message).not.toContain('s3cret')
})

test('can go by the share of failures instead', async () => {
  const breaker = circuitBreaker({ sampling: { threshold: 0.5, duration: 1000, minimumRps: 1 } })
  await breaker(fakeRequest(), answer(200))
  await breaker(fakeRequest(), answer(500))
  await breaker(fakeRequest(), answer(500))
  await expect(breaker(fakeRequest(), answer(200))).rejects.toBeInstanceOf(CircuitOpenError)
})

test.each([
  [{ failures: 0 }, 'failures must be'],
  [{ halfOpenAfter: -1 }, 'halfOpenAfter must be'],
  [{ key: 'host' as never }, 'key must be a function'],
])('refuses %j', (options, message) => {
  expect(() => circuitBreaker(options)).toThrow(message)
})
