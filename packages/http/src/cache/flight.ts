import { TimeoutError, type Clock } from '@sluice/core'
import { AbortLink, Link, LinkedList } from '@sluice/core/internal'
import { checkWanted } from '../middleware/wait.ts'
import type { SessionRequest } from '../types.ts'

class Follower<T> extends Link {
  readonly settle: (result: Result<T>) => void
  constructor(settle: (result: Result<T>) => void) {
    super()
    this.settle = settle
  }
}

/** How a flight ended. `'left'`: who flew it lost interest, and the next has to. */
export type Result<T> = { readonly value: T } | { readonly error: unknown } | 'left'

/** A request that is under way on behalf of several. Each of them may leave; the others stay. */
export class Flight<T> {
  readonly #followers = new LinkedList<Follower<T>>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** How it ends; rejects when `request` is aborted or its deadline comes before that. */
  join(request: SessionRequest): Promise<Result<T>> {
    return new Promise((resolve, reject) => {
      checkWanted(request)
      const links: AbortLink[] = []
      let timer: unknown
      const follower = new Follower<T>((result) => {
        untie()
        resolve(result)
      })
      const untie = (): void => {
        for (const link of links) link.unlink()
        if (timer !== undefined) this.#clock.clearTimer(timer)
      }
      const leave = (reason: unknown): void => {
        if (!this.#followers.remove(follower)) return
        untie()
        reject(reason)
      }
      this.#followers.push(follower)
      for (const signal of [request.signal, request.scope])
        if (signal !== undefined) links.push(new AbortLink(signal, { onAbort: leave }))
      const { deadline } = request
      if (deadline !== undefined) {
        const ms = Math.max(0, deadline - this.#clock.now())
        timer = this.#clock.setTimer(
          () => leave(new TimeoutError('The deadline came while the same request of another caller was under way', ms)),
          Math.min(ms, 2_147_483_647),
        )
      }
    })
  }

  /** Tells all who have joined. One who left gives the flight to the first of them only; the others go on waiting for that one. */
  end(result: Result<T>): void {
    for (let follower = this.#followers.shift(); follower !== undefined; follower = this.#followers.shift())
      follower.settle(result)
  }
}
