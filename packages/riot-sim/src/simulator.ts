import { systemClock, type Clock } from '@sluice/core'

import type { Body } from './bodies/body.ts'
import { EMPTY_BODY } from './bodies/body.ts'
import { LolBodies } from './bodies/lol/lol-bodies.ts'
import { TftBodies } from './bodies/tft-bodies.ts'
import { ValBodies } from './bodies/val/val-bodies.ts'
import { problemOf, type Call } from './call.ts'
import { checkNumber, checkWhole, checkWord } from './check.ts'
import type { Operation } from './data/operations.ts'
import { PLATFORM_NAMES, ROUTES } from './data/routes.ts'
import { faultyAnswer, wireFault, withoutRequiredField } from './faults/broken-answers.ts'
import { FaultBook } from './faults/fault-book.ts'
import type { FaultAction, FaultRule, WireFault } from './faults/fault.ts'
import { Gate, type Caller } from './gate.ts'
import { Latency, NO_DELAYS, type Delays } from './latency.ts'
import { LimitBook, type RejectType } from './limits/limit-book.ts'
import { WINDOW_MODES } from './limits/limit-window.ts'
import { Rejections } from './limits/rejections.ts'
import { isNameless } from './routes/account.ts'
import { Refusal, errorAnswer, type Answer } from './routes/answer.ts'
import { HANDLERS } from './routes/handlers.ts'
import { Tournaments } from './routes/tournaments.ts'
import type { SimulatorOptions } from './simulator-options.ts'
import { Stats, type Arrival, type SimulatorStats } from './stats/stats.ts'
import type { Player } from './world/player-ids.ts'
import { plainUuid } from './world/uuids.ts'
import { World } from './world/world.ts'

/** What the simulator answers to a call. */
export interface Reply {
  readonly status: number
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly body: Body
  /** What happens to it on the way. */
  readonly wire: WireFault | undefined
  /** When the client has it, ms after its arrival: made, delayed by a fault, and travelled back. What the edge turns away is made in no time. */
  readonly wait: number
}

/** Whose limits change, or who is joined by others; without `key` the first key. */
export interface LimitChange {
  key?: string
  /** Default: every host. */
  route?: string
  /** Operation id. Default: the application limit. */
  operation?: string
}

/** Requests of other programs with the same key. */
export interface ForeignTraffic {
  key?: string
  route: string
  /** Operation id; without it they count in the application limit only. */
  operation?: string
  /** So many a second, from now on … */
  rps?: number
  /** … for so long, ms. Default: for ever. */
  duration?: number
  /** Or so many at once, now. */
  burst?: number
}

/**
 * The Riot API in a program: routing, keys, limits, faults, and a consistent world behind it. It keeps no time and opens no port of its
 * own: `transport` and `fetch` let requests take their time on its clock, `startSimulator` puts it behind HTTP.
 *
 * The same seed, clock and requests give the same answers.
 *
 * @throws TypeError or RangeError for a wrong option.
 *
 * @example
 * ```ts
 * import { VirtualClock } from '@sluice/core/testing'
 * import { DEVELOPMENT_KEY, RiotSimulator, createTransport } from '@sluice/riot-sim'
 *
 * const clock = new VirtualClock()
 * const simulator = new RiotSimulator({ clock, latency: 'prod' })
 * const send = createTransport(simulator)
 * const response = await clock.run(() =>
 *   send({
 *     url: 'https://euw1.api.riotgames.com/lol/league/v4/challengerleagues/by-queue/RANKED_SOLO_5x5',
 *     headers: { 'X-Riot-Token': DEVELOPMENT_KEY },
 *   }),
 * )
 * console.log(response.status, response.headers['x-app-rate-limit-count']) // 200 1:1,1:120
 * ```
 */
export class RiotSimulator {
  readonly clock: Clock
  readonly world: World
  readonly #options: SimulatorOptions
  readonly #gate: Gate
  readonly #limits: LimitBook
  readonly #faults: FaultBook
  readonly #latency: Latency
  readonly #stats: Stats
  readonly #lol: LolBodies
  readonly #tft: TftBodies
  readonly #val: ValBodies
  readonly #tournaments: Tournaments
  readonly #rejections: Rejections
  readonly #start: number
  readonly #trace: string
  #served = 0

  constructor(options: SimulatorOptions = {}) {
    const { seed = 1, clock = systemClock, logSize = 0 } = options
    const { windowMode = 'first', headerOrder = 'as-is', retryAfter = 'ceil', latency = 'none' } = options
    checkWhole('seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
    checkWhole('logSize', logSize, 0, 10_000_000)
    checkWord('windowMode', windowMode, WINDOW_MODES)
    checkWord('headerOrder', headerOrder, ['as-is', 'reversed', 'random'])
    checkWord('retryAfter', retryAfter, ['ceil', 'floor+1', 'zero', 'missing', 'http-date'])
    this.clock = clock
    this.world = new World(seed, options.world)
    this.#options = options
    this.#gate = new Gate(seed, options.keys, options.blacklist)
    const { countRejects = true, methods = {}, services = {} } = options
    this.#limits = new LimitBook({ seed, windowMode, countRejects, headerOrder, methods, services })
    this.#faults = new FaultBook(seed, options.faults ?? [])
    this.#latency = new Latency(latency, seed)
    this.#stats = new Stats(logSize)
    this.#lol = new LolBodies(this.world)
    this.#tft = new TftBodies(this.world)
    this.#val = new ValBodies(this.world)
    this.#tournaments = new Tournaments(seed)
    this.#start = clock.now()
    this.#trace = plainUuid(seed, 313).slice(0, 24)
    this.#rejections = new Rejections(seed, retryAfter)
  }

  /** The calendar time at `now` on the clock, ms since 1970. */
  calendar(now: number): number {
    return this.world.options.epoch + Math.floor(now - this.#start)
  }

  /** How long the parts of this call take. */
  delays(call: Call): Delays {
    return this.#latency.draw(call.route, call.operation?.id ?? '')
  }

  /** A call is under way; the function that is returned must be called when it has its answer or has failed. */
  begin(): () => void {
    this.#stats.begin()
    return () => this.#stats.end()
  }

  /**
   * A call arrives at `now`.
   *
   * @param delays how long it takes to be served, and to travel back.
   */
  receive(call: Call, now: number, delays: Delays = NO_DELAYS): Reply {
    const { operation } = call
    try {
      if (operation === undefined || call.route === '') throw this.#noSuchPath(call)
      const caller = this.#gate.authenticate(call, operation, now)
      if (!operation.routes.includes(call.route)) throw new Refusal(this.#options.wrongRoute ?? 404, 'Not found')
      const fault = this.#faults.strike(call.route, operation.id, now)
      if (fault?.kind === 'refuse' || (fault?.kind === 'reset' && fault.when === 'before')) {
        const wire = wireFault(fault)
        return this.#reply(call, { status: 0, body: EMPTY_BODY }, now, delays.downlink, { wire })
      }
      return this.#count(call, operation, caller, fault, now, delays)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return this.#reply(call, errorAnswer(error.status, error.message), now, delays.downlink)
    }
  }

  /** Changes limits while requests go on, such as `20:1,100:120`; what has been counted stays counted. */
  setLimits(change: LimitChange & { limits: string }): void {
    const { key, limits, ...where } = change
    this.#checkRoute(change.route)
    this.#limits.setLimits({ key: this.#gate.key(key), ...where }, limits)
  }

  /** Others use the key too, from now on. */
  foreign(traffic: ForeignTraffic): void {
    const { route, operation, rps, burst, duration = Infinity } = traffic
    this.#checkRoute(route)
    if ((rps === undefined) === (burst === undefined)) throw new TypeError('foreign must have either rps or burst')
    if (rps !== undefined) checkNumber('rps', rps, 0.001, 10_000)
    if (burst !== undefined) checkWhole('burst', burst, 1, 1_000_000)
    const key = this.#gate.key(traffic.key)
    const every = rps === undefined ? 0 : 1000 / rps
    const count = burst ?? Math.floor(duration / every)
    const scopes = [this.#limits.app(key, route)]
    if (operation !== undefined) scopes.push(this.#limits.method(key, route, operation))
    for (const scope of scopes) scope.addForeign(this.clock.now(), every, count)
  }

  /** Lets something go wrong from now on; the function that is returned ends it. */
  fault(rule: FaultRule): () => void {
    return this.#faults.add(rule)
  }

  /** How it is set up, without the keys' secrets. */
  configuration(): Readonly<Record<string, unknown>> {
    const { keys: _, clock: __, ...rest } = this.#options
    return {
      ...rest,
      world: this.world.options,
      keys: this.#gate.keys.map(({ id, kind, app, methods }) => ({ id, kind, app, methods })),
    }
  }

  /** What has been seen so far. */
  stats(): SimulatorStats {
    return this.#stats.read(this.clock.now())
  }

  /** The latest arrivals, oldest first, at most `logSize`. */
  arrivals(): Arrival[] {
    return this.#stats.arrivals()
  }

  /** Forgets all counters, statistics, tournaments and added faults; the world, the keys and the changed limits stay. */
  reset(): void {
    this.#limits.clear()
    this.#stats.clear()
    this.#faults.clear()
    this.#tournaments.clear()
    this.#gate.clear()
    this.#served = 0
  }

  /** The puuid of a platform's player, 0 for the best of the solo ladder, as a key sees it. */
  puuid(platform: string, number: number, key?: string): string {
    return this.#gate.key(key).ids.puuid(this.#player(platform, number))
  }

  /** The Riot id of a platform's player, `name#tag`; undefined for the few accounts that show none. */
  riotId(platform: string, number: number): string | undefined {
    const player = this.#player(platform, number)
    if (isNameless(this.world, player)) return undefined
    const { gameName, tagLine } = this.world.names.riotId(player)
    return `${gameName}#${tagLine}`
  }

  /** A token with which a player has signed in to the application of a key: `Authorization: Bearer <token>`. */
  accessToken(platform: string, number: number, key?: string): string {
    return this.#gate.token(this.#gate.key(key), this.#player(platform, number))
  }

  #player(platform: string, number: number): Player {
    checkWord('platform', platform, PLATFORM_NAMES)
    checkWhole('number', number, 0, this.world.playersPerPlatform - 1)
    return { platform: PLATFORM_NAMES.indexOf(platform), number }
  }

  #checkRoute(route: string | undefined): void {
    if (route !== undefined) checkWord('route', route, [...ROUTES])
  }

  #noSuchPath(call: Call): Refusal {
    if (call.wrongVerb) return new Refusal(405, 'Method not allowed')
    return new Refusal(this.#options.unknownPath ?? 404, 'Not found')
  }

  #count(
    call: Call,
    operation: Operation,
    caller: Caller,
    fault: FaultAction | undefined,
    now: number,
    delays: Delays,
  ): Reply {
    const { key } = caller
    const admission = this.#limits.admit(key, call.route, operation, now)
    const counted = { key: key.id, route: call.route, operation: operation.id, ...admission }
    this.#stats.arrive(counted, now, call.sentAt)
    let type = admission.rejectedBy
    let answer: Answer
    let headers: string[] = []
    let wait = delays.service + delays.downlink + (fault?.kind === 'delay' ? fault.ms : 0)
    if (type !== undefined || fault?.kind === 'rate-limit') {
      const forced = type === undefined && fault?.kind === 'rate-limit' ? fault : undefined
      type ??= forced!.type
      this.#gate.rejected(key, now)
      const rejection = this.#rejections.of(type, admission.waitMs, forced, this.calendar(now))
      answer = rejection.answer
      if (type === 'application' || type === 'method') wait -= delays.service
      headers = [...(rejection.bare ? [] : this.#limits.headers(admission, now)), ...rejection.headers]
      if (rejection.seconds !== undefined) {
        this.#stats.freeze(counted, type, now, now + wait, now + rejection.seconds * 1000)
      }
    } else {
      answer = fault?.kind === 'status' ? faultyAnswer(fault) : this.#answer(call, operation, caller, now)
      if (fault?.kind === 'missing-field' && answer.status === 200) {
        answer = { status: 200, body: withoutRequiredField(answer.body, operation.returns) }
      }
      if (fault?.kind !== 'status' || fault.limitHeaders === true) headers = this.#limits.headers(admission, now)
      if (fault?.kind === 'status' && fault.retryAfter !== undefined)
        headers.push('Retry-After', String(fault.retryAfter))
    }
    this.#stats.settle(counted, answer.status, now, `${key.id} ${call.verb} ${call.url}`)
    return this.#reply(call, answer, now, wait, { headers, wire: wireFault(fault), key: key.id, ...(type && { type }) })
  }

  #answer(call: Call, operation: Operation, caller: Caller, now: number): Answer {
    const problem = problemOf(call, operation)
    if (problem !== undefined) return errorAnswer(400, `Bad Request - ${problem}`)
    try {
      return HANDLERS[operation.id]!({
        call,
        ...caller,
        now: this.calendar(now),
        world: this.world,
        lol: this.#lol,
        tft: this.#tft,
        val: this.#val,
        tournaments: this.#tournaments,
      })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return errorAnswer(error.status, error.message)
    }
  }

  #reply(
    call: Call,
    answer: Answer,
    now: number,
    wait: number,
    details: { headers?: readonly string[]; wire?: WireFault | undefined; key?: string; type?: RejectType } = {},
  ): Reply {
    const { headers = [], wire, key = '', type } = details
    const operation = call.operation?.id ?? ''
    this.#stats.log({ at: now, key, route: call.route, operation, status: answer.status, ...(type && { type }) })
    return {
      status: answer.status,
      headers: [
        'Content-Type',
        answer.body.contentType,
        'X-Riot-Edge-Trace-Id',
        this.#trace + (++this.#served).toString(16).padStart(12, '0'),
        ...headers,
      ],
      body: answer.body,
      wire,
      wait,
    }
  }
}
