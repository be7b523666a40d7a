import { Headers as FetchHeaders } from 'undici'
import { expect, test } from 'vitest'
import { limitText, rateFlag, toldLimits } from './told-limits.ts'

const tell = (headers: Record<string, string>, status = 200): ReturnType<typeof toldLimits> => {
  const seen = new FetchHeaders(headers)
  const like = {
    get: (name: string) => seen.get(name) ?? undefined,
    has: (name: string) => seen.has(name),
    getSetCookie: () => [],
    entries: () => seen.entries() as IterableIterator<[string, string]>,
    toRecord: () => headers,
    [Symbol.iterator]: () => seen.entries() as IterableIterator<[string, string]>,
  }
  return toldLimits(
    { status, headers: like },
    { method: 'GET', url: 'https://api.example.com/', route: undefined, headers: like },
  )
}

test('the limits of Riot, and what holds all of them', () => {
  const told = tell({
    'x-app-rate-limit': '20:1,100:120',
    'x-app-rate-limit-count': '3:1,4:120',
    'x-method-rate-limit': '10:10,20000:10',
    'x-method-rate-limit-count': '1:10,1:10',
  })
  expect(told.limits.map(limitText)).toEqual([
    'app     20/s, 3 used',
    'app     100/2m, 4 used',
    'method  10/10s, 1 used',
    'method  20000/10s, 1 used',
  ])
  // More than 10 in a second cannot be where 10 in ten seconds hold; 100 in two minutes is less than twelve times that.
  expect(rateFlag(told)).toBe('10/10s,100/2m')
})

test('the usual headers, as far as they tell', () => {
  const told = tell({ 'ratelimit-limit': '100', 'ratelimit-remaining': '97', 'ratelimit-reset': '30' })
  expect(told.limits).toMatchObject([{ scope: 'host', limit: 100, used: 3 }])
  expect(limitText(told.limits[0]!)).toContain('3 used')
  expect(rateFlag(told)).toBe(told.limits[0]!.ms === undefined ? undefined : '100/30s')
  expect(tell({ 'retry-after': '7' }, 429)).toMatchObject({ retryAfter: 7000 })
  expect(tell({})).toEqual({ limits: [], retryAfter: undefined })
  expect(tell({ 'x-app-rate-limit': 'none of these' }).limits).toEqual([])
})
