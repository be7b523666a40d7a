import { readFile } from 'node:fs/promises'
import type { SimulatorServer } from '@sluice/riot-sim'
import { UsageError } from '../errors.ts'
import type { Secrets } from '../secrets.ts'

/** Whom to ask, and as whom. */
export interface RiotServer extends AsyncDisposable {
  readonly apiKey: string
  /** Undefined is Riot's own. */
  readonly baseUrl: string | undefined
  /** Set when it is a simulated one. */
  readonly simulator: SimulatorServer['simulator'] | undefined
}

/** Finds the key, or starts a simulator. @throws UsageError when there is no key. */
export async function openRiotServer(
  flags: { readonly sim?: boolean; readonly keyFile?: string; readonly baseUrl?: string },
  env: Readonly<Record<string, string | undefined>>,
  secrets: Secrets,
): Promise<RiotServer> {
  const { sim, keyFile, baseUrl } = flags
  if (baseUrl !== undefined && (!baseUrl.includes('{route}') || !URL.canParse(baseUrl.replace('{route}', 'euw1')))) {
    throw new UsageError(`--base-url ${baseUrl}: write a URL with {route} in it, such as http://127.0.0.1:8080/{route}`)
  }
  if (sim) {
    if (baseUrl !== undefined) throw new UsageError('--sim and --base-url do not go together')
    const { PRODUCTION_KEY, startSimulator } = await import('@sluice/riot-sim')
    const server = await startSimulator({ latency: 'near' })
    return {
      apiKey: PRODUCTION_KEY,
      baseUrl: `${server.url}/{route}`,
      simulator: server.simulator,
      [Symbol.asyncDispose]: () => server.close(),
    }
  }
  const apiKey = keyFile === undefined ? env['RIOT_API_KEY'] : await keyIn(keyFile)
  if (apiKey === undefined || apiKey === '') {
    throw new UsageError(
      'no API key: put it into the environment as RIOT_API_KEY, or name a file with --key-file; --sim needs none. Keys are at https://developer.riotgames.com',
    )
  }
  // Before anything is said of it.
  secrets.add(apiKey)
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new UsageError(
      `${keyFile === undefined ? 'RIOT_API_KEY' : `--key-file ${keyFile}`}: holds no API key, which is one word such as RGAPI-…`,
    )
  }
  return { apiKey, baseUrl, simulator: undefined, [Symbol.asyncDispose]: () => Promise.resolve() }
}

async function keyIn(path: string): Promise<string> {
  try {
    const key = (await readFile(path, 'utf8')).trim()
    if (key === '') throw new UsageError(`--key-file ${path}: it is empty`)
    return key
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`--key-file ${path}: ${(error as Error).message}`, { cause: error })
  }
}
