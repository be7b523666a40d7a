import { retryAfterMs, type HeadersLike } from '@sluice/http'

/** Who refused: one of the two limits of the key, or the service behind the method, known by whatever name. */
type RefusalKind = 'application' | 'method' | 'service'

/** What a 429 says. */
export interface Refusal {
  readonly kind: RefusalKind
  /** As the server wrote it; empty when it wrote nothing. */
  readonly type: string
  /** ms from now; `undefined` when it does not say, or says 0. */
  readonly retryAfter: number | undefined
}

/**
 * Reads a 429. `X-Rate-Limit-Type` is an open list: `service`, `server`, nothing at all and whatever comes next all mean that
 * this method had better be left alone for a while.
 */
export function readRefusal(headers: HeadersLike): Refusal {
  const type = headers.get('x-rate-limit-type')?.trim().toLowerCase() ?? ''
  const retryAfter = retryAfterMs(headers)
  return {
    kind: type === 'application' || type === 'method' ? type : 'service',
    type,
    retryAfter: retryAfter === undefined || retryAfter <= 0 ? undefined : retryAfter,
  }
}
