import { Run } from './run-engine.ts'
import type { RunOptions } from './run-options.ts'
import type { RunSummary } from './run-summary.ts'

/**
 * Works through items so that a kill at any point loses nothing and doubles nothing: the same call goes on where the last one stopped.
 *
 * Items are known by their keys; what is done already is skipped. Requests are made at least once, and their outcomes are in the output exactly once.
 * Defaults: 100 at once, no retries, the store beside the sink, safe against a power cut.
 *
 * @throws TypeError, RangeError for wrong options; {@link StoreError} when the store or the output does not fit; the error of the input, the output or the store
 * that stopped it; the reason of an abort by `signal`. What was done until then is kept.
 * @example
 * ```ts
 * import { mkdtempSync, readFileSync } from 'node:fs'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { run } from '@sluice/runs'
 *
 * const sink = join(mkdtempSync(join(tmpdir(), 'sluice-')), 'squares.ndjson')
 * const task = async (n: number) => n * n
 * const first = await run({ items: [1, 2, 3], task, sink })
 * const second = await run({ items: [1, 2, 3, 4], task, sink })
 * console.log(first.session.ok, second.session.ok, second.ok) // 3 1 4
 * console.log(readFileSync(sink, 'utf8').trim().split('\n').length) // 4
 * ```
 */
export async function run<I, R>(options: RunOptions<I, R>): Promise<RunSummary> {
  const summary = await new Run(options).start()
  const { stopped } = summary
  if (stopped !== undefined && 'error' in stopped) throw stopped.error
  return summary
}
