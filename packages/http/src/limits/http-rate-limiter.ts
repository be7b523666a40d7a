import { AbortError, TimeoutError, systemClock, type Clock, type EventListener } from '@sluice/core'
import { AbortLink, checkFunction, checkNumber, emitter, show } from '@sluice/core/internal'
import { Alarms } from './alarms.ts'
import { standardDialect } from './dialects/standard.ts'
import { Heap } from './heap.ts'
import { LaneIndex } from './lane-index.ts'
import { LaneWaiter, type Lane } from './lane.ts'
import { MemoryRateStore, type LearnedLimits } from './memory-rate-store.ts'
import { LimitLessons } from './limit-lessons.ts'
import { resolveScopes } from './limiter-scopes.ts'
import { identityOf } from './scopes.ts'
import { Ticket, type TicketOffice } from './ticket.ts'
import type {
  BucketState,
  HeaderDialect,
  LimitedRequest,
  LimitedResponse,
  LimitReport,
  RateInput,
  RateStore,
} from './types.ts'

/** Options of an {@link HttpRateLimiter}. */
export interface HttpRateLimiterOptions {
  /**
   * Limits that hold from the start: for the dialect's first scope (each host), or by the scope's name: `{ host: '100/s', route: '20/s' }`.
   * They hold in every interval, and beside those that are learned.
   */
  rate?: RateInput | Readonly<Record<string, RateInput>> | undefined
  /** How the server tells its limits. Default {@link standardDialect}, which knows the common headers; `false` learns nothing. */
  dialect?: HeaderDialect | false | undefined
  /** False: send at once what nothing is known of, instead of one request first. Default: as the dialect says, and not where a `rate` is given. */
  probe?: boolean | undefined
  /** Where the counts are. Default: a {@link MemoryRateStore} of its own. */
  store?: RateStore | undefined
  /** Limits that an earlier limiter had learned, see {@link HttpRateLimiter.learned}. For its own store only. */
  learned?: LearnedLimits | undefined
  /** Tells apart on whose behalf requests are sent: each identity has its own budgets. Default: a hash of the common credential headers. */
  identity?: ((request: LimitedRequest) => string) | undefined
  /** How many ms of waiting one step of priority is worth. Default 10,000: a request of priority 1 goes before those of priority 0 that came up to 10 s earlier. */
  ageing?: number | undefined
  /** `source` of its events. */
  name?: string | undefined
  /** Is told `limitLearned`, `stall` and `resume`; the keys name host and route, never credentials. */
  onEvent?: EventListener | undefined
  /** Draws from [0, 1) for the pause after a refusal that does not say for how long. */
  random?: (() => number) | undefined
  clock?: Clock | undefined
}

/** Options of {@link HttpRateLimiter.acquire}. */
export interface TicketOptions {
  /** A whole number from -100 to 100; more goes first. Default 0. */
  priority?: number | undefined
  /** How many tokens the request costs. Default 1. */
  cost?: number | undefined
  /** Leaves the line when it aborts, and takes no token along. */
  signal?: AbortSignal | undefined
  /** A second such signal. */
  scope?: AbortSignal | undefined
  /** The moment (`clock.now()`) at which waiting is given up. */
  deadline?: number | undefined
  /** A ticket that was refused: its place in the line is taken up again. */
  after?: Ticket | undefined
}

/** A snapshot of an {@link HttpRateLimiter}. */
export interface HttpRateLimiterStatistics {
  /** How many wait. */
  waiting: number
  /** How the budgets stand, if the store can tell. */
  buckets: readonly BucketState[]
}

type TicketLane = Lane<Ticket>
type TicketWaiter = LaneWaiter<Ticket>

/**
 * Lets requests through as fast as the server allows: limits given by option, and limits learned from its responses. Several budgets may
 * hold for one request (host and route; app and method), each with several windows.
 *
 * Requests of other budgets never wait for each other; inside one budget the order is first come, first served, with priorities.
 * It has one timer, and only while somebody waits. {@link rateLimit} makes middleware of it.
 *
 * @example
 * ```ts
 * import { HttpRateLimiter, Session, rateLimit } from '@sluice/http'
 *
 * const limiter = new HttpRateLimiter({ rate: '20/s,100/2m' })
 * await using session = new Session({ middleware: [rateLimit(limiter)] })
 * console.log(limiter.statistics().waiting) // 0
 * ```
 */
export class HttpRateLimiter implements TicketOffice {
  readonly #clock: Clock
  readonly #options: HttpRateLimiterOptions
  readonly #dialect: HeaderDialect | undefined
  readonly #store: RateStore
  readonly #ageing: number
  readonly #lanes: LaneIndex<Ticket>
  readonly #parked = new Map<string, Set<TicketLane>>()
  readonly #ready: TicketLane[] = []
  readonly #alarms: Alarms
  readonly #lessons: LimitLessons
  #waiting = 0
  #warned = false

  /** @throws TypeError or RangeError for options that cannot be. */
  constructor(options: HttpRateLimiterOptions = {}) {
    const { dialect = standardDialect, clock = systemClock, ageing = 10_000, random = Math.random } = options
    checkNumber('ageing', ageing, 0, Number.MAX_VALUE, 'milliseconds of at least 0')
    checkFunction('random', random)
    if (options.identity !== undefined) checkFunction('identity', options.identity)
    if (dialect !== false && typeof dialect?.read !== 'function')
      throw new TypeError(`dialect must have a method read(response, request), or be false, not ${show(dialect)}`)
    this.#clock = clock
    this.#options = options
    this.#dialect = dialect === false ? undefined : dialect
    this.#store = options.store ?? new MemoryRateStore({ clock, learned: options.learned })
    this.#ageing = ageing
    this.#alarms = new Alarms(clock, () => this.#pump())
    this.#lanes = new LaneIndex<Ticket>(
      resolveScopes(options.rate, options.probe, this.#dialect),
      options.identity ?? identityOf,
      (lane) => this.#prepare(lane),
      (lane) => this.#lessons.forget(lane),
    )
    this.#lessons = new LimitLessons(this.#store, clock, random, (key, limit) =>
      emitter(options.onEvent, options.name, clock)?.({ type: 'limitLearned', key, limit }),
    )
  }

  /**
   * The right to send `request`: at once if its budgets allow it, otherwise a promise. What is waited for holds nothing else.
   *
   * @throws the signal's reason, TimeoutError at the deadline, AbortError after `cancel`, what the store throws: all as rejections. RangeError at once for wrong options.
   */
  acquire(request: LimitedRequest, options: TicketOptions = {}): Ticket | Promise<Ticket> {
    const { priority = 0, cost = 1, signal, scope, deadline = Infinity, after } = options
    if (priority !== 0) checkPriority(priority)
    if (cost !== 1) checkNumber('cost', cost, Number.MIN_VALUE, Number.MAX_VALUE, 'a number greater than 0')
    if (signal?.aborted) return Promise.reject(signal.reason as Error)
    if (scope?.aborted) return Promise.reject(scope.reason as Error)
    const now = this.#clock.now()
    if (now >= deadline) return Promise.reject(deadlineError(0))
    const lane = this.#lanes.find(request)
    const rank = after?.rank ?? now - priority * this.#ageing
    if (lane.size === 0 && !lane.asking) {
      // Those whose time has come go first, even if their timer is late.
      if (this.#alarms.isDue(now)) this.#alarms.ring()
      const wait = this.#take(lane, cost)
      if (wait === 0) return this.#ticket(lane, cost, rank, now)
      const waiter = this.#enter(lane, rank, priority, options, now)
      this.#answered(lane, wait)
      return waiter
    }
    return this.#enter(lane, rank, priority, options, now)
  }

  /** Rejects all who wait, with an `AbortError` unless a reason is given. */
  cancel(reason: unknown = new AbortError('The rate limiter was cancelled')): void {
    for (const lane of this.#lanes.lanes()) for (const waiter of lane.waiters()) this.#leave(waiter, reason)
  }

  statistics(): HttpRateLimiterStatistics {
    return { waiting: this.#waiting, buckets: this.#store.statistics?.() ?? [] }
  }

  /**
   * The limits that were learned, as plain JSON without secrets. Hand it to the next limiter's `learned`: its first requests need not find them out again.
   * Empty for a store that does not keep it.
   */
  learned(): LearnedLimits {
    return this.#store instanceof MemoryRateStore ? this.#store.learned() : {}
  }

  /** @internal */
  send(ticket: Ticket): boolean {
    if (this.#store.send !== undefined && !this.#store.send(ticket.buckets, ticket.n, ticket.takenAt)) return false
    ticket.sentAt = this.#clock.now()
    // From now on it is known when this token expires.
    if (this.#parked.size > 0) {
      for (const bucket of ticket.buckets) this.#unpark(bucket)
      this.#pump()
    }
    return true
  }

  /** @internal */
  settle(ticket: Ticket, response: LimitedResponse | undefined, request: LimitedRequest | undefined): boolean {
    const lane = ticket.lane as TicketLane
    lane.outstanding--
    let refused = false
    if (response !== undefined) {
      const reports = this.#read(response, request!)
      refused = this.#lessons.learn(lane, ticket, response, reports)
    }
    this.#lessons.guard(this.#store.settle?.(ticket.buckets, ticket.n, ticket))
    if (this.#parked.size > 0) {
      for (const bucket of ticket.buckets) this.#unpark(bucket)
      for (const bucket of this.#lessons.touched) this.#unpark(bucket)
      this.#pump()
    }
    return refused
  }

  /** What the dialect makes of a response; a dialect with a bug costs the lesson, not the answer. */
  #read(response: LimitedResponse, request: LimitedRequest): readonly LimitReport[] | undefined {
    try {
      return this.#dialect?.read(response, request)
    } catch (error) {
      if (!this.#warned) console.warn('sluice: the dialect threw; nothing is learned from such responses', error)
      this.#warned = true
      return undefined
    }
  }

  #enter(
    lane: TicketLane,
    rank: number,
    priority: number,
    { cost = 1, signal, scope, deadline = Infinity, after }: TicketOptions,
    now: number,
  ): Promise<Ticket> {
    return new Promise((resolve, reject) => {
      const returned = after !== undefined
      const waiter: TicketWaiter = new LaneWaiter(lane, rank, priority, cost, returned, resolve, reject, this.#leave)
      lane.push(waiter)
      this.#waiting++
      if (signal !== undefined) waiter.signalLink = new AbortLink(signal, waiter)
      if (scope !== undefined) waiter.scopeLink = new AbortLink(scope, waiter)
      if (deadline !== Infinity) {
        const ring = (): void => this.#leave(waiter, deadlineError(deadline - now))
        this.#alarms.set((waiter.alarm = { at: deadline, place: -1, ring }), deadline)
      }
    })
  }

  /** A waiter gives up. */
  readonly #leave = (waiter: TicketWaiter, reason: unknown): void => {
    const { lane } = waiter
    if (!this.#remove(waiter)) return
    waiter.reject(reason)
    if (lane.size === 0 && !lane.ready) this.#unblock(lane)
  }

  #remove(waiter: TicketWaiter): boolean {
    if (!waiter.lane.remove(waiter)) return false
    if (waiter.alarm !== undefined) this.#alarms.clear(waiter.alarm)
    this.#waiting--
    return true
  }

  #take(lane: TicketLane, n: number): number | Promise<number> {
    this.#lessons.resolve(lane)
    return this.#store.take(lane.buckets, n)
  }

  #ticket(lane: TicketLane, n: number, rank: number, now: number): Ticket {
    lane.outstanding++
    return new Ticket(this, lane, lane.buckets, n, rank, now)
  }

  /** The head of `lane` has asked the store, which told it to wait or will tell. */
  #answered(lane: TicketLane, wait: number | Promise<number>): void {
    if (typeof wait === 'number') return this.#block(lane, wait)
    const { buckets } = lane
    const n = lane.head!.n
    lane.asking = true
    wait.then(
      (ms) => {
        lane.asking = false
        if (ms > 0) {
          if (lane.size > 0) this.#block(lane, ms)
          return
        }
        const { head } = lane
        // Whoever asked may have left meanwhile.
        if (head === undefined || head.n !== n || buckets !== lane.buckets) {
          const now = this.#clock.now()
          this.#lessons.guard(this.#store.settle?.(buckets, n, { takenAt: now, sentAt: undefined }))
        } else {
          this.#admit(lane, head)
        }
        this.#prepare(lane)
        this.#pump()
      },
      (error: unknown) => {
        lane.asking = false
        const { head } = lane
        if (head !== undefined) this.#leave(head, error)
        this.#prepare(lane)
        this.#pump()
      },
    )
  }

  #admit(lane: TicketLane, waiter: TicketWaiter): void {
    const now = this.#clock.now()
    this.#remove(waiter)
    if (lane.stalledAt !== undefined) {
      const stalled = now - lane.stalledAt
      lane.stalledAt = undefined
      emitter(this.#options.onEvent, this.#options.name, this.#clock)?.({ type: 'resume', key: lane.name, stalled })
    }
    waiter.resolve(this.#ticket(lane, waiter.n, waiter.rank, now))
  }

  /** Serves the lanes that are ready, the oldest head first. */
  #pump(): void {
    if (this.#ready.length === 0) return
    const heap = new Heap<TicketLane>((a, b) => a.headRank < b.headRank)
    for (const lane of this.#ready.splice(0)) {
      const { head } = lane
      if (head === undefined || lane.asking) {
        lane.ready = false
        continue
      }
      lane.headRank = head.rank
      heap.push(lane)
    }
    for (let lane = heap.first; lane !== undefined; lane = heap.first) {
      let { head } = lane
      const wait = head === undefined ? 0 : this.#take(lane, head.n)
      if (head !== undefined && wait === 0) {
        this.#admit(lane, head)
        head = lane.head
        if (head !== undefined) {
          lane.headRank = head.rank
          heap.update(lane)
          continue
        }
      }
      heap.remove(lane)
      lane.ready = false
      if (head !== undefined) this.#answered(lane, wait)
    }
  }

  /** Marks `lane` to be served by the next `#pump`. */
  #prepare(lane: TicketLane): void {
    if (lane.ready || lane.size === 0 || lane.asking) return
    lane.ready = true
    this.#ready.push(lane)
  }

  #block(lane: TicketLane, wait: number): void {
    if (lane.stalledAt === undefined) {
      lane.stalledAt = this.#clock.now()
      const { onEvent, name } = this.#options
      emitter(onEvent, name, this.#clock)?.({ type: 'stall', key: lane.name, ms: wait, waiting: lane.size })
    }
    if (lane.ready || lane.size === 0) return
    if (wait < Infinity) return this.#alarms.set(lane, this.#clock.now() + wait)
    lane.parked = true
    for (const bucket of lane.buckets) {
      let lanes = this.#parked.get(bucket)
      if (lanes === undefined) this.#parked.set(bucket, (lanes = new Set()))
      lanes.add(lane)
    }
  }

  /** Nobody waits in `lane` any more. */
  #unblock(lane: TicketLane): void {
    this.#alarms.clear(lane)
    this.#unparkLane(lane)
    lane.stalledAt = undefined
  }

  #unpark(bucket: string): void {
    const lanes = this.#parked.get(bucket)
    if (lanes === undefined) return
    for (const lane of lanes) {
      this.#unparkLane(lane)
      this.#prepare(lane)
    }
  }

  #unparkLane(lane: TicketLane): void {
    if (!lane.parked) return
    lane.parked = false
    for (const bucket of lane.buckets) {
      const lanes = this.#parked.get(bucket)
      if (lanes?.delete(lane) && lanes.size === 0) this.#parked.delete(bucket)
    }
  }
}

function checkPriority(priority: unknown): void {
  const allowed = 'a whole number from -100 to 100'
  checkNumber('priority', priority, -100, 100, allowed)
  if (!Number.isInteger(priority)) throw new RangeError(`priority must be ${allowed}, not ${priority}`)
}

function deadlineError(ms: number): TimeoutError {
  return new TimeoutError(
    `The deadline came after ${Math.round(ms)} ms of waiting for the rate limit; nothing was sent`,
    ms,
  )
}
