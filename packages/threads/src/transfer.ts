import type { Transferable } from './call.ts'

// Registered under a name, so that the worker's side knows it even when a program holds two copies of this package.
const TRANSFER: unique symbol = Symbol.for('@sluice/threads.transfer') as never

/**
 * For the function that runs in a worker: returns `value` and moves the listed buffers or ports to the caller instead of
 * copying them, so that a large result costs no time. They can no longer be used in the worker. In a process they are copied,
 * since two processes share no memory.
 *
 * @example
 * ```ts
 * import { transfer } from '@sluice/threads'
 *
 * export default function histogram(pixels: Uint8Array): Uint32Array {
 *   const counts = new Uint32Array(256)
 *   for (const pixel of pixels) counts[pixel]!++
 *   return transfer(counts, [counts.buffer])
 * }
 * ```
 */
export function transfer<T>(value: T, list: readonly Transferable[]): T {
  // The worker's side unwraps it before anybody sees it; the type that the caller gets is the one of the value.
  return { [TRANSFER]: [...list], value } as unknown as T
}
