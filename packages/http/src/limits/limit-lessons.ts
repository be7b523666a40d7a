import { formatRate, type Clock } from '@sluice/core'
import type { Lane } from './lane.ts'
import { retryAfterMs } from './retry-after.ts'
import type { Ticket } from './ticket.ts'
import type { LimitedResponse, LimitReport, RateStore, WindowReport, WindowUpdate } from './types.ts'

/** The pause after a first refusal that does not say for how long, in ms; doubled with each further one. */
const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 60_000

/** What a limiter learns: which buckets the scopes stand for, what is told to the store, how long to pause after a bare refusal. */
export class LimitLessons {
  readonly #store: RateStore
  readonly #clock: Clock
  readonly #random: () => number
  readonly #onLearned: (key: string, limit: string) => void
  /** The server's own name for what a scope's key stands for. */
  readonly #names = new Map<string, string>()
  /** Scopes of which some response has reported a limit. */
  readonly #seen = new Set<string>()
  /** Grows with `#names` and `#seen`, so that lanes notice. */
  #version = 0
  readonly #refusals = new Map<string, { count: number; at: number }>()
  readonly #told = new Map<string, string>()
  #warned = false
  /** The buckets that the last response spoke of. */
  touched: readonly string[] = []

  constructor(store: RateStore, clock: Clock, random: () => number, onLearned: (key: string, limit: string) => void) {
    this.#store = store
    this.#clock = clock
    this.#random = random
    this.#onLearned = onLearned
  }

  /** Brings `lane.buckets` up to date, and makes them known to the store. */
  resolve(lane: Lane<Ticket>): void {
    const current = lane.version === this.#version
    // While a token is out its buckets are not forgotten.
    if (current && lane.outstanding > 0) return
    if (!current) {
      lane.version = this.#version
      const buckets: string[] = []
      for (const { key } of lane.scopes) {
        const name = this.#names.get(key) ?? key
        if (!buckets.includes(name)) buckets.push(name)
      }
      if (buckets.join('\n') !== lane.buckets.join('\n')) {
        lane.buckets = buckets
        lane.confirmed = false
      }
    }
    for (const { scope, key } of lane.scopes) {
      const name = this.#names.get(key)
      const probe =
        name === undefined && (scope.probe === true || (scope.probe === 'seen' && this.#seen.has(scope.name)))
      this.#store.declare(name ?? key, scope.limits ?? [], probe)
    }
  }

  /** Tells the store what a response said; true when it was refused because of a limit. */
  learn(
    lane: Lane<Ticket>,
    ticket: Ticket,
    response: LimitedResponse,
    reports: readonly LimitReport[] | undefined,
  ): boolean {
    const touched: string[] = []
    let refused = false
    if (reports !== undefined) {
      for (const report of reports) {
        if (report.refused === true) refused = true
        touched.push(this.#report(lane, ticket, report))
      }
    }
    const { status } = response
    if (status === 429 && !refused) {
      refused = true
      touched.push(this.#report(lane, ticket, { refused, retryAfter: retryAfterMs(response.headers) }))
    }
    // An error may come from a gate before the one that counts: it does not prove that there is no limit.
    const conclusive = !refused && status < 500 && status !== 401 && status !== 403
    if (conclusive) {
      if (!lane.confirmed) {
        lane.confirmed = true
        for (const bucket of ticket.buckets)
          if (!touched.includes(bucket)) this.guard(this.#store.sync(bucket, [], [], undefined, ticket))
      }
      if (this.#refusals.size > 0) for (const bucket of ticket.buckets) this.#recover(bucket, ticket)
    }
    this.touched = touched
    return refused
  }

  /** Drops what was learned of a lane's names. */
  forget(lane: Lane<Ticket>): void {
    for (const { key } of lane.scopes) this.#names.delete(key)
  }

  /** A store that answers later may fail: said once, since the work goes on with what is known. */
  guard(answer: void | Promise<void>): void {
    if (answer === undefined) return
    answer.catch((error: unknown) => {
      if (this.#warned) return
      this.#warned = true
      console.warn('sluice: the rate store could not take note of an answer; further failures are not reported', error)
    })
  }

  #report(lane: Lane<Ticket>, ticket: Ticket, report: LimitReport): string {
    const entry =
      report.scope === undefined ? lane.scopes[0] : lane.scopes.find(({ scope }) => scope.name === report.scope)
    // A request that draws on no budget of that scope (it has no route): what the server says holds for all such requests together.
    const owner = entry ?? lane.scopes[0]
    if (owner === undefined) return ''
    const stranger = entry === undefined && report.bucket !== undefined ? `${report.bucket}/` : ''
    let bucket = this.#names.get(owner.key) ?? owner.key
    if (entry !== undefined && report.bucket !== undefined) {
      const name = `${lane.base}~${report.bucket}`
      if (bucket !== name) {
        this.#names.set(entry.key, name)
        this.#version++
        bucket = name
        this.#store.declare(name, entry.scope.limits ?? [], false)
      }
    }
    if (entry !== undefined && !this.#seen.has(entry.scope.name)) {
      this.#seen.add(entry.scope.name)
      this.#version++
    }
    const windows = (report.windows ?? []).map((window) => update(window, stranger))
    const counts = (report.windows ?? []).map(
      ({ used, limit, remaining }) =>
        used ?? (limit === undefined || remaining === undefined ? undefined : Math.max(0, limit - remaining)),
    )
    this.guard(this.#store.sync(bucket, windows, counts, this.#pause(bucket, ticket, report), ticket))
    this.#tell(bucket, windows)
    return bucket
  }

  /** For how many ms a report wants the bucket to be left alone. */
  #pause(bucket: string, ticket: Ticket, report: LimitReport): number | undefined {
    // 0 is what a server says whose clock shows the last fraction of a second: as good as nothing.
    if (report.retryAfter !== undefined && report.retryAfter > 0) return report.retryAfter
    if (report.refused !== true) return undefined
    let untilReset = 0
    for (const { remaining, resetIn } of report.windows ?? [])
      if (remaining === 0 && resetIn !== undefined && resetIn > untilReset) untilReset = resetIn
    if (untilReset > 0) return untilReset
    const before = this.#refusals.get(bucket)
    // Those that were under way at the last refusal are refused as well, and are no reason to wait longer.
    const count = before === undefined ? 0 : ticket.takenAt > before.at ? before.count + 1 : before.count
    if (before === undefined || count > before.count) this.#refusals.set(bucket, { count, at: this.#clock.now() })
    return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** count) * (0.5 + this.#random() / 2)
  }

  #recover(bucket: string, ticket: Ticket): void {
    const refusal = this.#refusals.get(bucket)
    if (refusal !== undefined && ticket.takenAt > refusal.at) this.#refusals.delete(bucket)
  }

  #tell(bucket: string, windows: readonly WindowUpdate[]): void {
    let text = ''
    for (const { limit, ms } of windows) {
      if (limit === undefined) continue
      text += `${text === '' ? '' : ','}${ms === undefined ? limit : formatRate([{ limit, ms }])}`
    }
    if (text === '' || this.#told.get(bucket) === text) return
    if (this.#told.size >= 10_000) this.#told.clear()
    this.#told.set(bucket, text)
    this.#onLearned(bucket, text)
  }
}

function update(window: WindowReport, prefix: string): WindowUpdate {
  const { id, limit, ms, remaining, resetIn, slack = 0 } = window
  return { id: `${prefix}${id ?? (ms === undefined ? 'window' : `${ms}ms`)}`, limit, ms, remaining, resetIn, slack }
}
