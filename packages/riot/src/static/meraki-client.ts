import { createClient } from '@sluice/http'
import { staticClient, type StaticClientOptions } from './static-client.ts'
import { meraki } from './tables/meraki.ts'

/**
 * Meraki's data of League of Legends, with the numbers of every ability and item. There is only the latest patch, in English.
 *
 * @throws TypeError or RangeError for an option that is not valid, naming it.
 *
 * @example
 * ```ts
 * import { MerakiClient } from '@sluice/riot'
 *
 * await using meraki = new MerakiClient({ baseUrl: 'https://api.example.com' })
 * await meraki.getLolChampion('Yone')
 * ```
 */
export class MerakiClient extends staticClient(
  'https://cdn.merakianalytics.com/riot',
  (session, cdn, _: StaticClientOptions) => createClient(session, meraki, { routes: { cdn } }),
) {}
