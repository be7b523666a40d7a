import type { RiotSimulator } from './simulator.ts'
import { createTransport, SimNetworkError } from './transport.ts'

/**
 * A `fetch` that asks a simulator instead of the network, for clients that take one: it accepts what `fetch` accepts, and answers with
 * a `Response` when the simulator's clock says so. A broken connection rejects with a TypeError, as `fetch` does.
 *
 * @example
 * ```ts
 * import { VirtualClock } from '@sluice/core/testing'
 * import { DEVELOPMENT_KEY, RiotSimulator, createFetch } from '@sluice/riot-sim'
 *
 * const clock = new VirtualClock()
 * const simulator = new RiotSimulator({ clock })
 * const fetch = createFetch(simulator)
 * const puuid = simulator.puuid('kr', 0)
 * const account = await clock.run(async () => {
 *   const response = await fetch(`https://asia.api.riotgames.com/riot/account/v1/accounts/by-puuid/${puuid}`, {
 *     headers: { 'X-Riot-Token': DEVELOPMENT_KEY },
 *   })
 *   return (await response.json()) as { puuid: string }
 * })
 * console.log(account.puuid === puuid) // true
 * ```
 */
export function createFetch(simulator: RiotSimulator): typeof globalThis.fetch {
  const send = createTransport(simulator)
  return async (input, init) => {
    const request = input instanceof Request ? input : undefined
    const headers = new Headers(init?.headers ?? request?.headers)
    const signal = init?.signal ?? request?.signal
    const body = init?.body ?? (request?.body ? await request.text() : undefined)
    if (body !== undefined && body !== null && typeof body !== 'string') {
      throw new TypeError('the simulator takes bodies as text only')
    }
    try {
      const response = await send({
        method: init?.method ?? request?.method ?? 'GET',
        url: request?.url ?? (input instanceof URL ? input.href : (input as string)),
        headers: Object.fromEntries(headers),
        ...(body && { body }),
        ...(signal && { signal }),
      })
      const empty = response.status === 204 || response.status === 304
      return new Response(empty ? null : response.body, { status: response.status, headers: response.headers })
    } catch (error) {
      if (error instanceof SimNetworkError) throw new TypeError('fetch failed', { cause: error })
      throw error
    }
  }
}
