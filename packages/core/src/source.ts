import { show } from './check.ts'

/** Items to work on: any iterable, or an async one. */
export type Items<I> = Iterable<I> | AsyncIterable<I>

/**
 * Where items come from. They are pulled one by one when there is room for one, never queued up; a source that is left before its end is closed, so that a
 * generator's `finally` runs.
 */
export class Source<I> {
  /** Whether `pull` answers at once. */
  readonly sync: boolean
  private readonly iterator: Iterator<I> | AsyncIterator<I>
  /** Async generators queue their callers; any other async iterator is asked for one item at a time. */
  private readonly queues: boolean
  private last: Promise<unknown> = Promise.resolve()
  private pulling = 0
  private ended = false

  constructor(items: Items<I>, caller: string) {
    const source = items as Partial<Iterable<I> & AsyncIterable<I>> | null | undefined
    const make = source?.[Symbol.asyncIterator] ?? source?.[Symbol.iterator]
    if (typeof make !== 'function') {
      throw new TypeError(`${caller} needs an iterable or async iterable of items, not ${show(items)}`)
    }
    this.sync = source![Symbol.asyncIterator] === undefined
    this.iterator = (make as () => Iterator<I> | AsyncIterator<I>).call(source)
    this.queues = Object.prototype.toString.call(this.iterator) === '[object AsyncGenerator]'
  }

  /** The next step of a sync source. */
  pullSync(): IteratorResult<I> {
    try {
      const step = (this.iterator as Iterator<I>).next()
      if (step.done) this.ended = true
      return step
    } catch (error) {
      this.ended = true
      throw error
    }
  }

  /** Asks an async source; calls may overlap. Whoever asks hands the answer to {@link pulled}, or calls {@link failed}. */
  pull(): PromiseLike<IteratorResult<I>> {
    this.pulling++
    const iterator = this.iterator as AsyncIterator<I>
    if (this.queues) return iterator.next()
    const next = async (): Promise<IteratorResult<I>> =>
      this.ended ? { done: true, value: undefined } : iterator.next()
    const step = this.last.then(next)
    this.last = step.catch(() => {})
    return step
  }

  pulled(step: IteratorResult<I>): void {
    this.pulling--
    if (step.done) this.ended = true
  }

  failed(): void {
    this.pulling--
    this.ended = true
  }

  /**
   * Leaves the source. A pull that is under way cannot be stopped, and may never end: then the source is told, and not waited for.
   */
  async close(): Promise<void> {
    if (this.ended) return
    this.ended = true
    const closing = this.iterator.return?.()
    if (this.pulling === 0) await closing
    else Promise.resolve(closing).catch(() => {})
  }
}
