import type { Clock } from '@sluice/core'
import { BadItem } from './run-options.ts'

/** Pulls items, as many together as come at once. */
export class InputReader<I> {
  readonly #iterator: Iterator<I | BadItem> | AsyncIterator<I | BadItem>
  readonly #clock: Clock
  readonly #onBad: (bad: BadItem) => void
  /** A pull that is under way. */
  #step: Promise<IteratorResult<I | BadItem>> | undefined
  #wake: (() => void) | undefined
  /** The time for a chunk is over. */
  #late = false
  #ended = false
  #stopped = false
  /** How many places of the input there were, for those that have no name of their own. */
  #count = 0

  constructor(items: Iterable<I | BadItem> | AsyncIterable<I | BadItem>, clock: Clock, onBad: (bad: BadItem) => void) {
    this.#iterator =
      Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : (items as Iterable<I>)[Symbol.iterator]()
    this.#clock = clock
    this.#onBad = onBad
  }

  /** True when there is nothing more. */
  get ended(): boolean {
    return this.#ended
  }

  /**
   * At most `most` items that `take` accepts: fewer when the next one has not come within `ms`, but at least one unless the input ends or is stopped.
   */
  async read<T>(most: number, ms: number, take: (item: I) => T): Promise<T[]> {
    const taken: T[] = []
    this.#late = false
    const timer = this.#clock.setTimer(() => {
      this.#late = true
      if (taken.length > 0) this.#wake?.()
    }, ms)
    try {
      while (taken.length < most && !this.#ended && !this.#stopped && !(this.#late && taken.length > 0)) {
        const step = await this.#next()
        if (step === undefined) continue
        this.#step = undefined
        if (step.done) this.#ended = true
        else this.#accept(step.value, take, taken)
      }
    } finally {
      this.#clock.clearTimer(timer)
      this.#wake = undefined
    }
    return taken
  }

  /** Leaves the input. What is being waited for may never come, so it is told and not waited for. */
  stop(): void {
    if (this.#stopped || this.#ended) return
    this.#stopped = true
    this.#wake?.()
    const closing = this.#iterator.return?.()
    if (closing instanceof Promise) closing.catch(() => {})
  }

  #accept<T>(value: I | BadItem, take: (item: I) => T, taken: T[]): void {
    this.#count++
    if (value instanceof BadItem) this.#onBad(value)
    else {
      try {
        taken.push(take(value))
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error)
        this.#onBad(new BadItem(`item ${this.#count}`, problem))
      }
    }
  }

  /** The next step, or undefined if something else is to be looked at. */
  #next(): IteratorResult<I | BadItem> | Promise<IteratorResult<I | BadItem> | undefined> {
    if (this.#step === undefined) {
      const step = this.#iterator.next()
      if (!(step instanceof Promise)) return step
      this.#step = step
    }
    const step = this.#step
    return new Promise((resolve, reject) => {
      this.#wake = () => resolve(undefined)
      // It stays the step that is under way until somebody has taken it.
      step.then(resolve, (error: unknown) => {
        this.#ended = true
        reject(error)
      })
    })
  }
}
