import type { LineSink } from './line-sink.ts'

/** Puts lines that come in any order into the order of their indices, on their way to a sink. */
export class OrderedLines {
  readonly #sink: LineSink
  readonly #window: number
  readonly #held = new Map<number, string | undefined>()
  #next = 0
  #onRoom: (() => void) | undefined

  /** @param window how far an index may be ahead of the one that is missing. */
  constructor(sink: LineSink, window: number) {
    this.#sink = sink
    this.#window = window
  }

  /** Takes the line of `index`, or undefined if it has none. */
  write(index: number, line: string | undefined): void {
    this.#held.set(index, line)
    while (this.#held.has(this.#next)) {
      const due = this.#held.get(this.#next)
      this.#held.delete(this.#next++)
      if (due !== undefined) this.#sink.write(due)
    }
    const onRoom = this.#onRoom
    this.#onRoom = undefined
    onRoom?.()
  }

  /** Resolves when `index` is near enough to begin with, or undefined if it is. */
  room(index: number): Promise<void> | undefined {
    return index - this.#next < this.#window ? undefined : this.#wait(index)
  }

  /** Writes what is held, also behind a gap: what is missing will not come. */
  flush(): void {
    for (const [, line] of [...this.#held].sort(([a], [b]) => a - b)) if (line !== undefined) this.#sink.write(line)
    this.#held.clear()
  }

  async #wait(index: number): Promise<void> {
    while (index - this.#next >= this.#window) {
      await new Promise<void>((resolve) => {
        this.#onRoom = resolve
      })
    }
  }
}
