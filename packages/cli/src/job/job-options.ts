import { parseMaxFailures, type MaxFailures } from '../fetch/stop-policy.ts'
import { duration, word } from '../options/values.ts'
import { PROGRESS_KINDS, type ProgressKind } from '../progress/progress-kind.ts'
import type { JobFlags } from './job-flags.ts'

/** The options of every command that works through a run, checked. Times in ms. */
export interface JobOptions {
  readonly output: string | undefined
  readonly fresh: boolean
  readonly retryFailed: boolean
  readonly ordered: boolean
  readonly deadline: number | undefined
  readonly maxFailures: MaxFailures | undefined
  readonly failFast: boolean
  readonly progress: ProgressKind
  readonly quiet: boolean
  /** How often `-v` was given. */
  readonly verbosity: number
  readonly noColour: boolean
  readonly summary: string | undefined
}

/** Checks the flags. @throws UsageError that names the flag, its value and what is allowed. */
export function parseJobOptions(flags: JobFlags): JobOptions {
  const { output, fresh, retryFailed, ordered, deadline, maxFailures, failFast, quiet, verbose, color, summary } = flags
  const progress = word('--progress', flags.progress, PROGRESS_KINDS)
  return {
    output,
    fresh: fresh === true,
    retryFailed: retryFailed === true,
    ordered: ordered === true,
    deadline: deadline === undefined ? undefined : duration('--deadline', deadline),
    maxFailures: maxFailures === undefined ? undefined : parseMaxFailures(maxFailures),
    failFast: failFast === true,
    progress: quiet ? 'none' : progress,
    quiet: quiet === true,
    verbosity: quiet ? 0 : (verbose ?? 0),
    noColour: color === false,
    summary,
  }
}
