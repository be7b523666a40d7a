import type { EventListener } from '@sluice/core'
import { emitter, type EventFacts } from '@sluice/core/internal'

/** Fields that every event of a fetch run has. */
interface FetchEventBase {
  /** `clock.now()` in ms. */
  time: number
  source: string | undefined
}

declare module '@sluice/core' {
  interface SluiceEventMap {
    /** How many items the input has, as soon as that is known. */
    fetchTotal: FetchEventBase & { type: 'fetchTotal'; items: number }
    /** An attempt of an item begins: it has its slot, its token, and its turn at the host. */
    fetchAttempt: FetchEventBase & { type: 'fetchAttempt'; index: number; name: string; attempt: number }
    /** A place of the input is no item. */
    fetchBadEntry: FetchEventBase & { type: 'fetchBadEntry'; place: string; problem: string }
    /** Whoever reads the output is slower than it comes: nothing new begins for now; or goes on. */
    fetchOutput: FetchEventBase & { type: 'fetchOutput'; waiting: boolean }
    /** The run begins nothing new from now on, since it was told to stop. */
    fetchStop: FetchEventBase & { type: 'fetchStop'; now: boolean }
  }
}

/** `source` of the events of a run. */
export const FETCH_SOURCE = 'fetch'

/** The way out for the events of a run, or undefined when nobody listens. */
export function fetchEmitter(onEvent: EventListener | undefined): ((facts: EventFacts) => void) | undefined {
  return emitter(onEvent, FETCH_SOURCE)
}
