import { idealMs } from '../limits/ideal-ms.ts'
import type { LimitScope } from '../limits/limit-scope.ts'
import type { RejectType } from '../limits/limit-book.ts'

/** One window of a scope, as it is now and as it was used. */
export interface WindowStats {
  readonly limit: number
  readonly seconds: number
  readonly count: number
  /** How many such windows have closed, and how full they were, in tenths; the last place counts the full ones. */
  readonly closed: number
  readonly fill: readonly number[]
}

/** What has happened in one scope: a key on a host, or one of its operations. */
export interface ScopeStats {
  readonly key: string
  readonly route: string
  readonly operation?: string
  readonly arrivals: number
  /** Answers that a client can use: everything but 429 and 5xx. */
  readonly answered: number
  readonly notFound: number
  readonly rejected: number
  readonly serverErrors: number
  /** Requests of others with the same key. */
  readonly foreign: number
  /** Ms on the simulator's clock. */
  readonly firstArrival: number
  readonly lastArrival: number
  /** Requests that were sent after a Retry-After had been received, and arrived before it was over. */
  readonly retryAfterViolations: number
  /** The least time in which what was answered could have been, over the time it took from first to last; 1 when that is 0. */
  readonly utilisation: number
  readonly windows: readonly WindowStats[]
}

/** Collects the numbers of one scope. */
export class ScopeCounter {
  readonly #scope: LimitScope
  #arrivals = 0
  #answered = 0
  #notFound = 0
  #rejected = 0
  #serverErrors = 0
  #violations = 0
  #firstArrival = 0
  #lastArrival = 0
  #firstAnswer = 0
  #lastAnswer = 0
  // The announced freeze: from when the client knows of it, and until when it lasts.
  #knownAt = Infinity
  #frozenUntil = -Infinity

  constructor(scope: LimitScope) {
    this.#scope = scope
  }

  /** @param sentAt when the client sent it. */
  arrive(now: number, sentAt: number): void {
    if (this.#arrivals++ === 0) this.#firstArrival = now
    this.#lastArrival = now
    if (sentAt > this.#knownAt && now < this.#frozenUntil) this.#violations++
  }

  settle(status: number, now: number): void {
    if (status === 429) this.#rejected++
    else if (status >= 500) this.#serverErrors++
    else {
      if (this.#answered++ === 0) this.#firstAnswer = now
      this.#lastAnswer = now
      if (status === 404) this.#notFound++
    }
  }

  /** A Retry-After has been sent. */
  freeze(now: number, knownAt: number, until: number): void {
    if (now >= this.#frozenUntil) this.#knownAt = knownAt
    this.#frozenUntil = Math.max(this.#frozenUntil, until)
  }

  read(key: string, route: string, operation: string | undefined, now: number): ScopeStats {
    const spec = this.#scope.windows.map(({ limit, seconds }) => `${limit}:${seconds}`).join(',')
    const took = this.#lastAnswer - this.#firstAnswer
    return {
      key,
      route,
      ...(operation !== undefined && { operation }),
      arrivals: this.#arrivals,
      answered: this.#answered,
      notFound: this.#notFound,
      rejected: this.#rejected,
      serverErrors: this.#serverErrors,
      foreign: this.#scope.foreignArrivals,
      firstArrival: this.#firstArrival,
      lastArrival: this.#lastArrival,
      retryAfterViolations: this.#violations,
      utilisation: took === 0 ? 1 : idealMs(this.#answered, spec) / took,
      windows: this.#scope.windows.map((window) => ({
        limit: window.limit,
        seconds: window.seconds,
        count: window.count(now),
        closed: window.closed,
        fill: [...window.fill],
      })),
    }
  }
}

/** Which counters a 429 of a type freezes: those of the whole host, or those of the operation. */
export function freezesHost(type: RejectType): boolean {
  return type === 'application'
}
