import { hostScope, routeScope } from '../scopes.ts'
import type { HeaderDialect, LimitedRequest, LimitedResponse, LimitReport } from '../types.ts'
import { readDiscord } from './discord.ts'
import { readGithub } from './github.ts'
import { readDraft } from './rate-limit-draft.ts'
import { readTriple } from './rate-limit-headers.ts'
import { readRetryAfter } from './retry-after.ts'
import { readTwitter } from './twitter.ts'

/**
 * Finds out by itself which headers a server sends: those of the IETF drafts, `RateLimit-*`, `X-RateLimit-*` in the styles of GitHub, X (Twitter), Discord and Reddit,
 * and `Retry-After`. What headers do not say is taken to hold for the host; what is known to be counted by route is, where requests have one.
 */
export const standardDialect: HeaderDialect = { name: 'standard', scopes: [hostScope, routeScope], read }

function read(response: LimitedResponse, request: LimitedRequest): readonly LimitReport[] | undefined {
  const { headers } = response
  if (headers.has('ratelimit') || (headers.has('ratelimit-policy') && !headers.has('ratelimit-limit')))
    return readDraft(response, 'host')
  if (headers.has('x-ratelimit-bucket') || headers.has('x-ratelimit-scope') || headers.has('x-ratelimit-global'))
    return readDiscord(response, request)
  if (headers.has('x-ratelimit-resource')) return readGithub(response)
  if (headers.has('x-rate-limit-limit')) return readTwitter(response)
  return (
    readTriple(response, 'ratelimit-', 'host') ??
    readTriple(response, 'x-ratelimit-', 'host') ??
    readRetryAfter(response, 'host')
  )
}
