import { expect, test } from 'vitest'
import { Credentials, redactUrl } from './redact.ts'

test.each([
  ['http://a.com/x?api_key=1&page=2', 'http://a.com/x?api_key=REDACTED&page=2'],
  [
    'http://a.com/x?apiKey=1&accessToken=2&access_token=3',
    'http://a.com/x?apiKey=REDACTED&accessToken=REDACTED&access_token=REDACTED',
  ],
  [
    'http://a.com/x?X-Amz-Signature=1&key=2&sig=3&code=4',
    'http://a.com/x?X-Amz-Signature=REDACTED&key=REDACTED&sig=REDACTED&code=REDACTED',
  ],
  ['http://a.com/x?monkey=1&keyboard=2&tokens=3', 'http://a.com/x?monkey=1&keyboard=2&tokens=3'],
  ['http://a.com/x?%74oken=1#token=2', 'http://a.com/x?%74oken=REDACTED#token=2'],
  ['http://user:pass@a.com/x', 'http://REDACTED@a.com/x'],
  ['http://user@a.com/x?y@z', 'http://REDACTED@a.com/x?y@z'],
  ['/x?token', '/x?token'],
  ['/x?bad=%zz&token=%zz', '/x?bad=%zz&token=REDACTED'],
  ['http://a.com/', 'http://a.com/'],
])('%s is shown as %s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown)
})

test('headers of credentials are shown without their value', () => {
  const credentials = new Credentials(['X-Team'])
  expect(
    credentials.redactHeaders([
      ['Authorization', 'Bearer x'],
      ['x-team', 'x'],
      ['accept', '*/*'],
      ['X-Riot-Token', 'x'],
      ['accept', 'b'],
    ]),
  ).toEqual({ Authorization: 'REDACTED', 'x-team': 'REDACTED', accept: '*/*, b', 'X-Riot-Token': 'REDACTED' })
  expect(credentials.redactUrl('/?X-TEAM=1')).toBe('/?X-TEAM=REDACTED')
})
