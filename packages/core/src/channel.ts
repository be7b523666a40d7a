import { checkCount, label } from './check.ts'
import { AbortError, ClosedError } from './errors.ts'
import { Ring } from './ring.ts'
import { Waiter, WaiterList } from './waiter-list.ts'

/** Options of a {@link Channel}. */
export interface ChannelOptions {
  /**
   * How many values may lie in the channel before `send` waits. Default 64. 0 makes it a rendezvous: `send` waits until a receiver takes the value.
   * `Infinity` never waits, and so has no backpressure: a slow receiver then costs memory without bound.
   */
  capacity?: number
  /** A name for error messages. */
  name?: string
}

/** Options of the operations that may wait. */
export interface ChannelWaitOptions {
  /** Stops waiting when it aborts. Either the operation took place, or it rejects with the signal's reason: never both. */
  signal?: AbortSignal | undefined
}

/** A snapshot of a {@link Channel}. */
export interface ChannelStatistics {
  readonly capacity: number
  /** Values in the channel now. */
  readonly buffered: number
  /** Sends that wait for room. */
  readonly waitingSenders: number
  /** Receives that wait for a value. */
  readonly waitingReceivers: number
  /** Handles made by `sender()` that are still open. */
  readonly openSenders: number
  /** Values that were accepted, and not yet reported by `taskDone()`. */
  readonly unfinished: number
  /** `closed`: sends are refused, what is left can be received. `aborted`: everything is refused. */
  readonly state: 'open' | 'closed' | 'aborted'
}

/**
 * One of several ends to send into a {@link Channel}. When the last one is closed, so is the channel: that is how several producers
 * tell the receivers that nothing more will come.
 */
export interface Sender<T> extends Disposable {
  /** As {@link Channel.send}; rejects with `ClosedError` once this sender is closed. */
  send(value: T, options?: ChannelWaitOptions): Promise<void>
  /** As {@link Channel.trySend}; throws `ClosedError` once this sender is closed. */
  trySend(value: T): boolean
  /** Another sender of the same channel; throws `ClosedError` once this one is closed. */
  clone(): Sender<T>
  /** Closes this sender, and refuses what waits in its `send`; the last one closes the channel. Doing it again does nothing. */
  close(): void
  /** `using sender = channel.sender()` closes it at the end of the scope. */
  [Symbol.dispose](): void
}

const NOTHING: unique symbol = Symbol('nothing')
const ACCEPTED: Promise<void> = Promise.resolve()
const END: Promise<IteratorReturnResult<undefined>> = Promise.resolve({ done: true, value: undefined })

/**
 * Hands values from those who send to those who receive, in order, and makes the senders wait while it is full. Values go to whoever waits longest,
 * directly: nobody can overtake, and a cancelled `send` or `receive` neither loses nor doubles a value.
 *
 * Python's `asyncio.Queue` and trio's memory channels in one: `put`/`get` are `send`/`receive`, a full or empty channel is seen through
 * `trySend`/`tryReceive`, `shutdown()` is `close()`, `shutdown(immediate=True)` is `abort()`.
 *
 * @example
 * ```ts
 * import { Channel } from '@sluice/core'
 *
 * const channel = new Channel<number>({ capacity: 2 })
 *
 * async function produce() {
 *   for (let i = 1; i <= 5; i++) await channel.send(i) // waits while two are in the channel
 *   channel.close()
 * }
 *
 * let sum = 0
 * const producer = produce()
 * for await (const value of channel) sum += value // ends when the channel is closed and empty
 * await producer
 * console.log(sum) // 15
 * ```
 */
export class Channel<T> implements AsyncIterable<T> {
  /** How many values may lie in the channel before `send` waits. */
  readonly capacity: number
  /** The `name` option. */
  readonly name: string | undefined
  // Two facts always hold: while a receiver waits, the buffer is empty; while a sender waits, it is full.
  readonly #buffer = new Ring<T>()
  readonly #senders = new WaiterList<Waiter<void, { value: T; handle: object | undefined }>>()
  /** `data`: the loop that waits, if it is one; it wants a step and not a value. */
  readonly #receivers = new WaiterList<Waiter<unknown, object | undefined>>()
  readonly #joiners = new WaiterList<Waiter<void>>()
  #openSenders = 0
  #unreported = 0
  #state: 'open' | 'closed' | 'aborted' = 'open'
  #reason: unknown

  /** @throws TypeError or RangeError when `capacity` is not a whole number of at least 0, or Infinity. */
  constructor(options: ChannelOptions = {}) {
    const { capacity = 64, name } = options
    checkCount('capacity', capacity, 0)
    this.capacity = capacity
    this.name = name
  }

  /**
   * Sends a value: resolves when it is in the channel (with capacity 0: when a receiver has it), and waits while the channel is full.
   *
   * Rejects with `ClosedError` when the channel is closed, also while it waits, with the reason of `abort`, or with the reason of the signal;
   * in each case the value was not taken.
   */
  send(value: T, options?: ChannelWaitOptions): Promise<void> {
    return this.#send(value, options?.signal, undefined)
  }

  /** Sends a value if that needs no waiting, and says whether it did. Throws `ClosedError`, or the reason of `abort`. */
  trySend(value: T): boolean {
    this.#checkOpen()
    const receiver = this.#receivers.take()
    if (receiver) {
      this.#unreported++
      receiver.resolve(receiver.data ? { done: false, value } : value)
    } else if (this.#buffer.size < this.capacity) this.#buffer.push(value)
    else return false
    return true
  }

  /**
   * Takes the oldest value; waits while there is none. Receivers are served in the order in which they asked.
   *
   * Rejects with `ClosedError` when the channel is closed and empty, with the reason of `abort`, or with the reason of the signal;
   * in each case no value was taken.
   */
  receive(options?: ChannelWaitOptions): Promise<T> {
    const signal = options?.signal
    try {
      signal?.throwIfAborted()
      const value = this.#takeIfOpen()
      return value === NOTHING ? (wait(this.#receivers, undefined, signal) as Promise<T>) : Promise.resolve(value)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /**
   * Takes the oldest value if there is one: wrapped, since `undefined` may itself be a value; `undefined` means there is nothing now.
   * Throws `ClosedError` when nothing will ever come, or the reason of `abort`.
   */
  tryReceive(): { value: T } | undefined {
    const value = this.#takeIfOpen()
    return value === NOTHING ? undefined : { value }
  }

  /**
   * Receives until the channel is closed and empty; throws the reason of `abort`. Several loops share the values, each value goes to one of them.
   * Leaving a loop early leaves the channel as it is: what the loop still waited for goes to others.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<T, undefined> {
    let left = false
    const iterator: AsyncIterableIterator<T, undefined> = {
      next: () => {
        if (left) return END
        const value = this.#take()
        if (value !== NOTHING) return Promise.resolve({ done: false, value })
        if (this.#state === 'open')
          return wait(this.#receivers, iterator, undefined) as Promise<IteratorResult<T, undefined>>
        left = true
        return this.#state === 'aborted' ? Promise.reject(this.#reason) : END
      },
      return: () => {
        left = true
        for (let waiter = this.#receivers.first; waiter;) {
          const { next } = waiter
          if (waiter.data === iterator && this.#receivers.remove(waiter)) waiter.resolve(END)
          waiter = next
        }
        return END
      },
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator
  }

  /** A handle to send with; when the last open handle is closed, the channel is. Throws `ClosedError` when it already is. */
  sender(): Sender<T> {
    this.#checkOpen()
    this.#openSenders++
    let open = true
    const refusal = (): ClosedError =>
      new ClosedError(`this sender of ${this.#label} is closed: its \`using\` scope ended, or close() was called`)
    const own = (): this => {
      if (open) return this
      throw refusal()
    }
    const handle: Sender<T> = {
      send: (value, options) => (open ? this.#send(value, options?.signal, handle) : Promise.reject(refusal())),
      trySend: (value) => own().trySend(value),
      clone: () => own().sender(),
      close: () => {
        if (!open) return
        open = false
        for (let waiter = this.#senders.first; waiter;) {
          const { next } = waiter
          if (waiter.data.handle === handle && this.#senders.remove(waiter)) waiter.reject(refusal())
          waiter = next
        }
        if (--this.#openSenders === 0) this.close()
      },
      [Symbol.dispose]: () => handle.close(),
    }
    return handle
  }

  /**
   * Ends the channel in good order: sends are refused from now on, also those that wait; what is in the channel can still be received,
   * after that receivers end. Doing it again does nothing.
   */
  close(): void {
    if (this.#state !== 'open') return
    this.#state = 'closed'
    this.#reason = new ClosedError(`${this.#label} is closed`)
    this.#senders.rejectAll(this.#reason)
    for (let waiter = this.#receivers.shift(); waiter; waiter = this.#receivers.shift()) {
      if (waiter.data) waiter.resolve(END)
      else waiter.reject(this.#reason)
    }
  }

  /**
   * Ends the channel at once: values in it are dropped and count as done, and everybody who waits, or comes later, is rejected with `reason`
   * (default: an `AbortError`). Doing it again does nothing; after `close()` it drops what was left.
   */
  abort(reason: unknown = new AbortError(`${this.#label} was aborted`)): void {
    if (this.#state === 'aborted') return
    this.#state = 'aborted'
    this.#reason = reason
    this.#buffer.clear()
    this.#senders.rejectAll(reason)
    this.#receivers.rejectAll(reason)
    this.#checkDone()
  }

  /**
   * Reports that the work on one received value is finished; `join` waits for that.
   *
   * @throws RangeError when it is called more often than values were received.
   */
  taskDone(): void {
    if (this.#unreported === 0)
      throw new RangeError(
        `taskDone() was called more often than values were received from ${this.#label}: call it once for each value`,
      )
    this.#unreported--
    this.#checkDone()
  }

  /**
   * Waits until each value that was sent has been received and reported by `taskDone()`: finished, not merely taken out. At once if there is nothing
   * to wait for. Receivers that never call `taskDone()` make it wait for ever; `abort()` does not.
   */
  join(options?: ChannelWaitOptions): Promise<void> {
    const signal = options?.signal
    if (signal?.aborted) return Promise.reject(signal.reason)
    return this.#unfinished === 0 ? ACCEPTED : wait(this.#joiners, undefined, signal)
  }

  /** A snapshot of the channel. */
  statistics(): ChannelStatistics {
    return {
      capacity: this.capacity,
      buffered: this.#buffer.size,
      waitingSenders: this.#senders.size,
      waitingReceivers: this.#receivers.size,
      openSenders: this.#openSenders,
      unfinished: this.#unfinished,
      state: this.#state,
    }
  }

  get #label(): string {
    return label('channel', this.name)
  }

  get #unfinished(): number {
    return this.#buffer.size + this.#unreported
  }

  #checkOpen(): void {
    if (this.#state !== 'open') throw this.#reason
  }

  #send(value: T, signal: AbortSignal | undefined, handle: object | undefined): Promise<void> {
    try {
      signal?.throwIfAborted()
      return this.trySend(value) ? ACCEPTED : wait(this.#senders, { value, handle }, signal)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /** The oldest value, if there is one; the sender that waits longest moves up. */
  #take(): T | typeof NOTHING {
    const buffer = this.#buffer
    const first = buffer.size > 0 ? (buffer.shift() as T) : NOTHING
    const sender = this.#senders.take()
    if (sender) {
      sender.resolve()
      if (first !== NOTHING) buffer.push(sender.data.value)
    } else if (first === NOTHING) return NOTHING
    this.#unreported++
    return first === NOTHING ? sender!.data.value : first
  }

  #takeIfOpen(): T | typeof NOTHING {
    const value = this.#take()
    if (value === NOTHING) this.#checkOpen()
    return value
  }

  #checkDone(): void {
    if (this.#unfinished > 0) return
    for (let waiter = this.#joiners.shift(); waiter; waiter = this.#joiners.shift()) waiter.resolve()
  }
}

function wait<T, D>(list: WaiterList<Waiter<T, D>>, data: D, signal: AbortSignal | undefined): Promise<T> {
  const waiter = new Waiter<T, D>(data)
  list.push(waiter, signal)
  return waiter.promise
}
