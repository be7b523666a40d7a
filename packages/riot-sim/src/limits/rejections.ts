import type { FaultAction } from '../faults/fault.ts'
import { errorAnswer, type Answer } from '../routes/answer.ts'
import type { RetryAfterMode } from '../simulator-options.ts'
import { Random } from '../world/random.ts'
import type { RejectType } from './limit-book.ts'

/** What a 429 says. */
export interface Rejection {
  readonly answer: Answer
  /** True when it comes without limit headers. */
  readonly bare: boolean
  /** Its own headers, names and values in turn. */
  readonly headers: readonly string[]
  /** The seconds that were announced in `Retry-After`, if any. */
  readonly seconds: number | undefined
}

/** Words the 429s. */
export class Rejections {
  readonly #mode: RetryAfterMode
  readonly #random: Random

  constructor(seed: number, mode: RetryAfterMode) {
    this.#mode = mode
    this.#random = new Random(seed, 311)
  }

  /**
   * @param waitMs until the scope has room again.
   * @param forced the fault, when the limits had room.
   * @param calendar ms since 1970.
   */
  of(
    type: RejectType,
    waitMs: number,
    forced: (FaultAction & { kind: 'rate-limit' }) | undefined,
    calendar: number,
  ): Rejection {
    const seconds = forced === undefined ? this.#rounded(waitMs / 1000) : this.#forced(forced)
    const announced = this.#mode === 'missing' ? undefined : seconds
    const headers = type === 'none' ? [] : ['X-Rate-Limit-Type', type]
    if (announced !== undefined) {
      const date = new Date(calendar + announced * 1000).toUTCString()
      headers.push('Retry-After', this.#mode === 'http-date' ? date : String(announced))
    }
    return {
      answer: errorAnswer(429, type === 'server' ? 'server rate limit exceeded' : 'Rate limit exceeded'),
      bare: type === 'server' || type === 'none',
      headers,
      seconds: announced,
    }
  }

  #rounded(seconds: number): number {
    if (this.#mode === 'zero') return 0
    return this.#mode === 'floor+1' ? Math.floor(seconds) + 1 : Math.ceil(seconds)
  }

  #forced({ type, retryAfter }: FaultAction & { kind: 'rate-limit' }): number | undefined {
    if (retryAfter !== undefined) return retryAfter === 'missing' ? undefined : retryAfter
    return type === 'none' ? undefined : type === 'server' ? this.#random.int(5, 21) : 1
  }
}
