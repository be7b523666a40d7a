import { ConnectionError, DecodeError, RequestTimeoutError, TlsError } from '@sluice/http'
import { expect, test } from 'vitest'
import { statusError } from '../../test/status-error.ts'
import { DEFAULT_RETRY_ON, isRetried, parseBackoff, parseRetryRules, retryOptions } from './retry-rules.ts'

const about = { method: 'GET', url: 'http://h', code: 'X' }
const errors = {
  404: statusError(404),
  429: statusError(429),
  503: statusError(503),
  connect: new ConnectionError('refused', { ...about, phase: 'connect' }),
  reset: new ConnectionError('reset', { ...about, phase: 'headers' }),
  tls: new TlsError('certificate', { ...about, phase: 'connect' }),
  timeout: new RequestTimeoutError('late', 5, { ...about, limit: 'total', phase: 'headers' }),
  decode: new DecodeError('no JSON', { ...about, status: 200, position: 0, excerpt: '' }),
  other: new Error('a bug'),
}
const retried = (decide: (error: Error) => boolean): string[] =>
  Object.entries(errors)
    .filter(([, error]) => decide(error))
    .map(([name]) => name)

test('by default what may pass by itself is tried again', () => {
  expect(retried((error) => isRetried(parseRetryRules(DEFAULT_RETRY_ON), error))).toEqual([
    '429',
    '503',
    'connect',
    'reset',
    'timeout',
  ])
})

test('statuses, classes, network and timeouts can be told apart', () => {
  expect(retried((error) => isRetried(parseRetryRules('404'), error))).toEqual(['404'])
  expect(retried((error) => isRetried(parseRetryRules('4xx'), error))).toEqual(['404', '429'])
  expect(retried((error) => isRetried(parseRetryRules('network'), error))).toEqual(['connect', 'reset'])
  expect(retried((error) => isRetried(parseRetryRules(' Timeout , 5XX'), error))).toEqual(['503', 'timeout'])
  for (const word of ['', '200', 'all', '3xx', '429,'])
    expect(() => parseRetryRules(word)).toThrow(`--retry-on ${word}:`)
})

test('what must not be sent twice is tried again only if nothing was done with it, unless the user says so', () => {
  const rules = parseRetryRules(DEFAULT_RETRY_ON)
  const of = (method: string, explicit: boolean): string[] => {
    const { retryIf } = retryOptions(rules, { retries: 3, backoff: {}, maxElapsed: undefined, explicit })(method)
    return retried((error) => retryIf!({ error, attempt: 1, elapsed: 0 }))
  }
  expect(of('PUT', false)).toEqual(['429', '503', 'connect', 'reset', 'timeout'])
  expect(of('POST', false)).toEqual(['429', 'connect'])
  expect(of('POST', true)).toEqual(['429', '503', 'connect', 'reset', 'timeout'])
})

test('a backoff grows, or is fixed', () => {
  expect(parseBackoff('exp:500ms:30s')).toEqual({ base: 500, max: 30_000 })
  expect(parseBackoff('exp:1s')).toEqual({ base: 1000 })
  expect(parseBackoff('fixed:2s')).toEqual({ base: 2000, max: 2000, factor: 1, jitter: 'none' })
  for (const text of ['exp', 'fixed:1s:2s', 'exp:1', 'lin:1s', 'exp:1s:2s:3s'])
    expect(() => parseBackoff(text)).toThrow(`--backoff ${text}: `)
})
