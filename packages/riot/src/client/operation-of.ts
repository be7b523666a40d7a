import type { SessionRequest } from '@sluice/http'

/** Where a request keeps the name of its operation. */
export const OPERATION = 'riot.operation'
/** Where it keeps the name of its host; behind a proxy the URL's host says nothing. */
export const ROUTE = 'riot.route'

/**
 * The operation that a request is for, such as `match-v5.getMatch`; for middleware and the rules of a cache. `undefined` for a request that no client of Riot has made.
 *
 * @example
 * ```ts
 * import { MemoryCache, cache } from '@sluice/http'
 * import { RiotClient, operationOf } from '@sluice/riot'
 *
 * // Pulsefire's rules: the first that fits decides for how long, in ms.
 * const matches = cache(new MemoryCache(), [[(request) => operationOf(request) === 'match-v5.getMatch', Infinity]])
 * await using riot = new RiotClient({ apiKey: 'RGAPI-your-key', middleware: [matches] })
 * ```
 */
export function operationOf(request: SessionRequest): string | undefined {
  return request.context[OPERATION] as string | undefined
}
