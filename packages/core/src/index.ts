export {
  Channel,
  type ChannelOptions,
  type ChannelStatistics,
  type ChannelWaitOptions,
  type Sender,
} from './channel.ts'
export { MAX_TIMER_MS, systemClock, type Clock, type TimerHandle } from './clock.ts'
export { AbandonedError, AbortError, ClosedError, DeadlockError, TimeoutError, isAbortEcho } from './errors.ts'
export type { EventListener, SluiceEvent, SluiceEventMap } from './events.ts'
export type { Permit, PermitOutcome, PermitSource } from './permit.ts'
export type { Backoff, RetryFailure, RetryOptions } from './retry-policy.ts'
export type { ItemFunction, Outcome, TaskContext, TaskFunction } from './task-context.ts'
