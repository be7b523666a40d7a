// The work of one scenario, done by one client.
import { CLIENTS, KEY } from './scenarios.mjs'

/** For each library: the three operations, each given an id, answering with a promise. */
const LIBRARIES = {
  async twisted(options = {}) {
    const { LolApi, RiotApi, Constants } = await import('twisted')
    const settings = { key: KEY, concurrency: undefined, ...options }
    const lol = new LolApi(settings)
    const riot = new RiotApi(settings)
    const { AMERICAS } = Constants.RegionGroups
    return {
      match: (id) => lol.MatchV5.get(id, AMERICAS),
      ids: (puuid) => lol.MatchV5.list(puuid, AMERICAS),
      account: (puuid) => riot.Account.getByPUUID(puuid, AMERICAS),
    }
  },
  async fightmegg() {
    const { default: library } = await import('@fightmegg/riot-api')
    const { RiotAPI, PlatformId } = library
    const api = new RiotAPI(KEY)
    const cluster = PlatformId.AMERICAS
    return {
      match: (matchId) => api.matchV5.getMatchById({ cluster, matchId }),
      ids: (puuid) => api.matchV5.getIdsByPuuid({ cluster, puuid }),
      account: (puuid) => api.account.getByPUUID({ region: cluster, puuid }),
    }
  },
  async whisper(options) {
    const { createClient } = await import('@wardbox/whisper/core')
    const { matchV5 } = await import('@wardbox/whisper/lol')
    const { accountV1 } = await import('@wardbox/whisper/riot')
    const client = createClient({ apiKey: KEY, ...(options && { rateLimiter: options }) })
    return {
      match: (id) => matchV5.getMatch(client, 'americas', id),
      ids: (puuid) => matchV5.getMatchIdsByPuuid(client, 'americas', puuid),
      account: (puuid) => accountV1.getByPuuid(client, 'americas', puuid),
    }
  },
}

/** Loads a client, so that nothing but its requests takes time later. */
export async function prepare(name) {
  const { library, warm = false, options } = CLIENTS[name]
  return { api: await LIBRARIES[library](options), warm }
}

/** Does the work. Times are in ms of the client's clock. */
export async function work({ api, warm }, scenario, { puuids, matches }) {
  const methods = scenario.mix ?? ['match']
  const argument = (method, i) => (method === 'match' ? matches[i] : puuids[i])
  if (warm) for (const method of methods) await api[method](argument(method, scenario.count)).catch(() => {})
  const start = performance.now()
  let [answered, first, last] = [0, 0, 0]
  const failures = {}
  await Promise.all(
    Array.from({ length: scenario.count }, async (_, i) => {
      const method = methods[i % methods.length]
      try {
        await api[method](argument(method, i))
        last = performance.now() - start
        if (answered++ === 0) first = last
      } catch (error) {
        const status = error?.status ?? error?.body?.status?.status_code ?? ''
        const reason = `${status} ${error?.message ?? error?.statusText ?? ''}`.replaceAll(
          /https?:\S+|[\w-]{40,}/g,
          '…',
        )
        const short = reason.trim().slice(0, 40)
        failures[short] = (failures[short] ?? 0) + 1
      }
    }),
  )
  return { answered, first, last, took: performance.now() - start, failures }
}

// What a library only complains about must not end the run.
process.on('unhandledRejection', () => {})
