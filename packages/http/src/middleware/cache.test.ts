import { delay } from '@sluice/core'
import { VirtualClock } from '@sluice/core/testing'
import { describe, expect, test, vi } from 'vitest'
import { fakeRequest, fakeResponse } from '../../test/fake-exchange.ts'
import { sendJson, testServer } from '../../test/test-server.ts'
import type { CacheEntry, CacheStore } from '../cache/cache-store.ts'
import { MemoryCache } from '../cache/memory-cache.ts'
import { ConnectionError } from '../errors.ts'
import { Session } from '../session.ts'
import type { SessionRequest, SessionResponse } from '../types.ts'
import { cache, type CacheOptions, type CacheResult, type CacheRule, type CacheRuleTuple } from './cache.ts'

type Overrides = Parameters<typeof fakeRequest>[0]

/** A cache before a server that counts, and a clock that the test moves. */
function setup(
  rules: readonly (CacheRule | CacheRuleTuple)[],
  options: CacheOptions = {},
  store: CacheStore = new MemoryCache(),
) {
  let time = 1_700_000_000_000
  const results: CacheResult[] = []
  const onResult = (result: CacheResult): void => void results.push(result)
  const middleware = cache(store, rules, { now: () => time, onResult, ...options })
  const world = {
    results,
    sent: 0,
    /** What the server does. */
    server: async (request: SessionRequest): Promise<SessionResponse> =>
      fakeResponse(request, 200, {}, String(world.sent)),
    advance: (ms: number) => void (time += ms),
    send: (overrides?: Overrides) =>
      middleware(fakeRequest(overrides), (request) => {
        world.sent++
        return world.server(request)
      }),
    text: async (overrides?: Overrides) => (await world.send(overrides)).text(),
  }
  return world
}

test('keeps what the first matching rule says, for as long as it says', async () => {
  const world = setup([
    [({ url }) => url.endsWith('/long'), 1000],
    { when: ({ url }) => url.endsWith('/none'), ttl: 0 },
    { ttl: 100 },
  ])
  const long = { url: 'https://api.example/long' }
  expect([await world.text(long), await world.text(long)]).toEqual(['1', '1'])
  world.advance(999)
  expect(await world.text(long)).toBe('1')
  world.advance(1)
  expect(await world.text(long)).toBe('2')
  const none = { url: 'https://api.example/none' }
  expect([await world.text(none), await world.text(none)]).toEqual(['3', '4'])
  expect([await world.text(), await world.text()]).toEqual(['5', '5'])
  world.advance(100)
  expect(await world.text()).toBe('6')
  expect(world.results).toEqual(['miss', 'hit', 'hit', 'miss', 'bypass', 'bypass', 'miss', 'hit', 'miss'])
})

test('without a matching rule, and for anything but GET and HEAD, it stays out of the way', async () => {
  const none = setup([])
  await none.text()
  expect([await none.text(), none.results]).toEqual(['2', ['bypass', 'bypass']])
  const all = setup([{ ttl: Infinity }])
  for (const overrides of [
    { method: 'POST' },
    { method: 'DELETE' },
    { headers: { range: 'bytes=0-5' } },
    { body: 'x' },
  ]) {
    await all.text(overrides)
    await all.text(overrides)
  }
  expect(all.sent).toBe(8)
  await all.text({ method: 'HEAD' })
  await all.text({ method: 'GET' })
  await all.text({ method: 'HEAD' })
  expect(all.sent).toBe(10)
})

test("does not touch the caller's rules", () => {
  const rules: CacheRuleTuple[] = [[() => true, 5]]
  cache(new MemoryCache(), Object.freeze(rules))
  expect(rules).toHaveLength(1)
})

describe('keys', () => {
  test('the credentials tell entries apart, and no key holds a secret', async () => {
    const keys: string[] = []
    const memory = new MemoryCache()
    const store: CacheStore = {
      get: (key) => (keys.push(key), memory.get(key)),
      set: (key, entry) => {
        keys.push(key, JSON.stringify(entry))
        memory.set(key, entry)
      },
      delete: () => {},
      clear: () => {},
    }
    const world = setup([{ ttl: Infinity }], { credentials: ['x-own'] }, store)
    const users = [
      {},
      { headers: { authorization: 'Bearer s3cret-a' } },
      { headers: { authorization: 'Bearer s3cret-b' } },
      { headers: { cookie: 'sid=s3cret-c' } },
      { headers: { 'x-riot-token': 's3cret-d' } },
      { headers: { 'x-own': 's3cret-e' } },
      { url: 'https://api.example/users/1?api_key=s3cret-f' },
      { url: 'https://user:s3cret-g@api.example/users/1' },
    ]
    for (const user of users) await world.text(user)
    expect(world.sent).toBe(users.length)
    for (const user of users) await world.text(user)
    expect(world.sent).toBe(users.length)
    expect(keys.join()).not.toMatch(/s3cret/)
  })

  test('so do accept headers, what vary names, the namespace, and where a redirect leads; other headers do not', async () => {
    const store = new MemoryCache()
    const world = setup([{ ttl: Infinity }], { vary: ['X-Version'] }, store)
    const different = [
      {},
      { headers: { accept: 'text/plain' } },
      { headers: { 'accept-language': 'de' } },
      { headers: { 'x-version': '2' } },
      { redirect: 'manual' as const },
    ]
    for (const overrides of different) await world.text(overrides)
    expect(world.sent).toBe(5)
    await world.text({ headers: { 'x-request-id': '7' } })
    expect(world.sent).toBe(5)
    const other = setup([{ ttl: Infinity }], { namespace: 'other' }, store)
    await other.text()
    expect(other.sent).toBe(1)
  })
})

describe('what is kept', () => {
  test('good answers only; "there is none" if the rule says so', async () => {
    const world = setup([{ ttl: 1000, negativeTtl: 10 }])
    for (const status of [500, 403, 304, 301]) {
      world.server = async (request) => fakeResponse(request, status)
      await world.send()
      await world.send()
    }
    expect(world.sent).toBe(8)
    world.server = async (request) => fakeResponse(request, 404)
    await world.send()
    expect((await world.send()).status).toBe(404)
    expect(world.sent).toBe(9)
    world.advance(10)
    await world.send()
    expect(world.sent).toBe(10)
  })

  test('the whole answer, without cookies, and decoded', async () => {
    await using server = await testServer((_request, response) => {
      response.writeHead(200, {
        'content-type': 'text/plain; charset=iso-8859-1',
        'set-cookie': 'sid=1',
        'x-a': ['1', '2'],
      })
      response.end(Buffer.from('gr\u00fc\u00df dich', 'latin1'))
    })
    await using session = new Session({
      baseUrl: server.url,
      middleware: [cache(new MemoryCache(), [[() => true, 1000]])],
    })
    for (let i = 0; i < 2; i++) {
      const response = await session.get('/x')
      expect(response.status).toBe(200)
      expect(response.statusText).toBe('OK')
      expect(response.url).toBe(`${server.url}/x`)
      expect(response.headers.get('x-a')).toBe('1, 2')
      expect(response.headers.getSetCookie()).toEqual([])
      expect(await response.text()).toBe('grüß dich')
    }
    expect(server.requests).toHaveLength(1)
  })

  test('what one caller does to its bytes does not reach another', async () => {
    const world = setup([{ ttl: 1000 }])
    world.server = async (request) => fakeResponse(request, 200, {}, 'abc')
    const bytes = await (await world.send()).bytes()
    bytes.fill(0)
    expect(await world.text()).toBe('abc')
  })

  test('a ttl may depend on the answer', async () => {
    const world = setup([{ ttl: (response) => Number(response.headers.get('x-ttl')) }])
    world.server = async (request) => fakeResponse(request, 200, { 'x-ttl': world.sent === 1 ? '0' : '50' })
    await world.send()
    await world.send()
    await world.send()
    expect(world.sent).toBe(2)
  })
})

describe('stale-if-error', () => {
  const rules = [{ ttl: 100, staleIfError: 1000 }]
  const down = new ConnectionError('down', { method: 'GET', url: '', code: 'ECONNREFUSED', phase: 'connect' })

  test.each([503, 500, 429])('an old answer stands in for status %i, until it is too old', async (status) => {
    const world = setup(rules)
    await world.text()
    world.server = async (request) => fakeResponse(request, status)
    world.advance(100)
    expect(await world.text()).toBe('1')
    world.advance(1000)
    expect((await world.send()).status).toBe(status)
    expect(world.results).toEqual(['miss', 'stale', 'miss'])
  })

  test('and for a connection that fails, but not for a bug, nor for a 404', async () => {
    const world = setup(rules)
    await world.text()
    world.advance(100)
    world.server = async () => {
      throw down
    }
    expect(await world.text()).toBe('1')
    const bug = new TypeError('bug')
    world.server = async () => {
      throw bug
    }
    await expect(world.send()).rejects.toBe(bug)
    world.server = async (request) => fakeResponse(request, 404)
    expect((await world.send()).status).toBe(404)
    world.advance(1000)
    world.server = async () => {
      throw down
    }
    await expect(world.send()).rejects.toBe(down)
  })
})

describe('single flight', () => {
  test('the same request of many is sent once, and each gets an answer of its own', async () => {
    const world = setup([{ ttl: 1000 }])
    let release = (): void => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    world.server = async (request) => {
      await gate
      return fakeResponse(request, 200, {}, '{"n":1}')
    }
    const all = Array.from({ length: 50 }, (_, i) => world.send({ headers: { 'x-request-id': String(i) } }))
    release()
    const responses = await Promise.all(all)
    expect(world.sent).toBe(1)
    expect(new Set(responses).size).toBe(50)
    expect(responses.map((response) => response.request.headers.get('x-request-id'))).toEqual(
      Array.from({ length: 50 }, (_, i) => String(i)),
    )
    expect(world.results.filter((result) => result === 'shared')).toHaveLength(49)
  })

  test('also when it fails, or may not be kept', async () => {
    const world = setup([{ ttl: 1000 }])
    const bug = new TypeError('bug')
    world.server = async () => {
      await Promise.resolve()
      throw bug
    }
    const failed = await Promise.allSettled([world.send(), world.send(), world.send()])
    expect(failed.map((outcome) => (outcome as PromiseRejectedResult).reason)).toEqual([bug, bug, bug])
    expect(world.sent).toBe(1)
    world.server = async (request) => fakeResponse(request, 500)
    const bad = await Promise.all([world.send(), world.send()])
    expect(bad.map(({ status }) => status)).toEqual([500, 500])
    expect(world.sent).toBe(2)
  })

  test('who aborts leaves the others alone, even the one that was sent', async () => {
    const world = setup([{ ttl: 1000 }])
    world.server = (request) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => resolve(fakeResponse(request, 200, {}, `by ${world.sent}`)), 30)
        request.signal?.addEventListener('abort', () => {
          clearTimeout(timer)
          reject(request.signal!.reason as Error)
        })
      })
    const leader = new AbortController()
    const follower = new AbortController()
    const all = Promise.allSettled([
      world.text({ signal: leader.signal }),
      world.text({ signal: follower.signal }),
      world.text(),
      world.text(),
    ])
    await new Promise((resolve) => setTimeout(resolve, 5))
    leader.abort(new Error('leader left'))
    follower.abort(new Error('follower left'))
    const [a, b, c, d] = await all
    expect(a).toMatchObject({ reason: { message: 'leader left' } })
    expect(b).toMatchObject({ reason: { message: 'follower left' } })
    expect([c, d]).toMatchObject([{ value: 'by 2' }, { value: 'by 2' }])
    expect(world.sent).toBe(2)
  })

  test('who waits for another keeps its own deadline, and leaves no timer', async () => {
    const clock = new VirtualClock()
    const world = setup([{ ttl: 1000 }], { clock })
    let release = (): void => {}
    world.server = (request) => new Promise((resolve) => (release = () => resolve(fakeResponse(request))))
    const first = world.send()
    await clock.advance(0)
    const late = world.send({ deadline: 50 }).catch((error: unknown) => error)
    const patient = world.send({ deadline: 5000 })
    await clock.advance(50)
    expect(await late).toMatchObject({ name: 'TimeoutError' })
    release()
    await Promise.all([first, patient])
    expect(clock.pending).toBe(0)
  })
})

test('whoever sent it may run out of time: the others go on', async () => {
  const clock = new VirtualClock()
  const world = setup([{ ttl: 1000 }], { clock })
  world.server = async (request) => {
    await delay(100, { clock })
    if (request.deadline !== undefined) throw new Error('its time is up')
    return fakeResponse(request, 200, {}, `by ${world.sent}`)
  }
  const hasty = world.text({ deadline: 50 }).catch((error: Error) => error.message)
  const patient = world.text()
  expect(await clock.run(() => Promise.all([hasty, patient]))).toEqual(['its time is up', 'by 2'])
})

test("the cookies of the session's jar tell entries apart", async () => {
  await using server = await testServer((request, response) => {
    if (request.url?.startsWith('/login/') === true)
      response.writeHead(200, { 'set-cookie': `user=${request.url.slice(7)}; path=/` }).end()
    else sendJson(response, { hello: request.headers.cookie ?? 'stranger' })
  })
  const results: CacheResult[] = []
  const rules: CacheRuleTuple[] = [[({ url }) => url.endsWith('/me'), 60_000]]
  await using session = new Session({
    baseUrl: server.url,
    cookies: true,
    middleware: [cache(new MemoryCache(), rules, { onResult: (result) => results.push(result) })],
  })
  const me = async () => (await session.get('/me')).json()
  const seen = [await me()]
  for (const user of ['ann', 'bob']) {
    await (await session.get(`/login/${user}`)).dump()
    seen.push(await me(), await me())
  }
  expect(seen).toEqual([
    { hello: 'stranger' },
    { hello: 'user=ann' },
    { hello: 'user=ann' },
    { hello: 'user=bob' },
    { hello: 'user=bob' },
  ])
  expect(results.filter((result) => result !== 'bypass')).toEqual(['miss', 'miss', 'hit', 'miss', 'hit'])
})

test('a store that fails costs the use of it, with one warning', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  try {
    const clock = new VirtualClock()
    const memory = new MemoryCache()
    let asked = 0
    let down = true
    const answer = <T>(value: () => T): T => {
      asked++
      if (down) throw new Error('down')
      return value()
    }
    const store: CacheStore = {
      get: (key) => answer(() => memory.get(key)),
      set: async (key, entry) => answer(() => memory.set(key, entry)),
      delete: () => {},
      clear: () => {},
    }
    const world = setup([{ ttl: 1000 }], { clock }, store)
    expect([await world.text(), await world.text()]).toEqual(['1', '2'])
    // For a second it is left alone: whatever makes it fail may also make it slow.
    expect(asked).toBe(1)
    down = false
    await clock.advance(1000)
    expect([await world.text(), await world.text()]).toEqual(['3', '3'])
    expect(warn).toHaveBeenCalledTimes(1)
  } finally {
    warn.mockRestore()
  }
})

test.each<[unknown, unknown, string]>([
  [{}, [], 'store must be a MemoryCache'],
  [new MemoryCache(), {}, 'rules must be an array'],
  [new MemoryCache(), [['/path', 5]], 'rules[0].when must be a function'],
  [new MemoryCache(), [{ ttl: '5' }], 'rules[0].ttl must be milliseconds'],
  [new MemoryCache(), [{ ttl: 5 }, { ttl: 5, staleIfError: -1 }], 'rules[1].staleIfError must be'],
])('refuses %o, %o', (store, rules, message) => {
  expect(() => cache(store as CacheStore, rules as CacheRule[])).toThrow(message)
})

test('an entry of an older format, or one that is damaged, is a miss', async () => {
  const store = new MemoryCache()
  const world = setup([{ ttl: 1000 }], {}, { ...methods(store), get: () => undefined as CacheEntry | undefined })
  await world.text()
  await world.text()
  expect(world.sent).toBe(2)
})

test('two sessions may share a store', async () => {
  await using server = await testServer((_request, response) => sendJson(response, {}))
  const shared = [cache(new MemoryCache(), [[() => true, 1000]])]
  await using a = new Session({ baseUrl: server.url, middleware: shared })
  await using b = new Session({ baseUrl: server.url, middleware: shared })
  await Promise.all([a.get('/'), b.get('/')])
  expect(server.requests).toHaveLength(1)
})

function methods(store: MemoryCache): CacheStore {
  return {
    get: (key) => store.get(key),
    set: (key, entry) => store.set(key, entry),
    delete: (key) => store.delete(key),
    clear: () => store.clear(),
  }
}
