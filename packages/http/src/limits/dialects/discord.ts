import { retryAfterMs } from '../retry-after.ts'
import { hostScope, pathOf } from '../scopes.ts'
import type { HeaderDialect, LimitedRequest, LimitedResponse, LimitReport } from '../types.ts'
import { numberOf, resetOf } from './numbers.ts'

/** The resources by which Discord counts separately; a webhook goes with its token. */
const MAJOR = /\/(?:channels|guilds|webhooks)\/\d+(?:(?<=\/webhooks\/\d+)\/[\w-]+)?/
/** Ids that are no part of a route. */
const ID = /\/\d{15,21}(?=\/|$)/g

/**
 * Discord's headers: `X-RateLimit-Limit`, `-Remaining`, `-Reset-After` (seconds with fractions) and `-Bucket`, the budget that a route draws on, apart for each
 * channel, guild and webhook. A 429 with `X-RateLimit-Global` (or `-Scope: global`) pauses everything. Bots may send 50 requests a second in all.
 * Source: docs.discord.com, "Rate Limits".
 */
export function discord(): HeaderDialect {
  return {
    name: 'Discord',
    scopes: [
      { ...hostScope, probe: false, limits: [{ limit: 50, ms: 1000 }] },
      { name: 'route', key: discordRoute, probe: true },
    ],
    read: readDiscord,
  }
}

function discordRoute(request: LimitedRequest, base: string): string {
  const path = pathOf(request.url)
  const major = MAJOR.exec(path)?.[0] ?? ''
  return `${base} ${request.method} ${request.route ?? path.replace(ID, '/{id}')} ${major}`
}

/** @internal */
export function readDiscord(response: LimitedResponse, request: LimitedRequest): readonly LimitReport[] | undefined {
  const { headers } = response
  const hash = headers.get('x-ratelimit-bucket')
  const refused = response.status === 429
  const retryAfter = refused ? retryAfterMs(headers) : undefined
  if (refused && (headers.has('x-ratelimit-global') || headers.get('x-ratelimit-scope') === 'global'))
    return [{ scope: 'host', refused, retryAfter }]
  if (hash === undefined)
    return refused && headers.has('x-ratelimit-scope') ? [{ scope: 'route', refused, retryAfter }] : undefined
  const after = headers.get('x-ratelimit-reset-after')
  const reset = resetOf(after ?? headers.get('x-ratelimit-reset'), headers)
  const window = {
    limit: numberOf(headers, 'x-ratelimit-limit'),
    remaining: numberOf(headers, 'x-ratelimit-remaining'),
    ...reset,
  }
  const major = MAJOR.exec(pathOf(request.url))?.[0] ?? ''
  return [{ scope: 'route', bucket: `${hash}${major}`, windows: [window], refused, retryAfter }]
}
