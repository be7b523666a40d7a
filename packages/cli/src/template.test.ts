import { expect, test } from 'vitest'
import type { Item } from './input/entry.ts'
import { isTemplate, parseTemplate } from './template.ts'

const item = (value: string | Record<string, unknown>): Item => ({
  index: 0,
  place: 'in:1',
  source: value,
  text: typeof value === 'string' ? value : undefined,
  fields: typeof value === 'string' ? undefined : value,
  overrides: typeof value !== 'string',
  trusted: false,
})
const fill = (template: string, value: string | Record<string, unknown>): string =>
  parseTemplate(template, (text) => text).fill(item(value))

test('a template is filled with a value, or with fields', () => {
  expect(fill('https://h/{}', 'EUW1_7')).toBe('https://h/EUW1_7')
  expect(fill('https://{region}.h/{id}?q={id}', { region: 'euw1', id: 7 })).toBe('https://euw1.h/7?q=7')
  expect(fill('https://h/{data.id}', { data: { id: 7 } })).toBe('https://h/7')
  expect(fill('https://h/{data.id}', { 'data.id': 8, data: { id: 7 } })).toBe('https://h/8')
})

test('a single value fills a single field, and a single field fills {}', () => {
  expect(fill('https://h/{id}/{id}', 'a')).toBe('https://h/a/a')
  expect(fill('https://h/{}', { id: 'a' })).toBe('https://h/a')
})

test('values stay one part of a path, unless a plus says otherwise', () => {
  expect(fill('https://h/{}', 'a/b?c#d é')).toBe('https://h/a%2Fb%3Fc%23d%20%C3%A9')
  expect(fill('https://h/{+}', 'a/b?c=d é')).toBe('https://h/a/b?c=d%20%C3%A9')
  expect(fill('https://h/{+path}', { path: 'a/b' })).toBe('https://h/a/b')
})

test('what is no place is left alone', () => {
  expect(isTemplate('https://h/${env:KEY}?{"a":1}&{ x }')).toBe(false)
  expect(['{}', '{id}', '{+id}', '{größe}'].every(isTemplate)).toBe(true)
})

test('what is missing, empty or cannot stand in a URL is named', () => {
  expect(() => fill('https://h/{id}', { name: 'x' })).toThrow('has no field "id"')
  expect(() => fill('https://h/{a.b}', { a: null })).toThrow('has no field "a.b"')
  expect(() => fill('https://h/{toString}', {})).toThrow('has no field "toString"')
  expect(() => fill('https://h/{id}', { id: '' })).toThrow('the field "id" is empty')
  expect(() => fill('https://h/{id}', { id: null })).toThrow('must be a text or a number to stand in a URL, not null')
  expect(() => fill('https://h/{id}', { id: {} })).toThrow('not object')
  expect(() => fill('https://h/{}', { a: 1, b: 2 })).toThrow(
    'has 2 fields, and {} does not say which: write for example {a}',
  )
  expect(() => fill('https://h/{a}/{b}', 'x')).toThrow('is a single value, and the template has more than one field')
  expect(() => fill('https://h/{}/{b}', 'x')).toThrow('a template has either {} or named fields')
})
