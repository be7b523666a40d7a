import { describe, expect, test } from 'vitest'
import { HeaderList, ResponseHeaders } from '../../headers.ts'
import { retryAfterMs } from '../retry-after.ts'
import type { HeaderDialect, LimitedRequest, LimitReport } from '../types.ts'
import { discord } from './discord.ts'
import { github } from './github.ts'
import { rateLimitDraft } from './rate-limit-draft.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'
import { reddit } from './reddit.ts'
import { retryAfterHeader } from './retry-after.ts'
import { standardDialect } from './standard.ts'
import { twitter } from './twitter.ts'

const DATE = 'Tue, 21 Nov 2023 10:00:00 GMT'
const NOW = Date.parse(DATE) / 1000

function request(url = 'https://api.example/x', route?: string): LimitedRequest {
  return { method: 'GET', url, route, headers: new HeaderList() }
}

function read(
  dialect: HeaderDialect,
  headers: Record<string, string>,
  status = 200,
  of = request(),
): readonly LimitReport[] | undefined {
  return dialect.read({ status, headers: new ResponseHeaders({ date: DATE, ...headers }) }, of)
}

/** Both the dialect itself and the standard one, which must find it out. */
const both = (dialect: HeaderDialect): HeaderDialect[] => [dialect, standardDialect]

describe('the drafts of RateLimit', () => {
  test.each(both(rateLimitDraft()))('named policies, $name', (dialect) => {
    const headers = {
      'ratelimit-policy': '"permin";q=50;w=60, "perhr";q=1000;w=3600, "bytes";q=9000;w=60;qu="content-bytes"',
      ratelimit: '"permin";r=20;t=23, "bytes";r=8000;t=23',
    }
    expect(read(dialect, headers)).toEqual([
      {
        scope: 'host',
        bucket: undefined,
        refused: false,
        retryAfter: undefined,
        windows: [
          { id: 'permin', limit: 50, ms: 60_000, remaining: 20, resetIn: 24_000, slack: 2000 },
          { id: 'perhr', limit: 1000, ms: 3_600_000, remaining: undefined },
        ],
      },
    ])
  })

  test('revision 7', () => {
    const headers = {
      'ratelimit-policy': '100;w=60;comment="x", 5000;w=86400',
      ratelimit: 'limit=100, remaining=50, reset=5',
    }
    expect(read(standardDialect, headers)?.[0]?.windows).toEqual([
      { id: undefined, limit: 100, ms: 60_000, remaining: 50, resetIn: 6000, slack: 2000 },
      { id: undefined, limit: 5000, ms: 86_400_000, remaining: undefined },
    ])
  })

  test('a partition key is a bucket, whose name is not shown', () => {
    const headers = { 'ratelimit-policy': '"a";q=1;w=1;pk=:c2VjcmV0:', ratelimit: '"a";r=0;t=1' }
    const [report] = read(rateLimitDraft({ scope: 'route' }), headers)!
    expect(report).toMatchObject({ scope: 'route', bucket: expect.stringMatching(/^[\w-]{12}$/) as string })
    expect(JSON.stringify(report!.bucket)).not.toContain('c2VjcmV0')
  })

  test('malformed fields are ignored', () => {
    expect(read(standardDialect, { ratelimit: '"a;r=1', 'ratelimit-policy': ';;' })).toBeUndefined()
    expect(read(standardDialect, { ratelimit: '"a";r=-5' })?.[0]?.windows?.[0]?.remaining).toBeUndefined()
  })

  test.each(both(rateLimitHeaders()))('before revision 7, $name', (dialect) => {
    const headers = { 'ratelimit-limit': '10, 10;w=1, 50;w=60', 'ratelimit-remaining': '3', 'ratelimit-reset': '1' }
    expect(read(dialect, headers)?.[0]?.windows).toEqual([
      { limit: 10, ms: 1000, remaining: 3, used: undefined, resetIn: 2000, slack: 2000 },
      { limit: 50, ms: 60_000 },
    ])
    expect(
      read(
        dialect,
        { 'ratelimit-limit': '10', 'ratelimit-policy': '10;w=5', 'ratelimit-remaining': '0', 'ratelimit-reset': '5' },
        429,
      ),
    ).toEqual([
      {
        scope: 'host',
        bucket: undefined,
        refused: true,
        retryAfter: undefined,
        windows: [{ limit: 10, ms: 5000, remaining: 0, used: undefined, resetIn: 6000, slack: 2000 }],
      },
    ])
  })

  test.each([
    ['30', 31_000],
    ['30.5', 30_500],
    [String(NOW + 30), 30_000],
    [`${NOW + 30}250`, 30_250],
    ['Tue, 21 Nov 2023 10:00:30 GMT', 30_000],
    ['2023-11-21T10:00:30Z', 30_000],
    [String(NOW - 30), 0],
    ['soon', undefined],
    ['', undefined],
  ])('X-RateLimit-Reset: %s', (reset, resetIn) => {
    const windows = read(standardDialect, {
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '59',
      'x-ratelimit-reset': reset,
    })?.[0]?.windows
    expect(windows?.[0]?.resetIn).toBe(resetIn)
  })
})

describe('GitHub', () => {
  const headers = {
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '4999',
    'x-ratelimit-used': '1',
    'x-ratelimit-reset': String(NOW + 3600),
    'x-ratelimit-resource': 'core',
  }
  test.each(both(github()))('the resource is the bucket, $name', (dialect) => {
    expect(read(dialect, headers)).toEqual([
      {
        scope: 'route',
        bucket: 'core',
        refused: false,
        windows: [{ limit: 5000, ms: undefined, remaining: 4999, used: 1, resetIn: 3_600_000, slack: 1000 }],
      },
    ])
  })

  test('an exhausted budget is refused with 403', () => {
    expect(read(github(), { ...headers, 'x-ratelimit-remaining': '0' }, 403)).toMatchObject([
      { scope: 'route', refused: true },
    ])
  })

  test('a secondary limit pauses the host; a 403 for want of rights does not', () => {
    expect(read(github(), { ...headers, 'retry-after': '60' }, 403)).toMatchObject([
      { scope: 'route', refused: false },
      { scope: 'host', refused: true, retryAfter: 60_000 },
    ])
    expect(read(github(), headers, 429)?.[1]).toMatchObject({ scope: 'host', refused: true, retryAfter: 60_000 })
    expect(read(github(), headers, 403)).toMatchObject([{ scope: 'route', refused: false }])
  })
})

test.each(both(twitter()))('X counts each endpoint by itself, $name', (dialect) => {
  const headers = {
    'x-rate-limit-limit': '900',
    'x-rate-limit-remaining': '847',
    'x-rate-limit-reset': String(NOW + 900),
    'x-user-limit-24hour-limit': '100',
    'x-user-limit-24hour-remaining': '99',
    'x-user-limit-24hour-reset': String(NOW + 86_400),
  }
  expect(read(dialect, headers)).toEqual([
    {
      scope: 'route',
      refused: false,
      retryAfter: undefined,
      windows: [
        { limit: 900, ms: undefined, remaining: 847, used: undefined, resetIn: 900_000, slack: 1000 },
        {
          id: 'user-24hour',
          limit: 100,
          ms: 86_400_000,
          remaining: 99,
          used: undefined,
          resetIn: 86_400_000,
          slack: 1000,
        },
      ],
    },
  ])
})

describe('Discord', () => {
  const channel = request('https://discord.com/api/v10/channels/123456789012345678/messages/223456789012345678?x=1')
  const headers = {
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': '1470173023.123',
    'x-ratelimit-reset-after': '64.57',
    'x-ratelimit-bucket': 'abcd1234',
  }

  test.each(both(discord()))('the bucket goes with the major resource, $name', (dialect) => {
    expect(read(dialect, headers, 200, channel)).toEqual([
      {
        scope: 'route',
        bucket: 'abcd1234/channels/123456789012345678',
        refused: false,
        retryAfter: undefined,
        windows: [{ limit: 5, remaining: 0, resetIn: 64_570, slack: 10 }],
      },
    ])
  })

  test('a global refusal pauses everything', () => {
    const global = { 'x-ratelimit-global': 'true', 'retry-after': '1.5' }
    expect(read(standardDialect, global, 429, channel)).toEqual([{ scope: 'host', refused: true, retryAfter: 1500 }])
    const shared = { ...headers, 'x-ratelimit-scope': 'shared', 'retry-after': '2' }
    expect(read(discord(), shared, 429, channel)).toMatchObject([{ scope: 'route', refused: true, retryAfter: 2000 }])
  })

  test('routes without a template are told apart without their ids', () => {
    const scope = discord().scopes![1]!
    const at = (path: string) => scope.key(request(`https://discord.com/api${path}`), 'b')
    expect(at('/channels/123456789012345678/messages/223456789012345678')).toBe(
      at('/channels/123456789012345678/messages/999956789012345678'),
    )
    expect(at('/channels/123456789012345678/messages')).not.toBe(at('/channels/999956789012345678/messages'))
    expect(at('/webhooks/123456789012345678/tok-en_1/x')).toContain('/webhooks/123456789012345678/tok-en_1')
  })
})

test.each(both(reddit()))('Reddit tells what is used and what remains, $name', (dialect) => {
  const headers = { 'x-ratelimit-used': '2', 'x-ratelimit-remaining': '598.0', 'x-ratelimit-reset': '480' }
  expect(read(dialect, headers)?.[0]?.windows).toEqual([
    { limit: 600, ms: undefined, remaining: 598, used: 2, resetIn: 481_000, slack: 2000 },
  ])
})

test.each(both(retryAfterHeader()))('Retry-After alone, $name', (dialect) => {
  expect(read(dialect, { 'retry-after': '3' }, 429)).toEqual([{ scope: 'host', refused: true, retryAfter: 3000 }])
  expect(read(dialect, { 'retry-after': 'Tue, 21 Nov 2023 10:01:00 GMT' }, 503)).toEqual([
    { scope: 'host', refused: false, retryAfter: 60_000 },
  ])
  expect(read(dialect, {}, 429)).toEqual([{ scope: 'host', refused: true, retryAfter: undefined }])
  expect(read(dialect, {}, 503)).toBeUndefined()
  expect(read(dialect, { 'retry-after': '3' }, 200)).toBeUndefined()
})

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['1.25', 1250],
  ['Tue, 21 Nov 2023 10:00:05 GMT', 5000],
  ['Tue, 21 Nov 2023 09:00:00 GMT', 0],
  ['-5', undefined],
  ['soon', undefined],
  ['12 parsecs', undefined],
  ['', undefined],
])('Retry-After: %j', (text, ms) => {
  expect(retryAfterMs(new ResponseHeaders({ date: DATE, 'retry-after': text }))).toBe(ms)
})
