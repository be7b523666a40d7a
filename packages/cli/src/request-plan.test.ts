import { expect, test } from 'vitest'
import type { Item } from './input/entry.ts'
import { planRequest, type PlannedRequest, type RequestDefaults } from './request-plan.ts'
import { Secrets } from './secrets.ts'
import { parseTemplate } from './template.ts'

const item = (value: unknown, kind: 'ndjson' | 'csv' | 'argument' = 'ndjson'): Item => {
  const isText = typeof value === 'string'
  return {
    index: 0,
    place: 'in:1',
    source: value,
    text: isText ? value : undefined,
    fields: isText ? undefined : (value as Record<string, unknown>),
    overrides: !isText && kind === 'ndjson',
    trusted: kind === 'argument',
  }
}
const plan = (value: Item, template?: string, more: Partial<RequestDefaults> = {}): PlannedRequest =>
  planRequest(value, {
    template: template === undefined ? undefined : parseTemplate(template, (text) => text),
    method: 'GET',
    body: undefined,
    secrets: new Secrets({ KEY: 's3cret' }),
    ...more,
  })

test('an item is a URL, or fills a template; its key tells it apart', () => {
  expect(plan(item('https://h/1'))).toMatchObject({ key: 'https://h/1', url: 'https://h/1', method: 'GET' })
  expect(plan(item('7'), 'https://h/{}')).toMatchObject({ key: '7', url: 'https://h/7' })
  expect(plan(item({ id: 7 }), 'https://h/{id}').key).toBe('7')
  expect(plan(item({ a: 1, b: 2 }), 'https://h/{a}/{b}').key).toBe('https://h/1/2')
  expect(plan(item({ a: 1, b: 2, key: 'k' }), 'https://h/{a}/{b}').key).toBe('k')
  expect(plan(item({ url: 'https://h/x' }, 'csv')).url).toBe('https://h/x')
})

test('an item may say everything about its request', () => {
  expect(plan(item({ url: 'https://h/1', method: 'put', headers: { 'X-A': '1' }, body: { a: 1 }, key: 5 }))).toEqual({
    key: '5',
    url: 'https://h/1',
    method: 'PUT',
    headers: { 'X-A': '1', 'content-type': 'application/json' },
    body: '{"a":1}',
  })
  expect(plan(item({ url: 'https://h/1', body: 'text' }))).toMatchObject({
    method: 'POST',
    body: 'text',
    headers: undefined,
  })
  expect(plan(item({ id: 3, url: 'https://h/own' }), 'https://h/{id}').url).toBe('https://h/own')
  expect(plan(item({ url: 'a b' }), 'https://h/?u={url}').url).toBe('https://h/?u=a%20b')
})

test('CSV fills the template and says nothing else', () => {
  const fields = { id: '3', url: 'https://elsewhere', method: 'DELETE', body: 'x' }
  expect(plan(item(fields, 'csv'), 'https://h/{id}')).toMatchObject({
    url: 'https://h/3',
    method: 'GET',
    body: undefined,
  })
})

test('the environment is open to the command line, and to nothing that is read', () => {
  expect(plan(item('https://h/?k=${env:KEY}', 'argument'))).toMatchObject({
    url: 'https://h/?k=s3cret',
    key: 'https://h/?k=REDACTED',
  })
  expect(plan(item({ url: 'https://h/?q=${env:KEY}' })).url).toBe('https://h/?q=${env:KEY}')
  expect(plan(item({ url: 'https://h/', headers: { a: '${env:KEY}' } })).headers).toEqual({ a: '${env:KEY}' })
})

test('what cannot be is named', () => {
  expect(() => plan(item('seven'))).toThrow('is no URL: "seven" (write https://…, or give a template')
  expect(() => plan(item('ftp://h/1'))).toThrow('must be an http: or https: URL, not ftp:')
  expect(() => plan(item({ id: 1 }))).toThrow('has no field "url", and there is no template to fill')
  expect(() => plan(item({ url: 7 }))).toThrow('the field "url" must be a string')
  expect(() => plan(item({ url: 'https://h', method: 'GE T' }))).toThrow('the field "method" must be a name')
  expect(() => plan(item({ url: 'https://h', headers: [] }))).toThrow('the field "headers" must be an object')
  expect(() => plan(item({ url: 'https://h', headers: { 'a b': '1' } }))).toThrow('"a b" is no name of a header')
  expect(() => plan(item({ url: 'https://h', headers: { a: '1\r\nb: 2' } }))).toThrow('must have a value in one line')
  expect(() => plan(item({ url: 'https://h', key: {} }))).toThrow('the field "key" must be a string or a number')
  expect(() => plan(item('7'), 'https://h/')).toThrow('cannot be filled into the URL, which has no {}')
})
