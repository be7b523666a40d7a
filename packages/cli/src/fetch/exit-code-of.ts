import { UsageError } from '../errors.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { FetchTally } from './fetch-tally.ts'

/** The exit code for what became of a run. `allDenied`: nothing but 401 and 403 came back. */
export function exitCodeOf({ stopped, failed, bad }: FetchTally, allDenied: boolean): ExitCode {
  if (stopped === undefined) {
    if (allDenied) return EXIT.rejected
    return failed + bad > 0 ? EXIT.failed : EXIT.ok
  }
  if (stopped.kind === 'signal') return stopped.signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated
  if (stopped.kind === 'rejected') return EXIT.rejected
  // Whoever read the output has seen enough: `| head`.
  if (stopped.kind === 'output') return isReaderGone(stopped.error) ? EXIT.ok : EXIT.internal
  if (stopped.kind === 'input') return stopped.error instanceof UsageError ? EXIT.usage : EXIT.internal
  return 'error' in stopped ? EXIT.internal : EXIT.stopped
}

/** True for the error of a pipe that nobody reads any more. */
export function isReaderGone(error: Error): boolean {
  return (error as { code?: unknown }).code === 'EPIPE'
}
