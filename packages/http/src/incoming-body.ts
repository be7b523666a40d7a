/** Bytes that are taken in before anybody reads; more would only sit in memory, so the socket is paused. */
const HIGH_WATER = 65_536
/** Bytes that are thrown away to save a connection; cutting it is cheaper than reading more. */
const DUMP_LIMIT = 131_072

/** What a body needs of the exchange that brings it. */
export interface BodySource {
  pause(): void
  resume(): void
  /** Cuts the connection; the body then ends without an error for anybody. */
  cut(): void
  /** The rest is thrown away: cuts the connection if that takes long. */
  onDump(): void
  /** More came than is taken in unread. True: somebody needs the connection, so take in the rest as well. */
  onStalled(): boolean
  /** Cuts the connection since the body is larger than `limit`. */
  tooLarge(): void
}

type Mode = 'unread' | 'buffer' | 'stream' | 'dump'

/** The bytes of a response as they arrive, until somebody says how to have them: whole, as a stream, or not at all. */
export class IncomingBody {
  /** True when the last byte has arrived. */
  complete = false
  readonly #source: BodySource
  readonly #limit: number
  #mode: Mode = 'unread'
  #size = 0
  // Most bodies are one chunk: the array is for the others.
  #first: Buffer | undefined
  #rest: Buffer[] | undefined
  #failed = false
  #error: unknown
  #paused = false
  #absorbing = false
  #whole: Promise<Buffer> | undefined
  #settle: (() => void) | undefined

  constructor(source: BodySource, limit: number) {
    this.#source = source
    this.#limit = limit
  }

  /** True when the whole body can be had without waiting. */
  get ready(): boolean {
    return this.complete && this.#mode !== 'stream' && this.#mode !== 'dump'
  }

  /** @internal A chunk has arrived. */
  push(chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#mode === 'dump') {
      if (this.#size > DUMP_LIMIT) this.#source.cut()
      return
    }
    if (this.#mode !== 'stream' && this.#size > this.#limit) {
      this.#source.tooLarge()
      return
    }
    if (this.#first === undefined) this.#first = chunk
    else if (this.#rest === undefined) this.#rest = [chunk]
    else this.#rest.push(chunk)
    if (this.#mode === 'buffer') return
    if (this.#size >= HIGH_WATER && !this.#paused && !this.#absorbing) {
      if (this.#mode === 'unread' && this.#source.onStalled()) this.#absorbing = true
      else {
        this.#paused = true
        this.#source.pause()
      }
    }
    if (this.#mode === 'stream') this.#wake()
  }

  /** @internal The last byte has arrived. */
  end(): void {
    this.complete = true
    if (this.#settle !== undefined) this.#wake()
  }

  /** @internal There will be no more, for this reason. */
  fail(error: unknown): void {
    this.#failed = true
    this.#error = error
    this.#first = this.#rest = undefined
    this.#wake()
  }

  /** All bytes, which must have arrived ({@link ready}). */
  whole(): Buffer {
    if (this.#rest !== undefined) {
      this.#first = Buffer.concat([this.#first!, ...this.#rest], this.#size)
      this.#rest = undefined
    }
    return this.#first ?? EMPTY
  }

  /** All bytes as soon as they have arrived. May be called repeatedly. */
  read(): Promise<Buffer> {
    return (this.#whole ??= this.#read())
  }

  async #read(): Promise<Buffer> {
    if (this.#mode !== 'unread') throw alreadyRead(this.#mode)
    this.#mode = 'buffer'
    this.#flow()
    while (!this.complete && !this.#failed) await this.#change()
    if (this.#failed) throw this.#error
    return this.whole()
  }

  /** Throws the body away; resolves when its connection is free or cut. */
  async dump(): Promise<void> {
    if (this.#mode === 'buffer') {
      await this.read().catch(ignore)
      return
    }
    if (this.#mode === 'stream') {
      this.#source.cut()
      return
    }
    this.#mode = 'dump'
    this.#first = this.#rest = undefined
    if (this.complete || this.#failed) return
    this.#source.onDump()
    this.#flow()
    while (!this.complete && !this.#failed) await this.#change()
  }

  /** Takes in all of a body that nobody reads yet, since its connection is needed. False if it does not stand still. */
  absorb(): boolean {
    if (this.#mode !== 'unread' || !this.#paused) return false
    this.#absorbing = true
    this.#flow()
    return true
  }

  /** Throws the body away unless somebody reads it already. */
  dumpUnread(): void {
    if (this.#mode === 'unread') void this.dump()
  }

  /** The bytes as they come; leaving early cuts the connection. */
  async *stream(): AsyncGenerator<Buffer, void, undefined> {
    if (this.#whole !== undefined) {
      yield await this.read()
      return
    }
    if (this.#mode !== 'unread') throw alreadyRead(this.#mode)
    this.#mode = 'stream'
    try {
      for (;;) {
        const chunk = this.#first
        if (chunk !== undefined) {
          this.#first = this.#rest?.shift()
          this.#size -= chunk.length
          yield chunk
        } else if (this.#failed) throw this.#error
        else if (this.complete) return
        else {
          this.#flow()
          // The parser may have brought more at once.
          if (this.#first === undefined && !this.complete && !this.#failed) await this.#change()
        }
      }
    } finally {
      if (!this.complete && !this.#failed) this.#source.cut()
      this.#first = this.#rest = undefined
    }
  }

  #flow(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#source.resume()
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#settle = resolve
    })
  }

  #wake(): void {
    const settle = this.#settle
    this.#settle = undefined
    settle?.()
  }
}

const EMPTY = Buffer.alloc(0)
const ignore = (): void => {}

function alreadyRead(mode: Mode): TypeError {
  return new TypeError(
    mode === 'dump'
      ? 'the body was thrown away (dump), so it cannot be read'
      : 'the body was handed over as a stream (body), so it cannot be read again; use bytes(), text() or json() only, which keep it',
  )
}
