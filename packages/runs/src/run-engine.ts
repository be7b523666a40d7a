import { MAX_TIMER_MS, TaskGroup, systemClock, type Clock, type TimerHandle } from '@sluice/core'
import {
  checkFunction,
  checkMoment,
  checkSignal,
  checkWord,
  emitter,
  resolveRetry,
  show,
  type EventFacts,
} from '@sluice/core/internal'
import { Committer, type Ended } from './committer.ts'
import { StoreFailure } from './errors.ts'
import { IdSet } from './id-set.ts'
import { InputFeed } from './input-feed.ts'
import { InputReader } from './input-reader.ts'
import { ItemRunner } from './item-runner.ts'
import { defaultKey } from './new-item.ts'
import { openParts, type RunParts } from './open-parts.ts'
import { OrderedWindow } from './ordered-window.ts'
import { outcomeLine, type Outcome } from './outcome.ts'
import { TEST_HOOK, type BadItem, type RunOptions, type TestHook } from './run-options.ts'
import type { RunSummary } from './run-summary.ts'
import { parseSelection } from './select.ts'
import { noPoints } from './sinks/file-output.ts'
import type { StopReason } from './stop-reason.ts'
import type { NewItem, StoredItem } from './store/run-store.ts'
import { Wakeup } from './wakeup.ts'
import { WorkList } from './work-list.ts'

const CONCURRENCY = 100
/** Ordered lines are held back for so many items a slot at most. */
const ORDERED_AHEAD = 4
/** No more items are read into the store while so many wait to be begun. It tells early how many there are, and which of them are new. */
const READ_AHEAD = 10_000
/** Items that are read from the store together. */
const LOAD = 500
/** Of an input that nothing remembers, so much is read together and ahead, or as many as run at once. */
const SMALL = 64
/** Items that have just been read are kept at hand, as long as there are no more; the others are read from the store when it is their turn. */
const AT_HAND = 1000

/**
 * A run as an object, for those who stop it from outside: `stop` begins nothing new, and with `now` also ends what is in flight; `start` works through the items and
 * answers when nothing is in flight any more. {@link run} is all of it in one call.
 *
 * @throws TypeError, RangeError for wrong options, at once.
 * @example
 * ```ts
 * import { Run } from '@sluice/runs'
 *
 * const job = new Run({
 *   items: [1, 2, 3, 4],
 *   task: async (n: number) => n,
 *   concurrency: 1,
 *   onOutcome: ({ key }) => (key === '2' ? { kind: 'enough' } : undefined),
 * })
 * const { ok, complete, stopped } = await job.start()
 * console.log(ok, complete, stopped?.kind) // 2 false enough
 * ```
 */
export class Run<I, R> {
  readonly #options: RunOptions<I, R>
  readonly #clock: Clock
  readonly #emit: ((facts: EventFacts) => void) | undefined
  readonly #group: TaskGroup<R>
  readonly #keyOf: (item: I) => string | number
  readonly #items: ItemRunner<I, R>
  readonly #reader: InputReader<I>
  readonly #work = new WorkList()
  readonly #hand = new Map<number, StoredItem>()
  readonly #added = new IdSet()
  readonly #change = new Wakeup()
  readonly #delayed = new Set<TimerHandle>()
  readonly #window: OrderedWindow<Ended> | undefined
  readonly #session = { cancelled: 0, bad: 0, added: 0 }
  /** What earlier sessions had done. */
  #before = { ok: 0, failed: 0 }
  readonly #slots: number
  readonly #hook: TestHook
  #parts: RunParts | undefined
  #feed: InputFeed<I> | undefined
  #committer: Committer | undefined
  #inputEnded = false
  #started = false
  #stopped: StopReason | undefined
  #draining = false
  #aborted = false
  #interrupt: (() => void) | undefined

  constructor(options: RunOptions<I, R>) {
    const { items, task, key = defaultKey, line, select, clock = systemClock, onEvent, name = 'run' } = options
    checkFunction('task', task)
    checkFunction('key', key)
    checkItems(items)
    checkCallbacks(options)
    checkSignal(options.signal)
    checkMoment('deadline', options.deadline)
    if (typeof options.retry !== 'function') resolveRetry(options.retry)
    checkWord('durability', options.durability ?? 'power', 'power', 'process')
    this.#options = options
    this.#clock = clock
    this.#keyOf = key
    this.#emit = emitter(onEvent, name, clock)
    this.#reader = new InputReader(items, clock, (bad) => this.#bad(bad))
    this.#hook = (options as { [TEST_HOOK]?: TestHook })[TEST_HOOK] ?? { at: noPoints }
    const { concurrency = CONCURRENCY, rate, timeout, graceMs } = options
    this.#group = new TaskGroup<R>({
      concurrency,
      collectResults: false,
      name,
      clock,
      ...(rate !== undefined && { rate }),
      ...(timeout !== undefined && { timeout }),
      ...(graceMs !== undefined && { graceMs }),
      ...(onEvent && { onEvent }),
    })
    const slots = typeof concurrency === 'number' && Number.isFinite(concurrency) ? concurrency : CONCURRENCY
    this.#slots = slots
    if (options.ordered) this.#window = new OrderedWindow(slots * ORDERED_AHEAD, (ended) => this.#committer!.add(ended))
    const keep = select === undefined ? undefined : parseSelection(select)
    this.#items = new ItemRunner<I, R>({
      group: this.#group,
      task,
      retry: options.retry,
      keyOf: key,
      line: line ?? ((outcome) => outcomeLine(keep === undefined ? outcome : selected(outcome, keep))),
      redact: options.redact ?? ((text) => text),
      clock,
      emit: this.#emit,
      onRetry: (retry) => this.#committer!.retry(retry),
      onEnded: (ended, place) => this.#ended(ended, place),
      onGivenUp: (place, begun) => this.#givenUp(place, begun),
    })
  }

  /** Items that are in flight, or wait for their next attempt. */
  get inFlight(): number {
    return this.#items.begun
  }

  /** True when the input has been read to its end, and the number of items is certain. */
  get inputEnded(): boolean {
    return this.#inputEnded
  }

  /**
   * Works through the items. Never throws for an item; what stopped the run is told by the summary.
   *
   * @throws StoreError when the store or the output does not fit, or the reason of a `signal` that was aborted before: then nothing was begun.
   */
  async start(): Promise<RunSummary> {
    if (this.#started) throw new TypeError('start() was called before: a Run runs once, make another one')
    this.#options.signal?.throwIfAborted()
    this.#started = true
    const parts = (this.#parts = await openParts(this.#options, this.#hook.at))
    const { store, lasting, undone } = parts
    const { counts } = store
    this.#before = { ok: counts.ok, failed: counts.failed }
    this.#committer = new Committer({
      store,
      output: parts.output,
      lines: parts.lines,
      durable: parts.durable,
      clock: this.#clock,
      emit: this.#emit,
      at: this.#hook.at,
      batch: this.#hook.batch ?? parts.output.batch,
      onCommitted: (added) => this.#committed(added),
      onError: (kind, error) => this.stop({ kind, error, now: true }),
    })
    if (lasting !== undefined) {
      const { id, sessions, weakness } = lasting
      try {
        this.#options.onOpen?.({ ...counts, id, store: parts.folder!, sessions, undone })
      } catch (error) {
        await this.#settle(parts)
        throw error
      }
      this.#emit?.({ type: 'runOpen', ...counts, id, sessions, undone })
      if (weakness !== undefined) this.#emit?.({ type: 'runWarning', message: weakness })
      for (const added of lasting.allAdded()) this.#added.add(added)
    }
    const known = counts.known - this.#added.size
    for (const added of lasting?.added() ?? []) this.#work.push(added.id, added.priority)
    const before = { items: this.#added.size, done: this.#added.size - this.#work.size }
    const ended = lasting?.meta('inputEnded') === 1
    const feed = (this.#feed = new InputFeed<I>({
      reader: this.#reader,
      keyOf: this.#keyOf,
      store,
      known: { items: known, ended },
      added: this.#added,
      ahead: lasting === undefined ? Math.max(SMALL, this.#slots) : READ_AHEAD,
      // A transaction is only worth it where there are any.
      chunk: this.#hook.chunk ?? (lasting === undefined ? SMALL : undefined),
      waiting: () => this.#work.size,
      onItem: (id, item) => this.#take(id, item),
      onFound: ({ items, done, fresh, gone }) => {
        if (lasting?.isNew !== false) return
        const whole = { items: items + before.items, done: done + before.done }
        this.#emit?.({ type: 'runFound', ...whole, failed: counts.failed, fresh: ended ? fresh : undefined, gone })
      },
    }))
    // It may have been told to stop while the store was opened.
    if (this.#draining) feed.stop()
    const unlink = this.#link()
    try {
      const work = this.#dispatch().catch((error: unknown) => this.stop({ kind: 'internal', error, now: true }))
      await Promise.all([this.#readInput(feed, parts), work])
    } finally {
      unlink()
      for (const timer of this.#delayed) this.#clock.clearTimer(timer)
      await this.#settle(parts)
    }
    return this.#summary(parts, feed)
  }

  /** Begins nothing new; with `now` what is in flight is aborted, and done again by the next session. A second call can only make it stronger. */
  stop(reason: StopReason): void {
    const now = reason.now === true
    if (now ? this.#aborted : this.#draining) return
    this.#draining = true
    this.#stopped ??= reason
    this.#emit?.({ type: 'runStop', now, kind: reason.kind })
    try {
      this.#options.onStop?.(reason, this.#items.begun)
    } catch (error) {
      if (!('error' in this.#stopped)) this.#stopped = { kind: 'callback', error }
    }
    // What waits for its next attempt is kept in the store with what it has used, and needs no waiting for.
    this.#items.drain(this.#parts?.lasting !== undefined)
    if (now) {
      this.#aborted = true
      this.#group.cancel(reason)
    }
    this.#feed?.stop()
    this.#interrupt?.()
    this.#change.wake()
  }

  /** What may stop it from outside. */
  #link(): () => void {
    const { signal, deadline } = this.#options
    const abort = (): void => this.stop({ kind: 'abort', error: signal!.reason, now: true })
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort)
    const timer =
      deadline === undefined || deadline === Infinity
        ? undefined
        : this.#clock.setTimer(
            () => this.stop({ kind: 'deadline', now: true }),
            Math.max(0, deadline - this.#clock.now()),
          )
    return () => {
      signal?.removeEventListener('abort', abort)
      if (timer !== undefined) this.#clock.clearTimer(timer)
    }
  }

  async #readInput(feed: InputFeed<I>, { lasting }: RunParts): Promise<void> {
    try {
      this.#inputEnded = await feed.run()
      if (this.#inputEnded) lasting?.setMeta('inputEnded', 1)
      if (this.#inputEnded) this.#tellTotal()
    } catch (error) {
      // What ended is still to be kept, as far as that goes.
      if (error instanceof StoreFailure) this.stop({ kind: 'store', error: error.cause })
      else this.stop({ kind: 'input', error })
    }
    this.#change.wake()
  }

  /** Hands items to the group as it takes them, until there is nothing left to do. */
  async #dispatch(): Promise<void> {
    while (!this.#draining) {
      await this.#roomForOutput()
      if (this.#draining) break
      const id = this.#work.shift()
      if (id === undefined) {
        if (this.#isDone()) break
        // What is added becomes known only when it is kept.
        if (this.#items.open === 0) this.#committer!.hurry()
        await this.#change.wait()
        continue
      }
      this.#feed!.wake()
      const item = this.#load(id)
      const wait = item.notBefore === 0 ? 0 : Math.min(item.notBefore - Date.now(), MAX_TIMER_MS)
      if (wait > 0) this.#later(item, wait)
      else await this.#unlessStopped(this.#items.begin(item))
    }
    // With a store, what waits for its next attempt was taken back.
    while (this.#draining ? this.#items.begun > 0 : this.#items.open > 0) await this.#change.wait()
  }

  #isDone(): boolean {
    return this.#inputEnded && this.#items.open === 0 && this.#delayed.size === 0 && this.#committer!.idle
  }

  async #roomForOutput(): Promise<void> {
    const room = this.#window?.full(this.#items.nextPlace)
    if (room !== undefined) await this.#unlessStopped(room)
    let full = this.#committer!.full()
    if (full === undefined) return
    this.#emit?.({ type: 'runOutput', waiting: true })
    for (; full !== undefined && !this.#draining; full = this.#committer!.full()) await this.#unlessStopped(full)
    this.#emit?.({ type: 'runOutput', waiting: false })
  }

  #take(id: number, item: NewItem | undefined): void {
    if (item !== undefined && this.#hand.size < AT_HAND) {
      this.#hand.set(id, { id, key: item.key, item: item.item, attempts: 0, notBefore: 0, began: 0 })
    }
    this.#work.push(id, 0)
    this.#change.wake()
  }

  #load(id: number): StoredItem {
    let item = this.#hand.get(id)
    if (item === undefined) {
      const next = this.#work.peek(LOAD).filter((other) => !this.#hand.has(other))
      for (const loaded of this.#parts!.store.load([id, ...next])) this.#hand.set(loaded.id, loaded)
      item = this.#hand.get(id)!
    }
    this.#hand.delete(id)
    return item
  }

  /** An earlier session has said when its next attempt may begin. */
  #later(item: StoredItem, ms: number): void {
    const place = this.#window === undefined ? undefined : this.#items.reserve()
    const timer = this.#clock.setTimer(() => {
      this.#delayed.delete(timer)
      if (place === undefined) {
        this.#hand.set(item.id, { ...item, notBefore: 0 })
        this.#work.push(item.id, 0)
        this.#change.wake()
        return
      }
      // What comes behind it may be waiting for it, so it does not queue up behind that.
      if (!this.#draining) void this.#items.begin(item, place)
    }, ms)
    this.#delayed.add(timer)
  }

  #committed(added: readonly { id: number; priority: number }[]): void {
    let more = 0
    for (const { id, priority } of added) {
      if (this.#feed!.has(id) || !this.#added.add(id)) continue
      more++
      this.#work.push(id, priority)
    }
    this.#session.added += more
    if (more > 0 && this.#inputEnded) this.#tellTotal()
    this.#change.wake()
  }

  #ended(ended: Ended, place: number): void {
    const outcome = ended.written.outcome as Outcome<I, R>
    if (this.#window === undefined) this.#committer!.add(ended)
    else this.#window.put(place, ended)
    let reason: StopReason | undefined
    try {
      reason = this.#options.onOutcome?.(outcome)
    } catch (error) {
      reason = { kind: 'callback', error }
    }
    if (reason !== undefined) this.stop(reason)
    this.#change.wake()
  }

  #givenUp(place: number, begun: boolean): void {
    if (begun) this.#session.cancelled++
    // With a store it is done again, and what comes behind it must not be in the output before.
    if (this.#parts!.lasting === undefined) this.#window?.put(place, undefined)
    this.#change.wake()
  }

  #bad(bad: BadItem): void {
    this.#session.bad++
    this.#emit?.({ type: 'runBadItem', place: bad.place, problem: bad.problem })
    this.#options.onBadItem?.(bad)
  }

  #tellTotal(): void {
    this.#emit?.({ type: 'runTotal', items: this.#total() })
  }

  #total(): number {
    return this.#feed!.items + this.#added.size
  }

  /** Resolves with `promise`, or when the run is stopped. */
  #unlessStopped(promise: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#interrupt = resolve
      promise.then(resolve, reject)
      if (this.#draining) resolve()
    })
  }

  /** Everything that has ended is kept, and everything is closed. */
  async #settle({ store, output, durable }: RunParts): Promise<void> {
    // Only what waits and must not begin can be left.
    this.#group.cancel()
    await this.#group[Symbol.asyncDispose]()
    // In the order, what is behind a gap is done again; without a store there is no again.
    if (this.#parts!.lasting === undefined) this.#window?.flush()
    await this.#committer!.end()
    try {
      await output.close()
    } catch (error) {
      this.stop({ kind: 'output', error, now: true })
    }
    store.close(durable && !this.#committer!.failed)
  }

  #summary({ store, folder, lasting }: RunParts, feed: InputFeed<I>): RunSummary {
    const { known, ok, failed } = store.counts
    const complete = this.#inputEnded && this.#stopped === undefined
    this.#emit?.({ type: 'runClose', known, ok, failed, complete })
    return {
      id: lasting?.id ?? '',
      store: folder,
      items: this.#total(),
      ok,
      failed,
      // What has ended and could not be kept is done again, and so it is not done.
      session: {
        ok: ok - this.#before.ok,
        failed: failed - this.#before.failed,
        ...this.#session,
        duplicates: feed.duplicates,
      },
      complete,
      stopped: this.#stopped,
    }
  }
}

function checkItems(items: unknown): void {
  const source = items as Partial<Iterable<unknown> & AsyncIterable<unknown>> | null | undefined
  // The characters of a text are never what is meant.
  if (
    typeof items === 'string' ||
    typeof (source?.[Symbol.asyncIterator] ?? source?.[Symbol.iterator]) !== 'function'
  ) {
    throw new TypeError(`items must be an iterable or async iterable, not ${show(items)}`)
  }
}

function checkCallbacks<I, R>(options: RunOptions<I, R>): void {
  for (const name of ['line', 'onOpen', 'onOutcome', 'onBadItem', 'onStop', 'redact'] as const) {
    if (options[name] !== undefined) checkFunction(name, options[name])
  }
}

/** The outcome with nothing but the selected parts of its value. */
function selected<I, R>(outcome: Outcome<I, R>, keep: (value: unknown) => unknown): Outcome<unknown, unknown> {
  return outcome.status === 'fulfilled' ? { ...outcome, value: keep(outcome.value) } : outcome
}
