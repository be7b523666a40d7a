import type { EventListener, SluiceEvent } from '@sluice/core'
import { emitter } from '@sluice/core/internal'
import { Run, storeBeside, type Outcome, type RunOptions } from '@sluice/runs'
import { UsageError } from '../errors.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodeOf, isReaderGone } from '../fetch/exit-code-of.ts'
import { summarize, summaryLines, writeSummary } from '../fetch/fetch-summary.ts'
import { tallyOf, type FetchTally } from '../fetch/fetch-tally.ts'
import { resumedText } from '../fetch/resumed-text.ts'
import { StopPolicy, type StopReason } from '../fetch/stop-policy.ts'
import { stopText } from '../fetch/stop-text.ts'
import { Stops } from '../fetch/stops.ts'
import { clearing } from '../output/clearing.ts'
import { outputProblem } from '../output/open-output.ts'
import { tellDetails } from '../progress/details.ts'
import { formatCount, printable } from '../progress/format.ts'
import { openDisplay } from '../progress/open-display.ts'
import { ProgressModel } from '../progress/progress-model.ts'
import { styleOf } from '../progress/style.ts'
import { verboseLine } from '../progress/verbose-log.ts'
import type { Surroundings } from '../surroundings.ts'
import type { JobOptions } from './job-options.ts'
import type { Job, JobTools } from './job.ts'
import { noteRun } from './note-run.ts'
import { progressEvents } from './progress-events.ts'

/** Works through a job with all that surrounds it: progress, signals, policies, summary, exit code. */
export async function runJob<I, R>(
  makeJob: (tools: JobTools) => Promise<Job<I, R>> | Job<I, R>,
  options: JobOptions,
  around: Surroundings,
): Promise<ExitCode> {
  const { quiet, summary } = options
  const begun = new Date()
  const listeners: EventListener[] = []
  // Nobody asks: nothing is counted.
  const counts = !quiet || summary !== undefined
  const onEvent: EventListener | undefined = counts
    ? (event) => {
        for (const listener of listeners) listener(event)
      }
    : undefined
  const job = await makeJob({ onEvent, stop: (reason) => run.stop(reason) })
  const { secrets, command, unsent, total } = job
  const output = options.output ?? job.output
  const model = counts ? modelOf(job) : undefined
  const policy = new StopPolicy({ ...options, credentials: job.credentials })
  const style = styleOf(around.stderr, around.env, options.noColour)
  const display = await openDisplay(options.progress, secrets.mask(job.title), model, around, style)
  const say = (line: string): void => display.say(secrets.mask(printable(line)))
  if (model !== undefined) listeners.push(progressEvents(model.onEvent, unsent))
  if (!quiet) {
    const verbosity = options.verbosity + (job.tellsFailures ? 1 : 0)
    listeners.push((event) => {
      const line = verbosity === 0 ? undefined : verboseLine(event, verbosity)
      if (line !== undefined) say(line)
      else if (event.type === 'runWarning') say(event.message)
      else if (event.type === 'runFound') void sayResumed(event, run, total, say)
    })
  }

  let resumable = false
  const run = makeRun<I, R>(job.title, {
    ...job.run,
    name: command,
    sink: output ?? clearing(around.stdout, display),
    fresh: options.fresh,
    retryFailed: options.retryFailed,
    ordered: options.ordered,
    redact: (text) => secrets.mask(text),
    ...(onEvent && { onEvent }),
    onOpen: ({ id, store, undone }) => {
      resumable = true
      noteRun(id, store, around.env)
      if (undone > 0 && !quiet) say(lostText(undone, output!))
    },
    onOutcome: (outcome) => {
      job.onOutcome?.(outcome)
      return policyReason(policy, outcome)
    },
    onBadItem: ({ place, problem }) => {
      if (!quiet) say(`${place} ${problem}`)
    },
    onStop: (reason, inFlight) => {
      const told = reason as StopReason
      const begunNot = unsent?.takeBack() ?? 0
      if (told.kind !== 'output' || !isReaderGone(told.error)) {
        say(stopText(withPlace(told, output), reason.now === true, inFlight - begunNot, resumable))
      }
      stops.drain(told)
    },
  })
  const stops = new Stops(around, () => run)
  if (options.deadline !== undefined) stops.at(options.deadline, { kind: 'deadline' })
  const offCurious = model && around.onCurious(() => tellDetails(model, say))
  if (onEvent !== undefined) void tellTotal(total, run, command, onEvent)

  let tally: FetchTally
  try {
    const done = await run.start().catch((error: unknown) => {
      throw refusal(error, output)
    })
    tally = tallyOf(done)
    await job.onEnd?.(done)
  } finally {
    offCurious?.()
    stops.end()
    display.stop()
    await job.close?.()
  }
  const code = exitCodeOf(tally, policy.allDenied)
  if (model === undefined) return code
  const last = model.snapshot(performance.now())
  if (!quiet && !leftByReader(tally)) {
    for (const line of [...summaryLines(last, tally), ...(job.lastWords?.() ?? [])]) say(line)
  }
  if (summary !== undefined) await writeSummary(summary, summarize(command, last, tally, begun, code))
  return code
}

function modelOf<I, R>({ rate = [], slots, adaptive = false, limits, bounds, unsent }: Job<I, R>): ProgressModel {
  const facts = {
    rate,
    concurrency: slots,
    adaptive,
    ...(limits && { limits }),
    ...(bounds && { bounds }),
    ...(unsent && { unsent: () => unsent.waiting }),
  }
  return new ProgressModel(facts, performance.now())
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

function lostText(undone: number, output: string): string {
  return `${formatCount(undone)} ${undone === 1 ? 'outcome was' : 'outcomes were'} lost with the end of ${output}, and ${undone === 1 ? 'is' : 'are'} made again`
}

async function sayResumed<I, R>(
  found: Extract<SluiceEvent, { type: 'runFound' }>,
  run: Run<I, R>,
  total: Job<I, R>['total'],
  say: (line: string) => void,
): Promise<void> {
  // Of an input that has not been read to its end there is more to come.
  const items = run.inputEnded ? found.items : Math.max((await total) ?? 0, found.items)
  say(resumedText({ ...found, items }))
}

/** Tells how many items there are, as soon as that is known: at once, or when a file has been read through. */
async function tellTotal<I, R>(
  total: Job<I, R>['total'],
  run: Run<I, R>,
  command: string,
  onEvent: EventListener,
): Promise<void> {
  const items = await total
  if (items !== undefined && !run.inputEnded) emitter(onEvent, command)?.({ type: 'runTotal', items })
}

function policyReason(
  policy: StopPolicy,
  outcome: Outcome<unknown, unknown>,
): (StopReason & { now: boolean }) | undefined {
  const reason = outcome.status === 'fulfilled' ? policy.succeeded() : policy.failed(outcome.key, outcome.reason)
  return reason && { ...reason, now: reason.kind === 'fail-fast' }
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

function leftByReader({ stopped }: FetchTally): boolean {
  return stopped?.kind === 'output' && isReaderGone(stopped.error)
}
