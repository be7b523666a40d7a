import { AdaptiveLimit, type EventListener, type PermitOutcome } from '@sluice/core'
import { ConnectionError, IncompleteBodyError, RequestTimeoutError, StatusError } from '@sluice/http'

/** How many at once `-c auto` begins with, and never exceeds. */
export const ADAPTIVE_FIRST = 4
export const ADAPTIVE_MOST = 1000

/** The limit of `-c auto`. */
export function adaptiveLimit(onEvent: EventListener | undefined): AdaptiveLimit {
  return new AdaptiveLimit({
    initial: ADAPTIVE_FIRST,
    max: ADAPTIVE_MOST,
    classify: capacityOutcome,
    ...(onEvent && { onEvent }),
  })
}

/** What the end of a request says of the other side's capacity: a host that does not exist, or a 404, says nothing. */
export function capacityOutcome(failed: boolean, error: unknown): PermitOutcome {
  if (!failed) return 'success'
  if (error instanceof RequestTimeoutError || error instanceof IncompleteBodyError) return 'drop'
  if (error instanceof StatusError) return error.status === 429 || error.status === 503 ? 'drop' : 'ignore'
  return error instanceof ConnectionError && /^(ECONN|EPIPE|UND_ERR_SOCKET)/.test(error.code) ? 'drop' : 'ignore'
}
