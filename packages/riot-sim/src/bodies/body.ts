import { gzipSync } from 'node:zlib'

import type { Allocate } from './template.ts'

/** The content of a response. It is rendered when somebody asks for it, and never if nobody does. */
export interface Body {
  readonly contentType: string
  /** The content as it is. @param allocate gives the memory, if any is needed. */
  bytes(allocate?: Allocate): Buffer
  /** The content compressed with gzip. */
  gzip(allocate?: Allocate): Buffer
}

const JSON_TYPE = 'application/json;charset=utf-8'
// Level 1: a simulator has to be fast, and the size is within a fifth of the default level's.
const GZIP_LEVEL = 1

/** A body that is made from a value with `JSON.stringify`. */
export class JsonBody implements Body {
  readonly contentType: string = JSON_TYPE
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
  }

  bytes(): Buffer {
    return Buffer.from(JSON.stringify(this.value))
  }

  gzip(): Buffer {
    return gzipSync(this.bytes(), { level: GZIP_LEVEL })
  }
}

/** A body that is there already. */
export class RawBody implements Body {
  readonly contentType: string
  readonly #bytes: Buffer
  #gzip: Buffer | undefined

  constructor(bytes: Buffer, contentType: string = JSON_TYPE) {
    this.#bytes = bytes
    this.contentType = contentType
  }

  bytes(): Buffer {
    return this.#bytes
  }

  gzip(): Buffer {
    this.#gzip ??= gzipSync(this.#bytes, { level: GZIP_LEVEL })
    return this.#gzip
  }
}

/** No content at all. */
export const EMPTY_BODY: Body = new RawBody(Buffer.alloc(0))
