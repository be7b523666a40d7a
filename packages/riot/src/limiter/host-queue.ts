import { AbortError, TimeoutError, type Clock } from '@sluice/core'
import { AbortLink, type EventFacts } from '@sluice/core/internal'
import { Alarms, Heap, LaneWaiter, Ticket, type Alarm, type TicketOffice } from '@sluice/http/internal'
import { Latency } from './latency.ts'
import { MethodLane } from './method-lane.ts'
import { RateScope } from './rate-scope.ts'
import type { Mark } from './rate-window.ts'

/** What a limiter decides for all of its hosts. */
export interface HostPolicy {
  readonly clock: Clock
  readonly office: TicketOffice
  /** Share of each limit that only urgent requests may use, 0 to 1. */
  readonly reserve: number
  readonly spread: boolean
  readonly maxInFlight: number
  tell(facts: EventFacts): void
}

/** What a ticket's tokens were taken from. */
export interface Grant {
  readonly host: HostQueue
  readonly lane: MethodLane
  readonly app: Mark
  readonly method: Mark
}

/** How somebody waits. */
export interface Wish {
  readonly rank: number
  readonly priority: number
  readonly returned: boolean
  readonly signal: AbortSignal | undefined
  readonly scope: AbortSignal | undefined
  readonly deadline: number
}

type Waiter = LaneWaiter<Ticket>

/**
 * So many are let through at a time; between them the event loop turns. The first answers of a window tell when it began, and so when the next one does:
 * they must not wait until hundreds of requests have been written.
 */
const SLICE = 50

/** Methods without anybody in them are forgotten when there are more than this. */
const MAX_METHODS = 1000

/**
 * All that one key wants of one host: a line per method, so that no method waits for another one's limit, and among the methods that have
 * room the one whose first in line came first. One timer for all of it, and only while somebody waits.
 */
export class HostQueue {
  readonly app: RateScope
  readonly latency: Latency = new Latency()
  readonly #policy: HostPolicy
  readonly #methods = new Map<string, { scope: RateScope; normal: MethodLane; urgent: MethodLane }>()
  #sweepAt = MAX_METHODS
  // Lanes whose method has room, as far as one knows.
  readonly #normal: Heap<MethodLane> = new Heap((a, b) => a.headRank < b.headRank)
  readonly #urgent: Heap<MethodLane> = new Heap((a, b) => a.headRank < b.headRank)
  readonly #alarms: Alarms
  /** When the host itself has room. */
  readonly #room: Alarm = { at: Infinity, place: -1, ring: () => undefined }
  #stalledAt: number | undefined = undefined
  waiting = 0

  constructor(name: string, policy: HostPolicy) {
    this.#policy = policy
    this.app = new RateScope(name, this.latency)
    this.#alarms = new Alarms(policy.clock, () => this.pump())
  }

  /** Tokens that are out. */
  get inFlight(): number {
    return this.app.out
  }

  lane(name: string, urgent: boolean): MethodLane {
    const method = this.#methods.get(name) ?? this.#add(name)
    return urgent ? method.urgent : method.normal
  }

  method(name: string): RateScope {
    return (this.#methods.get(name) ?? this.#add(name)).scope
  }

  methods(): RateScope[] {
    return Array.from(this.#methods.values(), ({ scope }) => scope)
  }

  /** A ticket at once, if nobody is before and there is room. */
  tryTake(lane: MethodLane, rank: number, now: number): Ticket | undefined {
    if (lane.size > 0) return undefined
    // Those whose time has come go first, even if their timer is late.
    if (this.#alarms.isDue(now)) this.#alarms.ring()
    if (this.#gate(now, lane.urgent) > 0 || this.#methodWait(lane, now) > 0) return undefined
    return this.#take(lane, rank, now)
  }

  /** Waits for a ticket. */
  enter(lane: MethodLane, wish: Wish, now: number): Promise<Ticket> {
    return new Promise((resolve, reject) => {
      const { rank, priority, returned, signal, scope, deadline } = wish
      const waiter: Waiter = new LaneWaiter(lane, rank, priority, 1, returned, resolve, reject, this.#leave)
      lane.push(waiter)
      this.waiting++
      if (signal !== undefined) waiter.signalLink = new AbortLink(signal, waiter)
      if (scope !== undefined) waiter.scopeLink = new AbortLink(scope, waiter)
      if (deadline !== Infinity) {
        const ring = (): void => this.#leave(waiter, deadlineError(deadline - now))
        this.#alarms.set((waiter.alarm = { at: deadline, place: -1, ring }), deadline)
      }
      if (lane.blocked) return
      if (lane.size > 1) return this.#reorder(lane)
      lane.headRank = rank
      this.#heap(lane).push(lane)
      this.pump()
    })
  }

  /** Something was answered, or given back: whoever waited for that may have room now. */
  settled(lane: MethodLane): void {
    const { normal, urgent } = this.#methods.get(lane.key)!
    if (normal.blocked) this.#unblock(normal)
    if (urgent.blocked) this.#unblock(urgent)
    this.pump()
  }

  cancel(reason: unknown): void {
    for (const { normal, urgent } of this.#methods.values())
      for (const lane of [normal, urgent]) for (const waiter of lane.waiters()) this.#leave(waiter, reason)
  }

  /** Serves whom it can, the one with the lowest rank first. */
  readonly pump = (): void => {
    const now = this.#policy.clock.now()
    for (let left = SLICE; ; left--) {
      const normal = this.#normal.first
      const urgent = this.#urgent.first
      let lane = normal === undefined || (urgent !== undefined && urgent.headRank < normal.headRank) ? urgent : normal
      if (lane === undefined) return this.#alarms.clear(this.#room)
      let wait = this.#gate(now, lane.urgent)
      if (wait > 0 && urgent !== undefined && lane !== urgent) {
        // Its turn has not come, but it may use what is kept for it.
        wait = this.#gate(now, true)
        lane = urgent
      }
      if (wait > 0) return this.#stall(now, wait)
      const methodWait = this.#methodWait(lane, now)
      if (methodWait > 0) {
        this.#block(lane, now, methodWait)
        continue
      }
      if (left <= 0) return this.#alarms.set(this.#room, now)
      this.#admit(lane, now)
    }
  }

  #add(name: string): { scope: RateScope; normal: MethodLane; urgent: MethodLane } {
    this.#sweep()
    const scope = new RateScope(name, this.latency)
    const onRing = (lane: MethodLane): void => this.#unblock(lane)
    const method = {
      scope,
      normal: new MethodLane(this.app, scope, false, onRing),
      urgent: new MethodLane(this.app, scope, true, onRing),
    }
    this.#methods.set(name, method)
    return method
  }

  #heap(lane: MethodLane): Heap<MethodLane> {
    return lane.urgent ? this.#urgent : this.#normal
  }

  #gate(now: number, urgent: boolean): number {
    const { reserve, spread, maxInFlight } = this.#policy
    if (this.app.out >= maxInFlight) return Infinity
    return this.app.wait(now, urgent ? 0 : reserve, spread && !urgent)
  }

  #methodWait({ method, urgent }: MethodLane, now: number): number {
    return method.wait(now, urgent ? 0 : this.#policy.reserve, this.#policy.spread && !urgent)
  }

  #take(lane: MethodLane, rank: number, now: number): Ticket {
    const spread = this.#policy.spread && !lane.urgent
    const grant: Grant = { host: this, lane, app: this.app.take(now, spread), method: lane.method.take(now, spread) }
    return new Ticket(this.#policy.office, grant, lane.names, 1, rank, now)
  }

  #admit(lane: MethodLane, now: number): void {
    const waiter = lane.head!
    this.#remove(waiter)
    if (lane.size === 0) this.#heap(lane).remove(lane)
    else this.#reorder(lane)
    const stalled = lane.stalledAt ?? this.#stalledAt
    if (stalled !== undefined) {
      const key = lane.stalledAt === undefined ? this.app.name : lane.key
      lane.stalledAt = this.#stalledAt = undefined
      this.#policy.tell({ type: 'resume', key, stalled: now - stalled })
    }
    waiter.resolve(this.#take(lane, waiter.rank, now))
  }

  /** The host has no room. */
  #stall(now: number, wait: number): void {
    if (wait < Infinity) this.#alarms.set(this.#room, now + wait)
    else this.#alarms.clear(this.#room)
    if (this.#stalledAt !== undefined) return
    this.#stalledAt = now
    this.#policy.tell({ type: 'stall', key: this.app.name, ms: wait, waiting: this.waiting })
  }

  /** The method has no room: others need not wait for it. */
  #block(lane: MethodLane, now: number, wait: number): void {
    this.#heap(lane).remove(lane)
    lane.blocked = true
    if (wait < Infinity) this.#alarms.set(lane, now + wait)
    if (lane.stalledAt !== undefined) return
    lane.stalledAt = now
    this.#policy.tell({ type: 'stall', key: lane.key, ms: wait, waiting: lane.size })
  }

  #unblock(lane: MethodLane): void {
    this.#alarms.clear(lane)
    lane.blocked = false
    lane.headRank = lane.head!.rank
    this.#heap(lane).push(lane)
  }

  /** The head of a lane with room has changed. */
  #reorder(lane: MethodLane): void {
    const { rank } = lane.head!
    if (rank === lane.headRank) return
    lane.headRank = rank
    this.#heap(lane).update(lane)
  }

  /** A waiter gives up. */
  readonly #leave = (waiter: Waiter, reason: unknown): void => {
    const lane = waiter.lane as MethodLane
    if (!this.#remove(waiter)) return
    waiter.reject(reason)
    if (lane.size > 0) {
      if (!lane.blocked) this.#reorder(lane)
      return
    }
    if (lane.blocked) this.#alarms.clear(lane)
    else this.#heap(lane).remove(lane)
    lane.blocked = false
    lane.stalledAt = undefined
    if (this.waiting > 0) return
    // Nobody is left who would need a timer.
    this.#alarms.clear(this.#room)
    this.#stalledAt = undefined
  }

  #remove(waiter: Waiter): boolean {
    if (!waiter.lane.remove(waiter)) return false
    if (waiter.alarm !== undefined) this.#alarms.clear(waiter.alarm)
    this.waiting--
    return true
  }

  #sweep(): void {
    if (this.#methods.size < this.#sweepAt) return
    const now = this.#policy.clock.now()
    for (const [name, { scope, normal, urgent }] of this.#methods) {
      if (normal.size + urgent.size === 0 && scope.idle(now)) this.#methods.delete(name)
    }
    this.#sweepAt = Math.max(MAX_METHODS, this.#methods.size * 2)
  }
}

/** @internal */
export function cancelled(): AbortError {
  return new AbortError('The rate limiter was cancelled')
}

export function deadlineError(ms: number): TimeoutError {
  return new TimeoutError(
    `The deadline came after ${Math.round(ms)} ms of waiting for the rate limit; nothing was sent`,
    ms,
  )
}
