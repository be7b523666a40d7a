import { DeadlineNode } from './deadline-list.ts'
import type { Exchange } from './exchange.ts'

type Phase = 'queue' | 'headers' | 'body' | 'dump'
/** In ms; 0 means none. */
type Limits = Readonly<Record<Phase, number>>

/** ms for which the rest of a body that nobody wants is waited for; a new connection costs less. */
const DUMP_MS = 1000
const ONLY_DUMP: Limits = { queue: 0, headers: 0, body: 0, dump: DUMP_MS }

/**
 * The limits of the phases of one exchange: until there is a connection, until the head, between two chunks of the body, and for a
 * body that is thrown away. Made only when one is needed.
 */
export class PhaseLimits extends DeadlineNode {
  readonly #exchange: Exchange
  readonly #limits: Limits
  #phase: Phase = 'queue'

  private constructor(exchange: Exchange, limits: Limits) {
    super()
    this.#exchange = exchange
    this.#limits = limits
  }

  /** The limits of an exchange, if it has any. */
  static of(exchange: Exchange): PhaseLimits | undefined {
    const { request, transport } = exchange
    const queue = request.timeout?.queue ?? transport.timeout.queue
    const headers = request.timeout?.headers ?? transport.timeout.headers
    const body = request.timeout?.body ?? transport.timeout.body
    if (queue === 0 && headers === 0 && body === 0) return undefined
    return new PhaseLimits(exchange, { queue, headers, body, dump: DUMP_MS })
  }

  /** The limits of an exchange that has none so far, for its last phase. */
  static forDump(exchange: Exchange): PhaseLimits {
    return new PhaseLimits(exchange, ONLY_DUMP)
  }

  /** A phase begins, or something happened in it: from now on its limit counts. */
  begin(phase: Phase): void {
    // The rest of a body that is thrown away has one limit, however many chunks it comes in.
    if (this.#phase === 'dump') return
    this.#phase = phase
    const ms = this.#limits[phase]
    const { deadlines, clock } = this.#exchange.transport
    if (ms === 0 || ms === Infinity) deadlines.remove(this)
    else deadlines.add(this, ms, clock.now())
  }

  /** Nothing is waited for. */
  stop(): void {
    this.#exchange.transport.deadlines.remove(this)
  }

  override onDeadline(): void {
    const phase = this.#phase
    if (phase === 'dump') this.#exchange.cut()
    else this.#exchange.expire(phase, this.#limits[phase])
  }
}
