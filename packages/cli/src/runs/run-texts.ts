import type { RunReport } from '@sluice/runs'
import { formatCount } from '../progress/format.ts'

/** How a run stands, in a word. */
export function stateOf(report: RunReport | undefined): 'gone' | 'running' | 'done' | 'stopped' {
  if (report === undefined) return 'gone'
  if (report.writer !== undefined) return 'running'
  return report.inputEnded && report.pending === 0 ? 'done' : 'stopped'
}

/** Columns side by side, the last as long as it is. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!))).join('  '),
  )
}

/** A run in a row of the list. */
export function runRow(id: string, store: string, report: RunReport | undefined): string[] {
  if (report === undefined) return [id, 'gone', '', '', '', store]
  const { name, ok, failed, items, created, output } = report
  return [
    id,
    stateOf(report),
    `${formatCount(ok + failed)}/${formatCount(items)}`,
    formatCount(failed),
    created.slice(0, 16).replace('T', ' '),
    `${name}  ${output ?? store}`,
  ]
}

/** What is to be known of a run, in lines of a name and a value. */
export function reportLines(report: RunReport): string[] {
  const { id, name, store, output, job, created, sessions, items, ok, failed, pending, retrying, inputEnded, writer } =
    report
  return table([
    ['run', `${id}, ${name}`],
    ['state', writer === undefined ? stateOf(report) : `running, process ${writer.pid} since ${writer.started}`],
    ['items', `${formatCount(items)}${inputEnded ? '' : ' so far, the input has not been read to its end'}`],
    ['ok', formatCount(ok)],
    ['failed', formatCount(failed)],
    ['pending', `${formatCount(pending)}${retrying > 0 ? `, ${formatCount(retrying)} of them to be tried again` : ''}`],
    ['begun', `${created}, ${formatCount(sessions)} ${sessions === 1 ? 'session' : 'sessions'}`],
    ...(output === undefined ? [] : [['output', output]]),
    ['store', store],
    ...(job === null ? [] : [['job', JSON.stringify(job)]]),
  ])
}
