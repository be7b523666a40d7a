import { constants } from 'node:fs'
import { access, open, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { StoreError } from '../errors.ts'
import type { Line } from '../outcome.ts'
import type { OutputPosition } from '../store/run-store.ts'
import { FileRewrite } from './file-rewrite.ts'
import type { BatchLimits, Output, OutputEnds, WriteReport, Written } from './output.ts'
import { syncFolder } from './sync-folder.ts'
import { TAIL, readTail } from './tail.ts'

const PLAIN: BatchLimits = { results: 100, bytes: 1024 * 1024, ms: 25 }
/** A small member of gzip packs badly. */
const PACKED: BatchLimits = { results: 2000, bytes: 256 * 1024, ms: 250 }
const packed = promisify(gzip)
const NEWLINE = 10

/** A file of lines, packed if its name ends in `.gz`: then each batch is a member, which `gunzip` and every reader of gzip take as one file. */
export class FileOutput implements Output {
  readonly lines = true
  readonly rewrite: FileRewrite
  readonly batch: BatchLimits
  readonly #path: string
  readonly #gzip: boolean
  readonly #fresh: boolean
  readonly #at: (point: string) => void
  #file: FileHandle | undefined
  #position = 0
  #tail: Uint8Array = new Uint8Array(0)

  constructor(path: string, options: { fresh: boolean; at: (point: string) => void }) {
    this.#path = path
    this.#gzip = path.endsWith('.gz')
    this.#fresh = options.fresh
    this.#at = options.at
    this.batch = this.#gzip ? PACKED : PLAIN
    this.rewrite = new FileRewrite(path, this.#gzip, options.at)
  }

  get tail(): Uint8Array {
    return this.#tail
  }

  async check(known: OutputPosition | undefined): Promise<void> {
    const before = await stat(this.#path).catch(() => undefined)
    // What cannot be written is told before anything is made.
    await access(before === undefined ? dirname(this.#path) : this.#path, constants.W_OK)
    if (known === undefined && !this.#fresh && before !== undefined && before.size > 0) {
      throw new StoreError('FOREIGN_OUTPUT', `${this.#path} exists already, and no run of this store has written it`)
    }
  }

  async open(known: OutputPosition | undefined, ends?: OutputEnds): Promise<number> {
    const before = await stat(this.#path).catch(() => undefined)
    this.#file = await open(this.#path, constants.O_RDWR | constants.O_CREAT, 0o666)
    if (before === undefined) await syncFolder(this.#path)
    const size = before?.size ?? 0
    if (known === undefined) return 0
    this.#position = known.position
    this.#tail = known.tail ?? new Uint8Array(0)
    if (ends !== undefined && !(await this.#isOwn(size, known, ends))) {
      throw new StoreError(
        'CHANGED_OUTPUT',
        `${this.#path} was changed by somebody else since this run wrote it: put it back, or start over (fresh)`,
      )
    }
    return Math.min(size, known.position)
  }

  async cut(position: number): Promise<void> {
    const file = this.#file!
    this.#at('cut.before')
    await file.truncate(position)
    this.#at('cut.done')
    if (position !== this.#position || this.#tail.length === 0) {
      this.#position = position
      this.#tail = await readTail(file, position)
    }
  }

  async write(batch: readonly Written[]): Promise<WriteReport> {
    const ends: (number | undefined)[] = []
    const parts: Buffer[] = []
    let end = this.#position
    for (const { line } of batch) {
      if (line !== undefined) {
        const bytes = lineBytes(line)
        parts.push(bytes)
        end += bytes.length
      }
      ends.push(line === undefined ? undefined : end)
    }
    if (parts.length === 0) return { ends, bytes: 0 }
    const raw = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    const bytes = this.#gzip ? await packed(raw) : raw
    await this.#append(bytes)
    this.#position += bytes.length
    this.#tail = lastOf(this.#tail, bytes)
    return { ends: this.#gzip ? ends.map((at) => at && this.#position) : ends, bytes: bytes.length }
  }

  async sync(): Promise<void> {
    await this.#file!.datasync()
  }

  async close(): Promise<void> {
    await this.#file?.close()
  }

  async #append(bytes: Buffer): Promise<void> {
    this.#at('output.before')
    // A test may want to end it in the middle.
    const half = this.#at === noPoints ? 0 : bytes.length >> 1
    for (let done = 0; done < bytes.length;) {
      const length = done < half ? half - done : bytes.length - done
      const { bytesWritten } = await this.#file!.write(bytes, done, length, this.#position + done)
      done += bytesWritten
      if (half > 0 && done === half) this.#at('output.half')
    }
    this.#at('output.written')
  }

  /** Whether nobody else has changed it, as far as its end tells. */
  async #isOwn(size: number, known: OutputPosition, { exact, before }: OutputEnds): Promise<boolean> {
    if (size >= known.position) return !(exact && size > known.position) && this.#endsWith(known)
    if (this.#gzip) return true
    // Its end is lost. What is left is whole lines and a part of one, or it has lost something else.
    const end = before(size)
    const from = Math.max(0, end - 1)
    const { buffer } = await this.#file!.read(Buffer.alloc(size - from), 0, size - from, from)
    return buffer.indexOf(NEWLINE, 0) === (end === 0 ? -1 : 0) && buffer.indexOf(NEWLINE, end - from) < 0
  }

  async #endsWith({ position, tail }: OutputPosition): Promise<boolean> {
    if (tail === undefined) return true
    const length = tail.length
    const { buffer } = await this.#file!.read(Buffer.alloc(length), 0, length, position - length)
    return buffer.equals(tail)
  }
}

/** The product has no points at which a test may end it. */
export const noPoints = (): void => {}

function lineBytes(line: Line): Buffer {
  if (typeof line === 'string') return Buffer.from(`${line}\n`)
  const bytes = Buffer.allocUnsafe(line.length + 1)
  bytes.set(line)
  bytes[line.length] = NEWLINE
  return bytes
}

function lastOf(before: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (bytes.length >= TAIL) return bytes.slice(-TAIL)
  return Buffer.concat([before, bytes]).subarray(-TAIL)
}
