import { messageOf } from '../errors.ts'
import { formatCount } from '../progress/format.ts'
import type { StopReason } from './stop-policy.ts'

/** How long what is in flight may take after a stop, in ms. */
export const DRAIN_MS = 30_000

/** What people are told when a run stops before its end. */
export function stopText(reason: StopReason, now: boolean, inFlight: number): string {
  const what =
    inFlight === 0 ? 'nothing is in flight' : `${now ? 'aborting' : 'draining'} ${formatCount(inFlight)} in flight`
  if (reason.kind !== 'signal') return `stopped: ${causeText(reason)}; ${what}`
  if (inFlight === 0) return `stopped: ${what}`
  return now ? `${what}; Ctrl-C again exits at once` : `${what}, at most ${DRAIN_MS / 1000}s; Ctrl-C again aborts`
}

function causeText(reason: Exclude<StopReason, { kind: 'signal' }>): string {
  if (reason.kind === 'max-failures')
    return `${formatCount(reason.failures)} failed, which is the limit of --max-failures`
  if (reason.kind === 'fail-fast') return `${reason.key} failed, and --fail-fast was given`
  if (reason.kind === 'deadline') return 'the --deadline passed'
  if (reason.kind === 'rejected') return `the server rejects the credentials (status ${reason.status})`
  return messageOf(reason.error)
}
