import { crc32, deflateRawSync, constants, gzipSync } from 'node:zlib'

import { Crc32Shift } from './crc32-shift.ts'

/** Pieces shorter than this are not worth a compressed block of their own. */
const SHORT_PIECE = 256
/** A stored block of deflate holds at most so many bytes. */
const STORED_LIMIT = 65_535
/** Above this share of changing content, the whole body is compressed at once instead of piece by piece. */
const MOSTLY_SLOTS = 0.2
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
const FINAL_BLOCK = Buffer.from([1, 0, 0, 0xff, 0xff])

// Private-use characters, which no name or text of the world contains and which JSON.stringify leaves as they are.
const OPEN = '\uE000'
const CLOSE = '\uE001'

interface Piece {
  readonly bytes: Buffer
  readonly deflated: Buffer | undefined
  readonly shift: Crc32Shift | undefined
  readonly crc: number
}

/** Marks a place in a template's value where a text is filled in later. */
export function textSlot(slot: number): string {
  return OPEN + String(slot) + CLOSE
}

/** Marks a place in a template's value where a number is filled in later; the type is a pious lie, the slot is text until then. */
export function numberSlot(slot: number): number {
  return `${OPEN}n${slot}${CLOSE}` as unknown as number
}

/**
 * A JSON text with slots. It is serialised once; a body is then the unchanging pieces copied around the values of the slots, and its
 * gzip form is the compressed pieces around stored blocks, with the checksum combined from theirs. A match of 64 kB takes some
 * microseconds instead of a `JSON.stringify` and a compression.
 */
export class Template {
  readonly #pieces: Piece[] = []
  /** The slot behind each piece but the last. */
  readonly #slots: number[] = []
  readonly #fixedLength: number
  #compressed = false

  /** @param value what `JSON.stringify` takes, with {@link textSlot} and {@link numberSlot} in it. */
  constructor(value: unknown) {
    const text = JSON.stringify(value)
    let at = 0
    let length = 0
    const add = (piece: string): void => {
      const bytes = Buffer.from(piece)
      length += bytes.length
      this.#pieces.push({ bytes, deflated: undefined, shift: undefined, crc: 0 })
    }
    for (const match of text.matchAll(/"\uE000n(\d+)\uE001"|\uE000(\d+)\uE001/g)) {
      add(text.slice(at, match.index))
      this.#slots.push(Number(match[1] ?? match[2]))
      at = match.index + match[0].length
    }
    add(text.slice(at))
    this.#fixedLength = length
  }

  /** The body with these values; a value for a text slot must be escaped for JSON already. */
  bytes(values: readonly Buffer[]): Buffer {
    const out = Buffer.allocUnsafe(this.#length(values))
    let at = 0
    for (let i = 0; i < this.#pieces.length; i++) {
      at += copy(this.#pieces[i]!.bytes, out, at)
      if (i < this.#slots.length) at += copy(values[this.#slots[i]!]!, out, at)
    }
    return out
  }

  /** The body with these values, compressed. */
  gzip(values: readonly Buffer[]): Buffer {
    const length = this.#length(values)
    if (length - this.#fixedLength > MOSTLY_SLOTS * length) return gzipSync(this.bytes(values), { level: 1 })
    if (!this.#compressed) this.#compress()
    const writer = new GzipWriter(length)
    for (let i = 0; i < this.#pieces.length; i++) {
      writer.piece(this.#pieces[i]!)
      if (i < this.#slots.length) writer.stored(values[this.#slots[i]!]!)
    }
    return writer.end(length)
  }

  #length(values: readonly Buffer[]): number {
    let length = this.#fixedLength
    for (const slot of this.#slots) length += values[slot]!.length
    return length
  }

  #compress(): void {
    for (let i = 0; i < this.#pieces.length; i++) {
      const { bytes } = this.#pieces[i]!
      if (bytes.length < SHORT_PIECE) continue
      // A full flush ends on a byte and forgets the window, so that the block can stand between any others.
      const deflated = deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_FULL_FLUSH })
      this.#pieces[i] = { bytes, deflated, shift: new Crc32Shift(bytes.length), crc: crc32(bytes) }
    }
    this.#compressed = true
  }
}

/** Puts a gzip file together from compressed blocks and plain bytes. */
class GzipWriter {
  readonly #out: Buffer
  #at: number
  #crc = 0
  // Plain bytes since the last compressed block: from here on, behind room for the block's header.
  #storedFrom = -1

  constructor(plainLength: number) {
    // Stored blocks add 5 bytes per 64 kB and per compressed block; compressed blocks are smaller than their content.
    this.#out = Buffer.allocUnsafe(plainLength + 5 * Math.ceil(plainLength / SHORT_PIECE) + 64)
    this.#at = copy(GZIP_HEADER, this.#out, 0)
  }

  piece({ bytes, deflated, shift, crc }: Piece): void {
    if (deflated === undefined) {
      this.stored(bytes)
      return
    }
    this.#endStored()
    this.#at += copy(deflated, this.#out, this.#at)
    this.#crc = (shift!.apply(this.#crc) ^ crc) >>> 0
  }

  stored(bytes: Buffer): void {
    if (this.#storedFrom !== -1 && this.#at + bytes.length - this.#storedFrom > STORED_LIMIT) this.#endStored()
    if (this.#storedFrom === -1) {
      this.#at += 5
      this.#storedFrom = this.#at
    }
    this.#at += copy(bytes, this.#out, this.#at)
  }

  end(plainLength: number): Buffer {
    this.#endStored()
    this.#at += copy(FINAL_BLOCK, this.#out, this.#at)
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

function copy(from: Buffer, to: Buffer, at: number): number {
  to.set(from, at)
  return from.length
}
