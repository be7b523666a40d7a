import type { EventFacts } from '@sluice/core/internal'
import type { Connection } from './connection.ts'
import type { Exchange } from './exchange.ts'

/** Tells the events of one request. Made only when somebody listens. */
export class ExchangeTrace {
  bytes = 0
  readonly #exchange: Exchange
  readonly #emit: (facts: EventFacts) => void
  readonly #id: number
  #sent = 0

  constructor(exchange: Exchange, emit: (facts: EventFacts) => void, id: number) {
    this.#exchange = exchange
    this.#emit = emit
    this.#id = id
  }

  queued(waiting: number): void {
    this.#emit({ type: 'httpQueued', ...this.#base(), waiting })
  }

  sent(connection: Connection, reused: boolean): void {
    if (!reused) {
      const { connectMs: ms, origin, capacity } = connection
      this.#emit({ type: 'httpConnect', ...this.#base(), ms, origin: origin.key, http2: capacity > 1 })
    }
    this.#sent = this.#exchange.transport.clock.now()
    this.#emit({ type: 'httpSent', ...this.#base(), waited: this.#sent - this.#exchange.started, reused })
  }

  firstByte(status: number): void {
    this.#emit({
      type: 'httpFirstByte',
      ...this.#base(),
      status,
      ms: this.#exchange.transport.clock.now() - this.#sent,
    })
  }

  redirect(status: number, location: string): void {
    this.#emit({ type: 'httpRedirect', ...this.#base(), status, location })
  }

  end(error: unknown): void {
    const { status, started, transport } = this.#exchange
    const ok = error === undefined && status >= 200 && status < 300
    this.#emit({
      type: 'httpEnd',
      ...this.#base(),
      status,
      ok,
      ms: transport.clock.now() - started,
      bytes: this.bytes,
      error,
    })
  }

  #base(): { id: number; method: string; url: string; route: string | undefined; attempt: number } {
    const exchange = this.#exchange
    const { route, attempt } = exchange.request
    return { id: this.#id, method: exchange.method, url: exchange.shownUrl(), route, attempt }
  }
}
