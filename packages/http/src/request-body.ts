import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { show } from '@sluice/core/internal'
import type { RequestBody, RequestOptions } from './types.ts'
import { encodeQuery } from './url.ts'

/** A body ready to be sent. */
export interface EncodedBody {
  readonly body: RequestBody | undefined
  /** The `content-type` if the caller gives none. */
  readonly contentType: string | undefined
  readonly replayable: boolean
}

const NONE: EncodedBody = { body: undefined, contentType: undefined, replayable: true }
const KINDS = ['json', 'form', 'multipart', 'body'] as const

/** What `json`, `form`, `multipart` or `body` of the options comes to. */
export function encodeBody(options: RequestOptions): EncodedBody {
  const given = KINDS.filter((kind) => options[kind] !== undefined)
  if (given.length === 0) return NONE
  if (given.length > 1)
    throw new TypeError(`a request has one body: give ${given.slice(0, -1).join(', ')} or ${given.at(-1)!}, not both`)
  const { json, form, multipart, body } = options
  switch (given[0]) {
    case 'json': {
      const text = JSON.stringify(json) as string | undefined
      if (text === undefined) throw new TypeError(`json must be something that JSON can hold, not ${show(json)}`)
      return { body: text, contentType: 'application/json', replayable: true }
    }
    case 'form':
      return { body: encodeQuery(form, 'form'), contentType: 'application/x-www-form-urlencoded', replayable: true }
    case 'multipart':
      return encodeMultipart(toFormData(multipart!))
    default:
      return encodeRaw(body!)
  }
}

function toFormData(multipart: NonNullable<RequestOptions['multipart']>): FormData {
  if (multipart instanceof FormData) return multipart
  if (typeof multipart !== 'object' || multipart === null)
    throw new TypeError(`multipart must be FormData or an object, not ${show(multipart)}`)
  const data = new FormData()
  for (const [name, value] of Object.entries(multipart)) {
    if (typeof value === 'string') data.append(name, value)
    else if (value instanceof Blob) data.append(name, value)
    else throw new TypeError(`multipart.${name} must be a string or a Blob, not ${show(value)}`)
  }
  return data
}

/** The form as a Blob of its parts, which is read only when it is sent. */
function encodeMultipart(data: FormData): EncodedBody {
  const boundary = `sluice-${crypto.randomUUID()}`
  const parts: (string | Blob)[] = []
  for (const [name, value] of data) {
    parts.push(`--${boundary}\r\ncontent-disposition: form-data; name="${escapeName(name)}"`)
    if (typeof value === 'string') parts.push('\r\n\r\n', value.replace(/\r\n?|\n/g, '\r\n'))
    else
      parts.push(
        `; filename="${escapeName(value.name)}"\r\ncontent-type: ${value.type || 'application/octet-stream'}\r\n\r\n`,
        value,
      )
    parts.push('\r\n')
  }
  parts.push(`--${boundary}--\r\n`)
  return { body: new Blob(parts), contentType: `multipart/form-data; boundary=${boundary}`, replayable: true }
}

/** WHATWG HTML, multipart/form-data encoding algorithm. */
function escapeName(name: string): string {
  return name.replace(/\r\n?|\n/g, '%0D%0A').replaceAll('"', '%22')
}

function encodeRaw(body: RequestBody): EncodedBody {
  if (typeof body === 'string') return { body, contentType: 'text/plain;charset=UTF-8', replayable: true }
  if (body instanceof URLSearchParams)
    return { body: body.toString(), contentType: 'application/x-www-form-urlencoded;charset=UTF-8', replayable: true }
  if (body instanceof Uint8Array || body instanceof ArrayBuffer)
    return { body, contentType: undefined, replayable: true }
  if (body instanceof FormData) return encodeMultipart(body)
  if (body instanceof Blob) return { body, contentType: body.type === '' ? undefined : body.type, replayable: true }
  if (typeof body === 'object' && body !== null && (Symbol.asyncIterator in body || Symbol.iterator in body))
    return { body: toBytes(body), contentType: undefined, replayable: false }
  throw new TypeError(
    `body must be a string, bytes, a Blob, FormData, URLSearchParams or an (async) iterable of bytes, not ${show(body)}; use json for plain objects`,
  )
}

/** undici takes buffers only from iterables. Node's own streams already deliver them, and can be called off before they are read. */
function toBytes(body: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>): RequestBody {
  if (typeof (body as { pipe?: unknown }).pipe === 'function') return body
  if (typeof (body as { getReader?: unknown }).getReader === 'function')
    return Readable.fromWeb(body as unknown as WebStream)
  return (async function* () {
    for await (const chunk of body) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
  })()
}

/** A stream that nobody will read any more gives back what it holds: its file, its socket. */
export function abandonBody(body: RequestBody | undefined): void {
  const stream = body as Partial<Readable> | undefined
  if (typeof stream?.destroy === 'function') stream.destroy()
}
