import { createReadStream, createWriteStream } from 'node:fs'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { OutputRewrite } from './output.ts'
import { syncFolder } from './sync-folder.ts'
import { readTail } from './tail.ts'

const NEWLINE = 10

/** Takes lines out of a file. The new one is made beside it, since only within a file system a rename is one step. */
export class FileRewrite implements OutputRewrite {
  readonly #path: string
  readonly #gzip: boolean
  readonly #at: (point: string) => void

  constructor(path: string, gzip: boolean, at: (point: string) => void) {
    this.#path = path
    this.#gzip = gzip
    this.#at = at
  }

  async prepare(size: number, without: readonly number[]): Promise<{ position: number; tail: Uint8Array }> {
    const { target, next } = await this.#paths()
    const { mode } = await stat(target)
    const source = createReadStream(target, { end: size - 1 })
    const filter = (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> => withoutLines(chunks, without)
    const sink = createWriteStream(next, { mode })
    if (this.#gzip) await pipeline(source, createGunzip(), filter, createGzip(), sink)
    else await pipeline(source, filter, sink)
    this.#at('rewrite.written')
    const file = await open(next, 'r+')
    try {
      const { size: position } = await file.stat()
      const tail = await readTail(file, position)
      await file.sync()
      return { position, tail }
    } finally {
      await file.close()
    }
  }

  async swap(): Promise<void> {
    const { target, next } = await this.#paths()
    await rename(next, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    await syncFolder(target)
    this.#at('rewrite.swapped')
  }

  async drop(): Promise<void> {
    const { next } = await this.#paths()
    await rm(next, { force: true })
  }

  async #paths(): Promise<{ target: string; next: string }> {
    // A link stays one.
    const target = await realpath(this.#path).catch(() => this.#path)
    return { target, next: join(dirname(target), `.${basename(target)}.sluice-rewrite`) }
  }
}

/** The text without some of its lines, which are counted from 0 and in order. */
async function* withoutLines(
  chunks: AsyncIterable<Uint8Array>,
  without: readonly number[],
): AsyncGenerator<Uint8Array, void> {
  let line = 0
  let next = 0
  for await (const chunk of chunks) {
    let kept = 0
    for (let at = 0; at < chunk.length;) {
      const dropped = without[next] === line
      const found = chunk.indexOf(NEWLINE, at)
      const end = found < 0 ? chunk.length : found + 1
      if (dropped) {
        if (at > kept) yield chunk.subarray(kept, at)
        kept = end
      }
      if (found >= 0) {
        line++
        if (dropped) next++
      }
      at = end
    }
    if (kept < chunk.length) yield chunk.subarray(kept)
  }
}
