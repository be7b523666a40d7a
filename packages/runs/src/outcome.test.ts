import { expect, test } from 'vitest'
import { outcomeLine } from './outcome.ts'

const line = (value: unknown): string => {
  const facts = { index: 0, key: '7', item: 7, attempts: 1, ms: 84 }
  return Buffer.from(outcomeLine({ ...facts, status: 'fulfilled', value })).toString()
}

test.each<[string, unknown, unknown]>([
  ['a value', { a: 1 }, { a: 1 }],
  ['bytes', new TextEncoder().encode('{"a":1}'), { a: 1 }],
  ['no bytes', new Uint8Array(0), null],
  ['undefined', undefined, null],
])('the line of %s is JSON', (_, value, data) => {
  expect(JSON.parse(line(value))).toMatchObject({ key: '7', data })
})

test('bytes are written as they are, with every digit', () => {
  expect(line(new TextEncoder().encode('{"id": 12345678901234567890}'))).toContain(
    '"data":{"id": 12345678901234567890}}',
  )
})
