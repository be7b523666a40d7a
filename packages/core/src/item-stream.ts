import { throwOutcome, type AbortScope } from './abort-scope.ts'
import { AbortError, isAbortEcho } from './errors.ts'
import { LiveContext, leave } from './live-context.ts'
import { ignore } from './ignore.ts'
import type { Source } from './source.ts'
import type { ItemFunction, TaskFunction } from './task-context.ts'
import { FULFILLED, TaskRecord } from './task.ts'
import type { Dispatcher } from './dispatcher.ts'

/** What becomes of a settled item on its way to the consumer. */
export type Deliver<I, R, Y> = (index: number, item: I, failed: boolean, value: R) => Y

/** What a stream is made of. */
export interface ItemStreamParts<I, R, Y> {
  source: Source<I>
  fn: ItemFunction<I, R>
  /** How many run at once. */
  limit: number
  /** How many may be running or wait for the consumer, now. */
  window: () => number
  /** In the order of the input, or of completion. */
  ordered: boolean
  /** False: the first failure ends the stream. True: failures are delivered like values. */
  keepGoing: boolean
  deliver: Deliver<I, R, Y>
  /** False when the work is somebody else's: then it is neither aborted nor waited for. */
  owned: boolean
  /** Opens the scope of the work. */
  scope: (onAbort: () => void) => AbortScope
  /** Set when more than a number limits the work: makes what runs it and calls `settled` when an item has ended for good. */
  dispatcher: ((scope: AbortScope, settled: (task: TaskRecord) => void) => Dispatcher) | undefined
  /** Told when all is done. */
  closed: () => void
  label: string
}

/** An item that a dispatcher runs. */
class ItemTask<I> extends TaskRecord {
  declare readonly item: I

  constructor(owner: Dispatcher, index: number, fn: TaskFunction<unknown>, item: I) {
    super(owner, index, fn, undefined)
    this.item = item
  }
}

const DONE: Promise<void> = Promise.resolve()

/** A position whose item has not settled. */
const PENDING: unique symbol = Symbol('pending')

/** A call of `next` that waits. There is nearly always one of them. */
interface Consumer<Y> {
  readonly resolve: (result: IteratorResult<Y, undefined> | Promise<never>) => void
  next: Consumer<Y> | undefined
}

/** A place to run, reused from item to item, with its callbacks bound once. */
class Slot<I, R> {
  context: LiveContext | undefined = undefined
  item: I | undefined = undefined
  index = 0
  /** The next one that is free. */
  next: Slot<I, R> | undefined = undefined
  readonly fulfilled: (value: R) => void
  readonly rejected: (reason: unknown) => void
  constructor(ended: (slot: Slot<I, R>, failed: boolean, value: unknown) => void) {
    this.fulfilled = (value) => ended(this, false, value)
    this.rejected = (reason) => ended(this, true, reason)
  }
}

/**
 * Items in, results out as an async iterator that its consumer pulls: nothing starts before the first `next()`, a slow consumer bounds what is
 * worked ahead (law 62), and leaving the loop aborts what runs, waits for it and closes the source (laws 59 and 61).
 */
export class ItemStream<I, R, Y> implements AsyncIterableIterator<Y, undefined> {
  private readonly parts: ItemStreamParts<I, R, Y>
  // What each item needs of the parts, since what is reached through another object is reached slowly.
  private readonly source: Source<I>
  private readonly fn: ItemFunction<I, R>
  private readonly limit: number
  private readonly ordered: boolean
  private readonly deliver: Deliver<I, R, Y>
  private readonly ended: (slot: Slot<I, R>, failed: boolean, value: unknown) => void
  private spare: Slot<I, R> | undefined
  /** Results by position, from the next one to deliver on: a ring that doubles up to the window. */
  private ring: (Y | typeof PENDING)[] = Array.from({ length: 16 }, () => PENDING)
  private delivered = 0
  private positions = 0
  private started = 0
  private running = 0
  private scope: AbortScope | undefined
  private owner: { scope: AbortScope } | undefined
  private dispatcher: Dispatcher | undefined
  private own: unknown
  private readonly errors: unknown[] = []
  private exhausted = false
  private pulling = false
  private finished: Promise<void> | undefined
  /** What the source threw when it was closed: the only error that a loop which has been left is still told of, as `for await` itself does. */
  private unclosed: { error: unknown } | undefined
  /** What the stream ended with, until a consumer is told. */
  private failure: { error: unknown } | undefined
  private idle: (() => void) | undefined
  private consumer: Consumer<Y> | undefined
  private lastConsumer: Consumer<Y> | undefined

  constructor(parts: ItemStreamParts<I, R, Y>) {
    this.parts = parts
    this.source = parts.source
    this.fn = parts.fn
    this.limit = parts.limit
    this.ordered = parts.ordered
    this.deliver = parts.deliver
    this.ended = (slot, failed, value) => this.settle(slot, failed, value)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  next(): Promise<IteratorResult<Y, undefined>> {
    if (this.scope === undefined) this.open()
    if (this.consumer === undefined) {
      const value = this.takeReady()
      if (value !== PENDING) {
        this.fill()
        return Promise.resolve({ done: false, value })
      }
    }
    const promise = new Promise<IteratorResult<Y, undefined>>((resolve) => {
      const consumer: Consumer<Y> = { resolve, next: undefined }
      if (this.consumer === undefined) this.consumer = consumer
      else (this.lastConsumer ?? this.consumer).next = this.lastConsumer = consumer
    })
    this.fill()
    if (this.exhausted || this.scope!.aborted) this.serve()
    return promise
  }

  async return(): Promise<IteratorResult<Y, undefined>> {
    if (this.scope === undefined) this.open()
    this.own ??= new AbortError(`${this.parts.label} was left before its end`)
    this.scope!.abort(this.own)
    this.ring.fill(PENDING)
    await this.finish()
    const { unclosed } = this
    this.failure = this.unclosed = undefined
    this.dismiss()
    if (unclosed !== undefined) throw unclosed.error
    return { done: true, value: undefined }
  }

  private open(): void {
    const { scope, dispatcher } = this.parts
    this.scope = scope(() => {
      this.dispatcher?.abort(this.scope!.reason)
      if (this.running === 0) this.idle?.()
      this.serve()
    })
    this.owner = { scope: this.scope }
    this.dispatcher = dispatcher?.(this.scope, (task) => {
      this.keep(task.index, (task as ItemTask<I>).item, task.status !== FULFILLED, task.value)
      // Only then is its slot free for the next.
      void DONE.then(this.proceed)
    })
  }

  /** The value at the front, taken out, or PENDING. */
  private takeReady(): Y | typeof PENDING {
    const ring = this.ring
    const at = this.delivered & (ring.length - 1)
    const value = ring[at]!
    if (value !== PENDING) {
      ring[at] = PENDING
      this.delivered++
    }
    return value
  }

  /** Hands over what is ready to those who wait, first come first served. */
  private hand(): void {
    while (this.consumer !== undefined) {
      const value = this.takeReady()
      if (value === PENDING) break
      this.first()!.resolve({ done: false, value })
    }
  }

  /** Takes out who waits longest. */
  private first(): Consumer<Y> | undefined {
    const { consumer } = this
    this.consumer = consumer?.next
    if (this.consumer === undefined) this.lastConsumer = undefined
    return consumer
  }

  /** The same; at the end, the end. */
  private serve(): void {
    this.hand()
    if (this.consumer === undefined) return
    const over = this.exhausted && this.running === 0 && !this.pulling
    if (over || this.scope!.aborted) void this.end()
  }

  private async end(): Promise<void> {
    await this.finish()
    // Results that were ready before the failure are not lost to it.
    this.hand()
    const { failure } = this
    const first = failure && this.first()
    if (first) {
      this.failure = undefined
      first.resolve(Promise.reject(failure.error))
    }
    this.dismiss()
  }

  /** Nothing more will come. */
  private dismiss(): void {
    for (let consumer = this.first(); consumer !== undefined; consumer = this.first()) {
      consumer.resolve({ done: true, value: undefined })
    }
  }

  /** Waits for what runs, closes the source, and keeps what went wrong. Done once. */
  private finish(): Promise<void> {
    return (this.finished ??= this.close())
  }

  private async close(): Promise<void> {
    const scope = this.scope!
    if (this.running > 0 && this.parts.owned) await new Promise<void>((resolve) => (this.idle = resolve))
    try {
      if (!this.exhausted) await this.source.close()
    } catch (error) {
      this.unclosed = { error }
      this.errors.push(error)
    }
    scope.dispose()
    this.parts.closed()
    try {
      throwOutcome(scope, this.errors, this.own, this.parts.label)
    } catch (error) {
      this.failure = { error }
    }
  }

  /** Starts what may be started. */
  private fill(): void {
    const { source } = this
    while (
      this.running < this.limit &&
      !this.exhausted &&
      !this.pulling &&
      !this.scope!.aborted &&
      this.started - this.delivered < this.parts.window()
    ) {
      if (!source.sync) {
        void this.pull()
        return
      }
      let step
      try {
        step = source.pullSync()
      } catch (error) {
        this.exhausted = true
        this.fail(error)
        return
      }
      if (step.done) this.exhausted = true
      // The source itself may have aborted it.
      else if (this.scope!.aborted) return
      else if (this.dispatcher === undefined) this.start(step.value)
      else {
        void this.launch(this.dispatcher, step.value)
        return
      }
    }
  }

  private async pull(): Promise<void> {
    const { source } = this
    this.pulling = true
    let step
    try {
      step = await source.pull()
      source.pulled(step)
    } catch (error) {
      source.failed()
      this.exhausted = true
      this.fail(error)
    }
    this.pulling = false
    if (step === undefined || step.done) this.exhausted = true
    else if (!this.scope!.aborted) {
      if (this.dispatcher === undefined) this.start(step.value)
      else await this.launch(this.dispatcher, step.value)
    }
    this.fill()
    this.serve()
  }

  /** Through the dispatcher: the next item is pulled when this one has been accepted. */
  private async launch(dispatcher: Dispatcher, item: I): Promise<void> {
    const { fn } = this
    this.pulling = true
    const task = new ItemTask(dispatcher, this.begin(), (context) => fn(item, context), item)
    // What is dropped while it waits has been told of as settled.
    await dispatcher.submit(task).catch(ignore)
    this.pulling = false
    this.fill()
    this.serve()
  }

  /** One more runs; answers its index. */
  private begin(): number {
    const index = this.started++
    if (this.started - this.delivered > this.ring.length) this.grow()
    this.running++
    return index
  }

  private start(item: I): void {
    const slot = this.spare ?? new Slot<I, R>(this.ended)
    this.spare = slot.next
    slot.item = item
    slot.index = this.begin()
    const context = new LiveContext(this.owner!, slot.index)
    slot.context = context
    let result
    try {
      result = this.fn(item, context)
    } catch (error) {
      result = Promise.reject(error)
    }
    Promise.resolve(result).then(slot.fulfilled, slot.rejected)
  }

  private grow(): void {
    const old = this.ring
    const mask = old.length - 1
    this.ring = Array.from({ length: old.length * 2 }, () => PENDING)
    for (let i = 0; i < old.length; i++) {
      const position = this.delivered + i
      this.ring[position & (this.ring.length - 1)] = old[position & mask]!
    }
  }

  private settle(slot: Slot<I, R>, failed: boolean, value: unknown): void {
    const { index, item } = slot
    if (slot.context !== undefined) leave(slot.context)
    slot.context = slot.item = undefined
    slot.next = this.spare
    this.spare = slot
    this.keep(index, item as I, failed, value)
    this.proceed()
  }

  /** One has settled: keeps its result for the consumer. */
  private keep(index: number, item: I, failed: boolean, value: unknown): void {
    this.running--
    const scope = this.scope!
    if (!failed || (this.parts.keepGoing && !(scope.aborted && isAbortEcho(value, scope.reason)))) {
      const position = this.ordered ? index : this.positions++
      this.ring[position & (this.ring.length - 1)] = this.deliver(index, item, failed, value as R)
    } else this.fail(value)
  }

  /** Goes on after something has settled. */
  private readonly proceed = (): void => {
    if (this.running === 0) this.idle?.()
    this.fill()
    if (this.consumer !== undefined) this.serve()
  }

  private fail(error: unknown): void {
    const scope = this.scope!
    if (scope.aborted && isAbortEcho(error, scope.reason)) return
    this.errors.push(error)
    scope.abort(new AbortError(`${this.parts.label} aborts: an item failed`, { cause: error }))
  }
}
