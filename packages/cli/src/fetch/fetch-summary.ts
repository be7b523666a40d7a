import { writeFile } from 'node:fs/promises'
import { UsageError } from '../errors.ts'
import type { ExitCode } from '../exit-codes.ts'
import { outputProblem } from '../output/open-output.ts'
import { formatBytes, formatCount, formatDuration, formatPerSecond } from '../progress/format.ts'
import type { Percentiles, ProgressSnapshot } from '../progress/progress-model.ts'
import type { FetchTally } from './fetch-tally.ts'

/** What `--summary` writes. A field never changes its meaning within a version. */
export interface FetchSummary {
  readonly version: 1
  /** `fetch`, `run`, `riot matches`. */
  readonly command: string
  /** When it began and ended, ISO 8601. */
  readonly begun: string
  readonly ended: string
  readonly ms: number
  readonly exitCode: ExitCode
  /** Why it stopped before its end: `signal`, `max-failures`, … or null. */
  readonly stopped: string | null
  /** True when every item of the input was begun. */
  readonly complete: boolean
  readonly items: {
    readonly ok: number
    readonly failed: number
    readonly cancelled: number
    readonly bad: number
    readonly duplicates: number
  }
  /** Of these, by earlier calls. */
  readonly resumed: { readonly ok: number; readonly failed: number }
  readonly attempts: number
  readonly retried: number
  readonly bytes: number
  /** Responses by status. */
  readonly statuses: Readonly<Record<string, number>>
  /** Failures by kind. */
  readonly errors: Readonly<Record<string, number>>
  /** ms of one attempt, of an item's waiting, and of all attempts of an item. */
  readonly latency: Percentiles
  readonly wait: Percentiles
  readonly run: Percentiles
}

/** The summary of a run that began at `begun`. */
export function summarize(
  command: string,
  now: ProgressSnapshot,
  tally: FetchTally,
  begun: Date,
  exitCode: ExitCode,
): FetchSummary {
  const { ok, failed, resumed, cancelled, bad, duplicates, complete, stopped } = tally
  const { elapsed, attempts, retried, bytes, statuses, errors, latency, wait, run } = now
  return {
    version: 1,
    command,
    begun: begun.toISOString(),
    ended: new Date(begun.getTime() + elapsed).toISOString(),
    ms: Math.round(elapsed),
    exitCode,
    stopped: stopped?.kind ?? null,
    complete,
    items: { ok, failed, cancelled, bad, duplicates },
    resumed,
    attempts,
    retried,
    bytes,
    statuses,
    errors: Object.fromEntries(errors),
    latency: rounded(latency),
    wait: rounded(wait),
    run: rounded(run),
  }
}

/** The summary for people, in a few lines. */
export function summaryLines(now: ProgressSnapshot, tally: FetchTally): string[] {
  const { ok, failed, resumed, cancelled, bad, duplicates, complete } = tally
  const before = resumed.ok + resumed.failed
  const done = ok + failed - before
  const { elapsed, retried, bytes, errors, latency, wait } = now
  const kinds = errors.map(([kind, count]) => `${kind} × ${formatCount(count)}`).join(', ')
  const left = now.total === undefined ? undefined : now.total - done - before
  const lines = [
    [
      `${formatCount(ok)} ok`,
      `${formatCount(failed)} failed${kinds === '' ? '' : ` (${kinds})`}`,
      ...(before > 0 ? [`${formatCount(before)} of them before`] : []),
      ...(duplicates > 0 ? [`${formatCount(duplicates)} ${duplicates === 1 ? 'duplicate' : 'duplicates'}`] : []),
      ...(bad > 0 ? [`${formatCount(bad)} bad ${bad === 1 ? 'line' : 'lines'}`] : []),
      ...(complete && cancelled === 0 ? [] : [`${left === undefined ? 'the rest' : formatCount(left)} not done`]),
      ...(retried > 0 ? [`${formatCount(retried)} ${retried === 1 ? 'retry' : 'retries'}`] : []),
      `in ${formatDuration(elapsed)}`,
      formatPerSecond((done * 1000) / Math.max(1, elapsed)),
      formatBytes(bytes),
    ].join(', '),
  ]
  if (done > 1) lines.push(timesText('an answer took', latency), timesText('an item waited', wait))
  return lines
}

function timesText(what: string, { p50, p90, p95, p99, p999, max }: Percentiles): string {
  const times = { p50, p90, p95, p99, 'p99.9': p999, max }
  return `${what} ${Object.entries(times)
    .map(([name, ms]) => `${name} ${formatDuration(ms)}`)
    .join(' ')}`
}

function rounded(times: Percentiles): Percentiles {
  const { p50, p90, p95, p99, p999, max } = times
  const round = (ms: number): number => Math.round(ms * 10) / 10
  return { p50: round(p50), p90: round(p90), p95: round(p95), p99: round(p99), p999: round(p999), max: round(max) }
}

/** Writes it to a file. @throws UsageError when that cannot be done. */
export async function writeSummary(path: string, summary: FetchSummary): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(summary, undefined, 2)}\n`)
  } catch (error) {
    throw new UsageError(outputProblem(path, error), { cause: error })
  }
}
