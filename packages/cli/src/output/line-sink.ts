import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** Bytes, or rather characters, that are collected before they are written at once. */
const BATCH = 64 * 1024

/** Where lines go. */
export interface LineSink {
  /** Takes a line, without its end. It is written soon. */
  write(line: string): void
  /** Resolves when there is room for more, or undefined if there is: what produces lines waits for it. */
  ready(): Promise<void> | undefined
  /** Writes everything that was taken. */
  close(): Promise<void>
}

/** Options of a {@link StreamSink}. */
export interface StreamSinkOptions {
  /** Fulfils when all is written, of a stream that is to be ended with the sink; standard output is not. */
  readonly done?: Promise<void> | undefined
  /** Called right before the stream is written to. */
  readonly beforeWrite?: (() => void) | undefined
  readonly onError: (error: Error) => void
}

/**
 * Lines to a stream, several with one write. A stream that fails is told once to `onError`, and what comes after goes nowhere: the reader is gone.
 */
export class StreamSink implements LineSink {
  readonly #stream: Writable
  readonly #done: Promise<void> | undefined
  readonly #beforeWrite: (() => void) | undefined
  #batch: string[] = []
  #size = 0
  #scheduled = false
  #drained: Promise<void> | undefined
  #failed = false
  readonly #onStreamError: (error: Error) => void

  constructor(stream: Writable, { done, beforeWrite, onError }: StreamSinkOptions) {
    this.#stream = stream
    this.#done = done
    this.#beforeWrite = beforeWrite
    this.#onStreamError = (error) => {
      if (this.#failed) return
      this.#failed = true
      this.#batch = []
      onError(error)
    }
    stream.on('error', this.#onStreamError)
  }

  write(line: string): void {
    if (this.#failed) return
    this.#batch.push(line)
    this.#size += line.length + 1
    if (this.#size >= BATCH) this.#flush()
    else if (!this.#scheduled) {
      this.#scheduled = true
      setImmediate(() => {
        this.#scheduled = false
        this.#flush()
      })
    }
  }

  ready(): Promise<void> | undefined {
    return this.#drained
  }

  async close(): Promise<void> {
    this.#flush()
    if (this.#done !== undefined) {
      this.#stream.end()
      await this.#done
    } else if (!this.#failed) {
      // The callback comes with an error too, which has been told by then.
      await new Promise<void>((resolve) => void this.#stream.write('', () => resolve()))
    }
    this.#stream.off('error', this.#onStreamError)
  }

  #flush(): void {
    if (this.#batch.length === 0 || this.#failed) return
    this.#batch.push('')
    const text = this.#batch.join('\n')
    this.#batch = []
    this.#size = 0
    this.#beforeWrite?.()
    if (this.#stream.write(text) || this.#drained !== undefined) return
    this.#drained = this.#drain()
  }

  async #drain(): Promise<void> {
    try {
      await once(this.#stream, 'drain')
    } catch {
      // Told by the listener for errors.
    }
    this.#drained = undefined
  }
}
