import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import type { Clock } from '@sluice/core'
import type { Middleware } from '@sluice/http'
import { checkState, type RiotLimiterState } from '../limiter/limiter-state.ts'
import type { RiotRateLimiter } from '../limiter/riot-rate-limiter.ts'

/** Between two writings, ms: what is lost when the program is killed. */
const INTERVAL = 2_000

/** Keeps what a limiter has learned in a file. It is written when an answer comes and the last writing is some time ago: no timer. */
export class LimitsFile {
  readonly #path: string
  readonly #clock: Clock
  #limiter: RiotRateLimiter | undefined
  #writing: Promise<void> | undefined
  #writtenAt = -Infinity
  #warned = false

  constructor(path: string, clock: Clock) {
    this.#path = path
    this.#clock = clock
  }

  /** What the file holds; nothing if there is none, or if it is damaged: then limits are learned anew. */
  read(): RiotLimiterState | undefined {
    let text: string
    try {
      text = readFileSync(this.#path, 'utf8')
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ENOENT') throw error
      return undefined
    }
    try {
      const state: unknown = JSON.parse(text)
      checkState(state)
      return state
    } catch (error) {
      console.warn(`sluice: ${this.#path} holds no limits that can be read; they are learned anew`, error)
      return undefined
    }
  }

  /** Writes down from now on what `limiter` knows. */
  watch(limiter: RiotRateLimiter): Middleware {
    this.#limiter = limiter
    return async (request, next) => {
      const response = await next(request)
      if (this.#writing === undefined && this.#clock.now() - this.#writtenAt >= INTERVAL) void this.#write()
      return response
    }
  }

  /** Writes what is known now. */
  async close(): Promise<void> {
    await this.#writing
    await this.#write()
  }

  #write(): Promise<void> {
    this.#writtenAt = this.#clock.now()
    this.#writing = this.#replace().finally(() => (this.#writing = undefined))
    return this.#writing
  }

  /** Never half a file: the new one takes the place of the old one when it is whole. */
  async #replace(): Promise<void> {
    const next = `${this.#path}.${process.pid}.tmp`
    try {
      await writeFile(next, JSON.stringify(this.#limiter!.save()))
      await rename(next, this.#path)
    } catch (error) {
      if (this.#warned) return
      this.#warned = true
      console.warn(`sluice: the limits cannot be written to ${this.#path}; the work goes on`, error)
    }
  }
}
