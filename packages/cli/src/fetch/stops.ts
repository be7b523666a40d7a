import type { Surroundings } from '../surroundings.ts'
import type { StopReason } from './stop-policy.ts'
import { DRAIN_MS } from './stop-text.ts'

/** What can be stopped: a run of `@sluice/runs`. */
export interface Stoppable {
  stop(reason: StopReason & { now: boolean }): void
}

/** What stops a run from outside: the first signal drains, the second aborts, the third ends the process; a deadline aborts; and a drain that takes too long does. */
export class Stops {
  readonly #run: () => Stoppable
  readonly #timers: ReturnType<typeof setTimeout>[] = []
  readonly #offSignal: () => void
  #signals = 0
  #draining = false

  constructor(around: Surroundings, run: () => Stoppable) {
    this.#run = run
    this.#offSignal = around.onSignal((signal) => {
      this.#signals++
      if (this.#signals <= 2) this.#run().stop({ kind: 'signal', signal, now: this.#signals === 2 })
      else around.exit(signal === 'SIGINT' ? 130 : 143)
    })
  }

  /** Aborts the run in `ms`. */
  at(ms: number, reason: StopReason): void {
    this.#timers.push(setTimeout(() => this.#run().stop({ ...reason, now: true }), ms))
  }

  /** What is in flight gets its time, and no more. */
  drain(reason: StopReason): void {
    if (this.#draining) return
    this.#draining = true
    this.at(DRAIN_MS, reason)
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#offSignal()
  }
}
