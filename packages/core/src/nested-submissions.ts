import { DeadlockError } from './errors.ts'
import type { TaskRecord } from './task.ts'

/**
 * Finds the deadlock of law 39: every slot of a group is held by a task that itself waits for a slot of this group. A task is known to
 * wait when it called `createTask` before its first own `await` and awaits what came back; then each of both is certain. (A call after an `await` cannot be
 * told from a foreign one without tracking every await of the program.)
 */
export class NestedSubmissions<C extends { readonly admit: unknown } = TaskRecord> {
  /** For each task that waits inside the group: how many promises it waits on. */
  readonly #waiting = new Map<TaskRecord, number>()
  readonly #slotsTaken: () => number
  readonly #refuse: (child: C, error: DeadlockError) => void
  readonly #explain: (parent: TaskRecord) => DeadlockError

  constructor(
    slotsTaken: () => number,
    refuse: (child: C, error: DeadlockError) => void,
    explain: (parent: TaskRecord) => DeadlockError = deadlock,
  ) {
    this.#slotsTaken = slotsTaken
    this.#refuse = refuse
    this.#explain = explain
  }

  /** `promise` stands for a submission made by the running task `parent` for `child`, which has `admit` while it waits: when it is awaited, look whether that closes the circle. */
  watch<T>(promise: Promise<T>, parent: TaskRecord, child: C): Promise<T> {
    const then = promise.then
    // `await` and `Promise.all` call `then` with two functions of the engine, but only on what is not a plain promise: hence the constructor.
    return Object.defineProperties(promise, {
      constructor: { value: undefined },
      then: {
        value: (...reactions: Parameters<typeof promise.then>) => {
          if (reactions.every(isEngineFunction) && child.admit !== undefined) {
            this.#waiting.set(parent, (this.#waiting.get(parent) ?? 0) + 1)
            const done = (): void => this.#done(parent)
            then.call(promise, done, done)
            if (this.#waiting.size === this.#slotsTaken()) this.#refuse(child, this.#explain(parent))
          }
          return then.apply(promise, reactions as [])
        },
      },
    })
  }

  /** A task has ended: it waits no more. */
  ended(record: TaskRecord): void {
    this.#waiting.delete(record)
  }

  #done(parent: TaskRecord): void {
    const count = this.#waiting.get(parent)
    if (count === undefined) return
    if (count === 1) this.#waiting.delete(parent)
    else this.#waiting.set(parent, count - 1)
  }
}

function deadlock(parent: TaskRecord): DeadlockError {
  return new DeadlockError(
    `${parent.label} waits in createTask for a slot of its own group while every slot is held by a task that does the same: nothing could ever go on. ` +
      'Raise the concurrency, give the inner tasks a group of their own, or do not await createTask inside a task',
  )
}

function isEngineFunction(reaction: unknown): boolean {
  return typeof reaction === 'function' && /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(reaction))
}
