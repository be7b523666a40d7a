import { pipeline, Readable } from 'node:stream'
import { charsetOf, decodeText } from './charset.ts'
import { contentCodings, decompress, decompressor, isTooLarge, type ContentCoding } from './decompress.ts'
import { BodyTooLargeError, DecodeError } from './errors.ts'
import { jsonErrorPosition } from './json-position.ts'
import type { Credentials } from './redact.ts'
import type { HeadersLike, SessionRequest } from './types.ts'

/** Characters of the body that an error shows. */
const EXCERPT = 200

/** What a session says about reading. */
export interface ReadingOptions {
  /** Bytes after decompression. */
  readonly maxBodySize: number
  readonly decompress: boolean
  readonly credentials: Credentials
}

/** What the readers must know of a response. */
export interface ReadableResponse {
  readonly reading: ReadingOptions
  readonly status: number
  readonly url: string
  readonly headers: HeadersLike
  readonly request: SessionRequest
}

/** Text in the charset of `content-type`. */
export function toText(response: ReadableResponse, bytes: Buffer): string {
  const charset = charsetOf(response.headers.get('content-type'))
  try {
    return decodeText(bytes, charset)
  } catch (cause) {
    throw decodeError(
      response,
      `the charset ${JSON.stringify(charset.slice(0, 40))} is not known`,
      'HTTP_CHARSET',
      undefined,
      '',
      cause,
    )
  }
}

/** Parsed JSON, or a `DecodeError` that shows what came instead. */
export function toJson(response: ReadableResponse, bytes: Buffer): unknown {
  const text = toText(response, bytes)
  try {
    return (response.request.parseJson ?? JSON.parse)(text)
  } catch (cause) {
    if (bytes.length === 0) throw decodeError(response, 'the body is empty, not JSON', 'HTTP_JSON', 0, '', cause)
    const position = jsonErrorPosition(text)
    const where = position === undefined ? '' : ` at position ${position}`
    const type = response.headers.get('content-type')
    throw decodeError(
      response,
      `the body is not JSON${where} (${type ?? 'no content-type'}, ${bytes.length} bytes)`,
      'HTTP_JSON',
      position,
      text,
      cause,
    )
  }
}

/** The codings of a body that have to be undone; a body with one that is not known is handed over as it is. */
export function codingsOf(contentEncoding: string): readonly ContentCoding[] {
  return contentCodings(contentEncoding) ?? []
}

/** Undoes the codings of a whole body. */
export async function decodeWhole(
  response: ReadableResponse,
  bytes: Buffer,
  codings: readonly ContentCoding[],
): Promise<Buffer> {
  try {
    return await decompress(bytes, codings, response.reading.maxBodySize)
  } catch (cause) {
    throw codingError(response, codings, cause)
  }
}

/** Undoes the codings of a body on its way; no more than `maxBodySize` bytes come out. */
export async function* decodeStream(
  response: ReadableResponse,
  chunks: AsyncIterable<Buffer>,
  codings: readonly ContentCoding[],
): AsyncGenerator<Buffer, void, undefined> {
  let stream: AsyncIterable<Buffer> = chunks
  for (const coding of codings) stream = undoOne(stream, coding)
  let size = 0
  const source = stream[Symbol.asyncIterator]()
  try {
    for (;;) {
      let result: IteratorResult<Buffer>
      try {
        result = await source.next()
      } catch (cause) {
        throw isZlibError(cause) ? codingError(response, codings, cause) : cause
      }
      if (result.done === true) return
      size += result.value.length
      if (size > response.reading.maxBodySize) throw tooLarge(response)
      yield result.value
    }
  } finally {
    await source.return?.()
  }
}

async function* undoOne(chunks: AsyncIterable<Buffer>, coding: ContentCoding): AsyncGenerator<Buffer, void, undefined> {
  const source = chunks[Symbol.asyncIterator]()
  const first = await source.next()
  if (first.done === true) return
  const rest: AsyncIterable<Buffer> = {
    [Symbol.asyncIterator]: () => source,
  }
  const readable = Readable.from(
    (async function* () {
      yield first.value
      yield* rest
    })(),
    { objectMode: false },
  )
  const inflated = decompressor(coding, first.value)
  // Errors arrive through the iteration below; the callback only keeps them from being thrown.
  pipeline(readable, inflated, () => {})
  try {
    yield* inflated as AsyncIterable<Buffer>
  } finally {
    readable.destroy()
    inflated.destroy()
  }
}

function isZlibError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return (
    typeof code === 'string' &&
    (code.startsWith('Z_') ||
      code.startsWith('ERR_BROTLI') ||
      code.startsWith('ERR__ERROR') ||
      /^ERR_.*BROTLI|^ERR__/.test(code))
  )
}

function codingError(response: ReadableResponse, codings: readonly ContentCoding[], cause: unknown): Error {
  if (isTooLarge(cause)) return tooLarge(response)
  const names = codings.toReversed().join(', ')
  return decodeError(response, `the body is not valid ${names}`, 'HTTP_CONTENT_ENCODING', undefined, '', cause)
}

/** The body is larger than the session allows. */
export function tooLarge(
  response: Pick<ReadableResponse, 'status' | 'url' | 'request' | 'reading'>,
): BodyTooLargeError {
  const { method } = response.request
  const { maxBodySize, credentials } = response.reading
  const url = credentials.redactUrl(response.url)
  return new BodyTooLargeError(`${method} ${url}: the body is larger than maxBodySize, ${maxBodySize} bytes`, {
    method,
    url,
    code: 'HTTP_BODY_TOO_LARGE',
    status: response.status,
    limit: maxBodySize,
  })
}

function decodeError(
  response: ReadableResponse,
  what: string,
  code: string,
  position: number | undefined,
  text: string,
  cause: unknown,
): DecodeError {
  const { method } = response.request
  const url = response.reading.credentials.redactUrl(response.url)
  const excerpt = text.slice(0, EXCERPT)
  const shown = excerpt === '' ? '' : `; it begins with ${JSON.stringify(excerpt)}${text.length > EXCERPT ? '…' : ''}`
  return new DecodeError(`${method} ${url}: ${what}, status ${response.status}${shown}`, {
    method,
    url,
    code,
    status: response.status,
    position,
    excerpt,
    cause,
  })
}
