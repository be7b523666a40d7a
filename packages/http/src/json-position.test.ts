import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonErrorPosition } from './json-position.ts'

test.each([
  ['', 0],
  ['   ', 3],
  ['<html>', 0],
  ['{"a":}', 5],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{"a":[1,2}', 9],
  ['{"a":"x', 7],
  ['{"a":"x\ny"}', 7],
  ['"\\x"', 1],
  ['"\\u12"', 1],
  ['01', 1],
  ['-', 0],
  ['1.', 1],
  ['tru', 0],
  ['true false', 5],
  ['[[[', 3],
  ['{"a":1', 6],
  [']', 0],
])('%s goes wrong at %i', (text, position) => {
  expect(() => JSON.parse(text) as unknown).toThrow(/JSON/)
  expect(jsonErrorPosition(text)).toBe(position)
})

test('says undefined exactly when it is JSON', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(jsonErrorPosition(text)).toBeUndefined()
    }),
  )
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', '{', ']', ',', ':', '1', ' ', '\\', 'e', '\u0001'),
      (json, at, extra) => {
        const cut = at % (json.length + 1)
        for (const text of [
          json.slice(0, cut),
          json.slice(0, cut) + extra + json.slice(cut),
          json.slice(0, cut) + extra + json.slice(cut + 1),
        ])
          expect(jsonErrorPosition(text) === undefined, JSON.stringify(text)).toBe(isJson(text))
      },
    ),
    { numRuns: 2000 },
  )
})

test('copes with what is deep and long', () => {
  expect(jsonErrorPosition('['.repeat(200_000))).toBe(200_000)
  expect(jsonErrorPosition(`"${'x'.repeat(20_000_000)}`)).toBe(20_000_001)
})
