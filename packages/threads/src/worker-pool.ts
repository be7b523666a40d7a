import { availableParallelism } from 'node:os'
import { AbortError, ClosedError, TimeoutError, systemClock, type Clock, type TimerHandle } from '@sluice/core'
import { AbortLink, Link, LinkedList, checkMs, checkNumber } from '@sluice/core/internal'
import { checkCall, type CallOptions, type CallResult, type CheckedCall } from './call.ts'
import { WorkerCrashedError } from './errors.ts'
import { makeRequest, readReply, type Reply } from './message.ts'
import { Runner, type RunnerOptions, type WorkerKind } from './runner.ts'

/** Options of a pool of workers. */
export interface WorkerPoolOptions {
  /** How many calls run at once, each in a worker of its own. Default: as many as the machine has cores for this process. */
  size?: number
  /** Milliseconds after which a worker without work is ended. Default 10,000. A worker without work never keeps the program alive. */
  idleTimeout?: number
  /** Environment variables of the workers, beside (for a process) or instead of (for a thread) those of this process. */
  env?: Record<string, string>
  /** Options of Node for the workers, such as `['--import', 'tsx']` to run TypeScript on Node 20. Default: those of this process. */
  execArgv?: string[]
  /** Measures the `timeout` of the calls. Default `systemClock`. */
  clock?: Clock
}

/** The state of a pool at one moment. */
export interface WorkerPoolStatistics {
  /** How many calls may run at once. */
  size: number
  /** Threads or processes that exist now, running or idle. */
  workers: number
  /** Calls that a worker has now. */
  running: number
  /** Calls that wait for a worker. */
  waiting: number
  /** Calls that returned a value. */
  fulfilled: number
  /** Calls that ended in an error, of whatever kind. */
  rejected: number
  /** Calls whose worker crashed; they are among the rejected. */
  crashed: number
}

/** A call between `run` and its end; while it waits, it is a link of the queue. */
class PendingCall extends Link {
  readonly call: CheckedCall
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
  abortLink: AbortLink | undefined
  /** Where it runs; undefined while it waits. */
  slot: Slot | undefined
  /** Set once it has been told to stop while it ran. */
  stopped: { reason: unknown; ended: Promise<void> } | undefined

  constructor(call: CheckedCall, resolve: (value: unknown) => void, reject: (reason: unknown) => void) {
    super()
    this.call = call
    this.resolve = resolve
    this.reject = reject
  }
}

/** Room for one call at a time, and the worker in it; the next one, once it has ended. */
interface Slot {
  runner: Runner
  /** The call that it serves. */
  pending: PendingCall | undefined
  /** Resolves when it has served it, or has ended its worker. */
  work: Promise<void>
}

/**
 * Runs exported functions in workers, one call a worker, first come first served. Workers start when they are needed, are used again
 * and end after a while without work; one that dies takes only its own call along.
 */
export abstract class WorkerPool implements AsyncDisposable {
  readonly #kind: WorkerKind
  readonly #clock: Clock
  readonly #runnerOptions: RunnerOptions
  readonly #waiting = new LinkedList<PendingCall>()
  /** All that serve a call, are free, or end their worker for good. */
  readonly #slots = new Set<Slot>()
  /** The one used last is on top, so that a pool with little to do lets its other workers go. */
  readonly #free: Slot[] = []
  #running = 0
  #size: number
  #closing: Promise<void> | undefined
  #fulfilled = 0
  #rejected = 0
  #crashed = 0

  protected constructor(kind: WorkerKind, options: WorkerPoolOptions, runnerOptions: RunnerOptions = {}) {
    const { size = availableParallelism(), idleTimeout = 10_000, env, execArgv, clock = systemClock } = options
    checkSize(size)
    checkMs('idleTimeout', idleTimeout)
    this.#kind = kind
    this.#clock = clock
    this.#size = size
    this.#runnerOptions = { ...runnerOptions, idleTimeout, ...(env && { env }), ...(execArgv && { execArgv }) }
  }

  /** How many calls run at once; can be set while in use. Lowered, it ends no call: workers go when their call is done. */
  get size(): number {
    return this.#size
  }

  set size(size: number) {
    checkSize(size)
    this.#size = size
    while (this.#running + this.#free.length > size && this.#free.length > 0) this.#retire(this.#free.shift()!)
    while (this.#waiting.size > 0 && this.#running < size) this.#start(this.#waiting.shift()!)
  }

  /** Whether `close()` was called. */
  get closed(): boolean {
    return this.#closing !== undefined
  }

  /**
   * Calls an exported function of a module in a worker, and resolves to what it returns. The type argument is the type of the function
   * (`typeof import('./work.js').fib`: then `args` are checked too), or of the result.
   *
   * @throws the error of the function; `TypeError` for what cannot cross; {@link WorkerCrashedError}; the reason of `signal`;
   * `TimeoutError`; `ClosedError` after `close()`
   */
  run<T = unknown>(module: string | URL, options: CallOptions<T> = {}): Promise<CallResult<T>> {
    return new Promise<unknown>((resolve, reject) => {
      const call = checkCall(module, options, this.#kind)
      const { signal } = call
      if (this.#closing) throw new ClosedError(`The pool is closed: ${describe(call)} came after close()`)
      if (signal?.aborted) throw signal.reason
      if (call.timeout === 0) throw timedOut(call)
      const pending = new PendingCall(call, resolve, reject)
      if (signal) pending.abortLink = new AbortLink(signal, { onAbort: (reason) => this.#stop(pending, reason) })
      if (this.#running < this.#size) this.#start(pending)
      else this.#waiting.push(pending)
    }) as Promise<CallResult<T>>
  }

  /** What the pool holds and has done. */
  statistics(): WorkerPoolStatistics {
    let workers = 0
    for (const slot of this.#slots) if (slot.runner.alive) workers++
    return {
      size: this.#size,
      workers,
      running: this.#running,
      waiting: this.#waiting.size,
      fulfilled: this.#fulfilled,
      rejected: this.#rejected,
      crashed: this.#crashed,
    }
  }

  /** Ends every call that was handed in so far, waiting or running, with `reason`; the pool goes on. */
  cancel(reason: unknown = new AbortError('The pool was told to cancel its calls')): void {
    while (this.#waiting.first !== undefined) this.#stop(this.#waiting.first, reason)
    for (const slot of this.#slots) if (slot.pending) this.#stop(slot.pending, reason)
  }

  /** Takes no further calls, waits for those it has, and ends the workers. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close())
  }

  /** The same as {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    // Who has served one call goes on with the next that waits.
    while (this.#running > 0) await Promise.all([...this.#slots].map((slot) => slot.work))
    await Promise.all([...this.#slots].map((slot) => slot.runner.end()))
  }

  #start(pending: PendingCall): void {
    let slot = this.#free.pop()
    if (slot === undefined) {
      slot = { runner: new Runner(this.#kind, this.#runnerOptions), pending: undefined, work: Promise.resolve() }
      this.#slots.add(slot)
    }
    this.#running++
    slot.work = this.#serve(slot, pending)
  }

  async #serve(slot: Slot, pending: PendingCall): Promise<void> {
    slot.pending = pending
    pending.slot = slot
    const { call } = pending
    let timer: TimerHandle
    if (call.timeout !== undefined) {
      timer = this.#clock.setTimer(() => this.#stop(pending, timedOut(call)), call.timeout)
    }
    if (slot.runner.ended) slot.runner = new Runner(this.#kind, this.#runnerOptions)
    const settle = await this.#outcome(slot.runner, pending)
    this.#clock.clearTimer(timer)
    pending.abortLink?.unlink()
    slot.pending = undefined
    // An answer that overtook the abort is a real answer, but the worker still has to go.
    await pending.stopped?.ended
    // The worker goes on before the caller does, who finds the pool as the call left it.
    this.#release(slot)
    settle()
  }

  #release(slot: Slot): void {
    this.#running--
    if (this.#running + this.#free.length >= this.#size) return this.#retire(slot)
    this.#free.push(slot)
    const next = this.#waiting.shift()
    if (next !== undefined) this.#start(next)
  }

  /** Ends a worker for good; until it has ended, its slot is known, so that `close` can wait for it. */
  #retire(slot: Slot): void {
    slot.work = slot.runner.end().then(() => void this.#slots.delete(slot))
  }

  /** Runs the call, counts its end, and returns what settles it. */
  async #outcome(runner: Runner, pending: PendingCall): Promise<() => void> {
    try {
      const value = await this.#call(runner, pending.call)
      this.#fulfilled++
      return () => pending.resolve(value)
    } catch (error) {
      this.#rejected++
      const { stopped } = pending
      const crashed = error instanceof WorkerCrashedError
      if (crashed && stopped === undefined) this.#crashed++
      return () => pending.reject(crashed && stopped !== undefined ? stopped.reason : error)
    }
  }

  async #call(runner: Runner, call: CheckedCall): Promise<unknown> {
    let reply: Reply
    try {
      reply = (await runner.run(makeRequest(call, this.#kind), call.transfer, describe(call))) as Reply
    } catch (error) {
      if (error instanceof WorkerCrashedError) throw error
      throw new TypeError(
        `The arguments of ${describe(call)} cannot cross to another ${this.#kind}: ${(error as Error).message} ` +
          'Pass plain data: objects, arrays, strings, numbers, Map, Set, Date, typed arrays',
        { cause: error },
      )
    }
    return readReply(reply)
  }

  #stop(pending: PendingCall, reason: unknown): void {
    const { slot } = pending
    if (slot !== undefined) {
      pending.stopped ??= { reason, ended: slot.runner.end() }
      return
    }
    this.#waiting.remove(pending)
    this.#rejected++
    pending.abortLink?.unlink()
    pending.reject(reason)
  }
}

function checkSize(size: unknown): asserts size is number {
  const allowed = 'a whole number of at least 1'
  checkNumber('size', size, 1, Number.MAX_SAFE_INTEGER, allowed)
  if (!Number.isInteger(size)) throw new RangeError(`size must be ${allowed}, not ${size}`)
}

function timedOut(call: CheckedCall): TimeoutError {
  return new TimeoutError(`${describe(call)} ran longer than its timeout of ${call.timeout} ms`, call.timeout!)
}

/** `fib of file:///…/work.js`, for messages. */
function describe({ name, module }: CheckedCall): string {
  return `${name} of ${module.length > 200 ? `${module.slice(0, 200)}…` : module}`
}
