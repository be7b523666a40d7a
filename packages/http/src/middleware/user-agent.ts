import { show } from '@sluice/core/internal'
import type { Middleware } from '../types.ts'

/**
 * Says who is asking: sets the `user-agent` header of every request. Many APIs want a name, a version and a way to reach you.
 *
 * @example
 * ```ts
 * import { Session, userAgent } from '@sluice/http'
 *
 * await using session = new Session({ middleware: [userAgent('match-collector/1.2 (+https://example.com)')] })
 * ```
 */
export function userAgent(text: string): Middleware {
  if (typeof text !== 'string' || text.trim() === '')
    throw new TypeError(`userAgent must be a text such as 'name/1.0', not ${show(text)}`)
  return (request, next) => {
    request.headers.set('user-agent', text)
    return next(request)
  }
}
