import type { HeadersLike } from '../../types.ts'
import { retryAfterMs } from '../retry-after.ts'
import { parseStructuredList, type StructuredItem } from '../structured-fields.ts'
import type { HeaderDialect, LimitedResponse, LimitReport, WindowReport } from '../types.ts'
import { numberOf, resetOf, toNumber } from './numbers.ts'
import { draftScopes, type DraftOptions } from './rate-limit-draft.ts'

/**
 * `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` of the drafts before revision 7, and the same with `X-` in front, as most servers send
 * them. The limit may name its windows (`10, 10;w=1, 50;w=60`), and so may `RateLimit-Policy`. The reset may be seconds from now, a time in seconds or
 * milliseconds, or a date.
 */
export function rateLimitHeaders(options: DraftOptions = {}): HeaderDialect {
  const { scope = 'host' } = options
  return {
    name: 'RateLimit-*',
    scopes: draftScopes(scope),
    read: (response) => readTriple(response, 'ratelimit-', scope) ?? readTriple(response, 'x-ratelimit-', scope),
  }
}

/** @internal Headers `<prefix>limit`, `<prefix>remaining`, `<prefix>used` and `<prefix>reset`. */
export function readTriple(
  response: LimitedResponse,
  prefix: string,
  scope: string,
  bucket?: string,
): readonly LimitReport[] | undefined {
  const windows = tripleWindows(response.headers, prefix)
  if (windows === undefined) return undefined
  const refused = response.status === 429
  const retryAfter = refused || response.status === 503 ? retryAfterMs(response.headers) : undefined
  return [{ scope, bucket, windows, refused, retryAfter }]
}

/** @internal */
export function tripleWindows(headers: HeadersLike, prefix: string): WindowReport[] | undefined {
  const limitText = headers.get(`${prefix}limit`)
  const remaining = numberOf(headers, `${prefix}remaining`)
  if (limitText === undefined && remaining === undefined) return undefined
  const used = numberOf(headers, `${prefix}used`)
  const reset = resetOf(headers.get(`${prefix}reset`), headers)
  // Almost always a bare number.
  const number = toNumber(limitText)
  const items = limitText === undefined || number !== undefined ? [] : (parseStructuredList(limitText) ?? [])
  const [first, ...others] = items
  let limit = number ?? (typeof first?.value === 'number' ? first.value : undefined)
  if (limit === undefined && used !== undefined && remaining !== undefined) limit = used + remaining
  if (limit === undefined && remaining === undefined) return undefined
  const policyText = prefix === 'ratelimit-' ? headers.get('ratelimit-policy') : undefined
  if (items.length === 0 && policyText === undefined) return [{ limit, ms: undefined, remaining, used, ...reset }]
  const lengths = new Map<number, number>()
  for (const item of [...others, ...(parseStructuredList(policyText ?? '') ?? [])]) {
    const length = lengthOf(item)
    if (typeof item.value === 'number' && length !== undefined) lengths.set(item.value, length)
  }
  const ms = lengthOf(first) ?? (limit === undefined ? undefined : lengths.get(limit))
  const windows: WindowReport[] = [{ limit, ms, remaining, used, ...reset }]
  for (const [quota, length] of lengths) if (quota !== limit) windows.push({ limit: quota, ms: length })
  return windows
}

function lengthOf(item: StructuredItem | undefined): number | undefined {
  const seconds = item?.parameters['w'] ?? item?.parameters['window']
  return typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : undefined
}
