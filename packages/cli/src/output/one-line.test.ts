import fc from 'fast-check'
import { expect, test } from 'vitest'
import { oneLine } from './one-line.ts'

test('JSON in several lines becomes one that means the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(' ', '  ', '\t'), fc.boolean(), (value, indent, crlf) => {
      const pretty = JSON.stringify(value, undefined, indent)
      const line = oneLine(`\n ${crlf ? pretty.replaceAll('\n', '\r\n') : pretty}\r\n`)
      expect(line).not.toMatch(/[\r\n]/)
      expect(JSON.parse(line)).toEqual(JSON.parse(pretty))
    }),
  )
})

test('numbers keep their digits, and keys their order', () => {
  expect(oneLine('{\n "b": 12345678901234567890,\n "a": 1.0 }')).toBe('{"b": 12345678901234567890,"a": 1.0 }')
})
