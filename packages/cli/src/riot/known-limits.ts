import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RiotLimiterState } from '@sluice/riot'
import { storeBeside } from '@sluice/runs'

/** What a development key may do, which most people have, and a production key. */
const DEVELOPMENT = '20:1,100:120'
const PRODUCTION = '500:10,30000:600'

/** Where a run keeps what it has learned of the limits. */
export function limitsFile(output: string): string {
  return join(storeBeside(output), 'limits.json')
}

/** The limits of the application as far as they are known: what an earlier session has learned, or what the kind of the key tells. */
export async function knownLimits({ output, sim }: { output?: string; sim?: boolean }): Promise<string> {
  if (sim) return PRODUCTION
  if (output === undefined) return DEVELOPMENT
  try {
    const { hosts } = JSON.parse(await readFile(limitsFile(output), 'utf8')) as RiotLimiterState
    const learned = Object.values(hosts).map(({ app }) => app.map(({ limit, ms }) => `${limit}:${ms / 1000}`).join(','))
    return learned.find((text) => text !== '') ?? DEVELOPMENT
  } catch {
    return DEVELOPMENT
  }
}
