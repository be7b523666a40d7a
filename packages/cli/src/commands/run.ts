import { basename, resolve } from 'node:path'
import { parseRate } from '@sluice/core'
import { UsageError, messageOf } from '../errors.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { JobModule } from '../job/define-job.ts'
import { parseJobOptions } from '../job/job-options.ts'
import type { Job } from '../job/job.ts'
import { runJob } from '../job/run-job.ts'
import { loadModule } from '../load-module.ts'
import { count, duration, named } from '../options/values.ts'
import { formatCount, formatDuration } from '../progress/format.ts'
import { Secrets } from '../secrets.ts'
import type { Surroundings } from '../surroundings.ts'
import type { RunFlags } from './run-command.ts'

/** How many at once when neither the job nor the command line says. */
const CONCURRENCY = 100
/** Variables of the environment whose values are secrets, by their names. */
const SECRET_NAME = /(^|_)(KEY|TOKEN|SECRET|PASSWORD|PASSWD)S?$/i
const SECRET_LENGTH = 8
/** What a module has left open holds the process no longer than this, in ms. */
const LINGER_MS = 1000

/** `sluice run FILE`. @throws UsageError when the module cannot be loaded, or is no job. */
export async function runModule(
  file: string,
  args: readonly string[],
  flags: RunFlags,
  around: Surroundings,
): Promise<ExitCode> {
  const options = parseJobOptions(flags)
  const module = await loadJob(file, args)
  const secrets = new Secrets(around.env)
  for (const [name, value] of Object.entries(around.env)) {
    if (value !== undefined && value.length >= SECRET_LENGTH && SECRET_NAME.test(name)) secrets.add(value)
  }
  try {
    const job = jobOf(module, file, args, flags, secrets)
    if (flags.dryRun) return await countItems(module, job, around)
    return await runJob(() => job, options, around)
  } finally {
    await module.close?.()
    // With nothing left open, the process ends before.
    setTimeout(() => around.exit(Number(process.exitCode ?? EXIT.ok)), LINGER_MS).unref()
  }
}

async function loadJob(file: string, args: readonly string[]): Promise<JobModule<unknown, unknown>> {
  const path = resolve(file)
  let made: unknown
  try {
    made = (await loadModule(path))['default']
    if (typeof made === 'function') made = await (made as (args: readonly string[]) => unknown)(args)
    else if (args.length > 0 && made !== undefined) {
      throw new UsageError(`${file} takes no arguments, since its default export is no function: ${args[0]}`)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${file}: ${messageOf(error)}${placeIn(path, error)}`, { cause: error })
  }
  const { items, task } = (made ?? {}) as Partial<JobModule<unknown, unknown>>
  if (items === undefined || typeof task !== 'function') {
    throw new UsageError(`${file}: its default export must be a job { items, task, … }, or a function that returns one`)
  }
  return made as JobModule<unknown, unknown>
}

/** Where in the module an error was thrown. */
function placeIn(path: string, error: unknown): string {
  const { stack = '' } = error as { stack?: string }
  const at = stack.indexOf(`${path}:`)
  return at < 0 ? '' : ` (line ${/^\d+/.exec(stack.slice(at + path.length + 1))?.[0] ?? '?'})`
}

function jobOf(
  module: JobModule<unknown, unknown>,
  file: string,
  args: readonly string[],
  flags: RunFlags,
  secrets: Secrets,
): Job<unknown, unknown> {
  const { close: _, name = basename(file), output, job = null, ...own } = module
  const concurrency =
    flags.concurrency === undefined
      ? (own.concurrency ?? CONCURRENCY)
      : flags.concurrency === 'auto'
        ? 'auto'
        : count('--concurrency', flags.concurrency, 1, ', or auto')
  const rate = flags.rate ?? own.rate
  const windows =
    typeof rate === 'string' ? named(flags.rate === undefined ? `${file}: rate` : '--rate', rate, parseRate) : undefined
  return {
    command: 'run',
    title: `run ${name}`,
    secrets,
    credentials: false,
    output,
    adaptive: concurrency === 'auto',
    slots: typeof concurrency === 'number' ? concurrency : CONCURRENCY,
    ...(windows && { rate: windows }),
    run: {
      ...own,
      concurrency,
      ...(rate !== undefined && { rate }),
      ...(flags.timeout !== undefined && { timeout: duration('--timeout', flags.timeout) }),
      ...(flags.retries !== undefined && { retry: count('--retries', flags.retries, 0) }),
      job: { command: 'run', name, args, job },
    },
  }
}

/** Says how many items there are and how long the declared rate makes them take, and does nothing. */
async function countItems(
  { items }: JobModule<unknown, unknown>,
  { rate }: Job<unknown, unknown>,
  { stdout }: Surroundings,
): Promise<ExitCode> {
  let found = 0
  for await (const _ of items) found++
  const ms = Math.max(0, ...(rate ?? []).map((window) => (found * window.ms) / window.limit))
  const text = rate === undefined ? ', and no rate is declared' : ` at the declared rate: ${formatDuration(ms)}`
  stdout.write(`${formatCount(found)} ${found === 1 ? 'item' : 'items'}${text}\n`)
  return EXIT.ok
}
