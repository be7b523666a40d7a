import type { OutputPosition } from '../store/run-store.ts'
import type { BatchLimits, Output, WriteReport, Written } from './output.ts'
import type { Sink } from './sink.ts'

/** A sink of the user's own. */
export class SinkOutput implements Output {
  readonly lines = false
  readonly batch: BatchLimits = { results: 100, bytes: Infinity, ms: 25 }
  readonly tail: Uint8Array = new Uint8Array(0)
  readonly rewrite = undefined
  readonly #sink: Sink
  readonly #durable: boolean

  constructor(sink: Sink, durable: boolean) {
    this.#sink = sink
    this.#durable = durable
  }

  async check(): Promise<void> {}

  async open(known: OutputPosition | undefined): Promise<number | undefined> {
    const state = { position: known?.position, tail: known?.tail, durable: this.#durable }
    return this.#sink.open?.(state)
  }

  async cut(position: number): Promise<void> {
    await this.#sink.cut?.(position)
  }

  async write(batch: readonly Written[]): Promise<WriteReport> {
    const ends = await this.#sink.write(batch.map(({ outcome }) => outcome))
    return { ends: ends ?? [], bytes: 0 }
  }

  async sync(): Promise<void> {
    await this.#sink.sync?.()
  }

  async close(): Promise<void> {
    await this.#sink.close?.()
  }
}
