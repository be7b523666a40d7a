import type { HeadersLike } from '../../types.ts'
import { retryAfterMs } from '../retry-after.ts'
import { parseStructuredList } from '../structured-fields.ts'
import type { HeaderDialect, LimitedResponse, LimitReport, WindowReport } from '../types.ts'
import { numberOf, resetOf } from './numbers.ts'
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
  const list = limitText === undefined ? [] : (parseStructuredList(limitText) ?? [])
  const first = list.shift()
  const limit =
    typeof first?.value === 'number'
      ? first.value
      : used === undefined || remaining === undefined
        ? undefined
        : used + remaining
  if (limit === undefined && remaining === undefined) return undefined
  const policies = prefix === 'ratelimit-' ? (parseStructuredList(headers.get('ratelimit-policy') ?? '') ?? []) : []
  const lengths = new Map<number, number>()
  for (const { value, parameters } of [...list, ...policies]) {
    const seconds = parameters['w'] ?? parameters['window']
    if (typeof value === 'number' && typeof seconds === 'number' && seconds > 0) lengths.set(value, seconds * 1000)
  }
  const own = first?.parameters['w'] ?? first?.parameters['window']
  const ms = typeof own === 'number' && own > 0 ? own * 1000 : limit === undefined ? undefined : lengths.get(limit)
  const reset = resetOf(headers.get(`${prefix}reset`), headers)
  const windows: WindowReport[] = [{ limit, ms, remaining, used, ...reset }]
  for (const [quota, length] of lengths) if (quota !== limit) windows.push({ limit: quota, ms: length })
  return windows
}
