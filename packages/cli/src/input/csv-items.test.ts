import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CsvItems } from './csv-items.ts'
import { csvFields } from './csv-record.ts'
import { isBad, type RawEntry } from './entry.ts'

function read(text: string, separator = ','): RawEntry[] {
  const csv = new CsvItems('in.csv', separator)
  const lines = text.split('\n').map((line, i) => ({ number: i + 1, text: line, problem: undefined }))
  return [...csv.items(lines), ...csv.end()]
}

const brief = (entries: readonly RawEntry[]): unknown[] =>
  entries.map((entry) => (isBad(entry) ? `${entry.place} ${entry.problem}` : entry.fields))

test('the first record names the fields; quotes, separators and line ends stand in quotes', () => {
  expect(brief(read('id,name\n1,Ada\n2,"Lovelace, ""A"""\n3,"two\nlines"'))).toEqual([
    { id: '1', name: 'Ada' },
    { id: '2', name: 'Lovelace, "A"' },
    { id: '3', name: 'two\nlines' },
  ])
})

test('a record stands in the line in which it begins; comments and blank lines are skipped', () => {
  const entries = read('# ids\nid,name\n\n1,"a\n\nb"\n# more\n2,c')
  expect(entries.map(({ place }) => place)).toEqual(['in.csv:4', 'in.csv:8'])
  expect(brief(entries)[0]).toEqual({ id: '1', name: 'a\n\nb' })
})

test('a single column is the item itself', () => {
  expect(read('id\n7').map((entry) => 'text' in entry && entry.text)).toEqual(['7'])
  expect(read('id,x\n7,8').map((entry) => 'text' in entry && entry.text)).toEqual([undefined])
})

test('a bad record is named by its line, and the others go on', () => {
  expect(brief(read('id,name\n1\n2,b,c\n3,"x"y\n4,a"b\n5,ok'))).toEqual([
    'in.csv:2 has 1 fields, and the first line names 2',
    'in.csv:3 has 3 fields, and the first line names 2',
    'in.csv:4 has text after the closing quote of field 2',
    'in.csv:5 has a quote inside field 2: put the whole field in quotes, and write " twice',
    { id: '5', name: 'ok' },
  ])
})

test('a quote that is never closed costs its own line and no other', () => {
  const rest = Array.from({ length: 3000 }, (_, i) => `${i},n${i}`)
  const entries = brief(read(['id,name', '0,"open', ...rest].join('\n')))
  expect(entries[0]).toBe('in.csv:2 has a quote that is never closed')
  expect(entries.slice(1)).toEqual(rest.map((_, i) => ({ id: String(i), name: `n${i}` })))
})

test('records whose quotes are wrong lose no good line between them', () => {
  expect(brief(read('id,name\n1,a"b\n2,ok\n3,"open\n4,"fine"\n5,"x" y\n6,"two\nlines"'))).toEqual([
    'in.csv:2 has a quote inside field 2: put the whole field in quotes, and write " twice',
    { id: '2', name: 'ok' },
    'in.csv:4 has a quote that is never closed',
    { id: '4', name: 'fine' },
    'in.csv:6 has text after the closing quote of field 2',
    { id: '6', name: 'two\nlines' },
  ])
})

test('names that cannot be are refused', () => {
  expect(() => read('id,id\n1,2')).toThrow('in.csv:1 names the field "id" twice')
  expect(() => read('id,\n1,2')).toThrow('in.csv:1: field 2 has no name')
  expect(() => read('"id\n1')).toThrow('in.csv:1 has a quote that is never closed')
})

test('a tab separates in TSV', () => {
  expect(brief(read('id\tname\n1\ta,b', '\t'))).toEqual([{ id: '1', name: 'a,b' }])
})

test('what is written by the rules is read back', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é') })
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 5 }), (fields) => {
      expect(csvFields(fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(','), ',')).toEqual(fields)
    }),
  )
})
