import type { CallOptions, CallResult } from './call.ts'
import { ThreadPool } from './thread-pool.ts'

/**
 * Calls an exported function of a module in a worker thread, so that work that blocks or computes leaves the event loop free; Python's
 * `asyncio.to_thread`. The module is a URL (`file:`, `data:`, `node:`) or an absolute path, and is loaded in the thread, where it stays
 * loaded; a function or a promise cannot cross to another thread and is refused. Arguments and result are copied by structured clone,
 * or moved: see `transfer`. `.js`, `.mjs` and `.cjs` always work; `.ts` where Node itself runs it (22.18 and later).
 *
 * The type argument is the type of the function, which then checks `args`, or of the result.
 *
 * @throws the error of the function, with its name, message, stack and cause; `TypeError` for what cannot cross;
 * `WorkerCrashedError` when the thread dies; the reason of `signal` or a `TimeoutError`, both after the thread has been terminated
 *
 * @example
 * ```ts
 * import type { pbkdf2Sync } from 'node:crypto'
 * import { toThread } from '@sluice/threads'
 *
 * const key = await toThread<typeof pbkdf2Sync>('node:crypto', {
 *   name: 'pbkdf2Sync',
 *   args: ['password', 'salt', 100_000, 32, 'sha512'],
 * })
 * console.log(key.length) // 32
 * ```
 */
export function toThread<T = unknown>(module: string | URL, options: CallOptions<T> = {}): Promise<CallResult<T>> {
  return ThreadPool.shared.run<T>(module, options)
}
