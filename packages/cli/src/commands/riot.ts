import type { EventListener } from '@sluice/core'
import { RiotClient, type Platform } from '@sluice/riot'
import { BadItem } from '@sluice/runs'
import { ItemError, UsageError } from '../errors.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { isBad } from '../input/entry.ts'
import { INPUT_FORMATS } from '../input/input-format.ts'
import { checkSource, inputSource } from '../input/open-input.ts'
import { readItems, type ItemsInput } from '../input/read-items.ts'
import { parseJobOptions } from '../job/job-options.ts'
import type { Job } from '../job/job.ts'
import { runJob } from '../job/run-job.ts'
import { count, word } from '../options/values.ts'
import { formatCount } from '../progress/format.ts'
import type { LimitView } from '../progress/limit-view.ts'
import { knownLimits, limitsFile } from '../riot/known-limits.ts'
import { limitViews } from '../riot/limit-views.ts'
import { parsePlan } from '../riot/parse-plan.ts'
import { type Plan, type Recipe, type RiotItem } from '../riot/plan.ts'
import { playerOf } from '../riot/players.ts'
import { riotLine } from '../riot/record.ts'
import { openRiotServer, type RiotServer } from '../riot/riot-server.ts'
import { doStep, ladderItem } from '../riot/steps.ts'
import { Unsent } from '../riot/unsent.ts'
import { Secrets } from '../secrets.ts'
import type { Surroundings } from '../surroundings.ts'
import type { RiotFlags } from './riot-command.ts'

/** `sluice riot RECIPE`. @throws UsageError before anything was asked. */
export async function runRiot(
  recipe: Recipe,
  players: readonly string[],
  flags: RiotFlags,
  around: Surroundings,
): Promise<ExitCode> {
  const secrets = new Secrets(around.env)
  const plan = parsePlan(recipe, flags)
  const options = parseJobOptions(flags)
  const input = recipe === 'ladder' || recipe === 'crawl' ? undefined : inputOf(players, flags, around)
  if (input !== undefined && 'path' in input.from) await checkSource(input.from)
  if (flags.dryRun) return estimate(plan, input, flags, around)
  await using server = await openRiotServer(flags, around.env, secrets)
  const clients: RiotClient[] = []
  try {
    return await runJob(
      ({ onEvent }) =>
        riotJob({ plan, input, flags, around, secrets, server, onEvent, onClient: (client) => clients.push(client) }),
      options,
      around,
    )
  } finally {
    for (const client of clients) await client.close({ graceMs: 0 })
  }
}

/** What a job of the Riot API is made of. */
interface RiotJobParts {
  readonly plan: Plan
  readonly input: ItemsInput | undefined
  readonly flags: RiotFlags
  readonly around: Surroundings
  readonly secrets: Secrets
  readonly server: RiotServer
  readonly onEvent: EventListener | undefined
  onClient(client: RiotClient): void
}

function riotJob(parts: RiotJobParts): Job<RiotItem, unknown> {
  const { plan, input, flags, around, secrets, server, onEvent } = parts
  const { recipe, platform } = plan
  const { simulator } = server
  const concurrency = count('--concurrency', flags.concurrency, 1)
  const unsent = new Unsent()
  const riot = new RiotClient({
    apiKey: server.apiKey,
    // The run itself tries again, and remembers how often.
    retry: 0,
    connections: concurrency,
    middleware: [unsent.middleware],
    ...(server.baseUrl !== undefined && { baseUrl: server.baseUrl }),
    ...(platform !== undefined && { platform }),
    ...(onEvent && { onEvent }),
    // What a simulator counted is gone with it.
    ...(flags.output !== undefined && !flags.sim && { limitsFile: limitsFile(flags.output) }),
  })
  parts.onClient(riot)
  const limits = (): LimitView[] => limitViews(riot.limits())
  let written = 0
  return {
    command: `riot ${recipe}`,
    title: ['riot', recipe, platform, flags.sim ? '(simulated)' : undefined]
      .filter((part) => part !== undefined)
      .join(' '),
    secrets,
    credentials: true,
    limits,
    bounds: limits,
    unsent,
    slots: concurrency,
    lastWords: () =>
      written > 0
        ? [`${formatCount(written)} ${written === 1 ? 'line' : 'lines'} for ${recipe}`]
        : simulator === undefined
          ? []
          : [`in the simulated world there is for example ${example(simulator)}`],
    run: {
      items: input === undefined ? ladderItems(plan, platform!) : playerItems(input, around),
      key: ({ key }) => key,
      task: (item, { runSignal, add }) =>
        unsent.call(item.key, runSignal, (signal) => doStep(item, { riot, plan, signal, add })),
      line: (outcome) => {
        const line = riotLine(plan, outcome)
        if (line !== undefined && outcome.status === 'fulfilled') written++
        return line
      },
      job: { command: `riot ${recipe}`, ...plan },
      concurrency,
      retry: { retries: count('--retries', flags.retries, 0), retryIf: ({ error }) => isTransient(error) },
    },
  }
}

/** A player of the simulated world, as a command line writes it. */
function example(simulator: NonNullable<RiotServer['simulator']>): string {
  for (let number = 0; ; number++) {
    const name = simulator.riotId('euw1', number)
    if (name !== undefined && !name.includes("'")) return `'${name}'`
  }
}

/** What may pass by itself. A refusal because of a limit is the client's business. */
function isTransient(error: unknown): boolean {
  return (error as { transient?: unknown } | undefined)?.transient === true
}

function ladderItems({ places, players }: Plan, platform: Platform): RiotItem[] {
  // The best so many are found in order; all of them are found side by side.
  return players === undefined
    ? places.map((place) => ladderItem(platform, [place]))
    : [ladderItem(platform, places, 1, '', players)]
}

async function* playerItems(input: ItemsInput, around: Surroundings): AsyncGenerator<RiotItem | BadItem> {
  for await (const entry of readItems(input, () => around.stdin)) {
    if (isBad(entry)) yield new BadItem(entry.place, entry.problem)
    else {
      try {
        yield playerOf(entry)
      } catch (error) {
        if (!(error instanceof ItemError)) throw error
        yield new BadItem(entry.place, error.message)
      }
    }
  }
}

function inputOf(players: readonly string[], flags: RiotFlags, { stdin }: Surroundings): ItemsInput {
  const given = [...(flags.riotId ?? []), ...players]
  const format = flags.inputFormat === undefined ? undefined : word('--input-format', flags.inputFormat, INPUT_FORMATS)
  if (given.length > 0) {
    if (flags.input !== undefined) {
      throw new UsageError(`players come from the command line or from --input, and not from both: ${given[0]}`)
    }
    return { from: given, format: undefined }
  }
  if (flags.input === undefined && stdin.isTTY) {
    throw new UsageError("no players: write Riot ids such as 'Name#TAG', name a file with --input, or pipe them in")
  }
  return { from: inputSource(flags.input ?? '-'), format }
}

/** Says how many requests it will take at most, and how long. */
async function estimate(
  plan: Plan,
  input: ItemsInput | undefined,
  flags: RiotFlags,
  around: Surroundings,
): Promise<ExitCode> {
  let players = plan.players
  let bad = 0
  if (input !== undefined) {
    players = 0
    for await (const item of playerItems(input, around)) {
      if (item instanceof BadItem) {
        bad++
        around.stderr.write(`${item.place} ${item.problem}\n`)
      } else players++
    }
  }
  const print = (line: string): void => void around.stdout.write(`${line}\n`)
  if (players === undefined)
    print('how many players the ladder has is known only when it is read; --players says how many are wanted')
  else {
    print(`${formatCount(players)} ${players === 1 ? 'player' : 'players'}`)
    const { estimateLines, loads } = await import('../riot/estimate.ts')
    for (const line of estimateLines(loads(plan, players), await knownLimits(flags))) print(line)
  }
  return bad > 0 ? EXIT.usage : EXIT.ok
}
