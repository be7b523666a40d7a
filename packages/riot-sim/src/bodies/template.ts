import { gzipSync } from 'node:zlib'

import { CompressedBlock, GzipWriter, copyBytes } from './gzip-writer.ts'
import type { SlotValues } from './slot-values.ts'

/** Pieces shorter than this are not worth a compressed block of their own. */
const SHORT_PIECE = 256
/** Above this share of changing content, the whole body is compressed at once instead of piece by piece. */
const MOSTLY_SLOTS = 0.2

// Private-use characters, which no text of the world contains and which JSON.stringify leaves as they are.
const OPEN = '\uE000'
const CLOSE = '\uE001'

/** Gives memory for a body of at most this length. */
export type Allocate = (length: number) => Buffer

/** Marks a place in a template's value where a text is filled in later. */
export function textSlot(slot: number): string {
  return OPEN + String(slot) + CLOSE
}

/** Marks a place where a number or a boolean is filled in later; until then it is a text, whatever its type says. */
export function numberSlot(slot: number): number {
  return `${OPEN}n${slot}${CLOSE}` as unknown as number
}

/**
 * A JSON text with slots. It is serialised once; a body is then the unchanging pieces copied around the values of the slots, and its
 * gzip form is the compressed pieces around stored blocks. A match of 70 kB takes some microseconds instead of a `JSON.stringify` and
 * a compression.
 */
export class Template {
  readonly #pieces: Buffer[] = []
  /** The slot behind each piece but the last. */
  readonly #slots: number[] = []
  readonly #fixedLength: number
  /** For each piece its compressed form, or undefined for a short one. */
  #blocks: (CompressedBlock | undefined)[] | undefined
  #blockBytes = 0
  #blockPlain = 0

  /** @param value what `JSON.stringify` takes, with {@link textSlot} and {@link numberSlot} in it. */
  constructor(value: unknown) {
    const text = JSON.stringify(value)
    let at = 0
    for (const match of text.matchAll(/"\uE000n(\d+)\uE001"|\uE000(\d+)\uE001/g)) {
      this.#pieces.push(Buffer.from(text.slice(at, match.index)))
      this.#slots.push(Number(match[1] ?? match[2]))
      at = match.index + match[0].length
    }
    this.#pieces.push(Buffer.from(text.slice(at)))
    this.#fixedLength = this.#pieces.reduce((sum, piece) => sum + piece.length, 0)
  }

  /** The body with these values. */
  bytes(values: SlotValues, allocate: Allocate): Buffer {
    const length = this.#length(values)
    const out = allocate(length)
    const pieces = this.#pieces
    const slots = this.#slots
    const { bytes, starts, ends } = values
    let at = 0
    for (let i = 0; i < slots.length; i++) {
      const piece = pieces[i]!
      const slot = slots[i]!
      at = copyBytes(piece, 0, piece.length, out, at)
      at = copyBytes(bytes, starts[slot]!, ends[slot]!, out, at)
    }
    const last = pieces[slots.length]!
    copyBytes(last, 0, last.length, out, at)
    return out.subarray(0, length)
  }

  /** The body with these values, compressed. */
  gzip(values: SlotValues, allocate: Allocate): Buffer {
    const length = this.#length(values)
    if (length - this.#fixedLength > MOSTLY_SLOTS * length) {
      return gzipSync(this.bytes(values, allocate), { level: 1 })
    }
    const blocks = (this.#blocks ??= this.#compress())
    const out = allocate(GzipWriter.room(length - this.#blockPlain, blocks.length + 1, this.#blockBytes))
    const writer = new GzipWriter(out)
    for (let i = 0; i < blocks.length; i++) {
      const block = blocks[i]
      if (block !== undefined) writer.block(block)
      else writer.stored(this.#pieces[i]!, 0, this.#pieces[i]!.length)
      const slot = this.#slots[i]
      if (slot !== undefined) writer.stored(values.bytes, values.starts[slot]!, values.ends[slot]!)
    }
    return writer.end(length)
  }

  #length({ starts, ends }: SlotValues): number {
    let length = this.#fixedLength
    for (const slot of this.#slots) length += ends[slot]! - starts[slot]!
    return length
  }

  #compress(): (CompressedBlock | undefined)[] {
    return this.#pieces.map((piece) => {
      if (piece.length < SHORT_PIECE) return undefined
      const block = new CompressedBlock(piece)
      this.#blockBytes += block.bytes.length
      this.#blockPlain += piece.length
      return block
    })
  }
}
