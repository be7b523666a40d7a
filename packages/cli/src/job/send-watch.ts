import type { Middleware, SessionRequest } from '@sluice/http'

/** A call on its way to being sent. */
export interface Call {
  /** Of the item that it is for. */
  readonly key: string
  readonly begun: number
  /** Undefined while it waits for a limit or a connection. */
  sentAt: number | undefined
}

/** Knows which calls still wait to be sent, for a limit or a connection, and how long they did. */
export class SendWatch {
  readonly #find: (request: SessionRequest) => Call | undefined
  #waits: Map<string, number> | undefined
  #waiting = 0

  /** @param find the call that a request is for. */
  constructor(find: (request: SessionRequest) => Call | undefined) {
    this.#find = find
  }

  /** Notices when a request goes out. Belongs outside of what makes requests wait. */
  readonly middleware: Middleware = (request, next) => {
    const call = this.#find(request)
    if (call === undefined) return next(request)
    const { admit } = request
    request.admit = () => {
      if (admit !== undefined && !admit()) return false
      this.#sent(call)
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

  /** A call begins, and waits. */
  begin(key: string): Call {
    this.#waiting++
    return { key, begun: performance.now(), sentAt: undefined }
  }

  /** It has ended, in whatever way. */
  end(call: Call): void {
    if (call.sentAt === undefined) this.#waiting--
  }

  /** Takes back what has not been sent, if it can. Returns how many calls that were. */
  takeBack(): number {
    return 0
  }

  #sent(call: Call): void {
    // One that was refused because of a limit is sent again.
    if (call.sentAt === undefined) this.#waiting--
    call.sentAt = performance.now()
    this.#waits?.set(call.key, call.sentAt - call.begun)
  }
}
