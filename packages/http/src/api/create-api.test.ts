import { describe, expect, test } from 'vitest'
import { sendJson, testServer } from '../../test/test-server.ts'
import { Session } from '../session.ts'
import { createApi, type CollectJournal } from './create-api.ts'

interface Item {
  id: number
}
interface paths {
  '/items/{id}': {
    get: {
      parameters: { path: { id: number }; query?: { v?: number }; header?: { 'x-own'?: string } }
      responses: { 200: { content: { 'application/json': Item } } }
    }
    put: {
      parameters: { path: { id: number } }
      requestBody: { content: { 'application/json': Item } }
      responses: { 200: { content: { 'application/json': { put: Item } } } }
    }
    delete: { parameters: { path: { id: number } }; responses: { 204: { content?: never } } }
  }
  '/items': {
    get: {
      parameters: { query: { page: number } }
      responses: { 200: { content: { 'application/json': { items: number[]; next: number | null } } } }
    }
  }
}

async function setup() {
  let busy = 0
  const stats = { most: 0 }
  const server = await testServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://x')
    const id = Number(/\d+$/.exec(pathname)?.[0])
    stats.most = Math.max(stats.most, ++busy)
    setTimeout(
      () => {
        busy--
        if (request.method === 'DELETE') response.writeHead(204).end()
        else if (request.method === 'PUT') {
          let body = ''
          request.on('data', (chunk: Buffer) => (body += chunk.toString()))
          request.on('end', () => sendJson(response, { put: JSON.parse(body) as unknown }))
        } else if (pathname === '/items') {
          const page = Number(searchParams.get('page'))
          sendJson(response, { items: [page * 2, page * 2 + 1], next: page < 3 ? page + 1 : null })
        } else if (id === 13) sendJson(response, {}, 500)
        else sendJson(response, { id, v: searchParams.get('v'), own: request.headers['x-own'] })
      },
      // The later ids answer first.
      Math.max(0, 40 - 4 * id),
    )
  })
  const session = new Session({ baseUrl: server.url })
  const api = createApi<paths>(session)
  const release = async () => {
    await session.close()
    await server[Symbol.asyncDispose]()
  }
  return { server, session, api, stats, [Symbol.asyncDispose]: release }
}

test('calls', async () => {
  await using world = await setup()
  const { api, server } = world
  expect(await api.get('/items/{id}', { path: { id: 9 }, query: { v: 2 }, header: { 'x-own': 'me' } })).toEqual({
    id: 9,
    v: '2',
    own: 'me',
  })
  expect(await api.put('/items/{id}', { path: { id: 9 }, json: { id: 9 } })).toEqual({ put: { id: 9 } })
  expect(await api.delete('/items/{id}', { path: { id: 9 } })).toBeUndefined()
  await expect(api.get('/items/{id}', { path: { id: 13 } })).rejects.toMatchObject({ name: 'StatusError', status: 500 })
  await expect(api.get('/items/{id}', { path: {} as never })).rejects.toThrow('id of /items/{id} must be a string')
  expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /items/9?v=2',
    'PUT /items/9',
    'DELETE /items/9',
    'GET /items/13',
  ])
})

describe('collect', () => {
  test('as completed, with index and input', async () => {
    const waiting: (() => void)[] = []
    await using server = await testServer((request, response) => {
      const id = Number(request.url!.slice('/items/'.length))
      waiting[id] = () => sendJson(response, { id })
      // When all four are here, the last is answered first, and the next as soon as the one before has arrived.
      if (Object.keys(waiting).length === 4) waiting[4]!()
    })
    await using session = new Session({ baseUrl: server.url })
    const inputs = [1, 2, { path: { id: 3 } }, 4]
    const seen: unknown[] = []
    for await (const { index, input, value } of createApi<paths>(session).collect('/items/{id}', inputs)) {
      seen.push([index, input, value.id])
      waiting[value.id - 1]?.()
    }
    expect(seen).toEqual([
      [3, 4, 4],
      [2, { path: { id: 3 } }, 3],
      [1, 2, 2],
      [0, 1, 1],
    ])
  })

  test('no more at once than asked for', async () => {
    await using world = await setup()
    for await (const _ of world.api.collect('/items/{id}', [1, 2, 3, 4, 5, 6], { concurrency: 2 }));
    expect(world.stats.most).toBe(2)
  })

  test('in the order of the inputs, from an async iterable of which no more is read than is worked on', async () => {
    await using world = await setup()
    let read = 0
    async function* inputs() {
      for (let id = 1; ; id++) {
        read++
        yield id
      }
    }
    const ids: number[] = []
    for await (const { value } of world.api.collect('/items/{id}', inputs(), {
      order: 'input',
      concurrency: 3,
      buffer: 3,
    })) {
      ids.push(value.id)
      if (ids.length === 6) break
    }
    expect(ids).toEqual([1, 2, 3, 4, 5, 6])
    expect(read).toBeLessThan(20)
    await world.session.close()
    expect(world.session.statistics().inFlight).toBe(0)
  })

  test('a failure ends it, or is an outcome like any other', async () => {
    await using world = await setup()
    const run = async () => {
      for await (const _ of world.api.collect('/items/{id}', [1, 13]));
    }
    await expect(run()).rejects.toMatchObject({ cause: { status: 500 } })
  })

  test('what the journal has is not asked for again', async () => {
    await using world = await setup()
    const kept = new Map<string, Item>()
    const journal: CollectJournal<Item> = {
      recorded: (key) => (kept.has(key) ? { value: kept.get(key)! } : undefined),
      record: async (key, value) => {
        await Promise.resolve()
        kept.set(key, value)
      },
    }
    const first: number[] = []
    for await (const { value } of world.api.collect('/items/{id}', [8, 9], { journal })) {
      // Recorded before it is yielded.
      expect([...kept.values()]).toContainEqual(value)
      first.push(value.id)
    }
    expect([...kept.keys()].sort()).toEqual(['GET /items/8', 'GET /items/9'])
    const sent = world.server.requests.length
    const inputs = [8, { path: { id: 9 } }, { path: { id: 9 }, query: { v: 1 } }, 7]
    const again: number[] = []
    for await (const { value } of world.api.collect('/items/{id}', inputs, { journal, order: 'input' }))
      again.push(value.id)
    expect(again).toEqual([8, 9, 9, 7])
    expect(
      world.server.requests
        .slice(sent)
        .map(({ url }) => url)
        .sort(),
    ).toEqual(['/items/7', '/items/9?v=1'])
  })

  test('refuses a bare value where the path has none, or two', async () => {
    await using world = await setup()
    const run = async () => {
      for await (const _ of world.api.collect('/items', [5] as never));
    }
    await expect(run()).rejects.toMatchObject({
      cause: { message: expect.stringContaining('it has 0 parameters') as string },
    })
    expect(() => world.api.collect('/items/{id}', [1], { order: 'x' as never })).toThrow(
      "order must be 'completed' or 'input'",
    )
  })
})

describe('paginate', () => {
  test('goes on as long as there is a next page, one at a time', async () => {
    await using world = await setup()
    const items: number[] = []
    const pages = world.api.paginate('/items', { query: { page: 1 } }, ({ next }) =>
      next === null ? undefined : { query: { page: next } },
    )
    for await (const page of pages) items.push(...page.items)
    expect(items).toEqual([2, 3, 4, 5, 6, 7])
    expect(world.stats.most).toBe(1)
  })

  test('stops when the consumer stops', async () => {
    await using world = await setup()
    for await (const _ of world.api.paginate('/items', { query: { page: 1 } }, () => ({ query: { page: 2 } }))) break
    expect(world.server.requests).toHaveLength(1)
  })

  test('a next page that is the same page is an error, not an endless loop', async () => {
    await using world = await setup()
    const run = async () => {
      for await (const _ of world.api.paginate('/items', { query: { page: 3 } }, (_page, init) => init));
    }
    await expect(run()).rejects.toThrow('it would never end')
    expect(() => world.api.paginate('/items', { query: { page: 1 } }, 5 as never)).toThrow('next must be a function')
  })
})

test('refuses what is no session', () => {
  expect(() => createApi(fetch as never)).toThrow('session must be a Session')
})
