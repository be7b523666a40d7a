import type { Transform } from 'node:stream'
import zlib from 'node:zlib'

/** Larger results than this are decompressed on the thread pool, so that the event loop goes on. */
const SYNC_LIMIT = 262_144

/** Codings of RFC 9110, section 8.4.1, that a session undoes. */
export type ContentCoding = 'gzip' | 'deflate' | 'br'

/** The codings of a `content-encoding` in the order in which they must be undone; `undefined` if one is not known. */
export function contentCodings(header: string): ContentCoding[] | undefined {
  const codings: ContentCoding[] = []
  for (const part of header.toLowerCase().split(',')) {
    const coding = part.trim()
    if (coding === '' || coding === 'identity') continue
    if (coding === 'gzip' || coding === 'x-gzip') codings.unshift('gzip')
    else if (coding === 'deflate' || coding === 'br') codings.unshift(coding)
    else return undefined
  }
  return codings
}

/** True for the error that says that the result is larger than allowed. */
export function isTooLarge(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ERR_BUFFER_TOO_LARGE'
}

/** Undoes the codings one after the other; no result may be larger than `limit` bytes. */
export async function decompress(bytes: Buffer, codings: readonly ContentCoding[], limit: number): Promise<Buffer> {
  let result = bytes
  for (const coding of codings) result = await undo(result, coding, Math.min(limit, MAX_BUFFER))
  return result
}

/** `maxOutputLength` allows no more. */
const MAX_BUFFER = 2 ** 32

function undo(bytes: Buffer, coding: ContentCoding, limit: number): Promise<Buffer> | Buffer {
  // A server may announce a coding and send nothing, as with HEAD and 304.
  if (bytes.length === 0) return bytes
  if (bytes.length * 4 <= SYNC_LIMIT) {
    try {
      return undoSync(bytes, coding, Math.min(limit, SYNC_LIMIT))
    } catch (error) {
      if (!isTooLarge(error) || limit <= SYNC_LIMIT) throw error
    }
  }
  return new Promise((resolve, reject) => {
    const options = { maxOutputLength: limit }
    const done = (error: Error | null, result: Buffer): void => {
      if (error === null) resolve(result)
      else reject(error)
    }
    if (coding === 'br') zlib.brotliDecompress(bytes, options, done)
    else if (coding === 'gzip') zlib.gunzip(bytes, options, done)
    else if (isZlib(bytes)) zlib.inflate(bytes, options, done)
    else zlib.inflateRaw(bytes, options, done)
  })
}

function undoSync(bytes: Buffer, coding: ContentCoding, limit: number): Buffer {
  const options = { maxOutputLength: limit }
  if (coding === 'br') return zlib.brotliDecompressSync(bytes, options)
  if (coding === 'gzip') return zlib.gunzipSync(bytes, options)
  return isZlib(bytes) ? zlib.inflateSync(bytes, options) : zlib.inflateRawSync(bytes, options)
}

/** `deflate` should be the zlib format, yet some servers send raw deflate; the first byte tells (RFC 1950, section 2.2). */
function isZlib(bytes: Buffer): boolean {
  return (bytes[0]! & 0x0f) === 8
}

/** A stream that undoes one coding; `firstByte` tells the two kinds of deflate apart. */
export function decompressor(coding: ContentCoding, first: Buffer): Transform {
  if (coding === 'br') return zlib.createBrotliDecompress()
  if (coding === 'gzip') return zlib.createGunzip()
  return isZlib(first) ? zlib.createInflate() : zlib.createInflateRaw()
}
