import { expect, test } from 'vitest'
import { clip, formatBytes, formatCount, formatDuration, formatPerSecond, printable, widthOf } from './format.ts'

test('counts, times, bytes and speeds are short', () => {
  expect([0, 999, 1000, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567'])
  expect(
    [0, 0.14, 9.94, 84.4, 999.4, 999.6, 1400, 9949, 9950, 59_400, 59_600, 192_000, 12_000_000, 187_200_000].map(
      formatDuration,
    ),
  ).toEqual([
    '0ms',
    '0.1ms',
    '9.9ms',
    '84ms',
    '999ms',
    '1.0s',
    '1.4s',
    '9.9s',
    '10s',
    '59s',
    '1m',
    '3m12s',
    '3h20m',
    '2d4h',
  ])
  expect([0, 999, 1000, 12_345_678, 999_999, 4e12].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '12.3 MB',
    '1.0 MB',
    '4.0 TB',
  ])
  expect([0, 19.84, 20, 1234].map(formatPerSecond)).toEqual(['0/s', '19.8/s', '20/s', '1,234/s'])
})

test('what would change the screen is not shown', () => {
  expect(printable('a\u001b[31mb\r\nc\u0007\u009bd\u202ee')).toBe('a [31mb c d e')
})

test('text is cut by columns, of which some characters take two or none', () => {
  expect([widthOf('abc'), widthOf('日本'), widthOf('e\u0301'), widthOf('🎮x')]).toEqual([3, 4, 1, 3])
  expect(clip('EUW1_7121', 9)).toBe('EUW1_7121')
  expect(clip('EUW1_71210', 9)).toBe('EUW1_712…')
  expect(clip('日本語', 5)).toBe('日本…')
  expect(clip('abc', 0)).toBe('')
})
