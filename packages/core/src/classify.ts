import type { PermitOutcome } from './permit.ts'

const REFUSED = new Set<unknown>([429, 503])
const UNREACHABLE =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|UND_ERR_(CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT|SOCKET))$/

/**
 * How the end of an attempt counts for an adaptive limit, unless it is told otherwise. `drop`: a value or an error with `status`
 * 429 or 503, a `TimeoutError`, a broken or refused connection (by its `code`), also as the `cause` of another error. `ignore`: every other
 * error, since an abort, a 404 or a bug says nothing of the other side's capacity. `success`: every other value.
 */
export function classifyOutcome(failed: boolean, valueOrError: unknown): PermitOutcome {
  // A chain of causes may be a circle.
  for (let i = 0, at = valueOrError; i < 8 && typeof at === 'object' && at !== null; i++) {
    const { status, name, code, cause } = at as { status?: unknown; name?: unknown; code?: unknown; cause?: unknown }
    if (REFUSED.has(status)) return 'drop'
    if (!failed || name === 'AbortError') break
    if (name === 'TimeoutError' || (typeof code === 'string' && UNREACHABLE.test(code))) return 'drop'
    at = cause
  }
  return failed ? 'ignore' : 'success'
}
