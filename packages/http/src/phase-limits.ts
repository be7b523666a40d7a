import { DeadlineNode } from './deadline-list.ts'
import type { Exchange } from './exchange.ts'

type Phase = 'headers' | 'body'

/** The limits of the phases of one exchange: until the head, and between two chunks of the body. Made only when one is set. */
export class PhaseLimits extends DeadlineNode {
  readonly #exchange: Exchange
  readonly #headers: number
  readonly #body: number
  #phase: Phase = 'headers'

  private constructor(exchange: Exchange, headers: number, body: number) {
    super()
    this.#exchange = exchange
    this.#headers = headers
    this.#body = body
  }

  /** The limits of an exchange, if it has any. */
  static of(exchange: Exchange): PhaseLimits | undefined {
    const { request, transport } = exchange
    const headers = request.timeout?.headers ?? transport.timeout.headers
    const body = request.timeout?.body ?? transport.timeout.body
    return headers === 0 && body === 0 ? undefined : new PhaseLimits(exchange, headers, body)
  }

  /** A phase begins, or something happened in it: from now on its limit counts. */
  begin(phase: Phase): void {
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
    this.#exchange.expire(this.#phase, this.#ms)
  }

  get #ms(): number {
    return this.#phase === 'headers' ? this.#headers : this.#body
  }
}
