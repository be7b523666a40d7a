import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyOf, storedKey } from './key.ts'

test('every key comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (key) => {
      const { found, long } = storedKey(key)
      expect(keyOf(found, long)).toBe(key)
    }),
  )
})

test('what is short and plain is found by itself, the rest by 128 bits', () => {
  expect(storedKey('EUW1_7')).toEqual({ found: 'EUW1_7', long: null })
  for (const key of ['k'.repeat(65), 'a\0b', '\ud800', '😀']) {
    const { found, long } = storedKey(key)
    expect([found instanceof Uint8Array && found.length, long]).toEqual([16, JSON.stringify(key)])
  }
  expect(storedKey('\ud800').found).not.toEqual(storedKey('\ud801').found)
})
