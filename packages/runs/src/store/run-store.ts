import type { ErrorFacts } from '../error-facts.ts'
import type { RunCounts } from '../events.ts'

/** An item as the store knows it. */
export interface StoredItem {
  readonly id: number
  readonly key: string
  readonly item: unknown
  /** Attempts that have failed and were to be repeated. */
  readonly attempts: number
  /** When the next attempt may begin, by `Date.now()`; 0 for at once. */
  readonly notBefore: number
  /** When the first attempt began, by `Date.now()`; 0 if none did. */
  readonly began: number
}

/** An item that is offered to the store. */
export interface NewItem {
  readonly key: string
  readonly item: unknown
  /** The item as JSON; null when it is the key as a string. */
  readonly json: string | null
  readonly priority: number
}

/** How an item ended for good. */
export interface StoredResult {
  readonly id: number
  readonly ok: boolean
  readonly attempts: number
  readonly ms: number
  readonly error: ErrorFacts | undefined
  /** Its line in the output is this one, counted from 0; undefined if it has none. */
  readonly line: number | undefined
  /** Position in the output behind it; undefined if the output has none. */
  readonly end: number | undefined
  /** What it adds. */
  readonly added: readonly NewItem[]
}

/** An attempt that failed and is to be repeated. */
export interface StoredRetry {
  readonly id: number
  readonly attempts: number
  readonly error: ErrorFacts
  readonly notBefore: number
  readonly began: number
}

/** What goes into the store in one transaction. */
export interface StoredBatch {
  readonly results: readonly StoredResult[]
  readonly retries: readonly StoredRetry[]
  /** Where the output ends now. */
  readonly output: OutputPosition | undefined
}

/** Up to where the output is known. */
export interface OutputPosition {
  readonly position: number
  /** The last bytes before it; undefined if they are not known. */
  readonly tail: Uint8Array | undefined
  readonly lines: number
}

/** An item of the input as the store knows it now. */
export interface Placed {
  readonly id: number
  /** False when an earlier session has brought it. */
  readonly fresh: boolean
}

/** Items of the input that were read together. */
export interface ChunkRecord {
  readonly entries: number
  readonly digest: Uint8Array
  readonly ids: Uint32Array
}

/** Where a run keeps what it must not forget. All calls are synchronous; `durable` waits for the disk. */
export interface RunStore {
  readonly counts: RunCounts
  /** The chunk that an earlier session has read at this place. */
  chunk(n: number): ChunkRecord | undefined
  /** Takes the items of a chunk, in one transaction with the place of the input. */
  putChunk(n: number, items: readonly NewItem[], digest: Uint8Array): readonly Placed[]
  /** Which of these are not done. */
  pending(ids: Uint32Array): Iterable<number>
  /** The items with these ids, in their order. */
  load(ids: readonly number[]): readonly StoredItem[]
  /** One transaction. Answers the items that its results add and that are not done, also those that were known. */
  commit(batch: StoredBatch): readonly { id: number; priority: number }[]
  /** Resolves when every commit so far would survive a power cut. */
  durable(): Promise<void>
  /** `ended`: all that was written is known, and on the disk. */
  close(ended: boolean): void
}
