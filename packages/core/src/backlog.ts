import { ignore } from './ignore.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { TaskFunction } from './task-context.ts'
import { TaskRecord, type TaskOptions } from './task.ts'
import { Waiter, WaiterList } from './waiter-list.ts'

const DONE: Promise<void> = Promise.resolve()

/** A call of `put` that waits for room. */
type Putter = Waiter<void, QueueTask>

/** A task of a queue. */
export class QueueTask extends TaskRecord {
  readonly work: TaskFunction<unknown>
  /** The call of `put` that still waits with it. */
  putter: Putter | undefined = undefined
  /** Whether it is one of the at most `maxsize` in the backlog. */
  stored = false

  constructor(
    owner: Dispatcher,
    index: number,
    run: TaskFunction<unknown>,
    work: TaskFunction<unknown>,
    options: TaskOptions | undefined,
  ) {
    super(owner, index, run, options)
    this.work = work
  }
}

/**
 * What bounds a queue: at most `maxsize` tasks lie in the backlog, the callers of `put` with the others wait in front of it. The order is the dispatcher's,
 * which has all of them; here stands only whose `put` has ended.
 */
export class Backlog {
  /** Tasks in the backlog. */
  stored = 0
  // While somebody waits here, the backlog is full.
  readonly putters: WaiterList<Putter>
  readonly #maxsize: number
  readonly #dispatcher: Dispatcher

  constructor(maxsize: number, dispatcher: Dispatcher) {
    this.#maxsize = maxsize
    // A task whose put was refused is not in the queue, and never will be.
    this.putters = new WaiterList(({ data: task, promise }, reason) => {
      task.putter = undefined
      // A put that nobody awaits is no error. Only now, since hardly any is ever refused.
      promise.catch(ignore)
      task.cancel(reason)
    })
    this.#dispatcher = dispatcher
  }

  /** Takes a task that cannot begin yet; the promise is what `put` answers. */
  add(task: QueueTask, signal: AbortSignal | undefined): Promise<void> {
    if (this.stored < this.#maxsize) {
      this.#store(task)
      return DONE
    }
    const putter = (task.putter = new Waiter(task))
    this.putters.push(putter, signal)
    return this.#dispatcher.watch(putter.promise, {
      waits: () => task.putter !== undefined,
      refuse: (error) => putter.onAbort(error),
      call: 'put()',
      home: 'queue',
      remedy: 'maxsize (up to Infinity)',
    })
  }

  /** `task` begins, or is dropped for `reason`. */
  remove(task: QueueTask, reason: unknown): void {
    const { putter, stored } = task
    if (putter) {
      // With maxsize 0 a worker takes it from the hands of its putter.
      if (reason === undefined) this.#accept(putter)
      else putter.onAbort(reason)
    } else if (stored) {
      task.stored = false
      this.stored--
      if (reason !== undefined) return
      const next = this.putters.take()
      if (next) {
        this.#accept(next)
        this.#store(next.data)
      }
    }
  }

  #accept(putter: Putter): void {
    this.putters.remove(putter)
    putter.data.putter = undefined
    putter.resolve()
  }

  #store(task: QueueTask): void {
    task.stored = true
    this.stored++
  }
}
