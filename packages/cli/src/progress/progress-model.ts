import type { EventListener, RateWindow, SluiceEvent } from '@sluice/core'
import { isNotStarted } from '../fetch/not-started.ts'
import { kindOf } from '../output/record.ts'
import { Histogram } from './histogram.ts'
import { fillOf, type LimitView } from './limit-view.ts'
import { SlidingCount } from './sliding-count.ts'

/** The time over which `perSecond` is taken, in ms. */
const RECENT_MS = 5000
/** A stall that has not ended so long after its end is forgotten. */
const STALE_MS = 1000
/** How many of the slowest are named. */
const SLOWEST = 3
/** Kinds of errors that are counted by themselves. */
const MAX_KINDS = 50

/** What is known before the first event. */
export interface ProgressFacts {
  /** The rate that was asked for. */
  readonly rate: readonly RateWindow[]
  /** How many at once; with `auto` until events tell. */
  readonly concurrency: number
  /** True when the limit is found out on the way. */
  readonly adaptive: boolean
  /** The limits that are learned on the way, as they stand now. */
  readonly limits?: () => readonly LimitView[]
  /** Those of them through which all that is left has to go. */
  readonly bounds?: () => readonly LimitView[]
  /** How many of those in flight only wait for a limit. */
  readonly unsent?: () => number
}

/** Percentiles of a time, in ms. */
export interface Percentiles {
  readonly p50: number
  readonly p90: number
  readonly p95: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

/** What an item is doing that takes long. */
interface SlowItem {
  readonly name: string
  readonly ms: number
  readonly attempt: number
}

/** Where a run stands. Times in ms. */
export interface ProgressSnapshot {
  readonly elapsed: number
  readonly total: number | undefined
  /** By this call and earlier ones. */
  readonly done: number
  /** Name of the run and how much of it was done before, if an earlier call has begun it. */
  readonly resumed: { readonly run: string; readonly done: number } | undefined
  readonly ok: number
  readonly failed: number
  readonly bad: number
  readonly attempts: number
  readonly retried: number
  readonly inFlight: number
  /** Begun, and waiting to be sent: for a limit or a connection. */
  readonly unsent: number
  readonly limit: number
  readonly adaptive: boolean
  /** Waiting for their next attempt. */
  readonly backingOff: number
  /** Ended in the last seconds, per second. */
  readonly perSecond: number
  readonly bytes: number
  /** Remaining, if it can be told. */
  readonly eta: number | undefined
  /** Of one attempt. */
  readonly latency: Percentiles
  /** Of an item: for a slot, a token and its backoffs. */
  readonly wait: Percentiles
  /** Of an item: all its attempts. */
  readonly run: Percentiles
  readonly windows: readonly (RateWindow & { readonly used: number })[]
  readonly limits: readonly LimitView[]
  /** What rate makes somebody wait, and how long until it lets the next through. */
  readonly stalled: { readonly key: string; readonly ms: number } | undefined
  readonly outputWaits: boolean
  readonly stopping: boolean
  readonly slowest: readonly SlowItem[]
  /** Failures by their kind, the most frequent first. */
  readonly errors: readonly (readonly [kind: string, count: number])[]
  /** Responses by their status. */
  readonly statuses: Readonly<Record<string, number>>
}

/** Adds up the events of a run, which are all that it knows. */
export class ProgressModel {
  readonly #facts: ProgressFacts
  readonly #begun: number
  #total: number | undefined
  /** Its name, if an earlier call has begun it. */
  #runId: string | undefined
  #before = 0
  #ok = 0
  #failed = 0
  #bad = 0
  #attempts = 0
  #retried = 0
  #limit: number
  #bytes = 0
  /** Until when, by the key of the limit. */
  readonly #stalls = new Map<string, number>()
  #outputWaits = false
  #stopping = false
  readonly #running = new Map<number, { name: string; since: number; attempt: number }>()
  readonly #backingOff = new Set<number>()
  readonly #latency = new Histogram()
  readonly #wait = new Histogram()
  readonly #run = new Histogram()
  readonly #recent = new SlidingCount(RECENT_MS)
  readonly #windows: SlidingCount[]
  readonly #errors = new Map<string, number>()
  readonly #statuses: Record<string, number> = {}

  /** @param now the time at which it begins, on the clock of the events. */
  constructor(facts: ProgressFacts, now: number) {
    this.#facts = facts
    this.#begun = now
    this.#limit = facts.concurrency
    this.#windows = facts.rate.map(({ ms }) => new SlidingCount(ms))
  }

  readonly onEvent: EventListener = (event) => this.#add(event)

  #add(event: SluiceEvent): void {
    switch (event.type) {
      case 'runAttempt':
        this.#attempts++
        this.#backingOff.delete(event.index)
        this.#running.set(event.index, { name: event.name, since: event.time, attempt: event.attempt })
        for (const window of this.#windows) window.add(event.time)
        break
      case 'attempt':
        if (this.#running.delete(event.index)) this.#latency.add(event.ms)
        break
      case 'waiting':
        if (event.on !== 'backoff') break
        this.#retried++
        this.#backingOff.add(event.index)
        break
      case 'settled':
        this.#settled(event)
        break
      case 'stall':
        this.#stalls.set(event.key, event.time + event.ms)
        break
      case 'resume':
        this.#stalls.delete(event.key)
        break
      case 'adaptive':
        this.#limit = event.limit
        break
      case 'httpEnd':
        this.#bytes += event.bytes
        if (event.status > 0) this.#statuses[event.status] = (this.#statuses[event.status] ?? 0) + 1
        break
      case 'runOpen':
        this.#resumed(event.ok, event.failed)
        if (event.sessions > 1) this.#runId = event.id
        break
      case 'runTotal':
        this.#total = event.items
        break
      case 'runBadItem':
        this.#bad++
        break
      case 'runOutput':
        this.#outputWaits = event.waiting
        break
      case 'runStop':
        this.#stopping = true
        break
      default:
    }
  }

  #resumed(ok: number, failed: number): void {
    this.#ok += ok
    this.#failed += failed
    this.#before = ok + failed
  }

  #settled(event: Extract<SluiceEvent, { type: 'settled' }>): void {
    this.#running.delete(event.index)
    this.#backingOff.delete(event.index)
    if (event.status === 'cancelled' || isNotStarted(event.error)) return
    this.#recent.add(event.time)
    this.#wait.add(event.waited)
    this.#run.add(event.ran)
    if (event.status === 'fulfilled') this.#ok++
    else {
      this.#failed++
      const kind = kindOf(event.error)
      const known = this.#errors.has(kind) || this.#errors.size < MAX_KINDS ? kind : 'others'
      this.#errors.set(known, (this.#errors.get(known) ?? 0) + 1)
    }
  }

  /** Where the run stands at `now`. */
  snapshot(now: number): ProgressSnapshot {
    const done = this.#ok + this.#failed
    const elapsed = now - this.#begun
    const unsent = Math.min(this.#running.size, this.#facts.unsent?.() ?? 0)
    return {
      elapsed,
      total: this.#total,
      done,
      resumed: this.#runId === undefined ? undefined : { run: this.#runId, done: this.#before },
      ok: this.#ok,
      failed: this.#failed,
      bad: this.#bad,
      attempts: this.#attempts,
      retried: this.#retried,
      inFlight: this.#running.size - unsent,
      unsent,
      limit: this.#limit,
      adaptive: this.#facts.adaptive,
      backingOff: this.#backingOff.size,
      perSecond: (this.#recent.count(now) * 1000) / Math.max(1, Math.min(elapsed, RECENT_MS)),
      bytes: this.#bytes,
      eta: this.#eta(done),
      latency: percentiles(this.#latency),
      wait: percentiles(this.#wait),
      run: percentiles(this.#run),
      windows: this.#facts.rate.map(({ limit, ms }, i) => ({
        limit,
        ms,
        used: Math.min(limit, this.#windows[i]!.count(now)),
      })),
      limits: this.#facts.limits?.() ?? [],
      stalled: this.#stalled(now),
      outputWaits: this.#outputWaits,
      stopping: this.#stopping,
      slowest: this.running(now, SLOWEST),
      errors: [...this.#errors].sort(([, a], [, b]) => b - a),
      statuses: { ...this.#statuses },
    }
  }

  /** What is in flight at `now`, longest first, at most so many. */
  running(now: number, most: number): SlowItem[] {
    return [...this.#running.values()]
      .sort((a, b) => a.since - b.since)
      .slice(0, most)
      .map(({ name, since, attempt }) => ({ name, ms: now - since, attempt }))
  }

  /** The limit that lets the next through first. */
  #stalled(now: number): ProgressSnapshot['stalled'] {
    let first: { key: string; ms: number } | undefined
    for (const [key, until] of this.#stalls) {
      // A limit that nobody waits for any more does not say so.
      if (until < now - STALE_MS) this.#stalls.delete(key)
      else if (first === undefined || until - now < first.ms) first = { key, ms: Math.max(0, until - now) }
    }
    return first
  }

  /**
   * What remains, by what can be sustained and not by what was achieved lately: so many attempts at the declared rate, or through so many
   * slots at the mean time of an attempt, whichever takes longer.
   */
  #eta(done: number): number | undefined {
    const now = done - this.#before
    if (this.#total === undefined || now <= 0 || this.#stopping) return undefined
    const attempts = (this.#total - done) * Math.max(1, this.#attempts / (now + this.#running.size))
    const bySlots = (attempts * this.#latency.mean) / Math.max(1, this.#limit)
    const declared = this.#facts.rate.map(({ limit, ms }) => (attempts * ms) / limit)
    return Math.max(bySlots, ...declared, byFullest(attempts, this.#facts.bounds?.() ?? []))
  }
}

/** How long so many requests take under the limit that is nearest to its end: it is the one that holds. */
function byFullest(requests: number, views: readonly LimitView[]): number {
  const [first] = views.toSorted((a, b) => b.wait - a.wait || fillOf(b) - fillOf(a))
  if (first === undefined) return 0
  // After the wait, all of it is there again.
  const room = (limit: number, used: number): number => (first.wait > 0 ? limit : limit - used)
  const times = first.windows.map(({ limit, ms, used }) => ((requests - room(limit, used)) * ms) / limit)
  return first.wait + Math.max(0, ...times)
}

function percentiles(times: Histogram): Percentiles {
  return {
    p50: times.quantile(0.5),
    p90: times.quantile(0.9),
    p95: times.quantile(0.95),
    p99: times.quantile(0.99),
    p999: times.quantile(0.999),
    max: times.max,
  }
}
