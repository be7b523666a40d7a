export type { AdaptiveReason, AdaptiveSignal } from './adaptive-controller.ts'
export { AdaptiveLimit, type AdaptiveLimitOptions, type AdaptiveStatistics } from './adaptive-limit.ts'
export type { AcquireOptions } from './acquire-options.ts'
export { asCompleted, type AsCompletedTasksOptions, type Completed, type Settled } from './as-completed.ts'
export type { CancelScope, ScopeOptions } from './cancel-scope.ts'
export {
  Channel,
  type ChannelOptions,
  type ChannelStatistics,
  type ChannelWaitOptions,
  type Sender,
} from './channel.ts'
export { classifyOutcome } from './classify.ts'
export { MAX_TIMER_MS, systemClock, type Clock, type TimerHandle } from './clock.ts'
export { delay, type DelayOptions } from './delay.ts'
export {
  AbandonedError,
  AbortError,
  ClosedError,
  DeadlockError,
  TimeoutError,
  flattenErrors,
  isAbortEcho,
} from './errors.ts'
export type { EventListener, SluiceEvent, SluiceEventMap } from './events.ts'
export { forEach } from './for-each.ts'
export { IMMUTABLE, frozen, type Frozen } from './frozen.ts'
export { gather, type GatherOptions } from './gather.ts'
export type { StreamOptions } from './items.ts'
export {
  KeyedSemaphore,
  type KeyLimit,
  type KeySource,
  type KeyedSemaphoreOptions,
  type KeyedStatistics,
} from './keyed-semaphore.ts'
export type { LimitOptions } from './limits.ts'
export { mapIterable } from './map-iterable.ts'
export { map } from './map.ts'
export type { Permit, PermitOutcome, PermitSource } from './permit.ts'
export type { PermitStatistics } from './permit-queue.ts'
export type {
  ExceptionHandler,
  PutOptions,
  QueueLogger,
  QueueOptions,
  QueueStatistics,
  QueuedTask,
} from './queue-options.ts'
export { Queue } from './queue.ts'
export { formatRate, parseDuration, parseRate, type RateWindow } from './rate.ts'
export {
  RateLimiter,
  type PauseOptions,
  type RateLimiterOptions,
  type RateStatistics,
  type RateWaiter,
} from './rate-limiter.ts'
export type { Backoff, RetryFailure, RetryOptions } from './retry-policy.ts'
export { retry } from './retry.ts'
export { Semaphore, type SemaphoreAcquireOptions, type SemaphoreOptions } from './semaphore.ts'
export { shield } from './shield.ts'
export type { ItemFunction, Outcome, TaskContext, TaskFunction } from './task-context.ts'
export { TaskGroup, type TaskGroupOptions, type TaskGroupStatistics } from './task-group.ts'
export type { Task, TaskOptions, TaskState } from './task.ts'
export { timed, type Timed, type TimedResult } from './timed.ts'
export { deadline, moveOn, timeout, type MoveOnOptions, type ScopeFunction } from './timeout.ts'
export { wait, type ReturnWhen, type WaitOptions, type WaitResult, type Waitable } from './wait.ts'
