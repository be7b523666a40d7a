import { once } from 'node:events'
import type { OutputStream } from '../surroundings.ts'

/** Writes lines no faster than they are taken. */
export class LineWriter {
  readonly #stream: OutputStream
  #gone = false

  constructor(stream: OutputStream) {
    this.#stream = stream
    stream.once('error', () => (this.#gone = true))
  }

  /** False when nobody reads any more. */
  async write(line: string): Promise<boolean> {
    if (!this.#gone && !this.#stream.write(`${line}\n`)) {
      try {
        await once(this.#stream, 'drain')
      } catch {
        this.#gone = true
      }
    }
    return !this.#gone
  }
}
