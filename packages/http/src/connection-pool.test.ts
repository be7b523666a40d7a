import { systemClock } from '@sluice/core'
import fc from 'fast-check'
import type { Client } from 'undici'
import { describe, expect, test, vi } from 'vitest'
import { sendJson, testServer, until } from '../test/test-server.ts'
import { ConnectionPool } from './connection-pool.ts'
import type { Connector } from './connector.ts'
import { DeadlineList } from './deadline-list.ts'
import type { Exchange } from './exchange.ts'
import type { Waiter } from './origin.ts'
import { Session } from './session.ts'

const json = async (session: Session, url: string): Promise<unknown> => (await session.get(url)).json()

describe('connections', () => {
  test('are limited over all origins together', async () => {
    let running = 0
    let most = 0
    const serve = () =>
      testServer((_, response) => {
        most = Math.max(most, ++running)
        setTimeout(() => {
          running--
          sendJson(response, 1)
        }, 2)
      })
    await using a = await serve()
    await using b = await serve()
    await using c = await serve()
    const urls = [a.url, b.url, c.url]
    await using session = new Session({ connections: 4 })
    let mostOpen = 0
    await Promise.all(
      Array.from({ length: 90 }, async (_, i) => {
        await json(session, urls[i % 3]!)
        mostOpen = Math.max(mostOpen, session.statistics().open)
      }),
    )
    expect(most).toBe(4)
    expect(mostOpen).toBe(4)
    expect(session.statistics()).toMatchObject({ open: 4, idle: 4, waiting: 0, requests: 90 })
  })

  test('go to requests in the order of arrival, also over two origins', async () => {
    const order: string[] = []
    const serve = () =>
      testServer((request, response) => {
        order.push(request.url!)
        sendJson(response, 1)
      })
    await using a = await serve()
    await using b = await serve()
    await using session = new Session({ connections: 1 })
    await Promise.all(Array.from({ length: 12 }, (_, i) => json(session, `${i % 2 === 0 ? a.url : b.url}/${i}`)))
    expect(order).toEqual(Array.from({ length: 12 }, (_, i) => `/${i}`))
  })

  test('one origin with a long queue does not shut out another', async () => {
    const order: string[] = []
    const serve = (name: string) =>
      testServer((_, response) => {
        order.push(name)
        setTimeout(() => sendJson(response, 1), 2)
      })
    await using a = await serve('a')
    await using b = await serve('b')
    await using session = new Session({ connections: 2 })
    await Promise.all([json(session, b.url), json(session, a.url)])
    order.length = 0
    // Both have a warm connection; a's later requests may overtake b's, once per connection.
    await Promise.all([
      ...Array.from({ length: 4 }, () => json(session, a.url)),
      json(session, b.url),
      ...Array.from({ length: 20 }, () => json(session, a.url)),
    ])
    expect(order.indexOf('b')).toBeLessThan(10)
  })

  test('are limited per host, and a host at its limit does not block another', async () => {
    const held: (() => void)[] = []
    await using slow = await testServer((_, response) => void held.push(() => sendJson(response, 'slow')))
    await using fast = await testServer((_, response) => sendJson(response, 'fast'))
    await using session = new Session({ connections: 10, connectionsPerHost: 2 })
    const pending = Array.from({ length: 5 }, () => json(session, slow.url))
    await until(() => held.length === 2)
    expect(await Promise.all(Array.from({ length: 5 }, () => json(session, fast.url)))).toEqual(Array(5).fill('fast'))
    expect(session.statistics()).toMatchObject({ waiting: 3, open: 4 })
    while (session.statistics().inFlight > 0) {
      held.shift()?.()
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(await Promise.all(pending)).toEqual(Array(5).fill('slow'))
    expect(slow.most()).toBe(2)
    expect(fast.most()).toBe(2)
  })

  test('that are idle give way to an origin that has none', async () => {
    await using a = await testServer((_, response) => setTimeout(() => sendJson(response, 1), 5))
    await using b = await testServer((_, response) => sendJson(response, 2))
    await using session = new Session({ connections: 2 })
    await Promise.all([json(session, a.url), json(session, a.url)])
    expect(session.statistics()).toMatchObject({ open: 2, idle: 2 })
    expect(await json(session, b.url)).toBe(2)
    expect(session.statistics()).toMatchObject({ open: 2, idle: 2, connected: 3 })
    await until(() => a.sockets.size === 1)
  })

  test('are reused, the most recently used first, so that the others can time out', async () => {
    await using server = await testServer((_, response) => setTimeout(() => sendJson(response, 1), 5))
    await using session = new Session({ keepAlive: 150 })
    await Promise.all(Array.from({ length: 5 }, () => json(session, server.url)))
    expect(session.statistics().open).toBe(5)
    for (let i = 0; i < 12; i++)
      await Promise.all([json(session, server.url), new Promise((resolve) => setTimeout(resolve, 30))])
    expect(session.statistics()).toMatchObject({ open: 1, idle: 1, connected: 5 })
    await until(() => server.sockets.size === 1)
  })

  test('with keepAlive: 0 each request has its own', async () => {
    await using server = await testServer((_, response) => sendJson(response, 1))
    await using session = new Session({ keepAlive: 0 })
    for (let i = 0; i < 3; i++) await json(session, server.url)
    expect(server.requests.map(({ headers }) => headers.connection)).toEqual(['close', 'close', 'close'])
    expect(session.statistics()).toMatchObject({ reused: 0, connected: 3 })
  })

  test('leaving the queue loses nobody else their place', async () => {
    const order: string[] = []
    await using server = await testServer((request, response) => {
      order.push(request.url!)
      setTimeout(() => sendJson(response, 1), 5)
    })
    await using session = new Session({ baseUrl: server.url, connections: 1 })
    const controller = new AbortController()
    const ends = Array.from({ length: 9 }, (_, i) =>
      session.get(`/${i}`, i % 3 === 1 ? { signal: controller.signal } : {}).then((response) => response.json()),
    )
    const settled = Promise.allSettled(ends)
    expect(session.statistics().waiting).toBe(9)
    controller.abort(new Error('no longer'))
    expect(session.statistics().waiting).toBe(6)
    expect((await settled).map(({ status }) => status === 'fulfilled')).toEqual(
      Array.from({ length: 9 }, (_, i) => i % 3 !== 1),
    )
    expect(order).toEqual(['/0', '/2', '/3', '/5', '/6', '/8'])
  })

  test('a connection that is being opened when its request is aborted serves the next', async () => {
    await using server = await testServer((_, response) => sendJson(response, 1))
    await using session = new Session({ baseUrl: server.url, connections: 1 })
    await json(session, server.url)
    await session.get('/', { headers: { connection: 'close' } }).then((response) => response.json())
    await until(() => session.statistics().open === 0)
    const controller = new AbortController()
    const first = session.get('/', { signal: controller.signal })
    const second = json(session, server.url)
    controller.abort(new Error('no longer'))
    await expect(first).rejects.toThrow('no longer')
    expect(await second).toBe(1)
    expect(session.statistics().connected).toBe(2)
  })

  test('more than a thousand to one origin', { timeout: 30_000 }, async () => {
    const held: (() => void)[] = []
    await using server = await testServer((_, response) => void held.push(() => sendJson(response, 1)))
    await using session = new Session({ connections: 1200, timeout: 25_000 })
    const all = Array.from({ length: 1300 }, () => json(session, server.url))
    await vi.waitFor(() => expect(held.length).toBe(1200), { timeout: 20_000, interval: 20 })
    expect(session.statistics()).toMatchObject({ open: 1200, waiting: 100 })
    const answer = setInterval(() => held.splice(0).forEach((send) => send()), 5)
    await Promise.all(all)
    clearInterval(answer)
    expect(session.statistics()).toMatchObject({ open: 1200, idle: 1200, waiting: 0 })
  })
})

// A model without sockets: whatever happens in whatever order, the limits hold, nobody is forgotten and nobody overtakes within an origin.

interface Fake {
  readonly id: number
  readonly host: number
  state: 'waiting' | 'running' | 'done' | 'failed' | 'left'
  waiter: Waiter | undefined
  end: (() => void) | undefined
}

type Command =
  | { readonly type: 'request'; readonly host: number }
  | { readonly type: 'connect' | 'refuse' | 'finish' | 'break' | 'leave' | 'close'; readonly pick: number }

const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('request' as const), host: fc.nat(3) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constantFrom(
        'connect',
        'connect',
        'connect',
        'finish',
        'finish',
        'finish',
        'refuse',
        'break',
        'leave',
        'close',
      ),
      pick: fc.nat(1000),
    }),
  },
)

class Model {
  readonly pool: ConnectionPool
  readonly requests: Fake[] = []
  readonly attempts: ((ok: boolean) => void)[] = []
  readonly sockets: { close(): void; busy: boolean }[] = []
  readonly started: Fake[] = []

  readonly connections: number
  readonly perHost: number

  constructor(connections: number, perHost: number) {
    this.connections = connections
    this.perHost = perHost
    const connector: Connector = {
      route: (target) => ({
        target,
        pathPrefix: '',
        headers: [],
        connect: (_, callback) => {
          const attempt = (ok: boolean): void => {
            this.attempts.splice(this.attempts.indexOf(attempt), 1)
            if (!ok) {
              callback(new Error('refused'), null)
              return
            }
            const listeners = new Map<string, () => void>()
            const socket = {
              once: (name: string, listener: () => void) => (listeners.set(name, listener), socket),
              on: () => socket,
              off: (name: string) => (listeners.delete(name), socket),
              unref: () => socket,
              ref: () => socket,
              destroy: () => (queueMicrotask(() => listeners.get('close')?.()), socket),
              destroyed: false,
            }
            const entry = { busy: false, close: () => listeners.get('close')?.() }
            this.sockets.push(entry)
            callback(null, socket as never)
          }
          this.attempts.push(attempt)
          return { destroy: () => this.attempts.splice(this.attempts.indexOf(attempt), 1) }
        },
      }),
      createClient: (_route, _streams, adopt) => {
        let adopted = false
        const listeners = new Map<string, () => void>()
        const client = {
          on: (name: string, listener: () => void) => (listeners.set(name, listener), client),
          dispatch: () => {
            if (!adopted) adopt({} as never, () => {})
            adopted = true
            return true
          },
          destroy: () => Promise.resolve(),
        }
        this.sockets.push({ busy: true, close: () => listeners.get('disconnect')?.() })
        return client as unknown as Client
      },
    }
    this.pool = new ConnectionPool({
      connections,
      connectionsPerHost: perHost,
      clock: systemClock,
      deadlines: new DeadlineList(systemClock),
      connectTimeout: 0,
      http2: false,
      loadConnector: () => Promise.resolve(connector),
    })
  }

  request(host: number): void {
    const origin = this.pool.origin(`http://host${host}`)
    const fake: Fake = { id: this.requests.length, host, state: 'waiting', waiter: undefined, end: undefined }
    this.requests.push(fake)
    const exchange = {
      request: {},
      onDequeued: () => (fake.waiter = undefined),
      isAdmitted: () => true,
      onConnection: (connection: never) => {
        expect(fake.state).toBe('waiting')
        fake.state = 'running'
        this.started.push(fake)
        fake.end = () => {
          fake.state = 'done'
          this.pool.release(connection)
        }
        Object.assign(fake, {
          breakDown: () => {
            fake.state = 'failed'
            this.pool.releaseFailed(connection, new Error('broken'))
          },
        })
      },
      onConnectFailed: () => (fake.state = 'failed'),
      origin,
      url: '',
      path: '/',
      method: 'GET',
      headers: [],
      cookie: '',
      body: undefined,
    } as unknown as Exchange
    fake.waiter = this.pool.acquire(exchange, origin)
    if (fake.waiter === undefined) expect(fake.state).toBe('running')
  }

  run(step: Command): void {
    if (step.type === 'request') {
      this.request(step.host)
      return
    }
    const pick = <T>(list: readonly T[]): T | undefined => list[step.pick % list.length]
    const running = this.requests.filter(({ state }) => state === 'running')
    if (step.type === 'connect') pick(this.attempts)?.(true)
    else if (step.type === 'refuse') pick(this.attempts)?.(false)
    else if (step.type === 'finish') pick(running)?.end!()
    else if (step.type === 'break') (pick(running) as unknown as { breakDown(): void } | undefined)?.breakDown()
    else if (step.type === 'close') pick(this.sockets)?.close()
    else {
      const fake = pick(this.requests.filter(({ state }) => state === 'waiting'))
      if (fake?.waiter === undefined) return
      fake.state = 'left'
      this.pool.leave(fake.waiter, this.pool.origin(`http://host${fake.host}`))
    }
  }

  check(): void {
    const { pool, connections, perHost } = this
    const waiting = this.requests.filter(({ state }) => state === 'waiting')
    const running = this.requests.filter(({ state }) => state === 'running').length
    expect(pool.open).toBeLessThanOrEqual(connections)
    expect(running + pool.idle + this.attempts.length).toBe(pool.open)
    expect(pool.waiting).toBe(waiting.length)
    for (let host = 0; host < 4; host++) {
      const origin = pool.origin(`http://host${host}`)
      expect(origin.open).toBeLessThanOrEqual(perHost)
      const mine = waiting.filter((fake) => fake.host === host)
      // Nobody waits for what is there.
      if (mine.length > 0) expect(origin.available).toHaveLength(0)
      if (mine.length > origin.opening.length && origin.open < perHost) {
        expect(pool.open).toBe(connections)
        expect(pool.idle).toBe(0)
      }
      const order = this.started.filter((fake) => fake.host === host).map(({ id }) => id)
      expect(order).toEqual(order.toSorted((x, y) => x - y))
    }
  }
}

test('whatever happens: the limits hold, nobody is forgotten, nobody overtakes within an origin', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(1, 2, Infinity),
      fc.array(command, { maxLength: 80 }),
      async (connections, perHost, steps) => {
        const model = new Model(connections, perHost)
        model.request(0)
        await Promise.resolve()
        await Promise.resolve()
        for (const step of steps) {
          model.run(step)
          model.check()
        }
        for (
          let i = 0;
          i < 1000 && model.requests.some(({ state }) => state === 'waiting' || state === 'running');
          i++
        ) {
          for (const attempt of model.attempts.slice()) attempt(true)
          for (const fake of model.requests) if (fake.state === 'running') fake.end!()
          model.check()
        }
        expect(model.requests.filter(({ state }) => state === 'waiting' || state === 'running')).toEqual([])
        await model.pool.close()
        expect(model.pool.open).toBe(0)
      },
    ),
    { numRuns: 300 },
  )
})
