import type { RejectType } from '../limits/limit-book.ts'
import type { LimitScope } from '../limits/limit-scope.ts'
import { hashText } from '../world/hash.ts'
import { ScopeCounter, freezesHost, type ScopeStats } from './scope-stats.ts'

/** One line of the arrival log. */
export interface Arrival {
  /** Ms on the simulator's clock. */
  readonly at: number
  readonly key: string
  readonly route: string
  readonly operation: string
  readonly status: number
  readonly type?: RejectType
}

/** What the simulator has seen. */
export interface SimulatorStats {
  readonly arrivals: number
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>
  /** 429s by type. */
  readonly rejects: Readonly<Record<string, number>>
  /** Requests under way, sent and not yet answered. */
  readonly inFlight: number
  readonly maxInFlight: number
  /** Requests for something that was asked for, and answered, before with the same key. */
  readonly duplicates: number
  /** Jain's index of the answers per key: 1 when all keys got as many, 1/n when one of n got all. */
  readonly fairness: number
  /** The longest time that a key with requests went without an answer, ms. */
  readonly longestStarvation: number
  readonly scopes: readonly ScopeStats[]
}

/** What {@link Stats} is told of a request that was counted. */
export interface Counted {
  readonly key: string
  readonly route: string
  readonly operation: string
  readonly app: LimitScope
  readonly method: LimitScope
}

interface KeyProgress {
  answered: number
  lastAnswer: number
}

/** So many different requests are remembered to find duplicates. */
const REMEMBERED = 200_000

/** Collects the numbers of a simulator. */
export class Stats {
  readonly #logSize: number
  #log: Arrival[] = []
  #logNext = 0
  #arrivals = 0
  #inFlight = 0
  #maxInFlight = 0
  #duplicates = 0
  #starvation = 0
  #statuses: Record<string, number> = {}
  #rejects: Record<string, number> = {}
  readonly #seen = new Set<number>()
  readonly #keys = new Map<string, KeyProgress>()
  readonly #counters = new Map<LimitScope, { counter: ScopeCounter; key: string; route: string; operation?: string }>()

  /** @param logSize how many arrivals the log keeps. */
  constructor(logSize: number) {
    this.#logSize = logSize
  }

  /** A request has been sent. */
  begin(): void {
    this.#maxInFlight = Math.max(this.#maxInFlight, ++this.#inFlight)
  }

  /** It has been answered, or has failed. */
  end(): void {
    this.#inFlight--
  }

  /** A request has arrived and was counted. */
  arrive(counted: Counted, now: number, sentAt: number): void {
    this.#counter(counted.app, counted, false).arrive(now, sentAt)
    this.#counter(counted.method, counted, true).arrive(now, sentAt)
    if (!this.#keys.has(counted.key)) this.#keys.set(counted.key, { answered: 0, lastAnswer: now })
  }

  /** A request that was counted has its answer. */
  settle(counted: Counted, status: number, now: number, request: string): void {
    this.#counter(counted.app, counted, false).settle(status, now)
    this.#counter(counted.method, counted, true).settle(status, now)
    if (status === 429 || status >= 500) return
    const progress = this.#keys.get(counted.key)!
    this.#starvation = Math.max(this.#starvation, now - progress.lastAnswer)
    progress.answered++
    progress.lastAnswer = now
    const mark = hashText(request) * 1_048_576 + (hashText(request, 1) >>> 12)
    if (this.#seen.has(mark)) this.#duplicates++
    else if (this.#seen.size < REMEMBERED) this.#seen.add(mark)
  }

  /** A Retry-After has been sent, which the client knows of at `knownAt`. */
  freeze(counted: Counted, type: RejectType, now: number, knownAt: number, until: number): void {
    const onHost = freezesHost(type)
    this.#counter(onHost ? counted.app : counted.method, counted, !onHost).freeze(now, knownAt, until)
  }

  /** Any request has been answered, counted or not. */
  log(arrival: Arrival): void {
    this.#arrivals++
    this.#statuses[arrival.status] = (this.#statuses[arrival.status] ?? 0) + 1
    if (arrival.type !== undefined) this.#rejects[arrival.type] = (this.#rejects[arrival.type] ?? 0) + 1
    if (this.#logSize === 0) return
    this.#log[this.#logNext] = arrival
    this.#logNext = (this.#logNext + 1) % this.#logSize
  }

  /** The latest arrivals, oldest first. */
  arrivals(): Arrival[] {
    return [...this.#log.slice(this.#logNext), ...this.#log.slice(0, this.#logNext)]
  }

  read(now: number): SimulatorStats {
    const answers = [...this.#keys.values()].map(({ answered }) => answered)
    const sum = answers.reduce((total, count) => total + count, 0)
    const squares = answers.reduce((total, count) => total + count * count, 0)
    return {
      arrivals: this.#arrivals,
      statuses: { ...this.#statuses },
      rejects: { ...this.#rejects },
      inFlight: this.#inFlight,
      maxInFlight: this.#maxInFlight,
      duplicates: this.#duplicates,
      fairness: squares === 0 ? 1 : (sum * sum) / (answers.length * squares),
      longestStarvation: this.#starvation,
      scopes: [...this.#counters.values()].map(({ counter, key, route, operation }) =>
        counter.read(key, route, operation, now),
      ),
    }
  }

  /** Forgets all but what is under way. */
  clear(): void {
    this.#log = []
    this.#logNext = 0
    this.#arrivals = 0
    this.#maxInFlight = this.#inFlight
    this.#duplicates = 0
    this.#starvation = 0
    this.#statuses = {}
    this.#rejects = {}
    this.#seen.clear()
    this.#keys.clear()
    this.#counters.clear()
  }

  #counter(scope: LimitScope, { key, route, operation }: Counted, ofOperation: boolean): ScopeCounter {
    let entry = this.#counters.get(scope)
    if (entry === undefined) {
      entry = { counter: new ScopeCounter(scope), key, route, ...(ofOperation && { operation }) }
      this.#counters.set(scope, entry)
    }
    return entry.counter
  }
}
