import type { LimitedRequest, LimitedResponse, TokenTimes } from './types.ts'

/** What a ticket tells back to its limiter. */
export interface TicketOffice {
  send(ticket: Ticket): boolean
  settle(ticket: Ticket, response: LimitedResponse | undefined, request: LimitedRequest | undefined): boolean
}

/**
 * The right to send one request. Call `send()` at the instant of sending, then exactly one of `answer` and `fail`; or `abandon()` if
 * it is not sent after all. Whatever comes after the first of the three is ignored.
 */
export class Ticket implements TokenTimes {
  readonly #office: TicketOffice
  /** What its tokens were taken from. */
  readonly buckets: readonly string[]
  /** The limiter's own note. */
  readonly lane: unknown
  /** How many tokens it is. */
  readonly n: number
  /** Its place in the line. */
  readonly rank: number
  readonly takenAt: number
  /** Set by the limiter. */
  sentAt: number | undefined = undefined
  #settled = false
  #heldBack = false
  #refused = false

  /** For limiters, which hand them out. */
  constructor(
    office: TicketOffice,
    lane: unknown,
    buckets: readonly string[],
    n: number,
    rank: number,
    takenAt: number,
  ) {
    this.#office = office
    this.lane = lane
    this.buckets = buckets
    this.n = n
    this.rank = rank
    this.takenAt = takenAt
  }

  /** `send()` has said no. */
  get isHeldBack(): boolean {
    return this.#heldBack
  }

  /** True: send now. False: the server has asked for a pause since the tokens were taken; they are given back. */
  send(): boolean {
    if (this.#settled) return false
    if (this.sentAt !== undefined) return true
    if (this.#office.send(this)) return true
    this.#heldBack = true
    this.abandon()
    return false
  }

  /**
   * The answer is there: its headers teach the limits. Told again, it only repeats what it made of it.
   *
   * @returns true when the server refused the request because of a limit, so that it may be sent again when its turn comes.
   */
  answer(response: LimitedResponse, request: LimitedRequest): boolean {
    if (this.#settled) return this.#refused
    if (this.sentAt === undefined) this.#office.send(this)
    this.#settled = true
    this.#refused = this.#office.settle(this, response, request)
    return this.#refused
  }

  /** It was sent, as far as one knows, and no answer came. */
  fail(): void {
    if (this.#settled) return
    if (this.sentAt === undefined) return this.abandon()
    this.#settled = true
    this.#office.settle(this, undefined, undefined)
  }

  /** It was never sent: the tokens are free again. */
  abandon(): void {
    if (this.#settled) return
    this.#settled = true
    this.sentAt = undefined
    this.#office.settle(this, undefined, undefined)
  }
}
