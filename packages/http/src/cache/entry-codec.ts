import { crc32 } from 'node:zlib'
import type { CacheEntry } from './cache-store.ts'

/** Changes with the format, so that what an older version has written is not misread. */
const MAGIC = 'sluice-cache-1'

/** An entry as bytes: a line of JSON that tells length and checksum of the body, and the body. */
export function encodeEntry(entry: CacheEntry): Buffer {
  const { body, freshUntil, staleUntil, ...rest } = entry
  const head = {
    magic: MAGIC,
    ...rest,
    // JSON has no Infinity.
    freshUntil: freshUntil === Infinity ? null : freshUntil,
    staleUntil: staleUntil === Infinity ? null : staleUntil,
    length: body.byteLength,
    crc: crc32(body),
  }
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body])
}

/** `undefined` for bytes that are no whole entry: of another version, cut short or damaged. */
export function decodeEntry(bytes: Buffer): CacheEntry | undefined {
  const end = bytes.indexOf(10)
  if (end < 0) return undefined
  let head: Record<string, unknown>
  try {
    head = JSON.parse(bytes.toString('utf8', 0, end)) as Record<string, unknown>
  } catch {
    return undefined
  }
  const body = bytes.subarray(end + 1)
  if (head === null || head['magic'] !== MAGIC || head['length'] !== body.byteLength || head['crc'] !== crc32(body))
    return undefined
  return {
    status: head['status'] as number,
    statusText: head['statusText'] as string,
    headers: head['headers'] as Record<string, string>,
    url: head['url'] as string,
    redirected: head['redirected'] as boolean,
    freshUntil: (head['freshUntil'] as number | null) ?? Infinity,
    staleUntil: (head['staleUntil'] as number | null) ?? Infinity,
    body,
  }
}
