import {
  TaskGroup,
  type EventListener,
  type PermitSource,
  type RateLimiter,
  type RetryOptions,
  type TaskContext,
} from '@sluice/core'
import type { Session, SessionResponse } from '@sluice/http'
import type { EventFacts } from '@sluice/core/internal'
import { ItemError } from '../errors.ts'
import { isBad, type BadEntry, type Entry, type Item } from '../input/entry.ts'
import type { LineSink } from '../output/line-sink.ts'
import { oneLine } from '../output/one-line.ts'
import type { OrderedLines } from '../output/ordered-lines.ts'
import { statusOf, type Outcome } from '../output/record.ts'
import type { Selection } from '../output/select.ts'
import type { PlannedRequest } from '../request-plan.ts'
import type { Secrets } from '../secrets.ts'
import { FETCH_SOURCE, fetchEmitter } from './events.ts'
import { NotStartedError } from './not-started.ts'
import type { StopPolicy, StopReason } from './stop-policy.ts'

/** What a run is made of. */
export interface FetchRunParts {
  readonly items: AsyncIterator<Entry>
  readonly plan: (item: Item) => PlannedRequest
  readonly session: Session
  readonly concurrency: number | PermitSource
  readonly rate: RateLimiter | undefined
  readonly retry: (method: string) => RetryOptions
  /** Gives a turn at the host of a URL, if hosts have limits of their own. */
  readonly host: ((url: string) => PermitSource) | undefined
  /** `json` takes nothing else, `text` takes anything. */
  readonly body: 'json' | 'text'
  readonly selection: Selection | undefined
  readonly secrets: Secrets
  readonly policy: StopPolicy
  readonly onEvent: EventListener | undefined
  /** Where lines go, for backpressure only. */
  readonly sink: LineSink
  readonly ordered: OrderedLines | undefined
  /** An item has ended. */
  onOutcome(outcome: Outcome, item: Item): void
  onBadEntry(entry: BadEntry): void
  /** The run stops early; what is in flight ends first, unless `now`. */
  onStop(reason: StopReason, now: boolean, inFlight: number): void
}

/** What became of the items of a run. */
export interface FetchTally {
  ok: number
  failed: number
  /** Begun, and given up since the run was stopped. */
  cancelled: number
  /** Places of the input that are no items. */
  bad: number
  /** True when the input was read to its end and everything in it was begun. */
  complete: boolean
  stopped: StopReason | undefined
}

/** What is known of an item while its task runs. */
interface Progress {
  attempts: number
  began: number
  status: number
  started: boolean
}

/**
 * Items in, one line out for each: every item is a task of one group, which holds the limits and the retries. Stopping comes in two strengths: drain
 * (begin nothing new) and abort.
 */
export class FetchRun {
  readonly #parts: FetchRunParts
  readonly #group: TaskGroup<string>
  readonly #emit: ((facts: EventFacts) => void) | undefined
  readonly #tally: FetchTally = { ok: 0, failed: 0, cancelled: 0, bad: 0, complete: false, stopped: undefined }
  /** Items that were handed to the group and have not ended. */
  #open = 0
  /** Of these, begun. */
  #begun = 0
  #inputEnded = false
  /** Items that were ever handed to the group. */
  #handed = 0
  #draining = false
  #aborted = false
  /** Ends what the run waits for beside its tasks. */
  #interrupt: (() => void) | undefined
  #onProgress: (() => void) | undefined

  constructor(parts: FetchRunParts) {
    this.#parts = parts
    this.#emit = fetchEmitter(parts.onEvent)
    const { concurrency, rate, onEvent } = parts
    this.#group = new TaskGroup<string>({
      concurrency,
      collectResults: false,
      name: FETCH_SOURCE,
      ...(rate && { rate }),
      ...(onEvent && { onEvent }),
    })
  }

  /** True when the input has been read to its end, and the number of items is certain. */
  get inputEnded(): boolean {
    return this.#inputEnded
  }

  /** Works through the items; answers when nothing is in flight any more. Never throws for an item. */
  async run(): Promise<FetchTally> {
    const tally = this.#tally
    try {
      tally.complete = await this.#feed()
    } catch (error) {
      this.stop({ kind: 'input', error: error as Error }, false)
    }
    while (this.#draining ? this.#begun > 0 : this.#open > 0) {
      await new Promise<void>((resolve) => {
        this.#onProgress = resolve
      })
    }
    // Only what waits and must not begin can be left.
    this.#group.cancel()
    await this.#group[Symbol.asyncDispose]()
    return tally
  }

  /** Begins nothing new; with `now`, what is in flight is aborted. A second call can only make it stronger. */
  stop(reason: StopReason, now: boolean): void {
    if (now ? this.#aborted : this.#draining) return
    this.#draining = true
    this.#tally.stopped ??= reason
    this.#emit?.({ type: 'fetchStop', now })
    this.#parts.onStop(reason, now, this.#begun)
    if (now) {
      this.#aborted = true
      this.#group.cancel(reason)
    }
    this.#interrupt?.()
    this.#onProgress?.()
  }

  /** Hands items to the group as it takes them. True when all were handed over. */
  async #feed(): Promise<boolean> {
    const { items, plan, sink, ordered } = this.#parts
    for (;;) {
      const step = await this.#unlessStopped(items.next())
      if (step === undefined) {
        // An input that is being waited for, such as a pipe, may never answer.
        items.return?.()?.catch(() => {})
        return false
      }
      if (step.done) {
        this.#inputEnded = true
        this.#emit?.({ type: 'fetchTotal', items: this.#handed })
        return true
      }
      const entry = step.value
      if (isBad(entry)) this.#bad(entry)
      else {
        let request: PlannedRequest
        try {
          request = plan(entry)
        } catch (error) {
          if (!(error instanceof ItemError)) throw error
          this.#bad({ place: entry.place, problem: error.message })
          ordered?.write(entry.index, undefined)
          continue
        }
        const room = ordered?.room(entry.index)
        if (room !== undefined) await this.#unlessStopped(room)
        const ready = sink.ready()
        if (ready !== undefined) {
          this.#emit?.({ type: 'fetchOutput', waiting: true })
          await this.#unlessStopped(ready)
          this.#emit?.({ type: 'fetchOutput', waiting: false })
        }
        if (this.#draining) return false
        await this.#unlessStopped(this.#begin(entry, request))
      }
    }
  }

  #bad(entry: BadEntry): void {
    this.#tally.bad++
    this.#emit?.({ type: 'fetchBadEntry', ...entry })
    this.#parts.onBadEntry(entry)
  }

  /** The value of `promise`, or undefined if the run is stopped first. */
  #unlessStopped<T>(promise: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.#interrupt = () => resolve(undefined)
      promise.then(resolve, reject)
      if (this.#draining) resolve(undefined)
    })
  }

  /** Resolves when the group has taken the item. */
  async #begin(item: Item, request: PlannedRequest): Promise<void> {
    const progress: Progress = { attempts: 0, began: 0, status: 0, started: false }
    this.#open++
    this.#handed++
    const options = { name: request.key, retry: this.#parts.retry(request.method) }
    try {
      const task = await this.#group.createTask((context) => this.#attempt(request, progress, context), options)
      task.result().then(
        (data) => this.#ended(item, request, progress, data, undefined, false),
        (error) => this.#ended(item, request, progress, undefined, error, task.state === 'cancelled'),
      )
    } catch {
      // Taken back before it began.
      this.#open--
      this.#onProgress?.()
    }
  }

  async #attempt(request: PlannedRequest, progress: Progress, { attempt, index }: TaskContext): Promise<string> {
    if (!progress.started) {
      if (this.#draining) throw new NotStartedError()
      progress.started = true
      this.#begun++
    }
    const { host, session } = this.#parts
    // One signal for all: nothing but the end of the run aborts an attempt.
    const { signal } = this.#group
    const { method, url, headers, body } = request
    progress.attempts = attempt
    progress.status = 0
    const permit = await host?.(url).acquire(signal)
    progress.began = performance.now()
    this.#emit?.({ type: 'fetchAttempt', index, name: request.key, attempt })
    try {
      const response = await session.request(method, url, {
        signal,
        ...(headers && { headers }),
        ...(body !== undefined && { body }),
      })
      progress.status = response.status
      return await this.#read(response, method)
    } finally {
      permit?.release()
    }
  }

  /** The body as JSON in one line. */
  async #read(response: SessionResponse, method: string): Promise<string> {
    const { body, selection, secrets } = this.#parts
    if (method === 'HEAD' || response.status === 204 || response.status === 304) {
      await response.dump()
      return 'null'
    }
    if (body === 'text') return secrets.mask(JSON.stringify(await response.text()))
    const data = await response.json()
    return secrets.mask(selection === undefined ? oneLine(await response.text()) : JSON.stringify(selection(data)))
  }

  #ended(
    item: Item,
    request: PlannedRequest,
    progress: Progress,
    data: string | undefined,
    error: unknown,
    cancelled: boolean,
  ): void {
    const { policy, secrets, onOutcome, ordered } = this.#parts
    const tally = this.#tally
    this.#open--
    if (progress.started) this.#begun--
    if (cancelled || error instanceof NotStartedError) {
      if (progress.started) tally.cancelled++
      ordered?.write(item.index, undefined)
    } else {
      const { attempts, began, status } = progress
      if (data === undefined) tally.failed++
      else tally.ok++
      onOutcome(
        {
          index: item.index,
          key: request.key,
          url: secrets.maskUrl(request.url),
          status: data === undefined ? statusOf(error) || status : status,
          attempts,
          ms: performance.now() - began,
          data,
          error,
        },
        item,
      )
      const reason = data === undefined ? policy.failed(request.key, error) : policy.succeeded()
      if (reason !== undefined) this.stop(reason, reason.kind === 'fail-fast')
    }
    this.#onProgress?.()
  }
}
