import type { Middleware } from '@sluice/http'

/** Set for requests whose body is handed on as it comes. */
export const STREAMED: unique symbol = Symbol('streamed')

/** An attempt is over when its body is there: one that breaks off in the middle has failed, and is repeated like any other. */
export const wholeBody: Middleware = async (request, next) => {
  const response = await next(request)
  if (request.context[STREAMED] !== true) await response.bytes()
  return response
}
