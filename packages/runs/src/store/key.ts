import { createHash } from 'node:crypto'

/** A longer key is found by its hash: an index of long texts is large and slow. */
const LONGEST = 64
/** 128 bits: among 10^12 keys two are the same with a probability of 10^-15; 64 bits would not do. */
const BYTES = 16

/** What a key is found by: the text itself, or 128 bits of its SHA-256 when it is long. */
export function storedKey(key: string): string | Uint8Array {
  return key.length <= LONGEST ? key : createHash('sha256').update(key).digest().subarray(0, BYTES)
}
