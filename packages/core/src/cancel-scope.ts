import { AbortLink, type AbortObserver } from './abort-link.ts'
import { fanOut } from './abort-scope.ts'
import { checkFunction, checkNumber, show } from './check.ts'
import { MAX_TIMER_MS, systemClock, type Clock, type TimerHandle } from './clock.ts'
import { ClosedError, TimeoutError, isAbortEcho } from './errors.ts'
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
  #shielded: boolean
  #deadline = Infinity
  #reason: unknown
  #expired = false
  #yielded = false
  #ended = false
  #controller: AbortController | undefined
  #link: AbortLink | undefined
  #timer: TimerHandle

  /** @internal */
  constructor(options: ScopeOptions, shielded = false, attempt: number = options.attempt ?? 1) {
    checkScopeOptions(options)
    if (options instanceof CancelScope && options.#ended) {
      throw new ClosedError(
        'the scope handed over as options has ended: nothing may outlive it. Start the work, and await it, inside the function that received the scope',
      )
    }
    this.clock = options.clock ?? systemClock
    this.name = options.name
    this.index = options.index ?? 0
    this.attempt = attempt
    this.start = this.clock.now()
    this.#outer = options
    this.#shielded = shielded
  }

  /** Aborts when the work should stop. Made when first read. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      // From the outermost scope inwards, in a loop: thousands may be nested.
      const scopes: CancelScope[] = [this]
      let outer = this.#enclosing
      while (outer instanceof CancelScope && outer.#controller === undefined) {
        scopes.push(outer)
        outer = outer.#enclosing
      }
      for (let scope = scopes.pop(); scope !== undefined; scope = scopes.pop()) scope.#open()
    }
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
    let at = this.#deadline
    let outer = this.#enclosing
    while (outer instanceof CancelScope) {
      at = Math.min(at, outer.#deadline)
      outer = outer.#enclosing
    }
    at = Math.min(at, outer?.deadline ?? Infinity)
    return at === Infinity ? undefined : at
  }

  set deadline(at: number | undefined) {
    checkMoment('deadline', at)
    if (this.#ended || this.abortReason !== undefined) {
      const why = this.#ended ? 'has ended' : 'has been told to stop'
      throw new ClosedError(`the deadline cannot be moved any more: the work ${why}`)
    }
    const before = this.#deadline
    this.#deadline = this.#bounded(at)
    // Moved later, the old timer notices by itself.
    if (this.#timer === undefined || this.#deadline < before || this.#deadline === Infinity) this.#arm()
  }

  /** Lets aborts from outside in again, also one that came meanwhile. Of use only within `shield`. */
  lift(): void {
    if (!this.#shielded || this.#ended) return
    this.#shielded = false
    this.#deadline = this.#bounded(this.#deadline)
    if (this.#controller !== undefined) this.#listen()
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
    let reason = this.#reason
    let outer = this.#enclosing
    while (reason === undefined && outer instanceof CancelScope) {
      reason = outer.#reason
      outer = outer.#enclosing
    }
    return reason !== undefined || outer === undefined ? reason : abortReasonOf(outer)
  }

  /**
   * Tells the work to stop, once: the first reason stays.
   *
   * @internal
   */
  onAbort(reason: unknown): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    this.#disarm()
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
    if (reason !== undefined) return Promise.reject(reason)
    this.#deadline = this.#bounded(at)
    try {
      if (this.#deadline <= this.start) {
        this.#expired = true
        throw (this.#reason = this.#timeout())
      }
      this.#arm()
      const value = await fn(this)
      this.#expired = false
      return value
    } catch (error) {
      throw this.#judge(error)
    } finally {
      this.#ended = true
      this.#disarm()
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
    const outer = this.#enclosing && abortReasonOf(this.#enclosing)
    if (outer !== undefined) return outer
    this.#expired = expired
    return reason
  }

  /** What surrounds the scope and may abort it. */
  get #enclosing(): ScopeOptions | undefined {
    return this.#shielded ? undefined : this.#outer
  }

  /** A context sees to its own deadline; one that stands in plain options is ours to keep. */
  #bounded(at = Infinity): number {
    const outer = this.#enclosing
    return outer === undefined || isContext(outer) ? at : Math.min(at, outer.deadline ?? Infinity)
  }

  #open(): void {
    this.#controller = new AbortController()
    if (this.#reason === undefined) this.#listen()
    else this.#controller.abort(this.#reason)
  }

  #listen(): void {
    const signal = this.#enclosing?.signal
    if (signal?.aborted) this.onAbort(signal.reason)
    else if (signal !== undefined && !this.#ended) this.#link = new AbortLink(signal, this)
  }

  #arm(least = 0): void {
    this.#disarm()
    if (this.#deadline === Infinity) return
    const ms = Math.max(least, this.#deadline - this.clock.now())
    this.#timer = this.clock.setTimer(() => this.#due(), Math.min(ms, MAX_TIMER_MS))
  }

  #disarm(): void {
    if (this.#timer !== undefined) this.clock.clearTimer(this.#timer)
    this.#timer = undefined
  }

  #due(): void {
    this.#timer = undefined
    const now = this.clock.now()
    const reason = this.abortReason
    if (reason !== undefined) return this.onAbort(reason)
    // Too early: a timer cannot hold the whole wait, or the deadline was moved.
    if (now < this.#deadline) return this.#arm()
    // An enclosing scope is due as well, and its timer comes only after ours: it goes first.
    const outer = this.#enclosing
    if (!this.#yielded && outer !== undefined && isContext(outer) && (outer.deadline ?? Infinity) <= now) {
      this.#yielded = true
      return this.#arm(1)
    }
    this.#expired = true
    this.onAbort(this.#timeout())
  }

  #timeout(): TimeoutError {
    // In µs, since `start + ms - start` is not always `ms`.
    const ms = Math.max(0, Math.round((this.#deadline - this.start) * 1000) / 1000)
    return new TimeoutError(`${this.name === undefined ? 'the work' : show(this.name)} did not end within ${ms} ms`, ms)
  }
}

/** Says why a cleanup ran that failed, unless the error has a cause of its own. */
function explain(error: unknown, cause: unknown): void {
  if (typeof error !== 'object' || error === null || !Object.isExtensible(error)) return
  if ((error as { cause?: unknown }).cause !== undefined) return
  Object.defineProperty(error, 'cause', { value: cause, writable: true, configurable: true })
}

function checkScopeOptions(options: unknown): asserts options is ScopeOptions {
  if (typeof options !== 'object' || options === null || 'aborted' in options) {
    throw new TypeError(`options must be an object such as { signal } or a task's context, not ${show(options)}`)
  }
  if (isContext(options)) return
  const { signal, deadline } = options as { signal?: unknown; deadline?: unknown }
  if (signal !== undefined && typeof (signal as AbortSignal | null)?.addEventListener !== 'function') {
    throw new TypeError(`signal must be an AbortSignal, not ${show(signal)}`)
  }
  checkMoment('deadline', deadline)
}

/** Refuses what is not a moment on a clock's time line; undefined and Infinity are never. */
export function checkMoment(option: string, at: unknown): void {
  if (at !== undefined) checkNumber(option, at, -Infinity, Infinity, 'a moment of clock.now() in ms')
}
