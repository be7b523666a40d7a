import { AbortScope, throwOutcome } from './abort-scope.ts'
import type { Clock } from './clock.ts'
import { AbortError, isAbortEcho } from './errors.ts'
import { LiveContext, leave } from './live-context.ts'
import type { Source } from './source.ts'
import type { ItemFunction } from './task-context.ts'

/**
 * Workers that pull from one source: what `forEach` and `map` are when only a number limits them. A worker is a plain loop around
 * `await`, so that an item costs little more than its own promise.
 */
export class PlainLoop<I, R> {
  private readonly source: Source<I>
  private readonly fn: ItemFunction<I, R>
  private readonly results: (R | undefined)[] | undefined
  readonly scope: AbortScope
  private readonly label: string
  private readonly errors: unknown[] = []
  private index = 0
  private limit = 0
  private exhausted = false
  /** Workers that have not returned. */
  private workers = 0
  /** Items whose function has not settled. */
  private running = 0
  private pulling = 0
  private finish: (() => void) | undefined

  constructor(
    source: Source<I>,
    fn: ItemFunction<I, R>,
    results: (R | undefined)[] | undefined,
    options: { signal?: AbortSignal; deadline?: number },
    clock: Clock,
    label: string,
  ) {
    this.source = source
    this.fn = fn
    this.results = results
    this.label = label
    this.scope = new AbortScope(options.signal, options.deadline, clock, () => this.left())
  }

  async run(limit: number): Promise<void> {
    this.limit = limit
    const scope = this.scope
    try {
      if (!scope.aborted) {
        await new Promise<void>((resolve) => {
          this.finish = resolve
          if (this.source.sync) {
            // A source with few items never gets more workers than it has items.
            for (let i = 0; i < limit && !this.exhausted && !scope.aborted; i++) void this.work()
          } else void this.workAsync()
          this.left()
        })
      }
      if (!this.exhausted) await this.source.close()
    } catch (error) {
      this.errors.push(error)
    }
    scope.dispose()
    throwOutcome(scope, this.errors, undefined, this.label)
  }

  /** Resolves `run` when nothing runs any more. A pull that an abort overtook is not waited for: nobody can stop it. */
  private left(): void {
    if (this.running === 0 && (this.workers === 0 || this.scope.aborted)) this.finish?.()
  }

  private async work(): Promise<void> {
    const scope = this.scope
    const source = this.source
    const fn = this.fn
    const results = this.results
    this.workers++
    while (!scope.aborted) {
      let step
      try {
        step = source.pullSync()
      } catch (error) {
        this.exhausted = true
        this.fail(error)
        break
      }
      if (step.done) {
        this.exhausted = true
        break
      }
      // The source itself may have aborted it.
      if (scope.aborted) break
      const index = this.index++
      const context = new LiveContext(this, index)
      this.running++
      try {
        if (results === undefined) await fn(step.value, context)
        else {
          // Keeps the array dense however far out of order the items end.
          results.push(undefined)
          results[index] = await fn(step.value, context)
        }
      } catch (error) {
        this.fail(error)
      }
      this.running--
      if (context.live !== undefined) leave(context)
    }
    this.workers--
    this.left()
  }

  private async workAsync(): Promise<void> {
    const scope = this.scope
    const source = this.source
    const results = this.results
    this.workers++
    while (!scope.aborted && !this.exhausted) {
      let step
      this.pulling++
      try {
        step = await source.pull()
        source.pulled(step)
      } catch (error) {
        source.failed()
        this.exhausted = true
        this.fail(error)
      }
      this.pulling--
      if (step === undefined || step.done) {
        this.exhausted = true
        break
      }
      if (scope.aborted) break
      // One worker asks at a time while there are too few of them: none is made for an item that may never come.
      if (this.pulling === 0 && this.workers < this.limit) void this.workAsync()
      const index = this.index++
      const context = new LiveContext(this, index)
      this.running++
      try {
        results?.push(undefined)
        const value = await this.fn(step.value, context)
        if (results !== undefined) results[index] = value
      } catch (error) {
        this.fail(error)
      }
      this.running--
      if (context.live !== undefined) leave(context)
    }
    this.workers--
    this.left()
  }

  private fail(error: unknown): void {
    const scope = this.scope
    if (scope.aborted && isAbortEcho(error, scope.reason)) return
    // First record, then abort (law 38).
    this.errors.push(error)
    scope.abort(new AbortError(`${this.label} aborts: an item failed`, { cause: error }))
  }
}
