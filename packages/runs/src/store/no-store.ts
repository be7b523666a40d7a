import type { ChunkRecord, NewItem, Placed, RunStore, StoredBatch, StoredItem } from './run-store.ts'

/** Keeps what a run needs while it goes on, and nothing for the next one. */
export class NoStore implements RunStore {
  readonly counts = { known: 0, ok: 0, failed: 0 }
  /** Ids by key; undefined when keys that come twice are done twice. */
  readonly #ids: Map<string, number> | undefined
  /** What has not been taken yet. */
  readonly #waiting = new Map<number, NewItem>()
  #lastId = 0

  constructor(dedupe: boolean) {
    this.#ids = dedupe ? new Map() : undefined
  }

  chunk(): ChunkRecord | undefined {
    return undefined
  }

  putChunk(_: number, items: readonly NewItem[]): readonly Placed[] {
    return items.map((item) => this.#place(item))
  }

  pending(ids: Uint32Array): Iterable<number> {
    return ids
  }

  load(ids: readonly number[]): readonly StoredItem[] {
    return ids.map((id) => {
      const { key, item } = this.#waiting.get(id)!
      this.#waiting.delete(id)
      return { id, key, item, attempts: 0, notBefore: 0, began: 0 }
    })
  }

  commit({ results }: StoredBatch): readonly { id: number; priority: number }[] {
    const added: { id: number; priority: number }[] = []
    for (const { ok, added: more } of results) {
      if (ok) this.counts.ok++
      else this.counts.failed++
      for (const item of more) added.push({ id: this.#place(item).id, priority: item.priority })
    }
    return added
  }

  async durable(): Promise<void> {}

  close(): void {}

  #place(item: NewItem): Placed {
    const known = this.#ids?.get(item.key)
    if (known !== undefined) return { id: known, fresh: false }
    const id = ++this.#lastId
    this.#ids?.set(item.key, id)
    this.#waiting.set(id, item)
    this.counts.known++
    return { id, fresh: true }
  }
}
