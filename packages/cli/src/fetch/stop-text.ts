import { messageOf } from '../errors.ts'
import { formatCount } from '../progress/format.ts'
import type { StopReason } from './stop-policy.ts'

/** How long what is in flight may take after a stop, in ms. */
export const DRAIN_MS = 30_000

/** What people are told when a run stops before its end. `resumable`: the same command goes on with it. */
export function stopText(reason: StopReason, now: boolean, inFlight: number, resumable: boolean): string {
  const what =
    inFlight === 0 ? 'nothing is in flight' : `${now ? 'aborting' : 'draining'} ${formatCount(inFlight)} in flight`
  const resumes = resumable ? '; the same command resumes' : ''
  if (reason.kind !== 'signal') return `stopped: ${causeText(reason)}; ${what}${resumes}`
  if (inFlight === 0) return `stopped: ${what}${resumes}`
  const again = now ? '; Ctrl-C again exits at once' : `, at most ${DRAIN_MS / 1000}s; Ctrl-C again aborts`
  return `${what}${again}${resumes}`
}

function causeText(reason: Exclude<StopReason, { kind: 'signal' }>): string {
  if (reason.kind === 'max-failures')
    return `${formatCount(reason.failures)} failed, which is the limit of --max-failures`
  if (reason.kind === 'fail-fast') return `${reason.key} failed, and --fail-fast was given`
  if (reason.kind === 'deadline') return 'the --deadline passed'
  if (reason.kind === 'rejected') return `the server rejects the credentials (status ${reason.status})`
  return messageOf(reason.error)
}
