import type { CallOptions, CallResult } from './call.ts'
import { ProcessPool } from './process-pool.ts'

/**
 * Calls an exported function of a module in a worker process: the same as `toThread`, for work that may take its process down or that no
 * thread can do (native code that crashes, `process.chdir`, memory of its own). A process starts in about 100 ms where a thread takes 40,
 * and nothing can be moved to it, only copied.
 *
 * @throws the same as `toThread`; a killed process is a `WorkerCrashedError` with the `signal` that killed it
 *
 * @example
 * ```ts
 * import type { gzipSync } from 'node:zlib'
 * import { toProcess } from '@sluice/threads'
 *
 * const packed = await toProcess<typeof gzipSync>('node:zlib', { name: 'gzipSync', args: ['a'.repeat(100_000)] })
 * console.log(packed.length < 1000) // true
 * ```
 */
export function toProcess<T = unknown>(module: string | URL, options: CallOptions<T> = {}): Promise<CallResult<T>> {
  return ProcessPool.shared.run<T>(module, options)
}
