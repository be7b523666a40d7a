import { expect, test } from 'vitest'
import { Secrets, isSensitiveHeader } from './secrets.ts'

test('variables are expanded, and masked from then on, in every form', () => {
  const secrets = new Secrets({ KEY: 'p@ss "w/rd"', OTHER: 'another' })
  expect(secrets.mask('p@ss "w/rd"')).toBe('p@ss "w/rd"')
  expect(secrets.expand('Bearer ${env:KEY}!')).toBe('Bearer p@ss "w/rd"!')
  expect(secrets.expand('?k=${env:KEY}', encodeURIComponent)).toBe('?k=p%40ss%20%22w%2Frd%22')
  const told = `a p@ss "w/rd" b p%40ss%20%22w%2Frd%22 c ${JSON.stringify({ key: 'p@ss "w/rd"' })} another`
  expect(secrets.mask(told)).toBe('a REDACTED b REDACTED c {"key":"REDACTED"} another')
})

test('of two secrets, one inside the other, nothing is left over', () => {
  const secrets = new Secrets({})
  secrets.add('abcd')
  secrets.add('abcd-efgh')
  expect(secrets.mask('abcd-efgh abcd')).toBe('REDACTED REDACTED')
})

test('a variable that is not set, or empty, is refused by its name', () => {
  const secrets = new Secrets({ EMPTY: '' })
  expect(() => secrets.expand('${env:NONE}')).toThrow('${env:NONE} names an environment variable that is not set')
  expect(() => secrets.expand('${env:EMPTY}')).toThrow('${env:EMPTY} names an environment variable that is empty')
})

test('credentials are known by their names, in headers and in queries', () => {
  const names = ['Authorization', 'Cookie', 'X-Riot-Token', 'X-Api-Key', 'X-Secret', 'Accept', 'User-Agent']
  expect(names.filter(isSensitiveHeader)).toEqual(names.slice(0, 5))
  const secrets = new Secrets({})
  expect(secrets.maskHeader('X-Api-Key', 'abc')).toBe('REDACTED')
  expect(secrets.maskUrl('https://me:pw@h/?api_key=abc&page=2')).toBe('https://REDACTED@h/?api_key=REDACTED&page=2')
})
