import type { AcquireOptions } from './acquire-options.ts'
import { DeadlockError } from './errors.ts'
import type { Permit, PermitOutcome } from './permit.ts'
import { PermitQueue, QueuePermit } from './permit-queue.ts'

/** Options of a {@link Semaphore}. */
export interface SemaphoreOptions {
  /** For messages and snapshots. */
  name?: string | undefined
}

/** Options of {@link Semaphore.acquire}. */
export interface SemaphoreAcquireOptions extends AcquireOptions {
  /**
   * On whose behalf: the same borrower may not wait for or hold a second permit, which is refused with a `DeadlockError`
   * (trio's `CapacityLimiter` guards against a task that waits for itself in this way). Default: nobody in particular.
   */
  borrower?: unknown
}

class SemaphorePermit extends QueuePermit {
  declare borrower: unknown
}

/**
 * Lets at most `limit` run at once: a counter of permits with a first-come queue. A permit is an object; give it back with `release()`
 * or leave it to `using`. Share one semaphore among groups, queues and sessions to share one budget.
 *
 * @example
 * ```ts
 * import { Semaphore } from '@sluice/core'
 *
 * const database = new Semaphore(2)
 * const names = await Promise.all(['ann', 'bob', 'cleo'].map((name) => database.use(async () => name.toUpperCase())))
 * console.log(names, database.statistics().free) // [ 'ANN', 'BOB', 'CLEO' ] 2
 *
 * const heavy = await database.acquire({ weight: 2 }) // both permits at once
 * heavy.release()
 * ```
 */
export class Semaphore extends PermitQueue {
  /** As given. */
  readonly name: string | undefined
  #borrowers: Set<unknown> | undefined

  /**
   * @param limit How many permits may be out at once: a whole number from 0 (closed), or Infinity.
   * @throws TypeError or RangeError for any other limit.
   */
  constructor(limit: number, options: SemaphoreOptions = {}) {
    super(limit)
    this.name = options.name
  }

  override acquire(options?: AbortSignal | SemaphoreAcquireOptions): Promise<Permit> {
    const borrower = (options as SemaphoreAcquireOptions | undefined)?.borrower
    if (borrower === undefined) return super.acquire(options)
    const borrowers = (this.#borrowers ??= new Set())
    if (borrowers.has(borrower)) {
      return Promise.reject(
        new DeadlockError(
          `this borrower already holds or awaits a permit of the semaphore${this.name === undefined ? '' : ` "${this.name}"`}: ` +
            'waiting for a second one may wait for itself. Ask once with { weight: 2 }, or release the first before',
        ),
      )
    }
    borrowers.add(borrower)
    return super.acquire(options).then(
      (permit) => {
        ;(permit as SemaphorePermit).borrower = borrower
        return permit
      },
      (error: unknown) => {
        borrowers.delete(borrower)
        throw error
      },
    )
  }

  /** @internal */
  override giveBack(permit: SemaphorePermit, outcome: PermitOutcome): void {
    if (permit.borrower !== undefined) this.#borrowers!.delete(permit.borrower)
    super.giveBack(permit, outcome)
  }

  protected override createPermit(weight: number): SemaphorePermit {
    return new SemaphorePermit(this, weight)
  }
}
