import { AbortLink, type AbortObserver } from './abort-link.ts'
import { fanOut } from './abort-scope.ts'
import { Alarm } from './alarm.ts'
import { checkFunction, checkMoment, checkOptions, checkSignal, show } from './check.ts'
import { systemClock, type Clock } from './clock.ts'
import { ClosedError, TimeoutError, explain, isAbortEcho } from './errors.ts'
import type { TaskContext } from './task-context.ts'

/** What surrounds a piece of work. A task's context, or an enclosing scope, fits as it is: hand it over whole, and scopes nest. */
export interface ScopeOptions {
  /** Aborts the work from outside; its reason arrives unchanged. */
  readonly signal?: AbortSignal | undefined
  /** The work may not last beyond this moment (`clock.now()`). Default: no limit. */
  readonly deadline?: number | undefined
  /** Where time comes from. Default {@link systemClock}. */
  readonly clock?: Clock | undefined
  /** A name for error messages. */
  readonly name?: string | undefined
  /** What the work's context shows as `index`. Default 0. */
  readonly index?: number
  /** What the work's context shows as `attempt`. Default 1. */
  readonly attempt?: number
}

/** A context of ours: it tells whether it was aborted without making a signal, and sees to its deadline itself. */
interface Context extends ScopeOptions {
  readonly abortReason: unknown
}

function isContext(options: ScopeOptions): options is Context {
  return 'abortReason' in options
}

/** Why `options` are aborted; undefined while they are not. Makes no signal. */
export function abortReasonOf(options: ScopeOptions): unknown {
  if (isContext(options)) return options.abortReason
  return options.signal?.aborted ? options.signal.reason : undefined
}

/**
 * The span of one piece of work that can be stopped: from outside by a signal, from inside by a deadline that can be moved.
 * It is the context that the work receives. Who aborted it can be told by the reason's identity: each scope has its own.
 *
 * The outer signal is asked for only when somebody reads `signal` here: as long as nobody does, an abort could reach nobody.
 */
export class CancelScope implements TaskContext, AbortObserver {
  readonly clock: Clock
  readonly name: string | undefined
  readonly index: number
  readonly attempt: number
  /** When it was entered. @internal */
  readonly start: number
  readonly #outer: ScopeOptions
  /** What surrounds the scope and may abort it: nothing while it is shielded. */
  #around: ScopeOptions | undefined
  #end = Infinity
  #reason: unknown
  #expired = false
  #yielded = false
  #ended = false
  #controller: AbortController | undefined
  #link: AbortLink | undefined
  readonly #alarm: Alarm

  /** @internal */
  constructor(options: ScopeOptions, shielded = false, attempt?: number) {
    checkScopeOptions(options)
    if (options instanceof CancelScope && options.#ended) {
      throw new ClosedError(
        'the scope in options has ended: nothing may outlive it. Start and await the work inside the function that received the scope',
      )
    }
    this.clock = options.clock ?? systemClock
    this.name = options.name
    this.index = options.index ?? 0
    this.attempt = attempt ?? options.attempt ?? 1
    this.start = this.clock.now()
    this.#outer = options
    if (!shielded) this.#around = options
    this.#alarm = new Alarm(this.clock, () => this.#due())
  }

  /** Aborts when the work should stop. Made when first read. */
  get signal(): AbortSignal {
    // From the outermost scope inwards, in a loop: thousands may be nested.
    const closed: CancelScope[] = []
    for (let at: ScopeOptions | undefined = this; at instanceof CancelScope && !at.#controller; at = at.#around) {
      closed.push(at)
    }
    for (const scope of closed.reverse()) scope.#open()
    return this.#controller!.signal
  }

  /**
   * True once the deadline of this very scope has told the work to stop; false again if the work then ended in another way,
   * or because of an enclosing scope.
   */
  get expired(): boolean {
    return this.#expired
  }

  /**
   * The moment (`clock.now()`) at which the innermost limit runs out: the earliest of this scope and all that enclose it; `undefined` if there is none,
   * `-Infinity` once the work is to stop. Can be moved, earlier or later, until the work is told to stop or ends; `undefined` and `Infinity` lift it.
   * What encloses the scope still holds.
   *
   * @throws TypeError when it is not a number; ClosedError when it is too late to move it.
   */
  get deadline(): number | undefined {
    if (this.abortReason !== undefined) return -Infinity
    let end = Infinity
    let at: ScopeOptions | undefined = this
    for (; at instanceof CancelScope; at = at.#around) end = Math.min(end, at.#end)
    end = Math.min(end, at?.deadline ?? Infinity)
    return end === Infinity ? undefined : end
  }

  set deadline(at: number | undefined) {
    checkMoment('deadline', at)
    if (this.#ended || this.abortReason !== undefined) {
      const why = this.#ended ? 'has ended' : 'has been told to stop'
      throw new ClosedError(`the deadline cannot be moved any more: the work ${why}`)
    }
    this.#end = this.#bounded(at)
    this.#arm()
  }

  /** Lets aborts from outside in again, also one that came meanwhile. Of use only within `shield`. */
  lift(): void {
    if (this.#around || this.#ended) return
    this.#around = this.#outer
    this.#end = this.#bounded(this.#end)
    if (this.#controller) this.#listen()
    const reason = this.abortReason
    if (reason === undefined) this.#arm()
    else this.onAbort(reason)
  }

  /**
   * Why the work is to stop; undefined while it may go on.
   *
   * @internal
   */
  get abortReason(): unknown {
    let at: ScopeOptions | undefined = this
    for (; at instanceof CancelScope; at = at.#around) if (at.#reason !== undefined) return at.#reason
    return at && abortReasonOf(at)
  }

  /**
   * Tells the work to stop, once: the first reason stays.
   *
   * @internal
   */
  onAbort(reason: unknown): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    this.#alarm.clear()
    fanOut(() => this.#controller?.abort(reason))
  }

  /**
   * Runs the work until it settles, never shorter. It is not even started when the scope was aborted before, or `at` has come.
   *
   * @internal
   */
  async run<T>(fn: (scope: CancelScope) => T | PromiseLike<T>, at?: number): Promise<T> {
    checkFunction('fn', fn)
    const reason = this.abortReason
    if (reason !== undefined) throw reason
    this.#end = this.#bounded(at)
    try {
      if (this.#end <= this.start) this.#expire()
      if (this.#expired) throw this.#reason
      this.#arm()
      const value = await fn(this)
      this.#expired = false
      return value
    } catch (error) {
      throw this.#judge(error)
    } finally {
      this.#ended = true
      this.#alarm.clear()
      this.#link?.unlink()
    }
  }

  /** What to report for the error that the work ended with. */
  #judge(error: unknown): unknown {
    const reason = this.#reason
    if (reason === undefined) return error
    const expired = this.#expired
    this.#expired = false
    if (!isAbortEcho(error, reason)) {
      if (expired) explain(error, reason)
      return error
    }
    // Of all the scopes that were aborted by now, the outermost is the one to report.
    const outer = this.#around && abortReasonOf(this.#around)
    if (outer !== undefined) return outer
    this.#expired = expired
    return reason
  }

  /** A context sees to its own deadline; one that stands in plain options is ours to keep. */
  #bounded(at = Infinity): number {
    const outer = this.#around
    return !outer || isContext(outer) ? at : Math.min(at, outer.deadline ?? Infinity)
  }

  #open(): void {
    this.#controller = new AbortController()
    if (this.#reason === undefined) this.#listen()
    else this.#controller.abort(this.#reason)
  }

  #listen(): void {
    const signal = this.#around?.signal
    if (signal?.aborted) this.onAbort(signal.reason)
    else if (signal && !this.#ended) this.#link = new AbortLink(signal, this)
  }

  #arm(): void {
    // Moved later, the alarm that was set notices by itself.
    if (this.#end === Infinity) this.#alarm.clear()
    else this.#alarm.set(Math.max(0, this.#end - this.clock.now()))
  }

  #due(): void {
    const now = this.clock.now()
    const reason = this.abortReason
    if (reason !== undefined) return this.onAbort(reason)
    // Too early: a timer cannot hold the whole wait, or the deadline was moved.
    if (now < this.#end) return this.#arm()
    // An enclosing scope is due as well, and its timer comes only after ours: it goes first.
    const outer = this.#around
    if (!this.#yielded && outer && isContext(outer) && (outer.deadline ?? Infinity) <= now) {
      this.#yielded = true
      return this.#alarm.set(1)
    }
    this.#expire()
  }

  #expire(): void {
    this.#expired = true
    // In µs, since `start + ms - start` is not always `ms`.
    const ms = Math.max(0, Math.round((this.#end - this.start) * 1000) / 1000)
    const what = this.name === undefined ? 'the work' : show(this.name)
    this.onAbort(new TimeoutError(`${what} did not end within ${ms} ms`, ms))
  }
}

function checkScopeOptions(options: unknown): asserts options is ScopeOptions {
  checkOptions(options, "an object such as { signal } or a task's context")
  if (isContext(options)) return
  const { signal, deadline } = options as ScopeOptions
  checkSignal(signal)
  checkMoment('deadline', deadline)
}
