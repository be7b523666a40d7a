import { AbortLink } from './abort-link.ts'
import { checkLimitMs, checkSignal, checkWord, isThenable, show } from './check.ts'
import { systemClock, type Clock, type TimerHandle } from './clock.ts'
import { TaskRecord, type Task, type TaskState } from './task.ts'

/** What can be waited for: it runs already. A `Task` handle, or a promise. */
export type Waitable = PromiseLike<unknown> | Pick<Task<unknown>, 'result' | 'state'>

/** When {@link wait} returns: when all have ended, at the first failure, or at the first end of any kind. */
export type ReturnWhen = 'ALL_COMPLETED' | 'FIRST_EXCEPTION' | 'FIRST_COMPLETED'

/** Options of {@link wait}. */
export interface WaitOptions {
  /** Default `'ALL_COMPLETED'`. With `'FIRST_EXCEPTION'` a cancelled task is no failure (for a bare promise: a rejection with an `AbortError`). */
  returnWhen?: ReturnWhen
  /** Milliseconds after which it returns in any case. Default: Infinity. */
  timeout?: number
  /** Stops waiting, and rejects with the signal's reason. What is waited for goes on. */
  signal?: AbortSignal
  /** Where time comes from. Default: `systemClock`. */
  clock?: Clock
}

/** What {@link wait} returns: the very objects that were handed in, each in one of two sets, in the order in which they were handed in. */
export interface WaitResult<W> {
  done: Set<W>
  pending: Set<W>
}

const TURN: Promise<void> = Promise.resolve()

/**
 * Waits for things that run already, and says which are done and which are pending. It cancels nothing, and it throws for no failure and
 * no timeout: look at each one that is done. No failure is reported as unhandled; that of a task whose `result()` nobody asks for is still told by its group at the end.
 *
 * Each is observed once, however often it is waited for, so waiting again and again for the same long-lived promise is free of leaks.
 *
 * @throws TypeError when there is nothing to wait for, or something in it is neither a task nor a promise; TypeError or RangeError for a wrong option.
 * @example
 * ```ts
 * import { TaskGroup, delay, wait } from '@sluice/core'
 *
 * await TaskGroup.run(async (group) => {
 *   const quick = await group.createTask(() => delay(1))
 *   const slow = await group.createTask(({ signal }) => delay(60_000, { signal }))
 *   const { done, pending } = await wait([quick, slow], { returnWhen: 'FIRST_COMPLETED' })
 *   console.log(done.has(quick), pending.has(slow)) // true true
 *   slow.cancel()
 * })
 * ```
 */
export function wait<W extends Waitable>(
  tasks: Iterable<W>,
  { returnWhen = 'ALL_COMPLETED', timeout, signal, clock = systemClock }: WaitOptions = {},
): Promise<WaitResult<W>> {
  return new Promise((resolve, reject) => {
    checkWord('returnWhen', returnWhen, 'ALL_COMPLETED', 'FIRST_EXCEPTION', 'FIRST_COMPLETED')
    checkLimitMs('timeout', timeout)
    checkSignal(signal)
    // A Set merges what was handed in twice, and keeps the order.
    const targets = [...new Set(checkHandles('wait', tasks))]
    if (targets.length === 0) throw new TypeError('wait needs at least one task or promise to wait for, and got none')
    signal?.throwIfAborted()
    const all = targets.map(observe)
    let left = all.length
    let enough = false
    let timer: TimerHandle

    const leave = (): void => {
      for (const { observers } of all) observers.delete(ended)
      link?.unlink()
      clock.clearTimer(timer)
    }
    const finish = (): void => {
      leave()
      const result: WaitResult<W> = { done: new Set(), pending: new Set() }
      targets.forEach((target, i) => (isSettled(all[i]!) ? result.done : result.pending).add(target))
      resolve(result)
    }
    const ended = ({ state }: Observed): void => {
      left--
      if (enough) return
      enough =
        left === 0 || returnWhen === 'FIRST_COMPLETED' || (returnWhen === 'FIRST_EXCEPTION' && state === 'rejected')
      // A turn later: by then the reactions of everything that has settled up to now have run (law 51).
      if (enough) void TURN.then(finish)
    }

    const link =
      signal &&
      new AbortLink(signal, {
        onAbort: (reason) => {
          leave()
          reject(reason)
        },
      })
    // Only now, when all reactions are registered: of what has settled before this call all is to be seen.
    for (const observed of all) {
      if (isSettled(observed)) ended(observed)
      else observed.observers.add(ended)
    }
    if (timeout !== undefined && timeout !== Infinity && !enough) timer = clock.setTimer(finish, timeout)
  })
}

/** Refuses what is no iterable of things that run already. */
export function checkHandles<W extends Waitable>(caller: string, tasks: Iterable<W>): W[] {
  if (typeof tasks !== 'object' || typeof tasks?.[Symbol.iterator] !== 'function') {
    throw new TypeError(`${caller} takes an iterable of tasks or promises, not ${show(tasks)}`)
  }
  const handles = [...tasks]
  handles.forEach((handle: unknown, position) => {
    if (isThenable(handle) || isTask(handle)) return
    const hint =
      typeof handle === 'function'
        ? '. What runs functions is gather(fns), or asCompleted(fns, (fn, context) => fn(context))'
        : ''
    throw new TypeError(
      `${caller} takes tasks and promises, which run already; number ${position} is ${show(handle)}${hint}`,
    )
  })
  return handles
}

function isTask(value: unknown): value is Pick<Task<unknown>, 'result' | 'state'> {
  return typeof (value as Partial<Task<unknown>> | null | undefined)?.result === 'function'
}

/** One thing that is waited for: it gets one reaction for ever, and whoever waits for it a place among its observers. */
interface Observed {
  /** A task tells its state at any moment, a promise only when its reaction runs. */
  readonly state: TaskState
  readonly observers: Set<(observed: Observed) => void>
}

const known = new WeakMap<object, Observed>()

function isSettled({ state }: Observed): boolean {
  return state !== 'waiting' && state !== 'running'
}

function observe(target: Waitable): Observed {
  const before = known.get(target)
  if (before !== undefined) return before
  const task = isTask(target) ? target : undefined
  let settled: TaskState = 'running'
  const observed: Observed = {
    get state() {
      return task?.state ?? settled
    },
    observers: new Set(),
  }
  known.set(target, observed)
  const settle = (state: TaskState): void => {
    settled = state
    for (const tell of observed.observers) tell(observed)
    observed.observers.clear()
  }
  const settlement = target instanceof TaskRecord ? target.settlement() : (task?.result() ?? target)
  Promise.resolve(settlement).then(
    () => settle('fulfilled'),
    (error: unknown) =>
      settle((error as { name?: unknown } | undefined)?.name === 'AbortError' ? 'cancelled' : 'rejected'),
  )
  return observed
}
