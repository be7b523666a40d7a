import { once } from 'node:events'
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
    const parts: Buffer[] = []
    for (const { line } of batch) {
      if (line !== undefined) parts.push(typeof line === 'string' ? Buffer.from(line) : Buffer.from(line), NEWLINE)
    }
    const bytes = Buffer.concat(parts)
    if (bytes.length > 0 && !this.#stream.write(bytes)) await once(this.#stream, 'drain')
    return { ends: [], bytes: bytes.length }
  }

  async sync(): Promise<void> {}

  async close(): Promise<void> {
    if (this.#owned) {
      this.#stream.end()
      await finished(this.#stream)
    } else if (this.#error === undefined) {
      // The callback comes with an error too, which has been told by then.
      await new Promise<void>((resolve) => void this.#stream.write('', () => resolve()))
    }
    this.#stream.off('error', this.#failed)
  }
}

const NEWLINE = Buffer.from('\n')
