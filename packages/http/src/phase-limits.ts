import { DeadlineNode } from './deadline-list.ts'
import type { Exchange } from './exchange.ts'

type Phase = 'queue' | 'headers' | 'body' | 'dump'

/** ms for which the rest of a body that nobody wants is waited for; a new connection costs less. */
const DUMP_MS = 1000

/** The limits of the phases of one exchange: until there is a connection, until the head, between two chunks of the body, and for a body that is thrown away. Made only when one is needed. */
export class PhaseLimits extends DeadlineNode {
  readonly #exchange: Exchange
  readonly #queue: number
  readonly #headers: number
  readonly #body: number
  #phase: Phase = 'queue'

  private constructor(exchange: Exchange, queue: number, headers: number, body: number) {
    super()
    this.#exchange = exchange
    this.#queue = queue
    this.#headers = headers
    this.#body = body
  }

  /** The limits of an exchange, if it has any. */
  static of(exchange: Exchange): PhaseLimits | undefined {
    const { request, transport } = exchange
    const queue = request.timeout?.queue ?? transport.timeout.queue
    const headers = request.timeout?.headers ?? transport.timeout.headers
    const body = request.timeout?.body ?? transport.timeout.body
    return queue === 0 && headers === 0 && body === 0 ? undefined : new PhaseLimits(exchange, queue, headers, body)
  }

  /** The limits of an exchange that has none so far, for its last phase. */
  static forDump(exchange: Exchange): PhaseLimits {
    return new PhaseLimits(exchange, 0, 0, 0)
  }

  /** A phase begins, or something happened in it: from now on its limit counts. */
  begin(phase: Phase): void {
    // The rest of a body that is thrown away has one limit, however many chunks it comes in.
    if (this.#phase === 'dump') return
    this.#phase = phase
    const ms = this.#ms
    const { deadlines, clock } = this.#exchange.transport
    if (ms === 0 || ms === Infinity) deadlines.remove(this)
    else deadlines.add(this, ms, clock.now())
  }

  /** Nothing is waited for. */
  stop(): void {
    this.#exchange.transport.deadlines.remove(this)
  }

  override onDeadline(): void {
    if (this.#phase === 'dump') this.#exchange.cut()
    else this.#exchange.expire(this.#phase, this.#ms)
  }

  get #ms(): number {
    switch (this.#phase) {
      case 'queue':
        return this.#queue
      case 'headers':
        return this.#headers
      case 'body':
        return this.#body
      case 'dump':
        return DUMP_MS
    }
  }
}
