import { writeFile } from 'node:fs/promises'
import { KeyedSemaphore, RateLimiter, type EventListener } from '@sluice/core'
import { Session, rateLimit } from '@sluice/http'
import { UsageError } from '../errors.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { ADAPTIVE_FIRST, ADAPTIVE_MOST, adaptiveLimit } from '../fetch/adaptive-limit.ts'
import { dryRun } from '../fetch/dry-run.ts'
import { fetchEmitter } from '../fetch/events.ts'
import { exitCodeOf, isReaderGone } from '../fetch/exit-code-of.ts'
import { FetchOutputs } from '../fetch/fetch-outputs.ts'
import { FetchRun, type FetchTally } from '../fetch/fetch-run.ts'
import { summarize, summaryLines, type FetchSummary } from '../fetch/fetch-summary.ts'
import { retryOptions } from '../fetch/retry-rules.ts'
import { StopPolicy } from '../fetch/stop-policy.ts'
import { stopText } from '../fetch/stop-text.ts'
import { Stops } from '../fetch/stops.ts'
import { checkInput, keepStdin } from '../input/check-input.ts'
import type { Item } from '../input/entry.ts'
import { checkSource } from '../input/open-input.ts'
import { countInAdvance } from '../input/count-items.ts'
import { readItems, type ItemsInput } from '../input/read-items.ts'
import { outputProblem } from '../output/open-output.ts'
import { printable } from '../progress/format.ts'
import { openDisplay } from '../progress/open-display.ts'
import { ProgressModel } from '../progress/progress-model.ts'
import { styleOf } from '../progress/style.ts'
import { verboseLine } from '../progress/verbose-log.ts'
import { planRequest, type PlannedRequest } from '../request-plan.ts'
import { Secrets } from '../secrets.ts'
import type { Surroundings } from '../surroundings.ts'
import type { FetchFlags } from './fetch-command.ts'
import { parseFetchOptions, type FetchOptions } from './fetch-options.ts'

/** What belongs to one call of `sluice fetch`. */
interface Call {
  readonly args: readonly string[]
  readonly options: FetchOptions
  readonly flags: FetchFlags
  readonly secrets: Secrets
  readonly around: Surroundings
  readonly plan: (item: Item) => PlannedRequest
}

/** `sluice fetch`. @throws UsageError before anything was sent. */
export async function runFetch(args: readonly string[], flags: FetchFlags, around: Surroundings): Promise<ExitCode> {
  const secrets = new Secrets(around.env)
  const options = await parseFetchOptions(args, flags, secrets, () => around.stdin)
  const { template, method, body, input } = options
  const plan = (item: Item): PlannedRequest => planRequest(item, { template, method, body, secrets })
  const call: Call = { args, options, flags, secrets, around, plan }
  if ('path' in input.from) await checkSource(input.from)
  if (flags.dryRun) return showRun(call)
  return flags.strict ? fetchAll(call, await checkedInput(call)) : fetchAll(call, { input, items: undefined })
}

/** What people are told, without secrets and without what a terminal would obey. */
function shown(text: string, secrets: Secrets): string {
  return secrets.mask(printable(text))
}

async function showRun({ options, flags, secrets, around, plan }: Call): Promise<ExitCode> {
  const { headers, rate, input } = options
  const bad = await dryRun(
    {
      items: readItems(input, () => around.stdin),
      plan,
      headers,
      secrets,
      rate,
      rateText: flags.rate,
      onBadEntry: (place, problem) => void around.stderr.write(`${shown(`${place} ${problem}`, secrets)}\n`),
    },
    (line) => void around.stdout.write(`${line}\n`),
  )
  return bad > 0 ? EXIT.usage : EXIT.ok
}

/** The input, every item of which is known to be good. */
async function checkedInput(call: Call): Promise<{ input: ItemsInput; items: number }> {
  const { options, secrets, around, plan } = call
  let { input } = options
  if ('path' in input.from && input.from.path === '-') {
    input = { ...input, from: await keepStdin(input.from, around.stdin) }
  }
  const items = await checkInput(
    input,
    () => around.stdin,
    plan,
    (place, problem) => {
      around.stderr.write(`${shown(`${place} ${problem}`, secrets)}\n`)
    },
  )
  return { input, items }
}

async function fetchAll(
  call: Call,
  { input, items }: { input: ItemsInput; items: number | undefined },
): Promise<ExitCode> {
  const { options, flags, secrets, around, plan } = call
  const { rate } = options
  const adaptive = options.concurrency === 'auto'
  const most = options.concurrency === 'auto' ? ADAPTIVE_MOST : options.concurrency
  const begun = new Date()
  const quiet = flags.quiet === true
  // Nobody asks: nothing is counted.
  const model =
    quiet && flags.summary === undefined
      ? undefined
      : new ProgressModel(
          { rate: rate ?? [], concurrency: adaptive ? ADAPTIVE_FIRST : most, adaptive },
          performance.now(),
        )
  const policy = new StopPolicy({
    maxFailures: options.maxFailures,
    failFast: flags.failFast === true,
    credentials: options.credentials,
  })
  const outputs = await FetchOutputs.open({
    flags,
    input,
    concurrency: most,
    secrets,
    stdout: around.stdout,
    onError: (error) => run.stop({ kind: 'output', error }, true),
    beforeWrite: () => display.clear(),
  })
  const style = styleOf(around.stderr, around.env, flags.color === false)
  const title = `fetch ${secrets.maskUrl(titleOf(call))}`
  const display = await openDisplay(options.progress, title, model, around, style)
  const say = (line: string): void => display.say(shown(line, secrets))
  const onEvent = listener(model, (flags.verbose ?? 0) + (flags.bodyOnly ? 1 : 0), quiet ? undefined : say)

  const session = new Session({
    headers: options.headers,
    raiseForStatus: true,
    connections: most,
    timeout: { total: options.timeout, connect: options.connectTimeout },
    // What a server tells of its limits holds for its host. A refusal is an attempt, so it is not sent again in there.
    middleware: [rateLimit({ probe: false, ...(onEvent && { onEvent }) }, { resend: 0 })],
    ...(onEvent && { onEvent }),
  })
  const { perHost } = options
  const hosts = perHost === undefined ? undefined : new KeyedSemaphore(Infinity, { perKey: perHost })
  const stops = new Stops(around, () => run)
  const run: FetchRun = new FetchRun({
    items: readItems(input, () => around.stdin),
    plan,
    session,
    concurrency: adaptive ? adaptiveLimit(onEvent) : most,
    rate: rate && new RateLimiter(rate, { ...(onEvent && { onEvent }) }),
    retry: retryOptions(options.retryRules, {
      retries: options.retries,
      backoff: options.backoff,
      maxElapsed: options.retryMaxTime,
      explicit: options.retryExplicit,
    }),
    host: hosts && ((url) => hosts.for(new URL(url).host)),
    body: options.as,
    selection: options.selection,
    secrets,
    policy,
    onEvent,
    sink: outputs.sink,
    ordered: outputs.ordered,
    onOutcome: outputs.write,
    onBadEntry: ({ place, problem }) => {
      if (!quiet) say(`${place} ${problem}`)
    },
    onStop: (reason, now, inFlight) => {
      if (reason.kind !== 'output' || !isReaderGone(reason.error)) say(stopText(reason, now, inFlight))
      stops.drain(reason)
    },
  })
  if (options.deadline !== undefined) stops.at(options.deadline, { kind: 'deadline' })
  if (onEvent !== undefined) void tellTotal(items, input, options, run, onEvent)

  let tally: FetchTally
  try {
    tally = await run.run()
    await outputs.close()
  } finally {
    stops.end()
    display.stop()
    await session.close({ graceMs: 0 })
    if ('path' in input.from && input.from.path === '-' && input.from.kept === undefined) around.stdin.destroy()
  }
  const code = exitCodeOf(tally, policy.allDenied)
  if (model === undefined) return code
  const last = model.snapshot(performance.now())
  if (!quiet && !leftByReader(tally)) for (const line of summaryLines(last, tally)) say(line)
  if (flags.summary !== undefined) await writeSummary(flags.summary, summarize('fetch', last, tally, begun, code))
  return code
}

/** What the run and its requests tell, to the progress and, with `-v`, in lines of their own. */
function listener(
  model: ProgressModel | undefined,
  verbosity: number,
  say: ((line: string) => void) | undefined,
): EventListener | undefined {
  if (say === undefined || verbosity === 0) return model?.onEvent
  return (event) => {
    model?.onEvent(event)
    const line = verboseLine(event, verbosity)
    if (line !== undefined) say(line)
  }
}

/** Tells how many items there are, as soon as that is known: at once, or when a file has been read through. */
async function tellTotal(
  known: number | undefined,
  input: ItemsInput,
  { progress }: FetchOptions,
  run: FetchRun,
  onEvent: EventListener,
): Promise<void> {
  const items = known ?? (progress === 'none' ? undefined : await countInAdvance(input))
  if (items !== undefined && !run.inputEnded) fetchEmitter(onEvent)?.({ type: 'fetchTotal', items })
}

/** What the run is called on the screen. */
function titleOf({ options: { input }, args }: Call): string {
  if (args[0] !== undefined) return args[0]
  return 'path' in input.from ? input.from.name : ''
}

function leftByReader({ stopped }: FetchTally): boolean {
  return stopped?.kind === 'output' && isReaderGone(stopped.error)
}

async function writeSummary(path: string, summary: FetchSummary): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(summary, undefined, 2)}\n`)
  } catch (error) {
    throw new UsageError(outputProblem(path, error), { cause: error })
  }
}
