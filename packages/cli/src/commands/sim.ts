import { formatRate, parseRate } from '@sluice/core'
import {
  DEVELOPMENT_KEY,
  PRODUCTION_KEY,
  operationById,
  startSimulator,
  type KeyOptions,
  type ServerOptions,
  type SimulatorServer,
} from '@sluice/riot-sim'
import { UsageError } from '../errors.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { count, named, positive, word } from '../options/values.ts'
import { formatCount } from '../progress/format.ts'
import { LATENCIES, WINDOW_MODES } from '../sim/names.ts'
import type { Surroundings } from '../surroundings.ts'
import type { SimFlags } from './sim-command.ts'

/** `sluice sim`: answers until a signal comes. @throws UsageError for a wrong option, or a port that is taken. */
export async function runSim(flags: SimFlags, around: Surroundings): Promise<ExitCode> {
  const options = simOptions(flags)
  const stopped = new Promise<void>((resolve) => {
    around.onSignal(() => resolve())
  })
  const server = await start(options)
  const say = (line: string): void => void (flags.quiet || around.stderr.write(`${line}\n`))
  for (const line of introduction(server, options)) say(line)
  around.stdout.write(`${server.url}\n`)
  await stopped
  await server.close()
  const { arrivals, statuses } = server.simulator.stats()
  const answers = Object.entries(statuses).map(([status, times]) => `${formatCount(times)} × ${status}`)
  say(
    `ended after ${formatCount(arrivals)} ${arrivals === 1 ? 'request' : 'requests'}${answers.length > 0 ? `: ${answers.join(', ')}` : ''}`,
  )
  return EXIT.ok
}

/** The options of the simulator that the flags ask for. @throws UsageError that names the flag. */
function simOptions(flags: SimFlags): ServerOptions & { keys: Record<string, KeyOptions> } {
  const port = count('--port', flags.port, 0)
  if (port > 65_535) throw new UsageError(`--port ${flags.port}: write a number from 0 to 65535`)
  return {
    port,
    host: flags.host,
    keys: keysOf(flags.key),
    methods: Object.fromEntries((flags.method ?? []).map(methodOf)),
    latency: word('--latency', flags.latency, LATENCIES),
    windowMode: word('--window-mode', flags.windowMode, WINDOW_MODES),
    seed: count('--seed', flags.seed, 0),
    speed: positive('--speed', flags.speed),
  }
}

function keysOf(texts: readonly string[] = []): Record<string, KeyOptions> {
  if (texts.length === 0)
    return { [DEVELOPMENT_KEY]: { kind: 'development' }, [PRODUCTION_KEY]: { kind: 'production' } }
  return Object.fromEntries(
    texts.map((text): [string, KeyOptions] => {
      const [key = '', ...rest] = text.split('=')
      if (!/^[\x21-\x7e]+$/.test(key)) throw new UsageError(`--key ${text}: write KEY, or KEY=20/s,100/2m`)
      return [key, rest.length === 0 ? {} : { app: pairs('--key', rest.join('=')) }]
    }),
  )
}

function methodOf(text: string): [string, string] {
  const [id = '', ...rest] = text.split('=')
  if (rest.length !== 1) throw new UsageError(`--method ${text}: write for example match-v5.getMatch=2000/10s`)
  if (id !== '*') named('--method', id, operationById)
  return [id, pairs('--method', rest[0]!)]
}

/** A rate as Riot writes it: pairs of a count and whole seconds. */
function pairs(name: string, text: string): string {
  return named(name, text, parseRate)
    .map(({ limit, ms }) => {
      if (ms % 1000 !== 0) throw new UsageError(`${name} ${text}: Riot's windows are whole seconds`)
      return `${limit}:${ms / 1000}`
    })
    .join(',')
}

async function start(options: ServerOptions): Promise<SimulatorServer> {
  try {
    return await startSimulator(options)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new UsageError(`--port ${options.port}: it is taken; name another, or leave it out`, { cause: error })
    }
    if (code === undefined && !(error instanceof RangeError)) throw error
    throw new UsageError(`cannot start: ${message}`, { cause: error })
  }
}

/** What to do with it, ready to be pasted. */
function introduction({ url, simulator }: SimulatorServer, { keys }: { keys: Record<string, KeyOptions> }): string[] {
  const limits = simulator.configuration()['keys'] as { kind: string; app: string }[]
  const [first = ''] = Object.keys(keys)
  const puuid = simulator.puuid('euw1', 0)
  return [
    'A simulated Riot API. The route is the first part of the path. Keys:',
    ...Object.keys(keys).map((key, i) => `  ${key}  ${formatRate(parseRate(limits[i]!.app))}`),
    'Try it:',
    `  curl -H 'X-Riot-Token: ${first}' '${url}/europe/lol/match/v5/matches/by-puuid/${puuid}/ids'`,
    `  RIOT_API_KEY=${first} sluice try '${url}/euw1/lol/status/v4/platform-data' -H 'X-Riot-Token: \${env:RIOT_API_KEY}'`,
    `What it has seen: ${url}/__sim/stats. Ctrl-C ends it.`,
  ]
}
