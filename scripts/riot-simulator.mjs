import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The key that a simulator started here knows. */
export const API_KEY = 'RGAPI-00000000-0000-4000-8000-0000000de300'

/**
 * Starts a simulated Riot API in a process of its own, so that it takes no time and no memory of the one that asks. `packages/riot-sim` must be built.
 *
 * @param {object} options of `startSimulator`; `keys` is replaced
 * @param {{ app?: string, methods?: Record<string, string> }} key the limits of `API_KEY`
 */
export async function startRiotSimulator(options, key) {
  const keys = { [API_KEY]: { kind: 'production', ...key } }
  const program = fileURLToPath(new URL('riot-simulator-process.mjs', import.meta.url))
  const child = fork(program, [JSON.stringify({ ...options, keys })])
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the simulator ended with exit code ${code}`)
  })
  const [{ url }] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return {
    /** @type {string} */
    url,
    /** What programs read to find it. */
    env: { RIOT_API_KEY: API_KEY, RIOT_BASE_URL: `${url}/{route}` },
    /** @returns {Promise<import('@sluice/riot-sim').SimulatorStats>} */
    async stats() {
      child.send('stats')
      const [{ stats }] = await once(child, 'message')
      return stats
    },
    stop() {
      if (child.connected) child.disconnect()
    },
  }
}
