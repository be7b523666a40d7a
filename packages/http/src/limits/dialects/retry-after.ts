import { retryAfterMs } from '../retry-after.ts'
import { hostScope, routeScope } from '../scopes.ts'
import type { HeaderDialect, LimitedResponse, LimitReport } from '../types.ts'
import type { DraftOptions } from './rate-limit-draft.ts'

/** No limits in headers, but `Retry-After` with a 429 or 503: everything to the host (or only the route) pauses for so long. */
export function retryAfterHeader(options: DraftOptions = {}): HeaderDialect {
  const { scope = 'host' } = options
  const free = { ...hostScope, probe: false }
  return {
    name: 'Retry-After',
    scopes: scope === 'host' ? [free] : [free, { ...routeScope, probe: false }],
    read: (response) => readRetryAfter(response, scope),
  }
}

/** @internal */
export function readRetryAfter(response: LimitedResponse, scope: string): readonly LimitReport[] | undefined {
  const { status, headers } = response
  if (status !== 429 && status !== 503) return undefined
  const retryAfter = retryAfterMs(headers)
  return status === 503 && retryAfter === undefined ? undefined : [{ scope, refused: status === 429, retryAfter }]
}
