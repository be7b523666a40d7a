import { retryAfterMs } from '../retry-after.ts'
import { hostScope, routeScope } from '../scopes.ts'
import type { HeaderDialect, LimitedRequest, LimitedResponse, LimitReport } from '../types.ts'
import { tripleWindows } from './rate-limit-headers.ts'

/** What GitHub asks for when it does not say how long: "wait for at least one minute". */
const SECONDARY_PAUSE = 60_000

/**
 * GitHub's headers: `X-RateLimit-Limit`, `-Remaining`, `-Used`, `-Reset` (a time in seconds) and `-Resource`, which names the budget (`core`, `search`,
 * `graphql`) that a route draws on. A refusal is a 403 or a 429; one with budget left is the secondary limit, which pauses the whole host.
 * Source: docs.github.com, "Rate limits for the REST API".
 */
export function github(): HeaderDialect {
  return { name: 'GitHub', scopes: [hostScope, { ...routeScope, key: githubRoute, byRoute: false }], read: readGithub }
}

/** Without a template the first part of the path tells the resource well enough: `search` is counted apart. */
function githubRoute(request: LimitedRequest, base: string): string {
  return `${base} ${request.method} ${request.route ?? /^[^/]*\/\/[^/]*\/[^/?]*/.exec(request.url)?.[0] ?? ''}`
}

/** @internal */
export function readGithub(response: LimitedResponse): readonly LimitReport[] | undefined {
  const { status, headers } = response
  const resource = headers.get('x-ratelimit-resource')
  const windows = tripleWindows(headers, 'x-ratelimit-')
  const refusal = status === 403 || status === 429
  const retryAfter = refusal ? retryAfterMs(headers) : undefined
  if (windows === undefined)
    return refusal && retryAfter !== undefined ? [{ scope: 'host', refused: true, retryAfter }] : undefined
  const exhausted = refusal && windows[0]?.remaining === 0
  const reports: LimitReport[] = [{ scope: 'route', bucket: resource, windows, refused: exhausted }]
  if (refusal && !exhausted && (status === 429 || retryAfter !== undefined))
    reports.push({ scope: 'host', refused: true, retryAfter: retryAfter ?? SECONDARY_PAUSE })
  return reports
}
