import { createHash } from 'node:crypto'
import { KeyedSemaphore, RateLimiter } from '@sluice/core'
import { HttpRateLimiter, Session, rateLimit } from '@sluice/http'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { ADAPTIVE_FIRST, ADAPTIVE_MOST, adaptiveLimit } from '../fetch/adaptive-limit.ts'
import { bucketViews } from '../fetch/bucket-views.ts'
import { dryRun } from '../fetch/dry-run.ts'
import { FailedItems } from '../fetch/failed-items.ts'
import type { FetchItem } from '../fetch/fetch-item.ts'
import { FetchSource } from '../fetch/fetch-source.ts'
import { FetchTask, fetchWatch, type Fetched } from '../fetch/fetch-task.ts'
import { isResumable } from '../fetch/is-resumable.ts'
import { retryOptions } from '../fetch/retry-rules.ts'
import { checkInput, keepStdin } from '../input/check-input.ts'
import { countInAdvance } from '../input/count-items.ts'
import type { Item } from '../input/entry.ts'
import { checkSource } from '../input/open-input.ts'
import { readItems, type ItemsInput } from '../input/read-items.ts'
import type { Job, JobTools } from '../job/job.ts'
import { runJob } from '../job/run-job.ts'
import { printable } from '../progress/format.ts'
import type { LimitView } from '../progress/limit-view.ts'
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
  const counted = flags.strict ? await checkedInput(call) : { input, items: undefined }
  return runJob((tools) => fetchJob(call, counted, tools), options.job, around)
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

/** The job of a call. */
async function fetchJob(
  call: Call,
  { input, items }: { input: ItemsInput; items: number | undefined },
  { onEvent, stop }: JobTools,
): Promise<Job<FetchItem, Fetched>> {
  const { options, flags, secrets, around } = call
  const { rate, perHost, concurrency } = options
  const adaptive = concurrency === 'auto'
  const most = adaptive ? ADAPTIVE_MOST : concurrency
  const failures = await FailedItems.open(flags, 'path' in input.from ? input.from.path : undefined, (error) =>
    stop({ kind: 'output', error, now: true }),
  )
  const listening = onEvent && { onEvent }
  const limiter = new HttpRateLimiter({ probe: false, ...listening })
  const watch = fetchWatch()
  const session = new Session({
    headers: options.headers,
    raiseForStatus: true,
    connections: most,
    timeout: { total: options.timeout, connect: options.connectTimeout },
    // What a server tells of its limits holds for its host. A refusal is an attempt, so it is not sent again in there.
    middleware: [watch.middleware, rateLimit(limiter, { resend: 0 })],
    ...listening,
  })
  const limits = (): LimitView[] => bucketViews(limiter.statistics().buckets)
  const hosts = perHost === undefined ? undefined : new KeyedSemaphore(Infinity, { perKey: perHost })
  const source = new FetchSource(input, call.plan, () => around.stdin)
  const task = new FetchTask({
    plan: source.plan,
    session,
    watch,
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
  return {
    command: 'fetch',
    title: `fetch ${secrets.maskUrl(titleOf(call))}`,
    secrets,
    credentials: options.credentials,
    slots: adaptive ? ADAPTIVE_FIRST : most,
    adaptive,
    rate,
    total: items ?? (options.job.progress === 'none' ? undefined : countInAdvance(input)),
    tellsFailures: flags.bodyOnly === true,
    limits,
    unsent: watch,
    // With more than one it is not known what goes through which.
    bounds: () => (limits().length === 1 ? limits() : []),
    run: {
      job: identityOf(call),
      items: source.items(),
      key: source.key,
      task: task.run,
      line: task.line,
      concurrency: adaptive ? adaptiveLimit(onEvent) : most,
      ...(rate && { rate: new RateLimiter(rate, { ...listening }) }),
      retry: (item) => retry(source.plan(item).method),
      // Without a file nothing can go on, and nothing is remembered.
      dedupe: isResumable(flags.output),
    },
    onOutcome: ({ status, item }) => {
      if (status === 'rejected') failures?.add(item)
    },
    close: async () => {
      await session.close({ graceMs: 0 })
      if ('path' in input.from && input.from.path === '-' && input.from.kept === undefined) around.stdin.destroy()
    },
    onEnd: async ({ store }) => failures?.end(store),
  }
}

/** What makes two calls the same job: what is asked for, and what the lines look like. Nothing in it is a secret. */
function identityOf({ args, options, flags, secrets }: Call): Record<string, unknown> {
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

/** What the run is called on the screen. */
function titleOf({ options: { input }, args }: Call): string {
  if (args[0] !== undefined) return args[0]
  return 'path' in input.from ? input.from.name : ''
}
