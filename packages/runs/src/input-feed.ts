import { createHash } from 'node:crypto'
import { StoreFailure } from './errors.ts'
import { IdSet } from './id-set.ts'
import type { InputReader } from './input-reader.ts'
import { newItem } from './new-item.ts'
import type { NewItem, RunStore } from './store/run-store.ts'
import { Wakeup } from './wakeup.ts'

/** Items in a transaction. */
const CHUNK = 1000
/** A slow input is taken as it comes, after so many ms. */
const CHUNK_MS = 20
/** No more items than this are read ahead to find out what the input has in common with the store. */
const MOST_AHEAD = 4_000_000

/** What a feed is made of. */
export interface FeedParts<I> {
  readonly reader: InputReader<I>
  readonly keyOf: (item: I) => string | number
  readonly store: RunStore
  /** Items that the store has had from an input, and whether that had been read to its end. */
  readonly known: { readonly items: number; readonly ended: boolean }
  /** Of the run by what tasks have added. */
  readonly added: IdSet
  /** Items in a transaction, if not as usual. */
  readonly chunk: number | undefined
  /** How many items may wait. */
  readonly ahead: number
  /** How many wait. */
  readonly waiting: () => number
  /** There is something to do; the item itself if it has just been read. */
  readonly onItem: (id: number, item: NewItem | undefined) => void
  /** The input has been compared with the store. */
  readonly onFound: (found: { items: number; done: number; fresh: number; gone: number }) => void
}

/**
 * Brings the input into the store, a chunk a transaction, and what is not done of it to the work. What earlier sessions have read is compared with what comes now, at
 * full speed: a chunk that is the same as before is known by its hash. Behind that it reads no further than the work needs.
 */
export class InputFeed<I> {
  readonly #parts: FeedParts<I>
  readonly #room = new Wakeup()
  readonly #seen = new IdSet()
  #stopped = false
  #items = 0
  #fresh = 0
  /** Items of earlier inputs that have come again. */
  #again = 0
  /** Of these, not done. */
  #left = 0
  #found = false
  #duplicates = 0

  constructor(parts: FeedParts<I>) {
    this.#parts = parts
  }

  /** Distinct items of the input so far, without those that tasks have added before. */
  get items(): number {
    return this.#items
  }

  /** Whether the input has had it. */
  has(id: number): boolean {
    return this.#seen.has(id)
  }

  get duplicates(): number {
    return this.#duplicates
  }

  /** Ends when the input does, or when the feed is stopped: true when the input has ended. */
  async run(): Promise<boolean> {
    const { reader, keyOf, store, chunk, ahead, waiting } = this.#parts
    for (let n = 0; !reader.ended && !this.#stopped; n++) {
      while (!this.#stopped && !this.#comparing && waiting() >= ahead) await this.#room.wait()
      if (this.#stopped) break
      const before = store.chunk(n)
      const size = before === undefined || before.entries === 0 ? (chunk ?? CHUNK) : before.entries
      const items = await reader.read(size, CHUNK_MS, (item) => newItem(item, keyOf, 0))
      if (items.length > 0) this.#take(n, items, before)
      if (!this.#comparing) this.#tellFound()
      // What is in flight gets its turn.
      await new Promise((resolve) => void setImmediate(resolve))
    }
    if (!reader.ended || this.#stopped) return false
    this.#tellFound()
    return true
  }

  /** Some of what waited is being done. */
  wake(): void {
    this.#room.wake()
  }

  stop(): void {
    this.#stopped = true
    this.#parts.reader.stop()
    this.#room.wake()
  }

  /** Whether items of earlier sessions may still come. */
  get #comparing(): boolean {
    const { known, waiting } = this.#parts
    return (this.#again < known.items || known.ended) && waiting() < MOST_AHEAD
  }

  #take(n: number, items: readonly NewItem[], before: ReturnType<RunStore['chunk']>): void {
    const { store, added, onItem } = this.#parts
    const digest = digestOf(items)
    if (before !== undefined && before.entries === items.length && Buffer.from(before.digest).equals(digest)) {
      const first = new Set<number>()
      for (const id of before.ids) if (this.#isFirst(id, false)) first.add(id)
      for (const id of store.pending(before.ids)) if (first.has(id) && !added.has(id)) this.#goOn(id)
      return
    }
    const placed = this.#put(n, items, digest)
    const known = placed.filter(({ fresh }) => !fresh).map(({ id }) => id)
    const pending = new Set(known.length === 0 ? [] : store.pending(Uint32Array.from(known)))
    for (const [i, { id, fresh }] of placed.entries()) {
      if (!this.#isFirst(id, fresh) || added.has(id)) continue
      if (fresh) onItem(id, items[i])
      else if (pending.has(id)) this.#goOn(id)
    }
  }

  #put(n: number, items: readonly NewItem[], digest: Uint8Array): ReturnType<RunStore['putChunk']> {
    try {
      return this.#parts.store.putChunk(n, items, digest)
    } catch (error) {
      throw new StoreFailure('the store does not take the input', { cause: error })
    }
  }

  #goOn(id: number): void {
    this.#left++
    this.#parts.onItem(id, undefined)
  }

  /** Counts the item; false when the input has had it already. */
  #isFirst(id: number, fresh: boolean): boolean {
    if (!this.#seen.add(id)) {
      this.#duplicates++
      return false
    }
    if (this.#parts.added.has(id)) return true
    this.#items++
    if (fresh) this.#fresh++
    else this.#again++
    return true
  }

  #tellFound(): void {
    if (this.#found) return
    this.#found = true
    const gone = this.#parts.known.items - this.#again
    this.#parts.onFound({ items: this.#items, done: this.#again - this.#left, fresh: this.#fresh, gone })
  }
}

function digestOf(items: readonly NewItem[]): Buffer {
  let text = ''
  for (const { key, json } of items) text += `${key.length}:${key}${json ?? ''}\n`
  return createHash('sha256').update(text).digest().subarray(0, 16)
}
