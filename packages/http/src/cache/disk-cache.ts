import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { checkCount, show } from '@sluice/core/internal'
import type { CacheEntry, CacheStore } from './cache-store.ts'
import { decodeEntry, encodeEntry } from './entry-codec.ts'

/** A half-written file of a crashed process may go after so many ms. */
const ABANDONED_MS = 3_600_000

/** Options of a {@link DiskCache}. */
export interface DiskCacheOptions {
  /** Bytes of all files together, about; the oldest give way. Default 1,073,741,824 (1 GiB). */
  maxBytes?: number | undefined
  /** The time in ms since 1970. Default `Date.now`. */
  now?: (() => number) | undefined
}

/**
 * Keeps responses as files in a folder that only this user can read; several processes may share it. A file is written beside its place and then renamed, and carries
 * a checksum: after a crash an entry is there as a whole, or not at all.
 *
 * @example
 * ```ts
 * import { mkdtemp } from 'node:fs/promises'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { DiskCache, Session, cache } from '@sluice/http'
 *
 * const folder = await mkdtemp(join(tmpdir(), 'cache-'))
 * await using session = new Session({ middleware: [cache(new DiskCache(folder), [[() => true, 60_000]])] })
 * ```
 */
export class DiskCache implements CacheStore {
  readonly #folder: string
  readonly #maxBytes: number
  readonly #now: () => number
  /** Written since the last look at the size of it all. */
  #written = Infinity
  #pruning: Promise<void> | undefined
  #ready: Promise<unknown> | undefined

  /** @throws TypeError or RangeError for wrong options. The folder is made with the first write. */
  constructor(folder: string, options: DiskCacheOptions = {}) {
    if (typeof folder !== 'string' || folder === '') throw new TypeError(`folder must be a path, not ${show(folder)}`)
    const { maxBytes = 2 ** 30, now = Date.now } = options
    checkCount('maxBytes', maxBytes)
    this.#folder = path.resolve(folder)
    this.#maxBytes = maxBytes
    this.#now = now
  }

  async get(key: string): Promise<CacheEntry | undefined> {
    const file = this.#fileOf(key)
    let bytes: Buffer
    try {
      bytes = await readFile(file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
    const entry = decodeEntry(bytes)
    if (entry === undefined || entry.staleUntil <= this.#now()) {
      await rm(file, { force: true })
      return undefined
    }
    return entry
  }

  async set(key: string, entry: CacheEntry): Promise<void> {
    const bytes = encodeEntry(entry)
    if (bytes.byteLength > this.#maxBytes) return
    const file = this.#fileOf(key)
    this.#ready ??= mkdir(this.#temporary, { recursive: true, mode: 0o700 })
    await this.#ready
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    const beside = path.join(this.#temporary, `${process.pid}-${randomUUID()}`)
    try {
      const handle = await open(beside, 'wx', 0o600)
      try {
        await handle.writeFile(bytes)
      } finally {
        await handle.close()
      }
      await rename(beside, file)
    } catch (error) {
      await rm(beside, { force: true })
      throw error
    }
    this.#written += bytes.byteLength
    // Looking costs a walk over all files: only when a tenth of the bound may have been added.
    if (this.#written > this.#maxBytes / 10) {
      this.#written = 0
      await (this.#pruning ??= this.prune().finally(() => (this.#pruning = undefined)))
    }
  }

  async delete(key: string): Promise<void> {
    await rm(this.#fileOf(key), { force: true })
  }

  async clear(): Promise<void> {
    for (const { file } of await this.#files()) await rm(file, { force: true })
  }

  /** Removes what crashed processes left behind, and the oldest files until the rest is well within `maxBytes`. Called by itself now and then. */
  async prune(): Promise<void> {
    for (const name of await namesIn(this.#temporary)) {
      const file = path.join(this.#temporary, name)
      const info = await stat(file).catch(() => undefined)
      if (info !== undefined && info.mtimeMs < this.#now() - ABANDONED_MS) await rm(file, { force: true })
    }
    const files = await this.#files()
    let total = files.reduce((sum, { size }) => sum + size, 0)
    if (total <= this.#maxBytes) return
    files.sort((a, b) => a.time - b.time)
    for (const { file, size } of files) {
      if (total <= this.#maxBytes * 0.9) return
      await rm(file, { force: true })
      total -= size
    }
  }

  get #temporary(): string {
    return path.join(this.#folder, 'tmp')
  }

  #fileOf(key: string): string {
    // Keys of the cache are hashes; whoever uses the store by hand must not leave the folder.
    const safe = encodeURIComponent(key).replaceAll('.', '%2E').slice(0, 200)
    return path.join(this.#folder, 'entries', safe.slice(0, 2), safe)
  }

  async #files(): Promise<{ file: string; size: number; time: number }[]> {
    const files: { file: string; size: number; time: number }[] = []
    const entries = path.join(this.#folder, 'entries')
    for (const shard of await namesIn(entries)) {
      for (const name of await namesIn(path.join(entries, shard))) {
        const file = path.join(entries, shard, name)
        // Another process may have removed it meanwhile.
        const info = await stat(file).catch(() => undefined)
        if (info !== undefined) files.push({ file, size: info.size, time: info.mtimeMs })
      }
    }
    return files
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
