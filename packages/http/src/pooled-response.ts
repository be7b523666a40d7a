import type { ContentCoding } from './decompress.ts'
import type { Exchange } from './exchange.ts'
import type { IncomingBody } from './incoming-body.ts'
import { codingsOf, decodeStream, decodeWhole, toJson, toText, type ReadingOptions } from './response-reader.ts'
import type { HeadersLike, SessionRequest, SessionResponse } from './types.ts'

const NO_CODINGS: readonly ContentCoding[] = []

/** A response whose body may still be on its way. */
export class PooledResponse implements SessionResponse {
  readonly request: SessionRequest
  readonly status: number
  readonly statusText: string
  readonly headers: HeadersLike
  readonly url: string
  readonly redirected: boolean
  /** @internal */
  readonly reading: ReadingOptions
  readonly #body: IncomingBody
  readonly #codings: readonly ContentCoding[]
  #decoded: Promise<Buffer> | undefined

  constructor(exchange: Exchange, headers: HeadersLike, statusText: string, body: IncomingBody) {
    this.request = exchange.request
    this.status = exchange.status
    this.statusText = statusText
    this.headers = headers
    this.url = exchange.url
    this.redirected = exchange.redirects > 0
    this.reading = exchange.transport.reading
    this.#body = body
    const coding = this.reading.decompress ? headers.get('content-encoding') : undefined
    this.#codings = coding === undefined ? NO_CODINGS : codingsOf(coding)
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300
  }

  json<T = unknown>(): Promise<T> {
    // The whole body usually came with the head: then this is one promise and no turn of the queue.
    if (this.#body.ready && this.#codings.length === 0) {
      try {
        return Promise.resolve(toJson(this, this.#body.whole()) as T)
      } catch (error) {
        return Promise.reject(error)
      }
    }
    return this.#whole().then((bytes) => toJson(this, bytes) as T)
  }

  text(): Promise<string> {
    return this.#whole().then((bytes) => toText(this, bytes))
  }

  bytes(): Promise<Uint8Array> {
    return this.#whole()
  }

  get body(): AsyncIterable<Uint8Array> {
    const chunks = this.#body.stream()
    return this.#codings.length === 0 ? chunks : decodeStream(this, chunks, this.#codings)
  }

  dump(): Promise<void> {
    return this.#body.dump()
  }

  #whole(): Promise<Buffer> {
    if (this.#codings.length === 0) return this.#body.read()
    return (this.#decoded ??= this.#body.read().then((bytes) => decodeWhole(this, bytes, this.#codings)))
  }
}
