import { NotStartedError } from '@sluice/runs'
import { SendWatch, type Call } from '../job/send-watch.ts'

/** Knows which calls still wait to be sent, and can take them back. */
export class Unsent extends SendWatch {
  readonly #open: Map<AbortSignal, { readonly call: Call; readonly controller: AbortController }>
  #outer: AbortSignal | undefined
  #closed = false

  constructor() {
    const open = new Map<AbortSignal, { readonly call: Call; readonly controller: AbortController }>()
    super(({ signal }) => signal && open.get(signal)?.call)
    this.#open = open
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
    const call = this.begin(key)
    this.#open.set(controller.signal, { call, controller })
    try {
      return await fn(controller.signal)
    } finally {
      this.#open.delete(controller.signal)
      this.end(call)
    }
  }

  /** Takes back what has not been sent, and lets nothing more begin. */
  override takeBack(): number {
    this.#closed = true
    return this.#abort(new NotStartedError(), ({ sentAt }) => sentAt === undefined)
  }

  #abort(reason: unknown, which: (call: Call) => boolean): number {
    const chosen = [...this.#open.values()].filter(({ call }) => which(call))
    for (const { controller } of chosen) controller.abort(reason)
    return chosen.length
  }
}
