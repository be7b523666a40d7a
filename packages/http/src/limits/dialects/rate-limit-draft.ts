import { fingerprint, hostScope, routeScope } from '../scopes.ts'
import { retryAfterMs } from '../retry-after.ts'
import { parseStructuredList, type StructuredItem } from '../structured-fields.ts'
import type { HeaderDialect, LimitedResponse, LimitReport, WindowReport } from '../types.ts'
import { fromNow } from './numbers.ts'

/** Options of {@link rateLimitDraft} and {@link rateLimitHeaders}. */
export interface DraftOptions {
  /** Whether the server counts for all of its routes together (default) or for each by itself: its headers do not say. */
  scope?: 'host' | 'route' | undefined
}

/**
 * `RateLimit` and `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers, from revision 7 (`limit=100, remaining=50, reset=30`) to the newest
 * (`"default";r=50;t=30`, policies `"default";q=100;w=60`). Each named policy is a window of its own; a partition key is a bucket of its own.
 * Policies that count something else than requests are left alone.
 *
 * @example
 * ```ts
 * import { HttpRateLimiter, rateLimitDraft } from '@sluice/http'
 *
 * const limiter = new HttpRateLimiter({ dialect: rateLimitDraft({ scope: 'route' }) })
 * console.log(limiter.statistics().waiting) // 0
 * ```
 */
export function rateLimitDraft(options: DraftOptions = {}): HeaderDialect {
  const { scope = 'host' } = options
  return { name: 'RateLimit', scopes: draftScopes(scope), read: (response) => readDraft(response, scope) }
}

/** @internal */
export function draftScopes(scope: 'host' | 'route'): HeaderDialect['scopes'] {
  return scope === 'host' ? [hostScope] : [hostScope, { ...routeScope, probe: true }]
}

/** @internal */
export function readDraft(response: LimitedResponse, scope: string): readonly LimitReport[] | undefined {
  const { headers } = response
  const limits = listOf(headers.get('ratelimit'))
  const policies = listOf(headers.get('ratelimit-policy'))
  if (limits === undefined && policies === undefined) return undefined
  const windows: (WindowReport & { partition?: string | undefined })[] = []
  const rest = new Set((policies ?? []).filter(countsRequests))
  const dictionary =
    limits?.[0]?.value === '' ? Object.assign({}, ...limits.map(({ parameters }) => parameters)) : undefined
  if (dictionary !== undefined) {
    const { limit, remaining, reset } = dictionary as Record<string, unknown>
    const policy = [...rest].find(({ value }) => value === limit)
    if (policy !== undefined) rest.delete(policy)
    windows.push(windowOf(policy, numeric(limit), numeric(remaining), numeric(reset)))
  } else {
    for (const item of limits ?? []) {
      const policy = (policies ?? []).find(({ value }) => value === item.value)
      if (policy !== undefined && !rest.delete(policy)) continue
      const { r, t, pk } = item.parameters
      const partition = pk ?? policy?.parameters['pk']
      windows.push({
        ...windowOf(policy, undefined, numeric(r), numeric(t), String(item.value)),
        partition: partition?.toString(),
      })
    }
  }
  for (const policy of rest) {
    windows.push({ ...windowOf(policy), partition: policy.parameters['pk']?.toString() })
  }
  const retryAfter = retryAfterMs(headers)
  const refused = response.status === 429
  const reports: LimitReport[] = []
  for (const partition of new Set(windows.map((window) => window.partition))) {
    reports.push({
      scope,
      bucket: partition === undefined ? undefined : fingerprint(partition),
      windows: windows.filter((window) => window.partition === partition),
      refused,
      retryAfter: refused || response.status === 503 ? retryAfter : undefined,
    })
  }
  return reports.length === 0 ? undefined : reports
}

function listOf(text: string | undefined): StructuredItem[] | undefined {
  return text === undefined ? undefined : parseStructuredList(text)
}

function numeric(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined
}

function countsRequests({ parameters }: StructuredItem): boolean {
  const unit = parameters['qu']
  return unit === undefined || unit === 'requests' || unit === 'request'
}

function windowOf(
  policy?: StructuredItem,
  limit?: number,
  remaining?: number,
  reset?: number,
  name?: string,
): WindowReport {
  const parameters = policy?.parameters ?? {}
  const seconds = numeric(parameters['w'])
  const quota = limit ?? numeric(parameters['q']) ?? numeric(parameters['l']) ?? numeric(policy?.value)
  const ms = seconds === undefined || seconds === 0 ? undefined : seconds * 1000
  const id = name ?? (typeof policy?.value === 'string' ? policy.value : undefined)
  return { id, limit: quota, ms, remaining, ...(reset === undefined ? {} : fromNow(reset)) }
}
