import { checkFunction } from '@sluice/core/internal'
import type { Middleware } from '../types.ts'

/**
 * Sets how `response.json()` parses: a faster parser, one that keeps large integers, one that revives dates. A parser of the request's or the
 * session's own comes first. What it throws is wrapped in a `DecodeError`.
 *
 * @example
 * ```ts
 * import { Session, decodeJson } from '@sluice/http'
 *
 * const reviver = (key: string, value: unknown) => (key === 'id' ? BigInt(value as number) : value)
 * await using session = new Session({ middleware: [decodeJson((text) => JSON.parse(text, reviver))] })
 * console.log((await (await session.get('https://api.example.com/users/7')).json<{ id: bigint }>()).id) // 7n
 * ```
 */
export function decodeJson(parse: (text: string) => unknown): Middleware {
  checkFunction('parse', parse)
  return (request, next) => {
    request.parseJson ??= parse
    return next(request)
  }
}
