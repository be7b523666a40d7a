import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { KeyedSemaphore, RateLimiter, type EventListener, type SluiceEvent } from '@sluice/core'
import { emitter } from '@sluice/core/internal'
import { Session, rateLimit } from '@sluice/http'
import { Run, storeBeside } from '@sluice/runs'
import { UsageError } from '../errors.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { ADAPTIVE_FIRST, ADAPTIVE_MOST, adaptiveLimit } from '../fetch/adaptive-limit.ts'
import { dryRun } from '../fetch/dry-run.ts'
import { exitCodeOf, isReaderGone } from '../fetch/exit-code-of.ts'
import { FailedItems } from '../fetch/failed-items.ts'
import type { FetchItem } from '../fetch/fetch-item.ts'
import { FetchSource } from '../fetch/fetch-source.ts'
import { summarize, summaryLines, type FetchSummary } from '../fetch/fetch-summary.ts'
import { tallyOf, type FetchTally } from '../fetch/fetch-tally.ts'
import { FetchTask, type Fetched } from '../fetch/fetch-task.ts'
import { isResumable } from '../fetch/is-resumable.ts'
import { resumedText } from '../fetch/resumed-text.ts'
import { retryOptions } from '../fetch/retry-rules.ts'
import { StopPolicy, type StopReason } from '../fetch/stop-policy.ts'
import { stopText } from '../fetch/stop-text.ts'
import { Stops } from '../fetch/stops.ts'
import { checkInput, keepStdin } from '../input/check-input.ts'
import type { Item } from '../input/entry.ts'
import { checkSource } from '../input/open-input.ts'
import { countInAdvance } from '../input/count-items.ts'
import { readItems, type ItemsInput } from '../input/read-items.ts'
import { noteRun } from '../job/note-run.ts'
import { outputProblem } from '../output/open-output.ts'
import { formatCount, printable } from '../progress/format.ts'
import { openDisplay } from '../progress/open-display.ts'
import type { ProgressDisplay } from '../progress/progress-display.ts'
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
  const { options, flags, secrets, around } = call
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
  const failures = await FailedItems.open(flags, 'path' in input.from ? input.from.path : undefined, (error) =>
    run.stop({ kind: 'output', error, now: true }),
  )
  const style = styleOf(around.stderr, around.env, flags.color === false)
  const title = `fetch ${secrets.maskUrl(titleOf(call))}`
  const display = await openDisplay(options.progress, title, model, around, style)
  const say = (line: string): void => display.say(shown(line, secrets))
  const counted = items ?? (options.progress === 'none' ? undefined : countInAdvance(input))
  const tellResumed: EventListener = (event) => {
    if (event.type === 'runFound') void sayResumed(event, run, counted, say)
  }
  const verbosity = (flags.verbose ?? 0) + (flags.bodyOnly ? 1 : 0)
  const onEvent = listener(model, verbosity, quiet ? undefined : say, quiet ? undefined : tellResumed)

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
  const source = new FetchSource(input, call.plan, () => around.stdin)
  const task = new FetchTask({
    plan: source.plan,
    session,
    host: hosts && ((url) => hosts.for(new URL(url).host)),
    body: options.as,
    selection: options.selection,
    bodyOnly: flags.bodyOnly === true,
    secrets,
  })
  const retry = retryOptions(options.retryRules, {
    retries: options.retries,
    backoff: options.backoff,
    maxElapsed: options.retryMaxTime,
    explicit: options.retryExplicit,
  })
  let resumable = false
  const stops = new Stops(around, () => run)
  const run: Run<FetchItem, Fetched> = new Run<FetchItem, Fetched>({
    name: 'fetch',
    job: jobOf(call),
    items: source.items(),
    key: source.key,
    task: task.run,
    line: task.line,
    sink: flags.output ?? clearing(around.stdout, display),
    concurrency: adaptive ? adaptiveLimit(onEvent) : most,
    ...(rate && { rate: new RateLimiter(rate, { ...(onEvent && { onEvent }) }) }),
    retry: (item) => retry(source.plan(item).method),
    ordered: flags.ordered === true,
    fresh: flags.fresh === true,
    retryFailed: flags.retryFailed === true,
    // What cannot go on remembers nothing.
    dedupe: isResumable(flags.output),
    redact: (text) => secrets.mask(text),
    ...(onEvent && { onEvent }),
    onOpen: ({ id, store, undone }) => {
      resumable = true
      noteRun(id, store, around.env)
      if (undone > 0 && !quiet) say(lostText(undone, flags.output!))
    },
    onOutcome: (outcome) => {
      if (outcome.status === 'fulfilled') return policy.succeeded()
      failures?.add(outcome.item)
      const reason = policy.failed(outcome.key, outcome.reason)
      return reason && { ...reason, now: reason.kind === 'fail-fast' }
    },
    onBadItem: ({ place, problem }) => {
      if (!quiet) say(`${place} ${problem}`)
    },
    onStop: (told, inFlight) => {
      const reason = told as StopReason
      if (reason.kind !== 'output' || !isReaderGone(reason.error)) {
        say(stopText(withPlace(reason, flags.output), told.now === true, inFlight, resumable))
      }
      stops.drain(reason)
    },
  })
  if (options.deadline !== undefined) stops.at(options.deadline, { kind: 'deadline' })
  if (onEvent !== undefined) void tellTotal(counted, run, onEvent)

  let tally: FetchTally
  try {
    const summary = await run.start().catch((error: unknown) => {
      throw refusal(error, flags.output)
    })
    tally = tallyOf(summary)
    await failures?.end(summary.store)
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

/** What makes two calls the same job: what is asked for, and what the lines look like. Nothing in it is a secret. */
function jobOf({ args, options, flags, secrets }: Call): Record<string, unknown> {
  const { template, method, body } = options
  return {
    command: 'fetch',
    template: template === undefined ? null : secrets.maskUrl(args[0]!),
    method,
    body: body === undefined ? null : createHash('sha256').update(body).digest('hex').slice(0, 32),
    text: flags.text === true,
    select: flags.select ?? null,
    bodyOnly: flags.bodyOnly === true,
  }
}

function lostText(undone: number, output: string): string {
  return `${formatCount(undone)} ${undone === 1 ? 'outcome was' : 'outcomes were'} lost with the end of ${output}, and ${undone === 1 ? 'is' : 'are'} fetched again`
}

async function sayResumed(
  found: Extract<SluiceEvent, { type: 'runFound' }>,
  run: Run<FetchItem, Fetched>,
  counted: number | Promise<number | undefined> | undefined,
  say: (line: string) => void,
): Promise<void> {
  // Of an input that has not been read to its end there is more to come.
  const items = run.inputEnded ? found.items : Math.max((await counted) ?? 0, found.items)
  say(resumedText({ ...found, items }))
}

/** Standard output, with room made on the terminal before something is written. */
function clearing(stdout: Surroundings['stdout'], display: ProgressDisplay): Writable {
  return new Writable({
    // What waits here waits for whoever reads standard output.
    highWaterMark: 1,
    write: (chunk: Uint8Array, _, done) => {
      display.clear()
      stdout.write(chunk, done)
    },
  })
}

/** Errors of files that are written say which. */
function withPlace(reason: StopReason, output: string | undefined): StopReason {
  if (reason.kind !== 'output' && reason.kind !== 'store') return reason
  const file = reason.kind === 'store' ? storeBeside(output!) : (output ?? 'standard output')
  return { kind: reason.kind, error: new Error(outputProblem(file, reason.error), { cause: reason.error }) }
}

/** What is wrong with an output that cannot be opened. */
function refusal(error: unknown, output: string | undefined): unknown {
  const { code } = error as { code?: unknown }
  const isFile = output !== undefined && typeof code === 'string' && /^E[A-Z]+$/.test(code)
  return isFile ? new UsageError(outputProblem(output, error), { cause: error }) : error
}

/** What the run and its requests tell, to the progress and, with `-v`, in lines of their own. */
function listener(
  model: ProgressModel | undefined,
  verbosity: number,
  say: ((line: string) => void) | undefined,
  more: EventListener | undefined,
): EventListener | undefined {
  if (say === undefined) return model?.onEvent
  return (event) => {
    model?.onEvent(event)
    more?.(event)
    const line = verbosity === 0 ? undefined : verboseLine(event, verbosity)
    if (line !== undefined) say(line)
  }
}

/** Tells how many items there are, as soon as that is known: at once, or when a file has been read through. */
async function tellTotal(
  counted: number | Promise<number | undefined> | undefined,
  run: Run<FetchItem, Fetched>,
  onEvent: EventListener,
): Promise<void> {
  const items = await counted
  if (items !== undefined && !run.inputEnded) emitter(onEvent, 'fetch')?.({ type: 'runTotal', items })
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
