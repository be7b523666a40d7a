import type { ResourceLimits } from 'node:worker_threads'
import { WorkerPool, type WorkerPoolOptions } from './worker-pool.ts'

/** Options of a {@link ThreadPool}. */
export interface ThreadPoolOptions extends WorkerPoolOptions {
  /** Limits of memory for each thread, as `node:worker_threads` takes them; a thread beyond them crashes, not the program. */
  resourceLimits?: ResourceLimits
}

/**
 * A pool of worker threads of your own, for work that must not share the threads that `toThread` uses.
 *
 * @example
 * ```ts
 * import type { scryptSync } from 'node:crypto'
 * import { ThreadPool } from '@sluice/threads'
 *
 * await using pool = new ThreadPool({ size: 2 })
 * const keys = await Promise.all(
 *   ['ada', 'grace', 'mary'].map((name) =>
 *     pool.run<typeof scryptSync>('node:crypto', { name: 'scryptSync', args: [name, 'salt', 32] }),
 *   ),
 * )
 * console.log(keys.length, pool.statistics().workers) // 3 2
 * ```
 */
export class ThreadPool extends WorkerPool {
  static #shared: ThreadPool | undefined

  constructor(options: ThreadPoolOptions = {}) {
    super('thread', options, options.resourceLimits && { resourceLimits: options.resourceLimits })
  }

  /** The pool that `toThread` uses, made when first asked for, and made anew once it was closed: as many threads as there are cores, unless you set its `size`. */
  static get shared(): ThreadPool {
    if (ThreadPool.#shared?.closed !== false) ThreadPool.#shared = new ThreadPool()
    return ThreadPool.#shared
  }
}
