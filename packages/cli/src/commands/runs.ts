import { RunReader, StoreError, forgetRun, listRuns, type ListedRun } from '@sluice/runs'
import { UsageError } from '../errors.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { duration, word } from '../options/values.ts'
import { formatCount, printable } from '../progress/format.ts'
import { exportRun } from '../runs/export-run.ts'
import { FailureGroups } from '../runs/failure-groups.ts'
import { findStore } from '../runs/find-store.ts'
import { ITEM_STATES } from '../runs/item-states.ts'
import { LineWriter } from '../runs/line-writer.ts'
import { removeStore } from '../runs/remove-store.ts'
import { reportLines, runRow, stateOf, table } from '../runs/run-texts.ts'
import type { Surroundings } from '../surroundings.ts'
import type { RunsFlags } from './runs-command.ts'

/** `sluice runs list`. */
export function listRunsCommand({ json }: RunsFlags, { stdout }: Surroundings): ExitCode {
  const runs = listRuns()
  const lines = json
    ? runs.map(({ id, store, report }) => JSON.stringify({ id, store, state: stateOf(report), ...report }))
    : runs.length === 0
      ? []
      : table([
          ['RUN', 'STATE', 'DONE', 'FAILED', 'BEGUN', 'WHAT'],
          ...runs.map(({ id, store, report }) => runRow(id, store, report)),
        ])
  for (const line of lines) stdout.write(`${printable(line)}\n`)
  return EXIT.ok
}

/** `sluice runs show`. */
export async function showRunCommand(
  name: string,
  { json, items }: RunsFlags,
  { stdout }: Surroundings,
): Promise<ExitCode> {
  const state = items === undefined ? undefined : word('--items', items, ITEM_STATES)
  return reading(name, async (reader) => {
    const out = new LineWriter(stdout)
    if (state !== undefined) {
      for (const item of reader.items(state)) if (!(await out.write(JSON.stringify(item)))) break
      return EXIT.ok
    }
    const report = reader.report()
    if (json) {
      await out.write(JSON.stringify({ ...report, state: stateOf(report) }))
      return EXIT.ok
    }
    for (const line of reportLines(report)) await out.write(printable(line))
    const groups = new FailureGroups()
    for (const item of report.failed > 0 ? reader.items('failed') : []) groups.add(item)
    for (const line of groups.lines()) await out.write(printable(line))
    return EXIT.ok
  })
}

/** `sluice runs prune`. */
export function pruneRunsCommand(
  names: readonly string[],
  { older = '7d', dryRun }: RunsFlags,
  { stdout }: Surroundings,
): ExitCode {
  const before = Date.now() - duration('--older', older)
  const named = names.map((name) => runNamed(name))
  const chosen =
    named.length > 0
      ? named
      : listRuns().filter(
          ({ report }) =>
            stateOf(report) === 'gone' || (stateOf(report) === 'done' && Date.parse(report!.created) < before),
        )
  for (const { id, store, report } of chosen) {
    if (stateOf(report) === 'running') throw new UsageError(`${store}: process ${report!.writer!.pid} is at work on it`)
    const what = report === undefined ? 'there is nothing any more' : `${formatCount(report.items)} items`
    stdout.write(`${dryRun ? 'would remove' : 'removed'} ${id} ${store} (${what})\n`)
    if (dryRun) continue
    if (report !== undefined) removeStore(store)
    forgetRun(id)
  }
  return EXIT.ok
}

/** `sluice runs export`. */
export async function exportRunCommand(
  name: string,
  { output, fresh }: RunsFlags,
  around: Surroundings,
): Promise<ExitCode> {
  if (output === undefined) throw new UsageError('--output is needed: write where to, such as -o matches.csv')
  return reading(name, async (reader) => {
    const { output: lines } = reader.report()
    if (lines === undefined) throw new UsageError(`${name}: this run has no output that could be exported`)
    const count = await exportRun(lines, output, { fresh: fresh === true })
    around.stderr.write(`${formatCount(count)} ${count === 1 ? 'row' : 'rows'} in ${output}\n`)
    return EXIT.ok
  })
}

function runNamed(name: string): ListedRun {
  const store = findStore(name)
  using reader = open(store)
  const report = reader.report()
  return { id: report.id, store, report }
}

async function reading<T>(name: string, look: (reader: RunReader) => Promise<T>): Promise<T> {
  using reader = open(findStore(name))
  return await look(reader)
}

/** @throws UsageError for a store that cannot be read. */
function open(store: string): RunReader {
  try {
    return new RunReader(store)
  } catch (error) {
    if (error instanceof StoreError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}
