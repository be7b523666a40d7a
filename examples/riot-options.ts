import type { RiotClientOptions } from '@sluice/riot'

/** The key is that of RIOT_API_KEY. RIOT_BASE_URL leads elsewhere than to Riot: `npm run example` sets both, unless there is a key, and starts a simulator. */
export const riotOptions: RiotClientOptions = {
  apiKey: process.env['RIOT_API_KEY'] ?? '',
  baseUrl: process.env['RIOT_BASE_URL'],
  platform: 'kr',
}
