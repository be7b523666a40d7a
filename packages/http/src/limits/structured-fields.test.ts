import { expect, test } from 'vitest'
import { parseStructuredList } from './structured-fields.ts'

test.each<[string, unknown[]]>([
  ['', []],
  ['"default";q=100;w=60', [['default', { q: 100, w: 60 }]]],
  ['default;r=50;t=30', [['default', { r: 50, t: 30 }]]],
  [
    '"a, b";q=1 , "c\\"d";q=2.5;flag',
    [
      ['a, b', { q: 1 }],
      ['c"d', { q: 2.5, flag: true }],
    ],
  ],
  ['"x";q=5;pk=:c2VjcmV0Cg==:', [['x', { q: 5, pk: ':c2VjcmV0Cg==:' }]]],
  [
    '100;w=60, 1000;w=3600;comment="fixed"',
    [
      [100, { w: 60 }],
      [1000, { w: 3600, comment: 'fixed' }],
    ],
  ],
  [
    'limit=100, remaining=50, reset=5',
    [
      ['', { limit: 100 }],
      ['', { remaining: 50 }],
      ['', { reset: 5 }],
    ],
  ],
])('reads %s', (text, items) => {
  expect(parseStructuredList(text)?.map(({ value, parameters }) => [value, { ...parameters }])).toEqual(items)
})

test.each(['"unterminated', 'a,', ',a', 'a b', '"a";', '"a";=1', '"a";q=', '"a" "b"', '5;w=é', '"\u0007"'])(
  'refuses %j as a whole',
  (text) => {
    expect(parseStructuredList(text)).toBeUndefined()
  },
)

test('takes linear time on hostile input', () => {
  const started = performance.now()
  parseStructuredList(`"${'\\"'.repeat(50_000)}`)
  parseStructuredList('a;'.repeat(50_000))
  parseStructuredList(`${'a,'.repeat(20_000)}a`)
  expect(performance.now() - started).toBeLessThan(1000)
})
