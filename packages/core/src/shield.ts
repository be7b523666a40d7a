import { CancelScope, type ScopeOptions } from './cancel-scope.ts'
import type { ScopeFunction } from './timeout.ts'

/**
 * Runs `fn` with a fresh signal that no abort from outside reaches, and waits for it: for cleanup that must run to its end after the work around it was stopped.
 * To limit it, put a `timeout` inside. `options` name what `fn` is shielded from: `scope.lift()` lets its aborts in again, also one that came meanwhile.
 *
 * @example
 * ```ts
 * import { delay, shield, timeout } from '@sluice/core'
 *
 * const log: string[] = []
 * const work = timeout(5, async (scope) => {
 *   try {
 *     await delay(5_000, scope)
 *   } finally {
 *     await shield((inner) => timeout(1_000, (limited) => delay(1, limited), inner))
 *     log.push('cleaned up')
 *   }
 * })
 * await work.catch(() => log.push('timed out'))
 * console.log(log) // [ 'cleaned up', 'timed out' ]
 * ```
 */
export async function shield<T>(fn: ScopeFunction<T>, options: ScopeOptions = {}): Promise<T> {
  return new CancelScope(options, true).run(fn)
}
