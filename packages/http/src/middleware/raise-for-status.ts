import { checkFunction } from '@sluice/core/internal'
import { knownCredentials } from '../redact.ts'
import type { ReadableResponse } from '../response-reader.ts'
import { statusError } from '../status-error.ts'
import type { Middleware, SessionResponse } from '../types.ts'

/**
 * Turns an answer of status 400 and above into a `StatusError`, which keeps the beginning of the body. Unlike the session's option of this name it may stand anywhere:
 * outside of `retry`, the last answer counts; inside, each one does.
 *
 * @param accept answers of 400 and above that are no error. Default: none.
 *
 * @example
 * ```ts
 * import { Session, raiseForStatus } from '@sluice/http'
 *
 * await using session = new Session({ middleware: [raiseForStatus(({ status }) => status === 404)] })
 * console.log((await session.get('https://api.example.com/status/404')).status) // 404
 * await session.get('https://api.example.com/status/403').catch((error) => console.log(error.name, error.status)) // StatusError 403
 * ```
 */
export function raiseForStatus(accept?: (response: SessionResponse) => boolean): Middleware {
  if (accept !== undefined) checkFunction('accept', accept)
  return async (request, next) => {
    const response = await next(request)
    if (response.status < 400 || accept?.(response) === true) return response
    const { reading } = response as Partial<ReadableResponse>
    throw await statusError(response, reading?.credentials ?? knownCredentials)
  }
}
