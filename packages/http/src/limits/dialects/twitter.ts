import { retryAfterMs } from '../retry-after.ts'
import { hostScope, routeScope } from '../scopes.ts'
import type { HeaderDialect, LimitedResponse, LimitReport, WindowReport } from '../types.ts'
import { tripleWindows } from './rate-limit-headers.ts'

const DAY = 86_400_000

/**
 * The headers of X (Twitter): `x-rate-limit-limit`, `-remaining` and `-reset` (a time in seconds), counted for each endpoint and credentials by themselves, and the
 * daily limits `x-app-limit-24hour-*` and `x-user-limit-24hour-*`. Give requests their `route`, or all endpoints share one budget.
 * Source: docs.x.com, "Rate limits".
 */
export function twitter(): HeaderDialect {
  return { name: 'X', scopes: [hostScope, { ...routeScope, probe: true }], read: readTwitter }
}

/** @internal */
export function readTwitter(response: LimitedResponse): readonly LimitReport[] | undefined {
  const { headers } = response
  const windows: WindowReport[] = []
  const short = tripleWindows(headers, 'x-rate-limit-')?.[0]
  if (short !== undefined) windows.push(short)
  for (const whose of ['app', 'user']) {
    const daily = tripleWindows(headers, `x-${whose}-limit-24hour-`)?.[0]
    if (daily !== undefined) windows.push({ ...daily, id: `${whose}-24hour`, ms: DAY })
  }
  if (windows.length === 0) return undefined
  const refused = response.status === 429
  return [{ scope: 'route', windows, refused, retryAfter: refused ? retryAfterMs(headers) : undefined }]
}
