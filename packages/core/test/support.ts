import { vi } from 'vitest'
import { delay } from '../src/delay.ts'
import type { VirtualClock } from '../src/virtual-clock.ts'

export const HOUR = 3_600_000
export const DAY: number = 24 * HOUR

export interface Ending {
  value?: unknown
  error?: unknown
  at: number
}

/** How a promise ended, and when. */
export const outcome = async (clock: VirtualClock, promise: Promise<unknown>): Promise<Ending> =>
  promise.then(
    (value) => ({ value, at: clock.now() }),
    (error: unknown) => ({ error, at: clock.now() }),
  )

/** Waits without looking at any signal. */
export const deaf = (clock: VirtualClock, ms: number): Promise<void> => delay(ms, { clock })

/** An abort as Node's own functions report it. */
export const echo = (reason: unknown): Error =>
  Object.assign(new Error('aborted', { cause: reason }), { name: 'AbortError' })

/** How many AbortControllers are made while `body` runs. */
export const controllersMade = async (body: () => Promise<unknown>): Promise<number> => {
  let made = 0
  const Real = AbortController
  class Counted extends Real {
    constructor() {
      super()
      made++
    }
  }
  vi.stubGlobal('AbortController', Counted)
  try {
    await body()
  } finally {
    vi.unstubAllGlobals()
  }
  return made
}

/** A controller that knows how many listeners its signal has, and had. */
export class WatchedController extends AbortController {
  listeners = 0
  added = 0

  constructor() {
    super()
    const { signal } = this
    const add = signal.addEventListener.bind(signal) as (...args: unknown[]) => void
    const remove = signal.removeEventListener.bind(signal) as (...args: unknown[]) => void
    signal.addEventListener = (...args: unknown[]) => {
      this.listeners++
      this.added++
      add(...args)
    }
    signal.removeEventListener = (...args: unknown[]) => {
      this.listeners--
      remove(...args)
    }
  }
}
