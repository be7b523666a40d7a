import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { bodyOf, sendJson, testServer } from '../../test/test-server.ts'
import { StatusError } from '../errors.ts'
import { rateLimit } from '../middleware/rate-limit.ts'
import { Session } from '../session.ts'
import type { SessionRequest } from '../types.ts'
import { createClient } from './client.ts'
import { del, get, head, patch, post, put } from './endpoint.ts'

const echo = () => testServer((request, response) => void answer(request, response))

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const status = /\/status\/(\d+)/.exec(request.url!)?.[1]
  if (status === '204') response.writeHead(204).end()
  else {
    const { method, url, headers } = request
    const body = (await bodyOf(request)).toString()
    sendJson(
      response,
      { method, url, body, type: headers['content-type'], own: headers['x-own'] },
      Number(status ?? 200),
    )
  }
}

interface Echo {
  method: string
  url: string
  body: string
  type: string | undefined
  own: string | undefined
}

test('calls each method with its path, query, headers and body', async () => {
  await using server = await echo()
  await using session = new Session()
  const client = createClient(
    session,
    {
      one: get('api', '/a/{x}/b/{y}', { query: { v: 1, w: 'd' }, headers: { 'X-Own': 'entry' } })<Echo>,
      head: head('api', '/a'),
      add: post('api', '/a')<Echo, { n: number }>,
      set: put('api', '/a/{x}')<Echo>,
      change: patch('api', '/a/{x}')<Echo>,
      remove: del('api', '/a/{x}')<Echo>,
    },
    { routes: { api: `${server.url}/base/` } },
  )
  expect(await client.one('p', 5n)).toMatchObject({ method: 'GET', url: '/base/a/p/b/5?v=1&w=d', own: 'entry' })
  expect(await client.one('p', 5, { query: { w: ['x', 'y'] }, headers: { 'x-own': 'call' } })).toMatchObject({
    url: '/base/a/p/b/5?v=1&w=x&w=y',
    own: 'call',
  })
  expect(await client.head()).toBeUndefined()
  expect(await client.add({ json: { n: 1 } })).toMatchObject({
    method: 'POST',
    body: '{"n":1}',
    type: 'application/json',
  })
  expect(await client.set('x', { body: 'raw' })).toMatchObject({ method: 'PUT', body: 'raw' })
  expect(await client.change('x', { form: { a: 1 } })).toMatchObject({ method: 'PATCH', body: 'a=1' })
  expect(await client.remove('x')).toMatchObject({ method: 'DELETE', url: '/base/a/x' })
})

describe('values of the path', () => {
  test('arrive as they were, whatever is in them', async () => {
    await using server = await echo()
    await using session = new Session()
    const client = createClient(session, { one: get('api', '/u/{x}/end')<Echo> }, { routes: { api: server.url } })
    for (const value of [
      'a/b',
      'a b',
      '50%',
      '%2F',
      '?x=1',
      '#f',
      'ünï',
      '한글',
      '..a',
      '...',
      'a;b',
      '+',
      '\\',
      '"',
      '\n',
      '\ud800x',
    ]) {
      const { url } = await client.one(value)
      expect(url.startsWith('/u/') && url.endsWith('/end')).toBe(true)
      expect(decodeURIComponent(url.slice(3, -4))).toBe(value.replace('\ud800', '\ufffd'))
      expect(url.split('/')).toHaveLength(4)
    }
  })

  test.each([
    ['', 'must not be ""'],
    ['.', 'must not be "."'],
    ['..', 'must not be ".."'],
    [undefined, 'must be a string or a finite number, not undefined'],
    [null, 'not null'],
    [Number.NaN, 'not NaN'],
    [{}, 'not an object'],
    [true, 'not true'],
  ])('%j is refused, with the name and the template', async (value, message) => {
    const client = createClient(
      { request: () => Promise.reject(new Error('must not be sent')) },
      { one: get('api', '/u/{id}') },
      { routes: { api: 'http://x' } },
    )
    await expect(client.one(value as never)).rejects.toThrow(message)
    await expect(client.one(value as never)).rejects.toThrow(/^id of \/u\/\{id\} must/)
  })

  test('too many arguments are refused', async () => {
    const client = createClient(new Session(), { one: get('api', '/u/{id}') }, { routes: { api: 'http://x' } })
    await expect((client.one as (...args: unknown[]) => Promise<unknown>)(1, {}, 2)).rejects.toThrow(
      'takes 1 values and one object of options, not 3',
    )
    await expect((client.one as (...args: unknown[]) => Promise<unknown>)(1, 2)).rejects.toThrow(
      'options of GET /u/{id} must be an object, not 2',
    )
  })
})

test('results: JSON, undefined without a body, null for none, StatusError otherwise, the response on request', async () => {
  await using server = await echo()
  await using session = new Session({ raiseForStatus: true })
  const client = createClient(
    session,
    {
      find: get('api', '/status/{code}', { none: [404, 410] })<Echo>,
      get: get('api', '/status/{code}')<Echo>,
    },
    { routes: { api: server.url } },
  )
  expect(await client.find(404)).toBeNull()
  expect(await client.find(410)).toBeNull()
  expect(await client.find(204)).toBeUndefined()
  expect((await client.find(200))?.url).toBe('/status/200')
  await expect(client.get(404)).rejects.toBeInstanceOf(StatusError)
  await expect(client.find(500)).rejects.toMatchObject({
    status: 500,
    body: expect.stringContaining('/status/500') as string,
  })
  const response = await client.get.response(404)
  expect([response.status, (await response.json<Echo>()).url]).toEqual([404, '/status/404'])
})

test('routes may be functions of the options, and their own options go no further', async () => {
  await using server = await echo()
  const seen: SessionRequest[] = []
  await using session = new Session({ middleware: [(request, next) => (seen.push(request), next(request))] })
  const client = createClient(
    session,
    { deep: { er: get('regional', '/m/{id}')<Echo> }, plain: get('plain', '/p')<Echo> },
    {
      routes: {
        regional: ({ region }: { region?: string }, [id]) =>
          `${server.url}/${region ?? id!.split('_')[0]!.toLowerCase()}`,
        plain: server.url,
      },
    },
  )
  expect((await client.deep.er('EUW1_5')).url).toBe('/euw1/m/EUW1_5')
  expect((await client.deep.er('EUW1_5', { region: 'asia', query: { a: 1 } })).url).toBe('/asia/m/EUW1_5?a=1')
  await client.plain({ priority: 3, context: { mine: 1 } })
  expect(seen.map(({ route }) => route)).toEqual(['/m/{id}', '/m/{id}', '/p'])
  expect(seen[2]!.context).toEqual({ mine: 1, 'sluice.priority': 3 })
  expect(client.deep.er.endpoint).toMatchObject({ method: 'GET', route: 'regional', path: '/m/{id}' })
})

test('names with a default are options, and a name that stands twice is given once', async () => {
  await using server = await echo()
  await using session = new Session()
  const bases: string[][] = []
  const client = createClient(
    session,
    {
      one: get('api', '/{version}/{id}/{language}/{id}.json')<Echo>,
      all: get('api', '/{version}/all')<Echo>,
    },
    {
      routes: { api: (_: object, values) => (bases.push([...values]), server.url) },
      defaults: { version: 'latest', language: 'en' },
    },
  )
  expect((await client.one('x/y')).url).toBe('/latest/x%2Fy/en/x%2Fy.json')
  expect((await client.one(7, { version: '1.2', language: undefined })).url).toBe('/1.2/7/en/7.json')
  expect((await client.all()).url).toBe('/latest/all')
  expect((await client.all({ version: 'a/b', query: { q: 1 } })).url).toBe('/a%2Fb/all?q=1')
  expect(bases[1]).toEqual(['1.2', '7', 'en'])
  await expect(client.all({ version: null as never })).rejects.toThrow('version of /{version}/all must be')
  await expect((client.one as (...args: unknown[]) => Promise<unknown>)(7, 'en', {})).rejects.toThrow(
    'takes 1 values and one object of options, not 3',
  )
})

test('the priority of a call reaches the rate limit', async () => {
  await using server = await echo()
  await using session = new Session({ middleware: [rateLimit({ rate: '1/50ms', dialect: false })] })
  const client = createClient(session, { one: get('api', '/{n}')<Echo> }, { routes: { api: server.url } })
  await client.one(0)
  await Promise.all([client.one(1), client.one(2), client.one(3, { priority: 5 })])
  expect(server.requests.map(({ url }) => url)).toEqual(['/0', '/3', '/1', '/2'])
})

test.each<[() => unknown, string]>([
  [() => get('', '/x'), 'route must be the name'],
  [() => get('api', 'x'), 'path must begin with a slash'],
  [() => get('api', '/{}'), 'a name in each pair of braces'],
  [() => get('api', '/{a}/{b'), 'a name in each pair of braces'],
  [() => createClient(undefined as never, {}, { routes: {} as never }), 'session must be a Session'],
  [() => createClient(new Session(), { a: get('api', '/x') }, { routes: {} as never }), 'routes.api must be a URL'],
  [() => (get('api', '/x') as () => unknown)(), 'hand the table to createClient'],
])('%s is refused', (fn, message) => {
  expect(fn).toThrow(message)
})
