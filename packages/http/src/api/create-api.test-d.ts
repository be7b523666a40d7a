import { expectTypeOf, test } from 'vitest'
import type { Sender } from './client.ts'
import { createApi } from './create-api.ts'
import type { PathsWith } from './openapi-types.ts'

interface User {
  id: number
  name: string
}

/** In the form in which openapi-typescript 7 writes it. */
interface paths {
  '/users/{userId}': {
    parameters: { query?: never; header?: never; path: { userId: number }; cookie?: never }
    get: {
      parameters: { query?: { verbose?: boolean }; header?: never; path: { userId: number }; cookie?: never }
      requestBody?: never
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': User } }
        404: { headers: { [name: string]: unknown }; content: { 'application/json': { message: string } } }
      }
    }
    put: {
      parameters: { query?: never; header: { 'x-reason': string }; path: { userId: number }; cookie?: never }
      requestBody: { content: { 'application/json': { name: string } } }
      responses: {
        200: { headers: {}; content: { 'application/json; charset=utf-8': User } }
        201: { headers: {}; content: { 'application/json': { created: true } } }
      }
    }
    delete: {
      parameters: { query?: never; header?: never; path: { userId: number }; cookie?: never }
      requestBody?: never
      responses: { 204: { headers: {}; content?: never } }
    }
    post?: never
    patch?: never
    head?: never
  }
  '/users': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query: { page: number }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: {}; content: { 'application/json': { users: User[]; next?: number } } } }
    }
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody?: { content: { 'application/json': { name: string } } }
      responses: { default: { headers: {}; content: { 'application/json': User } } }
    }
    put?: never
    delete?: never
  }
  '/teams/{team}/members/{member}': {
    get: {
      parameters: { path: { team: string; member: string } }
      responses: { 200: { content: { 'application/json': string } } }
    }
  }
  '/status': { get: { parameters: {}; responses: { 200: { content: { 'application/json': { ok: true } } } } } }
}

declare const session: Sender
const api = createApi<paths>(session)

test('a call takes what the description wants, and gives what it promises', () => {
  expectTypeOf(api.get('/users/{userId}', { path: { userId: 7 } })).resolves.toEqualTypeOf<User>()
  expectTypeOf(
    api.get('/users/{userId}', { path: { userId: 7 }, query: { verbose: true } }),
  ).resolves.toEqualTypeOf<User>()
  expectTypeOf(
    api.put('/users/{userId}', { path: { userId: 7 }, header: { 'x-reason': 'x' }, json: { name: 'x' } }),
  ).resolves.toEqualTypeOf<User | { created: true }>()
  expectTypeOf(api.delete('/users/{userId}', { path: { userId: 7 } })).resolves.toEqualTypeOf<undefined>()
  expectTypeOf(api.post('/users')).resolves.toEqualTypeOf<User>()
  expectTypeOf(api.post('/users', { json: { name: 'x' }, timeout: 5 })).resolves.toEqualTypeOf<User>()
  expectTypeOf(api.get('/status')).resolves.toEqualTypeOf<{ ok: true }>()
  expectTypeOf(api.get('/status', { signal: new AbortController().signal })).resolves.toEqualTypeOf<{ ok: true }>()
})

test('everything else is an error', () => {
  expectTypeOf<PathsWith<paths, 'post'>>().toEqualTypeOf<'/users'>()
  // @ts-expect-error no such path
  void api.get('/user')
  // @ts-expect-error no such method on that path
  void api.post('/users/{userId}', { path: { userId: 7 } })
  // @ts-expect-error no such method anywhere
  void api.patch('/users')
  // @ts-expect-error the path's parameter is missing
  void api.get('/users/{userId}')
  // @ts-expect-error the path's parameter is missing
  void api.get('/users/{userId}', {})
  // @ts-expect-error of another type
  void api.get('/users/{userId}', { path: { userId: 'x' } })
  // @ts-expect-error no such query
  void api.get('/users/{userId}', { path: { userId: 7 }, query: { page: 1 } })
  // @ts-expect-error the query is wanted
  void api.get('/users')
  // @ts-expect-error header and body are wanted
  void api.put('/users/{userId}', { path: { userId: 7 } })
  // @ts-expect-error no such option
  void api.get('/status', { sginal: undefined })
  // @ts-expect-error a body where none is
  void api.get('/status', { json: {} })
})

test('collect is typed by its path', () => {
  const one = api.collect('/users/{userId}', [1, 2, { path: { userId: 3 }, query: { verbose: true } }])
  expectTypeOf(one).toExtend<AsyncIterable<{ index: number; value: User }>>()
  void api.collect('/teams/{team}/members/{member}', [{ path: { team: 'a', member: 'b' } }], { order: 'input' })
  // @ts-expect-error which of the two would it be
  void api.collect('/teams/{team}/members/{member}', ['a'])
  // @ts-expect-error of another type
  void api.collect('/users/{userId}', ['x'])
  // @ts-expect-error no such order
  void api.collect('/users/{userId}', [1], { order: 'random' })
  void api.collect('/users/{userId}', [1], {
    journal: { recorded: () => ({ value: { id: 1, name: 'x' } }), record: (_key, value) => void value.name },
  })
})

test('paginate is typed by its path', () => {
  const pages = api.paginate('/users', { query: { page: 1 } }, (page) =>
    page.next === undefined ? undefined : { query: { page: page.next } },
  )
  expectTypeOf(pages).toEqualTypeOf<AsyncIterable<{ users: User[]; next?: number }>>()
  // @ts-expect-error the query is wanted
  void api.paginate('/users', {}, () => undefined)
  // @ts-expect-error of another type
  void api.paginate('/users', { query: { page: 1 } }, (page) => ({ query: { page: page.users } }))
})
