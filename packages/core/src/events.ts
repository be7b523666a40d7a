/** Fields that every event has. */
interface EventBase {
  /** `clock.now()` at the moment it happened, in ms. */
  time: number
  /** `name` of the group, queue, limiter or session that tells it. */
  source: string | undefined
}
interface TaskEventBase extends EventBase {
  /** Index of the task in its group. */
  index: number
  /** Name of the task. */
  name: string | undefined
}

/** Every kind of event by its `type`. Packages above the core add theirs by declaration merging. */
export interface SluiceEventMap {
  /** A task was handed in. */
  queued: TaskEventBase & { type: 'queued' }
  /** The first attempt of a task begins; `waited` ms since it was handed in. */
  started: TaskEventBase & { type: 'started'; waited: number }
  /** A task cannot go on now: every slot is taken, the rate limit is used up, or a retry backs off (`ms`, if known). */
  waiting: TaskEventBase & { type: 'waiting'; on: 'slot' | 'limit' | 'backoff'; ms: number | undefined }
  /** An attempt ended. */
  attempt: TaskEventBase & { type: 'attempt'; attempt: number; ms: number; ok: boolean; error: unknown }
  /** A task ended for good. */
  settled: TaskEventBase & {
    type: 'settled'
    status: 'fulfilled' | 'rejected' | 'cancelled'
    attempts: number
    waited: number
    ran: number
    error: unknown
  }
  /** A limiter learned or changed a limit. */
  limitLearned: EventBase & { type: 'limitLearned'; key: string; limit: string }
  /** A limiter makes somebody wait: `ms` until it can go on. */
  stall: EventBase & { type: 'stall'; key: string; ms: number; waiting: number }
  /** A stalled limiter goes on. */
  resume: EventBase & { type: 'resume'; key: string; stalled: number }
  /** An adaptive limit changed. */
  adaptive: EventBase & { type: 'adaptive'; limit: number; inFlight: number; reason: string }
  /** A group was opened. */
  groupOpen: EventBase & { type: 'groupOpen' }
  /** A group is done: all its tasks settled. */
  groupClose: EventBase & { type: 'groupClose'; fulfilled: number; rejected: number; cancelled: number }
}

/** One discriminated union of plain data, and the only source of progress, report, trace and metrics. */
export type SluiceEvent = SluiceEventMap[keyof SluiceEventMap]

/** Receives every event, synchronously; an error that it throws is reported by `console.warn` and changes nothing. */
export type EventListener = (event: SluiceEvent) => void
