import { systemClock, type Clock, type EventListener } from '@sluice/core'
import { checkCount, checkFunction, checkNumber, checkWord, emitter, type EventFacts } from '@sluice/core/internal'
import type { HeadersLike, LimitedRequest, LimitedResponse, TicketOptions } from '@sluice/http'
import type { Ticket, TicketOffice } from '@sluice/http/internal'
import { HostQueue, cancelled, deadlineError, type Grant, type HostPolicy } from './host-queue.ts'
import { checkState, type HostRecord, type RiotLimiterState } from './limiter-state.ts'
import { hostOf, keyOf, methodOf } from './names.ts'
import type { RateScope, ScopeRecord } from './rate-scope.ts'
import { readRefusal, type Refusal } from './refusal.ts'

declare module '@sluice/core' {
  interface SluiceEventMap {
    /** The Riot API answered 429; `kind` is what it called the limit, empty when it did not say, and `ms` how long `key` is left alone. */
    rateLimited: {
      type: 'rateLimited'
      time: number
      source: string | undefined
      key: string
      kind: string
      ms: number
    }
  }
}

/** Options of a {@link RiotRateLimiter}. */
export interface RiotRateLimiterOptions {
  /** `'burst'` (default) uses each window as soon as it opens; `'spread'` sends requests at even distances. Urgent requests are never spread. */
  policy?: 'burst' | 'spread' | undefined
  /**
   * Share of each limit, 0 to 0.9, that is kept for urgent requests (those with a priority above 0) until the last tenth of the window. Default 0.
   */
  reserve?: number | undefined
  /** Requests under way to one host. Default: no limit. */
  maxInFlight?: number | undefined
  /** What an earlier limiter had learned and counted, see {@link RiotRateLimiter.save}. */
  state?: RiotLimiterState | undefined
  /** How many ms of waiting one step of priority is worth. Default 10,000. */
  ageing?: number | undefined
  /** `source` of its events. */
  name?: string | undefined
  /** Is told `limitLearned`, `stall`, `resume` and `rateLimited`; the keys name host and method, never an API key. */
  onEvent?: EventListener | undefined
  /** Draws from [0, 1) for the pause after a refusal that does not say for how long. */
  random?: (() => number) | undefined
  clock?: Clock | undefined
  /** The time since 1970 in ms, for what is saved. Default `Date.now`. */
  wallClock?: (() => number) | undefined
}

/** A request as {@link RiotRateLimiter.run} needs to know it. */
export interface RiotRequest {
  /** `https://na1.api.riotgames.com/lol/…` */
  readonly url: string
  /** Default `GET`. */
  readonly method?: string | undefined
  /** Name of the operation, or its path template. Default: guessed from the path. */
  readonly route?: string | undefined
  /** The API key, if the limiter serves more than one: each has its own budgets. */
  readonly apiKey?: string | undefined
}

/** Status and headers of a response: `fetch`'s, or any other. */
export interface RiotAnswer {
  readonly status: number
  readonly headers: { get(name: string): string | null | undefined }
}

/** How one budget stands. */
export interface RiotScopeState {
  readonly name: string
  /** False while nothing is known, and one request is out to find out. */
  readonly known: boolean
  readonly inFlight: number
  /** ms until the server wants requests again. */
  readonly frozenFor: number
  readonly windows: readonly {
    readonly limit: number
    readonly ms: number
    readonly used: number
    /** ms until the window ends; `undefined` while no answer has told. */
    readonly resetIn: number | undefined
    /** The server turned out to look back over the last `ms` at any time. */
    readonly slides: boolean
  }[]
}

/** How one host stands. */
export interface RiotHostState {
  readonly host: string
  readonly waiting: number
  readonly inFlight: number
  readonly app: RiotScopeState
  readonly methods: readonly RiotScopeState[]
}

/**
 * Keeps the limits of the Riot API and wastes none: per key and host, and per key, host and method, learned from the responses.
 * A request is sent when every window of both has room; it is charged to all of them at once. Hosts never wait for each other, nor
 * methods for another one's limit.
 *
 * Make middleware of it with `rateLimit(limiter)`, or use it alone with any transport: {@link RiotRateLimiter.run}.
 *
 * @example
 * ```ts
 * import { RiotRateLimiter } from '@sluice/riot'
 *
 * const limiter = new RiotRateLimiter()
 * const url = 'https://na1.api.riotgames.com/lol/status/v4/platform-data'
 * // In place of `fetch(url, { headers: { 'X-Riot-Token': key } })`:
 * const send = async () => new Response('{}', { headers: { 'X-App-Rate-Limit': '20:1,100:120', 'X-App-Rate-Limit-Count': '1:1,1:120' } })
 * const response = await limiter.run({ url }, send)
 * console.log(response.status, limiter.limits()[0]?.app.windows.map(({ limit, used }) => `${used} of ${limit}`)) // 200 [ '1 of 20', '1 of 100' ]
 * ```
 */
export class RiotRateLimiter implements TicketOffice {
  readonly #clock: Clock
  readonly #wallClock: () => number
  readonly #random: () => number
  readonly #ageing: number
  readonly #policy: HostPolicy
  readonly #hosts = new Map<string, HostQueue>()
  readonly #state: RiotLimiterState | undefined

  /** @throws TypeError or RangeError for options that cannot be. */
  constructor(options: RiotRateLimiterOptions = {}) {
    const { policy = 'burst', reserve = 0, maxInFlight = Infinity, ageing = 10_000, state, onEvent, name } = options
    const { clock = systemClock, random = Math.random, wallClock = Date.now } = options
    checkWord('policy', policy, 'burst', 'spread')
    checkNumber('reserve', reserve, 0, 0.9, 'a share from 0 to 0.9')
    checkCount('maxInFlight', maxInFlight)
    checkNumber('ageing', ageing, 0, Number.MAX_VALUE, 'milliseconds of at least 0')
    checkFunction('random', random)
    checkFunction('wallClock', wallClock)
    if (state !== undefined) checkState(state)
    this.#clock = clock
    this.#wallClock = wallClock
    this.#random = random
    this.#ageing = ageing
    this.#state = state
    const tell = (facts: EventFacts): void => emitter(onEvent, name, clock)?.(facts)
    this.#policy = { clock, office: this, reserve, spread: policy === 'spread', maxInFlight, tell }
  }

  /**
   * The right to send `request`: at once if its budgets allow it, otherwise a promise. What waits holds nothing else. Call `send()` of the
   * ticket when it is sent, then `answer()` or `fail()`; or `abandon()`.
   *
   * @throws the signal's reason, TimeoutError at the deadline, AbortError after `cancel`: all as rejections. RangeError at once for wrong options.
   */
  acquire(request: LimitedRequest, options: TicketOptions = {}): Ticket | Promise<Ticket> {
    const { priority = 0, cost = 1, signal, scope, deadline = Infinity, after } = options
    if (priority !== 0) checkPriority(priority)
    if (cost !== 1) throw new RangeError(`cost must be 1, not ${cost}: the Riot API counts requests`)
    if (signal?.aborted) return Promise.reject(signal.reason as Error)
    if (scope?.aborted) return Promise.reject(scope.reason as Error)
    const now = this.#clock.now()
    if (now >= deadline) return Promise.reject(deadlineError(0))
    const { url, method, route, headers } = request
    const host = this.#host(`${keyOf(url, headers)} ${hostOf(url)}`)
    const lane = host.lane(methodOf(method, url, route), priority > 0)
    const rank = after?.rank ?? now - priority * this.#ageing
    const ticket = host.tryTake(lane, rank, now)
    if (ticket !== undefined) return ticket
    return host.enter(lane, { rank, priority, returned: after !== undefined, signal, scope, deadline }, now)
  }

  /**
   * Calls `send` when its turn has come, and again whenever the server refuses it because of a limit: a 429 is no result.
   *
   * @param send is to send the request, and resolves to its response.
   * @throws what `send` throws, and as `acquire` does.
   */
  async run<A extends RiotAnswer>(
    request: RiotRequest,
    send: () => Promise<A>,
    options: Omit<TicketOptions, 'after'> = {},
  ): Promise<A> {
    const { url, method = 'GET', route, apiKey } = request
    const headers = { get: (name: string) => (name === 'x-riot-token' ? apiKey : undefined) } as HeadersLike
    const limited: LimitedRequest = { url, method, route, headers }
    let after: Ticket | undefined
    for (;;) {
      const granted = this.acquire(limited, { ...options, after })
      const ticket: Ticket = granted instanceof Promise ? await granted : granted
      after = ticket
      if (!ticket.send()) continue
      let response: A
      try {
        response = await send()
      } catch (error) {
        ticket.fail()
        throw error
      }
      if (!ticket.answer(asLimited(response), limited)) return response
    }
  }

  /** Rejects all who wait, with an `AbortError` unless a reason is given. */
  cancel(reason: unknown = cancelled()): void {
    for (const host of this.#hosts.values()) host.cancel(reason)
  }

  /** How many wait. */
  get waiting(): number {
    let waiting = 0
    for (const host of this.#hosts.values()) waiting += host.waiting
    return waiting
  }

  /** What is known of the limits, how much of them is used, and until when. */
  limits(): RiotHostState[] {
    const now = this.#clock.now()
    return Array.from(this.#hosts, ([key, host]) => ({
      host: key.slice(key.indexOf(' ') + 1),
      waiting: host.waiting,
      inFlight: host.inFlight,
      app: scopeState(host.app, now),
      methods: host.methods().map((scope) => scopeState(scope, now)),
    }))
  }

  /**
   * All that was learned and counted, to be written to a file and handed to the next limiter as `state`: then not even a restart in the
   * middle of a window costs a 429. Save it from time to time, and at the end.
   */
  save(): RiotLimiterState {
    const savedAt = this.#wallClock()
    const toWall = savedAt - this.#clock.now()
    const hosts: Record<string, HostRecord> = { ...this.#state?.hosts }
    for (const [key, host] of this.#hosts) {
      const methods: Record<string, ScopeRecord> = { ...hosts[key]?.methods }
      for (const scope of host.methods()) if (scope.windows.length > 0) methods[scope.name] = scope.record(toWall)
      if (host.app.windows.length > 0) hosts[key] = { app: host.app.record(toWall), methods }
    }
    return { version: 1, savedAt, hosts }
  }

  /** @internal */
  send(ticket: Ticket): boolean {
    const now = this.#clock.now()
    const { host, lane, app, method } = ticket.lane as Grant
    if (!host.app.maySend(now, app) || !lane.method.maySend(now, method)) return false
    ticket.sentAt = now
    return true
  }

  /** @internal */
  settle(ticket: Ticket, response: LimitedResponse | undefined): boolean {
    const grant = ticket.lane as Grant
    const { host, lane, app, method } = grant
    let refused = false
    if (response !== undefined) {
      refused = this.#learn(grant, ticket.sentAt!, response)
    } else if (ticket.sentAt === undefined) {
      host.app.refund(app)
      lane.method.refund(method)
    } else {
      const now = this.#clock.now()
      host.app.settle(now, app, undefined, undefined, false)
      lane.method.settle(now, method, undefined, undefined, false)
    }
    host.settled(lane)
    return refused
  }

  /** @returns true when it is a refusal. */
  #learn({ host, lane, app, method }: Grant, sentAt: number, { status, headers }: LimitedResponse): boolean {
    const now = this.#clock.now()
    const refusal = status === 429 ? readRefusal(headers) : undefined
    host.latency.add(now - sentAt, app.out)
    const counts = {
      application: headers.get('x-app-rate-limit-count'),
      method: headers.get('x-method-rate-limit-count'),
    }
    this.#settle(host.app, () =>
      host.app.settle(now, app, headers.get('x-app-rate-limit'), counts.application, refusal?.kind === 'application'),
    )
    this.#settle(lane.method, () =>
      lane.method.settle(now, method, headers.get('x-method-rate-limit'), counts.method, refusal?.kind === 'method'),
    )
    if (refusal !== undefined) {
      const scope = refusal.kind === 'application' ? host.app : lane.method
      const mark = refusal.kind === 'application' ? app : method
      const count = refusal.kind === 'service' ? undefined : counts[refusal.kind]
      const ms = scope.freeze(now, mark, refusal.retryAfter, count, this.#random)
      if (refusal.kind === 'service' && ms > 0) scope.halve()
      this.#tell(scope, refusal, ms)
      return true
    }
    // Errors may come from a gate before the one that counts: they do not prove that there is no limit.
    if (status < 500 && status !== 401 && status !== 403) {
      host.app.known = lane.method.known = true
      host.app.recover(app)
      lane.method.recover(method)
    }
    return false
  }

  #settle(scope: RateScope, settle: () => boolean): void {
    if (settle()) this.#policy.tell({ type: 'limitLearned', key: scope.name, limit: scope.limits })
  }

  #tell(scope: RateScope, { type }: Refusal, ms: number): void {
    this.#policy.tell({ type: 'rateLimited', key: scope.name, kind: type, ms })
  }

  #host(key: string): HostQueue {
    let host = this.#hosts.get(key)
    if (host === undefined) {
      host = new HostQueue(key.slice(key.indexOf(' ') + 1), this.#policy)
      this.#hosts.set(key, host)
      const record = this.#state?.hosts[key]
      if (record !== undefined) this.#restore(host, record, this.#state!.savedAt)
    }
    return host
  }

  #restore(host: HostQueue, { app, methods }: HostRecord, savedWall: number): void {
    const now = this.#clock.now()
    const toWall = this.#wallClock() - now
    const savedAt = Math.min(now, savedWall - toWall)
    host.app.restore(now, app, savedAt, toWall)
    for (const [name, scope] of Object.entries(methods)) host.method(name).restore(now, scope, savedAt, toWall)
  }
}

function scopeState(scope: RateScope, now: number): RiotScopeState {
  return {
    name: scope.name,
    known: scope.known,
    inFlight: scope.out,
    frozenFor: scope.frozenFor(now),
    windows: scope.windows.map((window) => ({
      limit: window.limit,
      ms: window.ms,
      used: window.used,
      resetIn: window.resetIn(now),
      slides: window.slides,
    })),
  }
}

function asLimited({ status, headers }: RiotAnswer): LimitedResponse {
  const get = (name: string): string | undefined => headers.get(name) ?? undefined
  return { status, headers: { get, has: (name) => get(name) !== undefined } as LimitedResponse['headers'] }
}

function checkPriority(priority: unknown): void {
  const allowed = 'a whole number from -100 to 100'
  checkNumber('priority', priority, -100, 100, allowed)
  if (!Number.isInteger(priority)) throw new RangeError(`priority must be ${allowed}, not ${priority}`)
}
