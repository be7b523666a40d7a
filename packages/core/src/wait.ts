import { AbortLink, type AbortObserver } from './abort-link.ts'
import { checkMs, isThenable, show } from './check.ts'
import { systemClock, type Clock } from './clock.ts'
import { Link, LinkedList } from './linked-list.ts'
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

const MODES: readonly ReturnWhen[] = ['ALL_COMPLETED', 'FIRST_EXCEPTION', 'FIRST_COMPLETED']
const TURN: Promise<void> = Promise.resolve()

/**
 * Waits for things that run already, and says which are done and which are pending. It cancels nothing, and it throws for no failure and
 * no timeout: look at each one that is done. A failure is thereby taken as seen, and is not reported as unhandled.
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
export function wait<W extends Waitable>(tasks: Iterable<W>, options: WaitOptions = {}): Promise<WaitResult<W>> {
  return new Promise((resolve, reject) => {
    const { returnWhen = 'ALL_COMPLETED', timeout, signal } = options
    if (!MODES.includes(returnWhen)) {
      throw new TypeError(`returnWhen must be one of '${MODES.join("', '")}', not ${show(returnWhen)}`)
    }
    if (timeout !== undefined && timeout !== Infinity) checkMs('timeout', timeout)
    const targets = check(tasks)
    if (signal?.aborted) throw signal.reason
    new Wait<W>(options, resolve, reject).begin(targets)
  })
}

function check<W extends Waitable>(tasks: Iterable<W>): Set<W> {
  if (typeof tasks !== 'object' || typeof tasks?.[Symbol.iterator] !== 'function') {
    throw new TypeError(`wait takes an iterable of tasks or promises, not ${show(tasks)}`)
  }
  // A Set merges what was handed in twice, and keeps the order.
  const targets = new Set(tasks)
  if (targets.size === 0) throw new TypeError('wait needs at least one task or promise to wait for, and got none')
  let position = 0
  for (const target of targets as Set<unknown>) {
    if (typeof target === 'function') {
      throw new TypeError(
        `wait observes what runs already, and number ${position} is a function: start it with group.createTask(fn) and hand in the task, or use gather or asCompleted, which run functions`,
      )
    }
    if (!isThenable(target) && !isTask(target)) {
      throw new TypeError(`wait takes tasks and promises; number ${position} is ${show(target)}`)
    }
    position++
  }
  return targets
}

function isTask(value: unknown): value is Pick<Task<unknown>, 'result' | 'state'> {
  return typeof (value as Partial<Task<unknown>> | null | undefined)?.result === 'function'
}

/** One thing that is waited for: it gets one reaction for ever, and whoever waits for it a place in a list. */
class Observed {
  readonly observers = new LinkedList<Observer<Waitable>>()
  #state: TaskState = 'running'
  readonly #task: Pick<Task<unknown>, 'state'> | undefined

  constructor(target: Waitable) {
    const task = isTask(target) ? target : undefined
    this.#task = task
    const settlement = target instanceof TaskRecord ? target.settlement() : task === undefined ? target : task.result()
    Promise.resolve(settlement).then(
      () => this.#settle('fulfilled'),
      (error: unknown) =>
        this.#settle((error as { name?: unknown } | undefined)?.name === 'AbortError' ? 'cancelled' : 'rejected'),
    )
  }

  /** A task tells its state at any moment, a promise only when its reaction runs. */
  get state(): TaskState {
    return this.#task === undefined ? this.#state : this.#task.state
  }

  get settled(): boolean {
    return this.state !== 'waiting' && this.state !== 'running'
  }

  #settle(state: TaskState): void {
    this.#state = state
    for (let observer = this.observers.shift(); observer !== undefined; observer = this.observers.shift()) {
      observer.owner.ended(this)
    }
  }
}

const observed = new WeakMap<object, Observed>()

/** One target of one wait: a place among the observers of what it stands for. */
class Observer<W extends Waitable> extends Link {
  readonly owner: Wait<W>
  readonly target: W
  readonly of: Observed

  constructor(owner: Wait<W>, target: W) {
    super()
    this.owner = owner
    this.target = target
    let of = observed.get(target)
    if (of === undefined) observed.set(target, (of = new Observed(target)))
    this.of = of
  }
}

/** One call of `wait`. Whatever ends it, it leaves every list, its timer and its signal. */
class Wait<W extends Waitable> implements AbortObserver {
  readonly #observers: Observer<W>[] = []
  readonly #options: WaitOptions
  readonly #resolve: (result: WaitResult<W>) => void
  readonly #reject: (reason: unknown) => void
  #left = 0
  #enough = false
  #over = false
  #clearTimer: (() => void) | undefined
  #abortLink: AbortLink | undefined

  constructor(options: WaitOptions, resolve: (result: WaitResult<W>) => void, reject: (reason: unknown) => void) {
    this.#options = options
    this.#resolve = resolve
    this.#reject = reject
  }

  begin(targets: Set<W>): void {
    const { timeout, signal, clock = systemClock } = this.#options
    for (const target of targets) this.#observers.push(new Observer(this, target))
    this.#left = targets.size
    // Only now, when all reactions are registered: of what has settled before this call all is to be seen.
    for (const observer of this.#observers) {
      if (observer.of.settled) this.ended(observer.of)
      else observer.of.observers.push(observer as unknown as Observer<Waitable>)
    }
    if (signal !== undefined) this.#abortLink = new AbortLink(signal, this)
    if (timeout === undefined || timeout === Infinity || this.#enough) return
    const timer = clock.setTimer(this.#finish, timeout)
    this.#clearTimer = () => clock.clearTimer(timer)
  }

  ended({ state }: Observed): void {
    this.#left--
    if (this.#enough) return
    const { returnWhen } = this.#options
    const first = returnWhen === 'FIRST_COMPLETED' || (returnWhen === 'FIRST_EXCEPTION' && state === 'rejected')
    // A turn later: by then the reactions of everything that has settled up to now have run (law 51).
    if ((this.#enough = first || this.#left === 0)) void TURN.then(this.#finish)
  }

  onAbort(reason: unknown): void {
    this.#leave()
    this.#reject(reason)
  }

  readonly #finish = (): void => {
    if (this.#over) return
    this.#leave()
    const result: WaitResult<W> = { done: new Set(), pending: new Set() }
    for (const { target, of } of this.#observers) (of.settled ? result.done : result.pending).add(target)
    this.#resolve(result)
  }

  #leave(): void {
    this.#over = true
    for (const observer of this.#observers) observer.list?.remove(observer)
    this.#abortLink?.unlink()
    this.#clearTimer?.()
  }
}
