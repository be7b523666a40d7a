// RedisCache on a real Redis: the one that REDIS_URL names, or one of the test's own. Skipped where there is none, unless REQUIRE_ENGINES=1.

import { cache, RedisCache, Session, type CacheEntry, type CacheResult } from '@sluice/http'
import { Redis } from 'ioredis'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hasRedis, startOwnRedis, startRedis, type RedisServer } from './redis-server.ts'

const entry = (body: Uint8Array | string): CacheEntry => ({
  status: 200,
  statusText: 'OK',
  headers: { 'content-type': 'application/octet-stream' },
  url: '',
  redirected: false,
  body: Buffer.from(body),
  freshUntil: Infinity,
  staleUntil: Infinity,
})

/** A server that counts what it is asked. */
async function countingServer() {
  let asked = 0
  const server = createServer((request, response) => {
    asked++
    setTimeout(() => response.end(JSON.stringify({ path: request.url, asked })), 20)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<unknown>((resolve) => {
        server.close(resolve)
      })
    },
  }
}

describe.skipIf(!hasRedis())('RedisCache', () => {
  // Others may use the server that REDIS_URL names.
  const suffix = `${process.pid}-${Date.now()}:`
  const prefix = `sluice-test[*?]${suffix}`
  let server: RedisServer
  let redis: Redis

  beforeAll(async () => {
    server = await startRedis()
    redis = new Redis(server.url)
  })
  afterAll(async () => {
    await new RedisCache(redis, { prefix }).clear()
    redis.disconnect()
    await server.stop()
  })

  test('gives back every byte, replaces, deletes, and lets Redis forget', async () => {
    const store = new RedisCache(redis, { prefix })
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
    expect(await store.get('a')).toBeUndefined()
    await store.set('a', entry(bytes), Infinity)
    const back = await store.get('a')
    expect({ ...back, body: Buffer.from(back!.body) }).toEqual(entry(bytes))
    expect(await redis.pttl(`${prefix}a`)).toBe(-1)
    await store.set('a', entry('again'), 5000.5)
    expect(Buffer.from((await store.get('a'))!.body).toString()).toBe('again')
    const left = await redis.pttl(`${prefix}a`)
    expect(left > 4000 && left <= 5001).toBe(true)
    await store.set('b', entry('soon gone'), 30)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(await store.get('b')).toBeUndefined()
    await store.delete('a')
    expect(await store.get('a')).toBeUndefined()
    // What somebody else has left there is a miss.
    await redis.set(`${prefix}c`, 'not an entry')
    expect(await store.get('c')).toBeUndefined()
  })

  test('clears its own keys and no others, however many there are', async () => {
    const store = new RedisCache(redis, { prefix })
    // Its prefix would match this one, if it were a pattern.
    const foreign = `sluice-test*${suffix}x`
    await redis.set(foreign, '1', 'PX', 60_000)
    await Promise.all(Array.from({ length: 2500 }, (_, i) => store.set(`k${i}`, entry('x'), 60_000)))
    await store.clear()
    expect(await store.get('k0')).toBeUndefined()
    expect(await store.get('k2499')).toBeUndefined()
    expect(await redis.get(foreign)).toBe('1')
    await redis.del(foreign)
  })

  test('sessions of different clients share what they keep', async () => {
    await using api = await countingServer()
    const other = new Redis(server.url)
    try {
      const results: CacheResult[] = []
      const open = (client: Redis): Session =>
        new Session({
          baseUrl: api.url,
          middleware: [
            cache(new RedisCache(client, { prefix }), [[() => true, 60_000]], {
              onResult: (result) => results.push(result),
            }),
          ],
        })
      await using first = open(redis)
      await using second = open(other)
      const ask = async (session: Session, key: string): Promise<unknown> =>
        (await session.get('/shared', { headers: { authorization: key } })).json()
      const answers = await Promise.all([ask(first, 'ann'), ask(first, 'ann'), ask(first, 'ann')])
      expect(answers).toEqual(Array.from({ length: 3 }, () => ({ path: '/shared', asked: 1 })))
      expect(await ask(second, 'ann')).toEqual({ path: '/shared', asked: 1 })
      expect(await ask(second, 'bob')).toEqual({ path: '/shared', asked: 2 })
      expect([...results.splice(0, 3).toSorted(), ...results]).toEqual(['miss', 'shared', 'shared', 'hit', 'miss'])
      const keys = await redis.keys(`${prefix.replace(/[[\]*?]/g, '\\$&')}*`)
      expect(keys).toHaveLength(2)
      expect(keys.join()).not.toMatch(/ann|bob|shared/)
    } finally {
      other.disconnect()
    }
  })

  test.skipIf(process.env['REDIS_URL'] !== undefined)(
    'a Redis that goes away, and one that does not answer, cost the use of it',
    { timeout: 30_000 },
    async () => {
      await using api = await countingServer()
      const own = await startOwnRedis()
      // As a client is made by default: it keeps commands until the connection is back.
      const client = new Redis(own.url)
      client.on('error', () => {})
      const warn = vi.spyOn(console, 'warn').mockReturnValue()
      try {
        const store = new RedisCache(client, { prefix, timeout: 100 })
        await using session = new Session({ baseUrl: api.url, middleware: [cache(store, [[() => true, 60_000]])] })
        const ask = async (): Promise<unknown> => (await session.get('/a')).json()
        expect([await ask(), await ask()]).toEqual([
          { path: '/a', asked: 1 },
          { path: '/a', asked: 1 },
        ])
        await own.stop()
        const started = performance.now()
        for (let i = 2; i < 12; i++) expect(await ask()).toEqual({ path: '/a', asked: i })
        // It is asked once, and then left alone for a while.
        expect(performance.now() - started).toBeLessThan(1000)
        expect(warn).toHaveBeenCalledTimes(1)
      } finally {
        warn.mockRestore()
        client.disconnect()
        await own.stop()
      }
    },
  )
})
