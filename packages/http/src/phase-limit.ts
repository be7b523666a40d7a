import { DeadlineNode } from './deadline-list.ts'
import type { Exchange } from './exchange.ts'

/** The limit of one phase: the head, or a pause in the body. Made only when such a limit is set. */
export class PhaseLimit extends DeadlineNode {
  limit: 'headers' | 'body' = 'headers'
  ms = 0
  readonly #exchange: Exchange

  constructor(exchange: Exchange) {
    super()
    this.#exchange = exchange
  }

  override onDeadline(): void {
    this.#exchange.expire(this.limit, this.ms)
  }
}
