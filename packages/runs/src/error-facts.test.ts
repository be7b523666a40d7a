import { expect, test } from 'vitest'
import { errorFacts } from './error-facts.ts'

test.each<[string, unknown, string]>([
  ['an error', new RangeError('too far'), 'too far'],
  ['an error whose message is a number', Object.assign(new Error(), { message: 42 }), '42'],
  ['an object without a prototype', Object.create(null), 'an object (no prototype)'],
  ['undefined', undefined, 'undefined'],
  ['a symbol', Symbol('s'), 'Symbol(s)'],
])('%s that was thrown has a text', (_, thrown, message) => {
  expect(errorFacts(thrown).message).toBe(message)
})

test('a secret at the place where a long message is cut is taken out first', () => {
  const { message } = errorFacts(new Error(`${'x'.repeat(1995)}secret`), (text) => text.replace('secret', '***'))
  expect(message).toBe(`${'x'.repeat(1995)}***`)
})
