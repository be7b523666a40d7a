import { writeFile } from 'node:fs/promises'
import type { EventListener, RateWindow } from '@sluice/core'
import { Run, type Outcome, type RunOptions } from '@sluice/runs'
import { UsageError, messageOf } from '../errors.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodeOf, isReaderGone } from '../fetch/exit-code-of.ts'
import { summarize, summaryLines } from '../fetch/fetch-summary.ts'
import { tallyOf, type FetchTally } from '../fetch/fetch-tally.ts'
import { resumedText } from '../fetch/resumed-text.ts'
import { StopPolicy, parseMaxFailures, type StopReason } from '../fetch/stop-policy.ts'
import { stopText } from '../fetch/stop-text.ts'
import { Stops } from '../fetch/stops.ts'
import { duration, word } from '../options/values.ts'
import { outputProblem } from '../output/open-output.ts'
import { printable } from '../progress/format.ts'
import type { LimitView } from '../progress/limit-view.ts'
import { tellDetails } from '../progress/details.ts'
import { openDisplay } from '../progress/open-display.ts'
import { PROGRESS_KINDS } from '../progress/progress-kind.ts'
import { ProgressModel } from '../progress/progress-model.ts'
import { styleOf } from '../progress/style.ts'
import type { Unsent } from '../riot/unsent.ts'
import { verboseLine } from '../progress/verbose-log.ts'
import type { Secrets } from '../secrets.ts'
import type { Surroundings } from '../surroundings.ts'
import type { JobFlags } from './job-flags.ts'
import { noteRun } from './note-run.ts'
import { progressEvents } from './progress-events.ts'

/** What a command works through. */
export interface Job<I, R> {
  /** Such as `riot matches`. */
  readonly command: string
  /** What it is called on the screen. */
  readonly title: string
  readonly run: Pick<
    RunOptions<I, R>,
    'items' | 'task' | 'key' | 'line' | 'job' | 'concurrency' | 'rate' | 'retry' | 'timeout' | 'select' | 'durability'
  >
  /** How many at once, as far as it is known. */
  readonly slots: number
  /** The rate that was asked for. */
  readonly rate?: readonly RateWindow[]
  /** Where the lines go if `-o` does not say. */
  readonly output?: string | undefined
  /** Whether it shows who asks: then a refusal of that ends the run. */
  readonly credentials: boolean
  readonly secrets: Secrets
  /** The limits that it has learned, as they stand. */
  readonly limits?: () => readonly LimitView[]
  /** What of its items in flight only waits to be sent. */
  readonly unsent?: Unsent
  /** Words for the end of the run, beside the counts. */
  readonly lastWords?: () => string[]
}

/** Works through a job with all that surrounds it: progress, signals, policies, summary, exit code. `makeJob` is told whom to tell events. */
export async function runJob<I, R>(
  makeJob: (onEvent: EventListener | undefined) => Promise<Job<I, R>> | Job<I, R>,
  flags: JobFlags,
  around: Surroundings,
): Promise<ExitCode> {
  const progress = word('--progress', flags.progress, PROGRESS_KINDS)
  const policyOptions = {
    maxFailures: flags.maxFailures === undefined ? undefined : parseMaxFailures(flags.maxFailures),
    failFast: flags.failFast === true,
  }
  const deadline = flags.deadline === undefined ? undefined : duration('--deadline', flags.deadline)
  const quiet = flags.quiet === true
  const begun = new Date()
  const listeners: EventListener[] = []
  const onEvent: EventListener = (event) => {
    for (const listener of listeners) listener(event)
  }
  const job = await makeJob(onEvent)
  const { secrets, command } = job
  const output = flags.output ?? job.output
  const model =
    quiet && flags.summary === undefined
      ? undefined
      : new ProgressModel(
          {
            rate: job.rate ?? [],
            concurrency: job.slots,
            adaptive: job.run.concurrency === 'auto',
            ...(job.limits && { limits: job.limits }),
            ...(job.unsent && { unsent: () => job.unsent!.waiting }),
          },
          performance.now(),
        )
  const policy = new StopPolicy({ ...policyOptions, credentials: job.credentials })
  const style = styleOf(around.stderr, around.env, flags.color === false)
  const display = await openDisplay(quiet ? 'none' : progress, secrets.mask(job.title), model, around, style)
  const say = (line: string): void => display.say(secrets.mask(printable(line)))
  if (model !== undefined) listeners.push(progressEvents(model.onEvent, job.unsent))
  const verbosity = quiet ? 0 : (flags.verbose ?? 0)
  if (!quiet) {
    listeners.push((event) => {
      const line = verboseLine(event, verbosity) ?? resumeLine(event)
      if (line !== undefined) say(line)
    })
  }

  let resumable = false
  const run = makeRun<I, R>(job.title, {
    ...job.run,
    name: command,
    sink: output ?? '-',
    ...(output === undefined && { store: false }),
    fresh: flags.fresh === true,
    retryFailed: flags.retryFailed === true,
    ordered: flags.ordered === true,
    redact: (text) => secrets.mask(text),
    onEvent,
    onOpen: ({ id, store }) => {
      resumable = true
      noteRun(id, store, around.env)
    },
    onOutcome: (outcome) => policyReason(policy, outcome),
    onBadItem: ({ place, problem }) => {
      if (!quiet) say(`${place} ${problem}`)
    },
    onStop: (reason, inFlight) => {
      const told = reasonOf(reason)
      const unsent = job.unsent?.takeBack() ?? 0
      if (told.kind !== 'output' || !isReaderGone(told.error)) {
        say(stopText(told, reason.now === true, inFlight - unsent, resumable))
      }
      stops.drain(told)
    },
  })
  const stops = new Stops(around, () => run)
  if (deadline !== undefined) stops.at(deadline, { kind: 'deadline' })
  const offCurious = model && around.onCurious(() => tellDetails(model, say))

  let tally: FetchTally
  try {
    tally = tallyOf(await run.start())
  } finally {
    offCurious?.()
    stops.end()
    display.stop()
  }
  const { stopped } = tally
  const code = exitCodeOf(tally, policy.allDenied)
  if (model === undefined) return code
  const last = model.snapshot(performance.now())
  if (!quiet && !(stopped?.kind === 'output' && isReaderGone(stopped.error))) {
    for (const line of [...summaryLines(last, tally), ...(job.lastWords?.() ?? [])]) say(line)
  }
  if (flags.summary !== undefined) {
    try {
      await writeFile(flags.summary, `${JSON.stringify(summarize(command, last, tally, begun, code), undefined, 2)}\n`)
    } catch (error) {
      throw new UsageError(outputProblem(flags.summary, error), { cause: error })
    }
  }
  return code
}

/** @throws UsageError for options that the engine refuses. */
function makeRun<I, R>(title: string, options: RunOptions<I, R>): Run<I, R> {
  try {
    return new Run(options)
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    throw new UsageError(`${title}: ${error.message}`, { cause: error })
  }
}

/** What was found of earlier sessions. */
function resumeLine(event: Parameters<EventListener>[0]): string | undefined {
  if (event.type === 'runWarning') return event.message
  if (event.type !== 'runFound') return undefined
  return resumedText(event)
}

function policyReason(
  policy: StopPolicy,
  outcome: Outcome<unknown, unknown>,
): (StopReason & { now: boolean }) | undefined {
  const reason = outcome.status === 'fulfilled' ? policy.succeeded() : policy.failed(outcome.key, outcome.reason)
  return reason && { ...reason, now: reason.kind === 'fail-fast' }
}

/** The reason of the engine as that of a command. */
function reasonOf(reason: { readonly kind: string; readonly error?: unknown }): StopReason {
  const { kind, error } = reason
  if (error === undefined) return reason as StopReason
  const cause = error instanceof Error ? error : new Error(messageOf(error))
  return kind === 'input' ? { kind, error: cause } : { kind: 'output', error: cause }
}
