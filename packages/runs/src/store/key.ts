import { createHash } from 'node:crypto'
import type { SqlValue } from './sqlite.ts'

/** A longer key is found by its hash: an index of long texts is large and slow. */
const LONGEST = 64
/** 128 bits: among 10^12 keys two are the same with a probability of 10^-15; 64 bits would not do. */
const BYTES = 16
/** What a text in a database may not keep as it is. */
const DELICATE = /[\0\ud800-\udfff]/

/** What a key is found by, and the key itself where that does not tell it. */
export interface StoredKey {
  /** The text itself, or 128 bits of its SHA-256. */
  readonly found: string | Uint8Array
  /** The key as JSON if it is found by a hash. */
  readonly long: string | null
}

/** A key as it is stored. */
export function storedKey(key: string): StoredKey {
  if (key.length <= LONGEST && !DELICATE.test(key)) return { found: key, long: null }
  // JSON keeps apart what UTF-8 cannot.
  const long = JSON.stringify(key)
  return { found: createHash('sha256').update(long).digest().subarray(0, BYTES), long }
}

/** The key again. */
export function keyOf(found: SqlValue | undefined, long: SqlValue | undefined): string {
  return typeof long === 'string' ? (JSON.parse(long) as string) : String(found)
}
