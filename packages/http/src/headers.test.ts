import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { HeaderList, ResponseHeaders } from './headers.ts'

describe('HeaderList', () => {
  test('shares the defaults until it is written to', () => {
    const defaults = HeaderList.from({ Accept: '*/*', 'X-A': '1' }).raw
    const one = HeaderList.from(undefined, defaults)
    const two = HeaderList.from({ 'x-a': '2', 'X-N': 7 }, defaults)
    expect(one.raw).toBe(defaults)
    one.set('x-b', '3')
    expect(defaults).toEqual(['accept', '*/*', 'x-a', '1'])
    expect([...one]).toEqual([
      ['accept', '*/*'],
      ['x-a', '1'],
      ['x-b', '3'],
    ])
    expect(two.toRecord()).toEqual({ accept: '*/*', 'x-a': '2', 'x-n': '7' })
  })

  test('shows no credential to JSON and to console.log', () => {
    const headers = HeaderList.from({ 'X-Riot-Token': 'RGAPI-1', cookie: 'sid=secret', accept: '*/*' })
    const request = { url: '/x', headers }
    expect(JSON.parse(JSON.stringify(request))).toEqual({
      url: '/x',
      headers: { 'x-riot-token': 'REDACTED', cookie: 'REDACTED', accept: '*/*' },
    })
    for (const options of [{}, { depth: 20, showHidden: true }])
      expect(inspect(request, options)).not.toMatch(/RGAPI|secret/)
    expect(headers.get('x-riot-token')).toBe('RGAPI-1')
  })

  test('finds names in any case', () => {
    const list = HeaderList.from([
      ['X-A', '1'],
      ['x-a', '2'],
      ['Set-Cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ])
    expect(list.get('X-a')).toBe('1, 2')
    expect(list.has('X-A')).toBe(true)
    expect(list.get('x-b')).toBeUndefined()
    expect(list.getSetCookie()).toEqual(['a=1', 'b=2'])
    list.delete('X-A')
    list.append('x-c', ' 3 ')
    expect(list.toRecord()).toEqual({ 'set-cookie': ['a=1', 'b=2'], 'x-c': '3' })
  })

  test('an iterable replaces a default once and then appends; a Map and Headers will do', () => {
    const defaults = ['x-a', '0']
    expect(
      HeaderList.from(
        [
          ['x-a', '1'],
          ['x-a', '2'],
        ],
        defaults,
      ).get('x-a'),
    ).toBe('1, 2')
    expect(HeaderList.from(new Map([['x-a', '1']]), defaults).get('x-a')).toBe('1')
    expect(HeaderList.from(new Headers({ 'X-A': '1' }), defaults).get('x-a')).toBe('1')
    expect(HeaderList.from({ 'x-a': undefined, 'x-b': ['1', '2'] }, defaults).toRecord()).toEqual({ 'x-b': ['1', '2'] })
  })

  test('refuses what HTTP does not allow, without showing a value', () => {
    expect(() => HeaderList.from({ 'a b': '1' })).toThrow(/must consist of .*, not "a b"/)
    for (const bad of ['s3cret\r\nx: y', 's3cret\0', 's3cret\u20ac']) {
      expect(() => HeaderList.from({ authorization: bad })).toThrow(
        /^the header authorization holds the character U\+\w{4} at position 6, which HTTP does not allow; encode it$/,
      )
    }
    expect(() => HeaderList.from({ a: {} as never })).toThrow('the header a must be a string or a number, not object')
    expect(() => HeaderList.from('x' as never)).toThrow(
      'headers must be an object or an iterable of [name, value], not string',
    )
    expect(() => HeaderList.from([['a']] as never)).toThrow('must yield [name, value] pairs')
  })
})

describe('ResponseHeaders', () => {
  test('reads a record, and nothing that it inherits', () => {
    const headers = new ResponseHeaders({ 'content-type': 'text/plain', vary: ['a', 'b'], 'set-cookie': 'x=1' })
    expect(headers.get('Content-Type')).toBe('text/plain')
    expect(headers.get('vary')).toBe('a, b')
    expect(headers.getSetCookie()).toEqual(['x=1'])
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'etag']) {
      expect(headers.get(name), name).toBeUndefined()
      expect(headers.has(name), name).toBe(false)
    }
    expect([...headers]).toEqual([
      ['content-type', 'text/plain'],
      ['vary', 'a'],
      ['vary', 'b'],
      ['set-cookie', 'x=1'],
    ])
    expect(headers.toRecord()).toEqual({ 'content-type': 'text/plain', vary: ['a', 'b'], 'set-cookie': 'x=1' })
  })

  test('a header named __proto__ is a header', () => {
    const record = JSON.parse('{"__proto__":"1"}') as Record<string, string>
    expect(Object.keys(new ResponseHeaders(record).toRecord())).toEqual(['__proto__'])
  })
})
