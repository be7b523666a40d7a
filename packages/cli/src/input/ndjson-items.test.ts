import { expect, test } from 'vitest'
import { ndjsonItems } from './ndjson-items.ts'

const read = (...texts: string[]): unknown[] =>
  [
    ...ndjsonItems(
      texts.map((text, i) => ({ number: i + 1, text, problem: undefined })),
      'in',
    ),
  ].map((entry) => ('problem' in entry ? `${entry.place} ${entry.problem}` : (entry.text ?? entry.fields)))

test('a line is an object, a string or a number; comments and blank lines are skipped', () => {
  expect(read('{"id":1}', '', '# no', '"a/b"', '17')).toEqual([{ id: 1 }, 'a/b', '17'])
})

test('a number keeps all of its digits', () => {
  expect(read('12345678901234567890')).toEqual(['12345678901234567890'])
  expect(read('{"id":12345678901234567890}')).toEqual([
    'in:1 has a number in "id" with more digits than a number can hold: write it as a string',
  ])
})

test('what is no item is named by its line, and the others go on', () => {
  expect(read('{"id":', '[1]', 'null', 'true', '[', '{"id":2}')).toEqual([
    'in:1 is not JSON',
    'in:2 must be an object, a string or a number, not an array',
    'in:3 must be an object, a string or a number, not null',
    'in:4 must be an object, a string or a number, not true',
    'in:5 is not JSON: NDJSON has one value on each line (jq -c makes it)',
    { id: 2 },
  ])
})
