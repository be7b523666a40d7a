import type { BatchLimits, Output, WriteReport } from './output.ts'

/** Only the store remembers. */
export class NoOutput implements Output {
  readonly lines = false
  readonly batch: BatchLimits = { results: 100, bytes: Infinity, ms: 25 }
  readonly tail: Uint8Array = new Uint8Array(0)
  readonly rewrite = undefined

  async check(): Promise<void> {}
  async open(): Promise<undefined> {}
  async cut(): Promise<void> {}
  async write(): Promise<WriteReport> {
    return { ends: [], bytes: 0 }
  }
  async sync(): Promise<void> {}
  async close(): Promise<void> {}
}
