import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeQuery, UrlResolver } from './url.ts'

const resolve = (
  input: string | URL,
  base?: string,
  query?: Record<string, string>,
  params?: Parameters<typeof encodeQuery>[0],
): string => new UrlResolver(base, query).resolve(input, params)

describe('a URL', () => {
  test.each([
    ['users', 'http://a.com/users'],
    ['/users', 'http://a.com/users'],
    ['', 'http://a.com/'],
    ['?x=1', 'http://a.com/?x=1'],
    ['a:b', 'http://a.com/a:b'],
    ['/a b/ü', 'http://a.com/a%20b/%C3%BC'],
    ['/a/../b/./c', 'http://a.com/b/c'],
    ['/a/%2E%2e/b', 'http://a.com/b'],
    ['/a#part', 'http://a.com/a'],
    ['http://b.com', 'http://b.com/'],
    ['HTTP://B.com:80/x', 'http://b.com/x'],
    ['https://b.com/x?y#z', 'https://b.com/x?y'],
    ['//evil.com/x', 'http://a.com//evil.com/x'],
  ])('%s with a base is %s', (input, url) => {
    expect(resolve(input, 'http://a.com')).toBe(url)
  })

  test('keeps the path of its base', () => {
    for (const base of ['https://a.com/v1', 'https://a.com/v1/'])
      for (const path of ['users', '/users']) expect(resolve(path, base)).toBe('https://a.com/v1/users')
    expect(resolve('../x', 'https://a.com/v1/y')).toBe('https://a.com/v1/x')
  })

  test('has the session’s query, its own and that of the request', () => {
    expect(resolve('/x?b=2#z', 'http://a.com', { a: '1' }, { c: 3 })).toBe('http://a.com/x?a=1&b=2&c=3')
    expect(resolve('/x', 'http://a.com', {}, {})).toBe('http://a.com/x')
    expect(resolve(new URL('http://b.com/x?y=1'), undefined, {}, new URLSearchParams('z=a+b'))).toBe(
      'http://b.com/x?y=1&z=a+b',
    )
  })

  test('of another origin than the base is foreign, and gets no secret of the query', () => {
    const urls = new UrlResolver('https://a.com/v1', { key: 's', lang: 'en' }, (name) => name === 'key')
    for (const own of ['/x', 'x?y', '', '?q', 'https://a.com/other', 'HTTPS://A.com:443/v1/x', '//b.com'])
      expect(urls.isForeign(urls.resolve(own, undefined)), own).toBe(false)
    for (const foreign of ['https://b.com/v1/x', 'http://a.com/v1/x', 'https://a.com.b.com/v1/'])
      expect(urls.isForeign(urls.resolve(foreign, undefined)), foreign).toBe(true)
    expect(urls.resolve('/x', { z: 1 })).toBe('https://a.com/v1/x?key=s&lang=en&z=1')
    expect(urls.resolve('https://b.com/x', { key: 'mine' })).toBe('https://b.com/x?lang=en&key=mine')
    expect(() => urls.resolve('http://[', undefined)).toThrow('url is not a valid URL')
    const bare = new UrlResolver('https://a.com', undefined)
    for (const foreign of ['https://a.com@b.com/', 'https://a.com:8443/', 'https://a.community/'])
      expect(bare.isForeign(bare.resolve(foreign, undefined)), foreign).toBe(true)
  })

  test('that is none is refused', () => {
    expect(() => resolve('/x')).toThrow(
      'url must be absolute (http: or https:) since the session has no baseUrl, not "/x"',
    )
    expect(() => resolve('ftp://x/y', 'http://a.com')).toThrow('url must be http: or https:, not "ftp://x/y"')
    expect(() => resolve('http://[')).toThrow('url is not a valid URL')
    expect(() => resolve(7 as never)).toThrow('url must be a string or a URL, not 7')
  })

  test('is what new URL makes of it, whatever it holds', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~ü]{0,30}$/), (path) => {
        const url = `http://a.com/${path}`
        const expected = new URL(url)
        expected.hash = ''
        expect(resolve(url)).toBe(expected.href)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a query', () => {
  test('takes text, numbers, booleans and lists, and leaves out what is not there', () => {
    expect(encodeQuery({ a: 'x&y=ü', b: 1.5, c: true, d: 7n, e: [1, null, 'z'], f: undefined, g: null })).toBe(
      'a=x%26y%3D%C3%BC&b=1.5&c=true&d=7&e=1&e=z',
    )
    expect(encodeQuery({ lone: '\ud800' })).toBe('lone=%EF%BF%BD')
    expect(encodeQuery(undefined)).toBe('')
    expect(() => encodeQuery([1] as never)).toThrow('params must be an object or URLSearchParams, not an array of 1')
  })

  test('comes back as it went', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), (record) => {
        expect(Object.fromEntries(new URLSearchParams(encodeQuery(record)))).toEqual({ ...record })
      }),
    )
  })
})
