import type { Middleware } from '@sluice/http'
import { NotStartedError } from '@sluice/runs'

interface Call {
  readonly controller: AbortController
  readonly key: string
  readonly begun: number
  sent: boolean
}

/** Knows which calls still wait to be sent, for a limit or a connection, and can take them back. */
export class Unsent {
  readonly #open = new Map<AbortSignal, Call>()
  #waits: Map<string, number> | undefined
  #waiting = 0
  #outer: AbortSignal | undefined
  #closed = false

  /** Notices when a request goes out. Belongs outside of what makes requests wait. */
  readonly middleware: Middleware = (request, next) => {
    const { signal, admit } = request
    request.admit = () => {
      if (admit !== undefined && !admit()) return false
      const call = signal && this.#open.get(signal)
      if (call !== undefined) this.#sent(call)
      return true
    }
    return next(request)
  }

  /** How many calls wait to be sent. */
  get waiting(): number {
    return this.#waiting
  }

  /** Remembers from now on how long calls wait, until it is asked for. */
  watch(): void {
    this.#waits ??= new Map()
  }

  /** How long the last call of an item waited until it was sent, in ms; asked once. */
  takeWait(key: string): number {
    const ms = this.#waits?.get(key) ?? 0
    this.#waits?.delete(key)
    return ms
  }

  /** Calls `fn` for an item with a signal that aborts with `outer`, the same for all calls, or when what was not sent is taken back. */
  async call<T>(key: string, outer: AbortSignal, fn: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#closed) throw new NotStartedError()
    // One listener for all.
    if (this.#outer === undefined) {
      this.#outer = outer
      outer.addEventListener('abort', () => void this.#abort(outer.reason, () => true))
    }
    const controller = new AbortController()
    if (outer.aborted) controller.abort(outer.reason)
    const call: Call = { controller, key, begun: performance.now(), sent: false }
    this.#open.set(controller.signal, call)
    this.#waiting++
    try {
      return await fn(controller.signal)
    } finally {
      this.#open.delete(controller.signal)
      if (!call.sent) this.#waiting--
    }
  }

  /** Takes back what has not been sent, and lets nothing more begin. Returns how many that were. */
  takeBack(): number {
    this.#closed = true
    return this.#abort(new NotStartedError(), ({ sent }) => !sent)
  }

  #sent(call: Call): void {
    // One that was refused because of a limit is sent again.
    if (!call.sent) this.#waiting--
    call.sent = true
    this.#waits?.set(call.key, performance.now() - call.begun)
  }

  #abort(reason: unknown, which: (call: Call) => boolean): number {
    const calls = [...this.#open.values()].filter(which)
    for (const { controller } of calls) controller.abort(reason)
    return calls.length
  }
}
