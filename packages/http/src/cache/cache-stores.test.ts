import { mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CacheEntry, CacheStore } from './cache-store.ts'
import { DiskCache } from './disk-cache.ts'
import { decodeEntry, encodeEntry } from './entry-codec.ts'
import { MemoryCache } from './memory-cache.ts'
import { RedisCache, type RedisLike } from './redis-cache.ts'

function entry(body: string | Uint8Array = 'hello', until = Infinity): CacheEntry {
  return {
    status: 200,
    statusText: 'OK',
    headers: { 'content-type': 'text/plain' },
    url: '',
    redirected: false,
    body: typeof body === 'string' ? Buffer.from(body) : body,
    freshUntil: until,
    staleUntil: until,
  }
}

/** A Redis in memory, for what the cache uses of it. */
class FakeRedis implements RedisLike {
  readonly data = new Map<string, Buffer>()
  readonly expiries = new Map<string, number | undefined>()
  getBuffer = async (key: string) => this.data.get(key) ?? null
  set = async (key: string, value: Buffer, _unit?: 'PX', ms?: number) => {
    this.data.set(key, value)
    this.expiries.set(key, ms)
    return 'OK'
  }
  del = async (...keys: string[]) => keys.filter((key) => this.data.delete(key)).length
  #rest: string[] = []
  scan = async (cursor: string | number, _match: 'MATCH', pattern: string): Promise<[string, string[]]> => {
    const prefix = pattern.slice(0, -1).replaceAll('\\', '')
    // In two steps, as a real one may.
    if (cursor !== '0') return ['0', this.#rest]
    const keys = [...this.data.keys()].filter((key) => key.startsWith(prefix))
    this.#rest = keys.splice(1)
    return ['7', keys]
  }
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-cache-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe.each<[string, () => CacheStore]>([
  ['MemoryCache', () => new MemoryCache()],
  ['DiskCache', () => new DiskCache(folder)],
  ['RedisCache', () => new RedisCache(new FakeRedis())],
])('%s', (_name, make) => {
  test('gives back what was set, replaces, deletes and clears', async () => {
    const store = make()
    expect(await store.get('a')).toBeUndefined()
    await store.set('a', entry(), Infinity)
    await store.set('b', entry(new Uint8Array([0, 10, 255, 10, 0])), 5000)
    const a = await store.get('a')
    expect({ ...a, body: Buffer.from(a!.body).toString() }).toEqual({ ...entry(), body: 'hello' })
    expect([...(await store.get('b'))!.body]).toEqual([0, 10, 255, 10, 0])
    await store.set('a', entry('again'), Infinity)
    expect(Buffer.from((await store.get('a'))!.body).toString()).toBe('again')
    await store.delete('a')
    expect(await store.get('a')).toBeUndefined()
    await store.delete('a')
    await store.clear()
    expect(await store.get('b')).toBeUndefined()
    await store.clear()
  })
})

test('encoding and decoding give the entry back, and any damage gives nothing', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.dictionary(fc.string(), fc.string()),
      fc.oneof(fc.integer(), fc.constant(Infinity)),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (body, headers, until, at, flip) => {
        const original: CacheEntry = { ...entry(body, until), headers: { ...headers } }
        const bytes = encodeEntry(original)
        const back = decodeEntry(bytes)!
        expect({ ...back, body: [...back.body], headers: { ...back.headers } }).toEqual({
          ...original,
          body: [...body],
        })
        expect(decodeEntry(bytes.subarray(0, at % bytes.length))).toBeUndefined()
        const start = bytes.indexOf(10) + 1
        if (start < bytes.length) {
          bytes[start + (at % (bytes.length - start))]! ^= flip
          expect(decodeEntry(bytes)).toBeUndefined()
        }
      },
    ),
  )
})

describe('MemoryCache', () => {
  test('is bounded in bytes; what was used longest ago gives way', () => {
    const store = new MemoryCache({ maxBytes: 20_000 })
    for (let i = 0; i < 100; i++) {
      store.set(`k${i}`, entry(Buffer.alloc(1000)))
      store.get('k0')
      expect(store.bytes).toBeLessThanOrEqual(20_000)
    }
    expect(store.size).toBeGreaterThan(8)
    expect(store.get('k0')).toBeDefined()
    expect(store.get('k1')).toBeUndefined()
    store.set('huge', entry(Buffer.alloc(6000)))
    expect(store.get('huge')).toBeUndefined()
  })

  test('does not keep a large buffer alive for a small body', () => {
    const store = new MemoryCache()
    store.set('a', entry(Buffer.alloc(1_000_000).subarray(5, 15)))
    expect(store.get('a')!.body.buffer.byteLength).toBe(10)
  })

  test('refuses a bound that is none', () => {
    expect(() => new MemoryCache({ maxBytes: 0 })).toThrow('maxBytes must be')
  })
})

describe('DiskCache', () => {
  const files = async (): Promise<string[]> => {
    const all = await readdir(folder, { recursive: true, withFileTypes: true })
    return all.filter((file) => file.isFile()).map((file) => path.join(file.parentPath, file.name))
  }

  test('only this user can read it', async () => {
    await new DiskCache(folder).set('k', entry())
    const [file] = await files()
    expect((await stat(file!)).mode & 0o077).toBe(0)
    expect((await stat(path.dirname(file!))).mode & 0o077).toBe(0)
  })

  test('what is cut short, empty or foreign is a miss and is removed; what has expired as well', async () => {
    const store = new DiskCache(folder, { now: () => 1000 })
    await store.set('k', entry('a longer body'))
    const [file] = await files()
    await truncate(file!, 60)
    expect(await store.get('k')).toBeUndefined()
    expect(await files()).toEqual([])
    for (const bytes of ['', '{}\n', 'null\n', 'no json\nx']) {
      await store.set('k', entry())
      await writeFile(file!, bytes)
      expect(await store.get('k')).toBeUndefined()
    }
    await store.set('k', entry('old', 1000))
    expect(await store.get('k')).toBeUndefined()
    expect(await files()).toEqual([])
  })

  test('a key cannot lead out of the folder', async () => {
    const store = new DiskCache(path.join(folder, 'inner'))
    for (const key of ['../../evil', '..', '/etc/passwd', 'a/b', '\0']) {
      await store.set(key, entry(key))
      expect(Buffer.from((await store.get(key))!.body).toString()).toBe(key)
    }
    for (const file of await files()) expect(file.startsWith(path.join(folder, 'inner', 'entries'))).toBe(true)
  })

  test('is bounded in bytes, the oldest files give way; a crashed writer is cleaned up after', async () => {
    const store = new DiskCache(folder, { maxBytes: 20_000 })
    await store.set('k0', entry(Buffer.alloc(1000)))
    const left = path.join(folder, 'tmp', 'crashed')
    const fresh = path.join(folder, 'tmp', 'writing')
    await writeFile(left, 'half')
    await writeFile(fresh, 'half')
    await utimes(left, new Date(0), new Date(0))
    for (let i = 1; i < 60; i++) await store.set(`k${i}`, entry(Buffer.alloc(1000)))
    await store.prune()
    let total = 0
    for (const file of await files()) total += (await stat(file)).size
    expect(total).toBeLessThanOrEqual(20_000)
    expect(await store.get('k59')).toBeDefined()
    expect(await store.get('k0')).toBeUndefined()
    expect(await files()).not.toContain(left)
    expect(await files()).toContain(fresh)
  })

  test('two writers and a reader at once: an entry is whole, or not there', async () => {
    const sizes = [10, 1000, 300_000]
    const state = { writing: true }
    const write = async (store: DiskCache): Promise<void> => {
      for (let i = 0; i < 60; i++) await store.set('k', entry('x'.repeat(sizes[i % sizes.length]!)))
    }
    const read = async (): Promise<number> => {
      const store = new DiskCache(folder)
      let reads = 0
      for (; state.writing; reads++) {
        const got = await store.get('k')
        if (got !== undefined) expect(sizes).toContain(got.body.byteLength)
      }
      return reads
    }
    const reader = read()
    await Promise.all([write(new DiskCache(folder)), write(new DiskCache(folder))])
    state.writing = false
    expect(await reader).toBeGreaterThan(10)
    expect(await files()).toHaveLength(1)
  })

  test('refuses what is no folder', () => {
    expect(() => new DiskCache('')).toThrow('folder must be a path')
    expect(() => new DiskCache(folder, { maxBytes: -1 })).toThrow('maxBytes must be')
  })
})

describe('RedisCache', () => {
  test('lets Redis forget, and clears its own keys only', async () => {
    const redis = new FakeRedis()
    await redis.set('foreign', Buffer.from('x'))
    const store = new RedisCache(redis, { prefix: 'a*b:' })
    await store.set('k', entry(), 1234.5)
    await store.set('l', entry(), Infinity)
    await store.set('m', entry(), 10)
    expect(redis.expiries.get('a*b:k')).toBe(1235)
    expect(redis.expiries.get('a*b:l')).toBeUndefined()
    await store.clear()
    expect([...redis.data.keys()]).toEqual(['foreign'])
  })

  test('refuses what is no client', () => {
    expect(() => new RedisCache({} as RedisLike)).toThrow('client must be an ioredis client')
  })
})
