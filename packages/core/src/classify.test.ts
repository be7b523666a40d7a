import { expect, test } from 'vitest'
import { classifyOutcome } from './classify.ts'
import { AbortError, TimeoutError } from './errors.ts'

const coded = (code: string, cause?: unknown) => Object.assign(new Error(code, { cause }), { code })

test.each([
  [{ status: 200 }, 'success'],
  [{ status: 404 }, 'success'],
  [{ status: 500 }, 'success'],
  [{ status: 429 }, 'drop'],
  [{ status: 503 }, 'drop'],
  [undefined, 'success'],
  [null, 'success'],
  ['text', 'success'],
  // A value is no error, whatever it carries.
  [{ name: 'TimeoutError', code: 'ECONNREFUSED' }, 'success'],
])('value %o is %s', (value, outcome) => {
  expect(classifyOutcome(false, value)).toBe(outcome)
})

const circle: { cause?: unknown } = {}
circle.cause = circle

test.each([
  [new TimeoutError('late', 5), 'drop'],
  [Object.assign(new Error('busy'), { status: 429 }), 'drop'],
  [Object.assign(new Error('busy'), { status: 503 }), 'drop'],
  [new Error('wrapped', { cause: Object.assign(new Error('busy'), { status: 503 }) }), 'drop'],
  [coded('ECONNREFUSED'), 'drop'],
  [coded('ECONNRESET'), 'drop'],
  [coded('EPIPE'), 'drop'],
  [coded('ETIMEDOUT'), 'drop'],
  [coded('UND_ERR_CONNECT_TIMEOUT'), 'drop'],
  [coded('UND_ERR_SOCKET'), 'drop'],
  [new TypeError('fetch failed', { cause: coded('UND_ERR_SOCKET', coded('ECONNRESET')) }), 'drop'],
  [new AbortError('stop'), 'ignore'],
  [new AbortError('stop', { cause: new TimeoutError('late', 5) }), 'ignore'],
  [Object.assign(new Error('gone'), { status: 404 }), 'ignore'],
  [coded('ENOENT'), 'ignore'],
  [coded('UND_ERR_INVALID_ARG'), 'ignore'],
  [new Error('bug'), 'ignore'],
  [circle, 'ignore'],
  ['thrown text', 'ignore'],
  [undefined, 'ignore'],
])('error %o is %s', (error, outcome) => {
  expect(classifyOutcome(true, error)).toBe(outcome)
})
