import type { RunOptions } from '@sluice/runs'

/** What a module for `sluice run` exports as `default`: what to do, as `run` of `@sluice/runs` takes it. Flags of the command line go before it. */
export interface JobModule<I, R> extends Pick<
  RunOptions<I, R>,
  'items' | 'task' | 'key' | 'concurrency' | 'rate' | 'retry' | 'timeout' | 'select' | 'durability' | 'line' | 'job'
> {
  /** What it is called on the screen and in lists. Default: the name of the file. */
  name?: string
  /** A file for the outcomes, so that the same command goes on where it stopped. Default: standard output, and nothing is kept. */
  output?: string
  /** Called when the run has ended, however it did. */
  close?: () => unknown
}

/**
 * Gives a job its types; it returns what it is given. The module of a job exports one, or a function that makes one of the arguments of the command line.
 *
 * Items are any iterable, and may be worked on again after a kill; defaults are 100 at once and no retries.
 *
 * @example
 * ```ts
 * import { defineJob } from 'sluice'
 *
 * export default defineJob({
 *   items: [1, 2, 3],
 *   task: async (n) => n * n,
 *   concurrency: 10,
 *   rate: '20/s',
 * })
 * ```
 */
export function defineJob<I, R>(
  job: JobModule<I, R> | ((args: readonly string[]) => JobModule<I, R> | Promise<JobModule<I, R>>),
): typeof job {
  return job
}
