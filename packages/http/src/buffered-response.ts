import { ResponseHeaders } from './headers.ts'
import { knownCredentials } from './redact.ts'
import { toJson, toText, type ReadingOptions } from './response-reader.ts'
import type { HeadersLike, SessionRequest, SessionResponse } from './types.ts'

/** What a response from memory consists of. */
export interface BufferedResponseInit {
  /** The request that it answers. */
  request: SessionRequest
  status: number
  statusText?: string | undefined
  /** A plain record needs lower-case names. */
  headers: HeadersLike | Readonly<Record<string, string | readonly string[]>>
  /** Default: the request's. */
  url?: string | undefined
  redirected?: boolean | undefined
  /** Not compressed any more, whatever `content-encoding` says. */
  body: Uint8Array
}

const READING: ReadingOptions = { maxBodySize: Infinity, decompress: false, credentials: knownCredentials }

class BufferedResponse implements SessionResponse {
  readonly request: SessionRequest
  readonly status: number
  readonly statusText: string
  readonly headers: HeadersLike
  readonly url: string
  readonly redirected: boolean
  readonly reading: ReadingOptions = READING
  readonly #bytes: Buffer

  constructor(init: BufferedResponseInit) {
    const { headers, body } = init
    this.request = init.request
    this.status = init.status
    this.statusText = init.statusText ?? ''
    this.headers =
      typeof headers.get === 'function'
        ? (headers as HeadersLike)
        : new ResponseHeaders(headers as Record<string, string>)
    this.url = init.url ?? init.request.url
    this.redirected = init.redirected ?? false
    this.#bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300
  }

  async json<T = unknown>(): Promise<T> {
    return toJson(this, this.#bytes) as T
  }

  async text(): Promise<string> {
    return toText(this, this.#bytes)
  }

  async bytes(): Promise<Uint8Array> {
    return this.#bytes
  }

  get body(): AsyncIterable<Uint8Array> {
    return once(this.#bytes)
  }

  async dump(): Promise<void> {}
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  if (bytes.length > 0) yield bytes
}

/**
 * A response whose body is in memory already: what a middleware returns that answers without the server.
 *
 * @example
 * ```ts
 * import { bufferedResponse, Session, type Middleware } from '@sluice/http'
 *
 * const offline: Middleware = async (request) =>
 *   bufferedResponse({ request, status: 200, headers: {}, body: Buffer.from('{"offline":true}') })
 *
 * await using session = new Session({ middleware: [offline] })
 * console.log(await (await session.get('https://api.example.com/users')).json()) // { offline: true }
 * ```
 */
export function bufferedResponse(init: BufferedResponseInit): SessionResponse {
  return new BufferedResponse(init)
}
