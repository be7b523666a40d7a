import { expectTypeOf, test } from 'vitest'
import type { SessionResponse } from '../types.ts'
import { createClient, type RouteNames, type Sender } from './client.ts'
import { get, post, put } from './endpoint.ts'

interface Match {
  id: string
}
interface NewUser {
  name: string
}
declare const session: Sender

const table = {
  matchV5: {
    getMatch: get('regional', '/lol/match/v5/matches/{matchId}')<Match>,
    getByRiotId: get('regional', '/accounts/{gameName}/{tagLine}')<Match>,
    getMatchIds: get('regional', '/matches/by-puuid/{puuid}/ids')<string[], { start?: number; count?: number }>,
  },
  status: get('platform', '/status')<{ ok: boolean }>,
  untyped: get('platform', '/untyped/{id}'),
  find: get('platform', '/find/{id}', { none: [404] })<Match>,
  addUser: post('platform', '/users')<{ id: number }, NewUser>,
  touch: post('platform', '/users/{id}/touch')<void>,
  replace: put('platform', '/users/{id}', { none: [404, 410] })<Match, NewUser>,
}

const client = createClient(session, table, {
  routes: { regional: ({ region }: { region: 'europe' | 'asia' }) => region, platform: 'https://x.example' },
})

test('path values are positional, and results are what the line says', () => {
  expectTypeOf(client.status()).resolves.toEqualTypeOf<{ ok: boolean }>()
  expectTypeOf(client.matchV5.getMatch('EUW1_1', { region: 'europe' })).resolves.toEqualTypeOf<Match>()
  expectTypeOf(client.matchV5.getByRiotId('Faker', 'KR1', { region: 'asia' })).resolves.toEqualTypeOf<Match>()
  expectTypeOf(client.find(7)).resolves.toEqualTypeOf<Match | null>()
  expectTypeOf(client.find(7n, { signal: new AbortController().signal })).resolves.toEqualTypeOf<Match | null>()
  expectTypeOf(client.untyped(7)).resolves.toEqualTypeOf<unknown>()
  expectTypeOf(client.addUser({ json: { name: 'x' } })).resolves.toEqualTypeOf<{ id: number }>()
  expectTypeOf(client.touch(1)).resolves.toEqualTypeOf<void>()
  expectTypeOf(client.replace(1, { json: { name: 'x' }, priority: 2 })).resolves.toEqualTypeOf<Match | null>()
  expectTypeOf(client.find.response(7)).resolves.toEqualTypeOf<SessionResponse>()
  expectTypeOf(client.find.endpoint.path).toEqualTypeOf<'/find/{id}'>()
})

test('wrong or missing path values are errors', () => {
  expectTypeOf(client.find).toBeCallableWith(1)
  // @ts-expect-error missing value
  void client.find()
  // @ts-expect-error missing value, options in its place
  void client.find({ signal: new AbortController().signal })
  // @ts-expect-error one of two values
  void client.matchV5.getByRiotId('Faker', { region: 'asia' })
  // @ts-expect-error too many values
  void client.find(1, 2)
  // @ts-expect-error a path without names takes none
  void client.status('x')
  // @ts-expect-error not a value
  void client.find(undefined)
  // @ts-expect-error not a value
  void client.find({ id: 1 })
  // @ts-expect-error not a value
  void client.find.response(null)
})

test('so are wrong options', () => {
  expectTypeOf(client.status).toBeCallableWith({ timeout: 5 })
  // @ts-expect-error no such option
  void client.status({ sginal: undefined })
  // @ts-expect-error the route wants a region
  void client.matchV5.getMatch('EUW1_1')
  // @ts-expect-error of these two
  void client.matchV5.getMatch('EUW1_1', { region: 'euw1' })
  // @ts-expect-error a query of that shape
  void client.matchV5.getMatchIds('p', { region: 'asia', query: { start: 'x' } })
  void client.matchV5.getMatchIds('p', { region: 'asia', query: { start: 5 } })
  // @ts-expect-error the body must be given
  void client.addUser()
  // @ts-expect-error and be of that type
  void client.addUser({ json: { nme: 'x' } })
  // @ts-expect-error a reading call has no body
  void client.find(1, { json: {} })
})

test('every route of the table must be said', () => {
  expectTypeOf<RouteNames<typeof table>>().toEqualTypeOf<'regional' | 'platform'>()
  // @ts-expect-error platform is missing
  createClient(session, table, { routes: { regional: 'https://x.example' } })
  // @ts-expect-error no table
  createClient(session, { a: 5 }, { routes: {} })
  createClient(session, { a: { b: { c: get('r', '/x') } } }, { routes: { r: 'https://x.example' } }).a.b
    .c satisfies object
})

test('an optional option of a route stays optional', () => {
  const optional = createClient(
    session,
    { one: get('r', '/x/{id}')<Match> },
    {
      routes: { r: ({ region = 'eu' }: { region?: 'eu' | 'us' }) => region },
    },
  )
  expectTypeOf(optional.one(1)).resolves.toEqualTypeOf<Match>()
  void optional.one(1, { region: 'us' })
  // @ts-expect-error of these two
  void optional.one(1, { region: 'xx' })
})

test('names with a default are options', () => {
  const versioned = createClient(
    session,
    {
      one: get('r', '/{version}/{id}/{id}.json')<Match, { q?: number }>,
      all: get('r', '/{version}/{language}')<Match[]>,
    },
    { routes: { r: 'https://x.example' }, defaults: { version: 'latest', language: 'en' as 'en' | 'ko' } },
  )
  expectTypeOf(versioned.one(1)).resolves.toEqualTypeOf<Match>()
  expectTypeOf(versioned.one(1, { version: '1.2', query: { q: 1 } })).resolves.toEqualTypeOf<Match>()
  expectTypeOf(versioned.all()).resolves.toEqualTypeOf<Match[]>()
  void versioned.all({ language: 'ko' })
  // @ts-expect-error of these two
  void versioned.all({ language: 'xx' })
  // @ts-expect-error no name of this path
  void versioned.one(1, { language: 'ko' })
  // @ts-expect-error its name is given once
  void versioned.one(1, 2)
  // @ts-expect-error missing value
  void versioned.one()
})
