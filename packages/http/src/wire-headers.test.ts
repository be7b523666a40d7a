import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HeaderList } from './headers.ts'
import { WireHeaders } from './wire-headers.ts'

const wire = (pairs: readonly (readonly [string, string])[]): WireHeaders =>
  new WireHeaders(pairs.flat().map((text) => Buffer.from(text, 'latin1')))

test('names in any case, repeated headers joined, cookies apart', () => {
  const headers = wire([
    ['Content-Type', 'text/plain'],
    ['VARY', 'a'],
    ['vary', 'b'],
    ['Set-Cookie', 'x=1, 2'],
    ['set-cookie', 'y=2'],
    ['x-empty', ''],
    ['server', 'caf\u00e9'],
  ])
  expect(headers.get('content-type')).toBe('text/plain')
  expect(headers.get('CONTENT-type')).toBe('text/plain')
  expect(headers.get('vary')).toBe('a, b')
  expect(headers.get('x-empty')).toBe('')
  expect(headers.get('server')).toBe('caf\u00e9')
  expect([headers.has('x-empty'), headers.has('Vary'), headers.has('content-typ_'), headers.has('')]).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(headers.get('etag')).toBeUndefined()
  // `[` and `{` differ by the bit that tells the case of a letter.
  expect(wire([['a{b', '1']]).has('a[b')).toBe(false)
  expect(headers.getSetCookie()).toEqual(['x=1, 2', 'y=2'])
  expect([...headers][0]).toEqual(['content-type', 'text/plain'])
  expect(headers.toRecord()).toMatchObject({ vary: ['a', 'b'], 'set-cookie': ['x=1, 2', 'y=2'] })
})

test('reads whatever the list of a request holds in the same way', () => {
  const name = fc.oneof(
    fc.constantFrom('vary', 'Vary', 'set-cookie', 'Set-Cookie', '__proto__', 'constructor', 'etag'),
    fc.stringMatching(/^[A-Za-z0-9-]{1,12}$/),
  )
  const value = fc.stringMatching(/^[!-~]{0,8}$/)
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 12 }), name, (pairs, asked) => {
      const headers = wire(pairs)
      const list = new HeaderList()
      for (const [key, text] of pairs) list.append(key, text)
      expect([...headers]).toEqual([...list])
      expect(headers.get(asked)).toBe(list.get(asked))
      expect(headers.has(asked)).toBe(list.has(asked))
      expect(headers.getSetCookie()).toEqual(list.getSetCookie())
      expect(headers.toRecord()).toEqual(list.toRecord())
    }),
  )
})
