import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { BatchLimits, Output, WriteReport, Written } from './output.ts'

/** Lines to a stream, such as standard output: what was written cannot be taken back. The stream is left open, unless it is `owned`. */
export class StreamOutput implements Output {
  readonly lines = true
  readonly batch: BatchLimits = { results: 100, bytes: 64 * 1024, ms: 0 }
  readonly tail: Uint8Array = new Uint8Array(0)
  readonly rewrite = undefined
  readonly #stream: Writable
  #error: Error | undefined
  readonly #failed = (error: Error): void => {
    this.#error = error
  }

  readonly #owned: boolean

  constructor(stream: Writable, owned: boolean) {
    this.#stream = stream
    this.#owned = owned
  }

  async check(): Promise<void> {}

  async open(): Promise<undefined> {
    this.#stream.on('error', this.#failed)
  }

  async cut(): Promise<void> {}

  async write(batch: readonly Written[]): Promise<WriteReport> {
    if (this.#error !== undefined) throw this.#error
    if (this.#stream.destroyed) throw closed()
    const parts: Buffer[] = []
    for (const { line } of batch) {
      if (line !== undefined) parts.push(typeof line === 'string' ? Buffer.from(line) : Buffer.from(line), NEWLINE)
    }
    const bytes = Buffer.concat(parts)
    if (bytes.length > 0 && !this.#stream.write(bytes)) await this.#drained()
    return { ends: [], bytes: bytes.length }
  }

  async sync(): Promise<void> {}

  async close(): Promise<void> {
    if (this.#owned) {
      this.#stream.end()
      await finished(this.#stream)
    } else if (this.#error === undefined) {
      await new Promise<void>((resolve, reject) => {
        this.#stream.write('', (error) => (error ? reject(this.#stream.destroyed ? closed() : error) : resolve()))
      })
    }
    this.#stream.off('error', this.#failed)
  }

  /** Resolves when there is room again. A stream that is closed in the meantime never has any. */
  #drained(): Promise<void> {
    const stream = this.#stream
    return new Promise((resolve, reject) => {
      const end = (): void => {
        stream.off('drain', end).off('close', end).off('error', end)
        if (this.#error !== undefined) reject(this.#error)
        else if (stream.destroyed) reject(closed())
        else resolve()
      }
      stream.on('drain', end).on('close', end).on('error', end)
    })
  }
}

function closed(): Error {
  return new Error('the stream was closed before everything was written to it')
}

const NEWLINE = Buffer.from('\n')
