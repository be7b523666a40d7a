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
  const limits = limitsOf(headers.get('ratelimit'))
  const policies = policiesOf(headers.get('ratelimit-policy'))
  if (limits === undefined && policies === undefined) return undefined
  const refused = response.status === 429
  const retryAfter = refused || response.status === 503 ? retryAfterMs(headers) : undefined
  const reports: { -readonly [Key in keyof LimitReport]: LimitReport[Key] }[] = []
  const add = (window: WindowReport, partition: Parameter): void => {
    const bucket = partition === undefined ? undefined : fingerprint(String(partition))
    const report = reports.find((other) => other.bucket === bucket)
    if (report === undefined) reports.push({ scope, bucket, windows: [window], refused, retryAfter })
    else report.windows = [...report.windows!, window]
  }
  const told: StructuredItem[] = []
  if (limits?.[0]?.value === '') {
    const { limit, remaining, reset } = Object.assign({}, ...limits.map(({ parameters }) => parameters)) as Parameters_
    const policy = policies?.find(({ value }) => value === limit)
    if (policy !== undefined) told.push(policy)
    add(windowOf(policy, limit, remaining, reset), policy?.parameters['pk'])
  } else if (limits !== undefined) {
    for (const { value, parameters } of limits) {
      const policy = policies?.find((other) => other.value === value)
      if (policy !== undefined) told.push(policy)
      if (policy !== undefined && !countsRequests(policy)) continue
      const { r, t, pk } = parameters
      add(windowOf(policy, undefined, r, t, String(value)), pk ?? policy?.parameters['pk'])
    }
  }
  if (policies !== undefined) {
    for (const policy of policies)
      if (!told.includes(policy) && countsRequests(policy)) add(windowOf(policy), policy.parameters['pk'])
  }
  return reports.length === 0 ? undefined : reports
}

type Parameters_ = StructuredItem['parameters']
type Parameter = Parameters_[string]

/** Policies change rarely: what was read last is not read again. */
let lastPolicies: readonly [text: string, policies: readonly StructuredItem[] | undefined] = ['', []]

function policiesOf(text: string | undefined): readonly StructuredItem[] | undefined {
  if (text === undefined) return undefined
  if (text !== lastPolicies[0]) lastPolicies = [text, parseStructuredList(text)]
  return lastPolicies[1]
}

/** What most servers send. */
const ONE_LIMIT = /^"?([\w-]+)"?;r=(\d{1,15});t=(\d{1,15})$/

function limitsOf(text: string | undefined): readonly StructuredItem[] | undefined {
  if (text === undefined) return undefined
  const one = ONE_LIMIT.exec(text)
  if (one === null) return parseStructuredList(text)
  return [{ value: one[1]!, parameters: { r: Number(one[2]), t: Number(one[3]) } }]
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
  limit?: Parameter,
  remaining?: Parameter,
  reset?: Parameter,
  name?: string,
): WindowReport {
  const seconds = numeric(policy?.parameters['w'])
  const id = name ?? (typeof policy?.value === 'string' ? policy.value : undefined)
  const resets = numeric(reset)
  return {
    id,
    limit:
      numeric(limit) ?? numeric(policy?.parameters['q']) ?? numeric(policy?.parameters['l']) ?? numeric(policy?.value),
    ms: seconds === undefined || seconds === 0 ? undefined : seconds * 1000,
    remaining: numeric(remaining),
    ...(resets === undefined ? undefined : fromNow(resets)),
  }
}
