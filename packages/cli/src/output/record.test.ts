import { ConnectionError, DecodeError, RequestTimeoutError } from '@sluice/http'
import { expect, test } from 'vitest'
import { statusError } from '../../test/status-error.ts'
import { kindOf, recordLine, statusOf, type Outcome } from './record.ts'

const outcome = (more: Partial<Outcome>): Outcome => ({
  index: 3,
  key: 'k"',
  url: 'http://h/1',
  status: 200,
  attempts: 2,
  ms: 12.6,
  data: undefined,
  error: undefined,
  ...more,
})
const same = (text: string): string => text
const about = { method: 'GET', url: 'http://h/', code: 'X' }

test('a line tells what came, and how', () => {
  expect(recordLine(outcome({ data: '{"id": 1.0}' }), same)).toBe(
    '{"index":3,"key":"k\\"","url":"http://h/1","status":200,"attempts":2,"ms":13,"data":{"id": 1.0}}',
  )
  expect(recordLine(outcome({ key: 'http://h/1', data: 'null' }), same)).toBe(
    '{"index":3,"key":"http://h/1","status":200,"attempts":2,"ms":13,"data":null}',
  )
})

test('an error is its name, a message in one line, its code, and the beginning of what the server said', () => {
  const error = (thrown: unknown): unknown =>
    (JSON.parse(recordLine(outcome({ error: thrown }), same)) as { error: unknown }).error
  expect(error(new TypeError('a\n  b'))).toEqual({ name: 'TypeError', message: 'a b' })
  expect(error(statusError(404, {}, 'x'.repeat(9999)))).toEqual({
    name: 'StatusError',
    code: 'HTTP_STATUS',
    message: 'GET http://h/: status 404',
    body: 'x'.repeat(500),
  })
  expect(error('thrown')).toEqual({ name: 'Error', message: 'thrown' })
})

test('secrets are taken out before a body is cut, and before it is quoted', () => {
  const mask = (text: string): string => text.replaceAll('s"cret', 'REDACTED')
  const line = recordLine(outcome({ error: statusError(401, {}, `${'x'.repeat(497)}s"cret`) }), mask)
  expect(line).not.toMatch(/s\\"c/)
  expect((JSON.parse(line) as { error: { body: string } }).error.body).toBe(`${'x'.repeat(497)}RED`)
})

test('errors are counted by kind', () => {
  expect(kindOf(statusError(503))).toBe('503')
  expect(kindOf(new RequestTimeoutError('late', 5, { ...about, limit: 'total', phase: 'headers' }))).toBe('timeout')
  expect(kindOf(new ConnectionError('no', { ...about, code: 'ECONNRESET', phase: 'connect' }))).toBe('ECONNRESET')
  expect(kindOf(new DecodeError('no', { ...about, status: 200, position: 0, excerpt: '' }))).toBe('DecodeError')
  expect([statusOf(statusError(404)), statusOf(new Error('x'))]).toEqual([404, 0])
})
