import { DeadlockError } from './errors.ts'
import type { TaskRecord } from './task.ts'

/** What a task has handed in. */
export interface Submission {
  /** Whether it still waits to be accepted. */
  waits(): boolean
  refuse(error: DeadlockError): void
  /** How the call, its place, and what is to be raised are named. */
  readonly call: string
  readonly home: string
  readonly remedy: string
}

/**
 * Finds the deadlock of law 39: every slot of a group is held by a task that itself waits for a slot of this group. A task is known to
 * wait when it called `createTask` before its first own `await` and awaits what came back; then each of both is certain. (A call after an `await` cannot be
 * told from a foreign one without tracking every await of the program.)
 */
export class NestedSubmissions {
  /** For each task that waits inside the group: how many promises it waits on. */
  readonly #waiting = new Map<TaskRecord, number>()
  readonly #slotsTaken: () => number

  constructor(slotsTaken: () => number) {
    this.#slotsTaken = slotsTaken
  }

  /** The running task `parent` has made a submission, and `promise` tells whether it is accepted: when that is awaited, look whether it closes the circle. */
  watch<T>(promise: Promise<T>, parent: TaskRecord, { waits, refuse, call, home, remedy }: Submission): Promise<T> {
    const then = promise.then
    // `await` and `Promise.all` call `then` with two functions of the engine, but only on what is not a plain promise: hence the constructor.
    return Object.defineProperties(promise, {
      constructor: { value: undefined },
      // oxlint-disable-next-line unicorn/no-thenable -- it is a promise already; this only sees who awaits it
      then: {
        value: (...reactions: Parameters<typeof promise.then>) => {
          if (reactions.every(isEngineFunction) && waits()) {
            this.#waiting.set(parent, (this.#waiting.get(parent) ?? 0) + 1)
            const done = (): void => this.#done(parent)
            void then.call(promise, done, done)
            if (this.#waiting.size === this.#slotsTaken()) {
              refuse(
                new DeadlockError(
                  `${parent.label} waits in ${call} of its own ${home}, and so does whatever else has a slot: nothing could ever go on. ` +
                    `Raise ${remedy}, have another ${home} for the inner tasks, or do not await ${call} inside a task`,
                ),
              )
            }
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
    if (count === 1) this.#waiting.delete(parent)
    else if (count !== undefined) this.#waiting.set(parent, count - 1)
  }
}

function isEngineFunction(reaction: unknown): boolean {
  return typeof reaction === 'function' && /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(reaction))
}
