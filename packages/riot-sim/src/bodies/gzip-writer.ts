import { constants, crc32, deflateRawSync } from 'node:zlib'

import { Crc32Shift } from './crc32-shift.ts'

/** A stored block of deflate holds at most so many bytes. */
const STORED_LIMIT = 65_535
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
const FINAL_BLOCK = Buffer.from([1, 0, 0, 0xff, 0xff])

/** Bytes that were compressed once, to stand in many files. */
export class CompressedBlock {
  readonly bytes: Buffer
  readonly crc: number
  readonly shift: Crc32Shift

  constructor(plain: Buffer) {
    // A full flush ends on a byte and forgets the window, so that the block can stand between any others.
    this.bytes = deflateRawSync(plain, { level: 9, finishFlush: constants.Z_FULL_FLUSH })
    this.crc = crc32(plain)
    this.shift = new Crc32Shift(plain.length)
  }
}

/** Puts a gzip file together from compressed blocks and plain bytes; the checksum is combined from theirs. */
export class GzipWriter {
  readonly #out: Buffer
  #at: number
  #crc = 0
  // Plain bytes since the last compressed block: from here on, behind room for the block's header.
  #storedFrom = -1

  /** @param out has room for all that will be written, {@link GzipWriter.room}. */
  constructor(out: Buffer) {
    this.#out = out
    out.set(GZIP_HEADER)
    this.#at = GZIP_HEADER.length
  }

  /** The room that a file with so many plain bytes in so many runs between blocks, and these blocks, needs at most. */
  static room(plain: number, runs: number, blocks: number): number {
    return plain + blocks + 5 * (runs + Math.ceil(plain / STORED_LIMIT)) + 32
  }

  block({ bytes, crc, shift }: CompressedBlock): void {
    this.#endStored()
    this.#out.set(bytes, this.#at)
    this.#at += bytes.length
    this.#crc = (shift.apply(this.#crc) ^ crc) >>> 0
  }

  /** Writes `from.subarray(start, end)` as it is. */
  stored(from: Buffer, start: number, end: number): void {
    if (this.#storedFrom !== -1 && this.#at + end - start - this.#storedFrom > STORED_LIMIT) this.#endStored()
    if (this.#storedFrom === -1) {
      this.#at += 5
      this.#storedFrom = this.#at
    }
    this.#at = copyBytes(from, start, end, this.#out, this.#at)
  }

  /** Ends the file. @param plainLength of the whole content. */
  end(plainLength: number): Buffer {
    this.#endStored()
    this.#out.set(FINAL_BLOCK, this.#at)
    this.#at += FINAL_BLOCK.length
    this.#out.writeUInt32LE(this.#crc, this.#at)
    this.#out.writeUInt32LE(plainLength, this.#at + 4)
    return this.#out.subarray(0, this.#at + 8)
  }

  #endStored(): void {
    if (this.#storedFrom === -1) return
    const length = this.#at - this.#storedFrom
    this.#crc = crc32(this.#out.subarray(this.#storedFrom, this.#at), this.#crc)
    this.#out[this.#storedFrom - 5] = 0
    this.#out.writeUInt16LE(length, this.#storedFrom - 4)
    this.#out.writeUInt16LE(0xffff - length, this.#storedFrom - 2)
    this.#storedFrom = -1
  }
}

/** Short runs are copied faster one by one than by a call into the engine. */
const SHORT_RUN = 24

/** Copies `from.subarray(start, end)` to `to` at `at`, and returns where it ends. */
export function copyBytes(from: Buffer, start: number, end: number, to: Buffer, at: number): number {
  if (end - start > SHORT_RUN) {
    to.set(start === 0 && end === from.length ? from : from.subarray(start, end), at)
    return at + end - start
  }
  for (let i = start; i < end; i++) to[at++] = from[i]!
  return at
}
