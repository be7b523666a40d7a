import { ConnectionError, DecodeError, RequestTimeoutError } from '@sluice/http'
import { expect, test } from 'vitest'
import { statusError } from '../../test/status-error.ts'
import { capacityOutcome } from './adaptive-limit.ts'

test('refusals and broken connections say that it is too much; what is wrong with an item says nothing', () => {
  const about = { method: 'GET', url: 'http://h/', code: 'X' }
  const of = (error: unknown): string => capacityOutcome(true, error)
  const broken = (code: string): ConnectionError => new ConnectionError('no', { ...about, code, phase: 'connect' })
  expect(capacityOutcome(false, '{}')).toBe('success')
  expect([statusError(429), statusError(503), broken('ECONNRESET'), broken('UND_ERR_SOCKET')].map(of)).toEqual([
    'drop',
    'drop',
    'drop',
    'drop',
  ])
  expect(of(new RequestTimeoutError('late', 5, { ...about, limit: 'total', phase: 'headers' }))).toBe('drop')
  const decode = new DecodeError('no', { ...about, status: 200, position: 0, excerpt: '' })
  expect([statusError(404), statusError(500), broken('ENOTFOUND'), decode, new Error('a bug')].map(of)).toEqual([
    'ignore',
    'ignore',
    'ignore',
    'ignore',
    'ignore',
  ])
})
