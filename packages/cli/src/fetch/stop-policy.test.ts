import { expect, test } from 'vitest'
import { statusError } from '../../test/status-error.ts'
import { StopPolicy, parseMaxFailures, type MaxFailures } from './stop-policy.ts'

const policy = (options: { maxFailures?: string; failFast?: boolean; credentials?: boolean } = {}): StopPolicy =>
  new StopPolicy({
    maxFailures: options.maxFailures === undefined ? undefined : parseMaxFailures(options.maxFailures),
    failFast: options.failFast ?? false,
    credentials: options.credentials ?? false,
  })
const fail = (stops: StopPolicy, times: number, status = 500): unknown[] =>
  Array.from({ length: times }, () => stops.failed('k', statusError(status))?.kind)

test('so many failures, or such a share', () => {
  const read = (text: string): MaxFailures => parseMaxFailures(text)
  expect(read('50')).toEqual({ limit: 50, share: false })
  expect(read('2.5%')).toEqual({ limit: 0.025, share: true })
  for (const text of ['0', '-1', '1.5', '101%', '0%', 'x', '%', ''])
    expect(() => read(text)).toThrow(`--max-failures ${text}: write`)
})

test('the run stops when the number is reached', () => {
  expect(fail(policy({ maxFailures: '3' }), 3)).toEqual([undefined, undefined, 'max-failures'])
})

test('a share counts from the hundredth item on', () => {
  const stops = policy({ maxFailures: '10%' })
  expect(fail(stops, 50).every((reason) => reason === undefined)).toBe(true)
  for (let i = 0; i < 49; i++) stops.succeeded()
  expect(fail(stops, 1)).toEqual(['max-failures'])
  const fine = policy({ maxFailures: '10%' })
  for (let i = 0; i < 91; i++) fine.succeeded()
  expect(fail(fine, 10).every((reason) => reason === undefined)).toBe(true)
  expect(fail(fine, 1)).toEqual(['max-failures'])
})

test('fail-fast stops at the first', () => {
  expect(policy({ failFast: true }).failed('k', new Error('x'))).toEqual({ kind: 'fail-fast', key: 'k' })
})

test('credentials that are rejected stop the run: 401 at once, 403 when it goes on', () => {
  expect(fail(policy({ credentials: true }), 1, 401)).toEqual(['rejected'])
  expect(fail(policy({ credentials: true }), 5, 403).at(-1)).toBe('rejected')
  const some = policy({ credentials: true })
  for (let i = 0; i < 10; i++) {
    expect(fail(some, 4, 403)).toEqual([undefined, undefined, undefined, undefined])
    some.succeeded()
  }
})

test('without credentials a 401 is a failure like others, unless nothing else comes', () => {
  const stops = policy()
  expect(fail(stops, 20, 401).every((reason) => reason === undefined)).toBe(true)
  expect(stops.allDenied).toBe(true)
  stops.succeeded()
  expect(stops.allDenied).toBe(false)
  expect(policy().allDenied).toBe(false)
})
