import { WorkerPool, type WorkerPoolOptions } from './worker-pool.ts'

/** Options of a {@link ProcessPool}. */
export type ProcessPoolOptions = WorkerPoolOptions

/**
 * A pool of worker processes of your own, for work that must not share the processes that `toProcess` uses.
 *
 * @example
 * ```ts
 * import { ProcessPool } from '@sluice/threads'
 *
 * await using pool = new ProcessPool({ size: 1, env: { TZ: 'Asia/Seoul' } })
 * const day = await pool.run<string>('node:util', { name: 'inspect', args: [new Date(0)] })
 * console.log(day) // 1970-01-01T00:00:00.000Z
 * ```
 */
export class ProcessPool extends WorkerPool {
  static #shared: ProcessPool | undefined

  constructor(options: ProcessPoolOptions = {}) {
    super('process', options)
  }

  /** The pool that `toProcess` uses, made when first asked for, and made anew once it was closed: as many processes as there are cores, unless you set its `size`. */
  static get shared(): ProcessPool {
    if (ProcessPool.#shared?.closed !== false) ProcessPool.#shared = new ProcessPool()
    return ProcessPool.#shared
  }
}
