import type { Command } from 'commander'
import type { ExitCode } from '../exit-codes.ts'
import { flag } from '../options/flag.ts'
import { ITEM_STATES } from '../runs/item-states.ts'
import type { Surroundings } from '../surroundings.ts'
import { addCommand } from './add-command.ts'

/** The options of `sluice runs` as they are written. */
export interface RunsFlags {
  json?: boolean
  items?: string
  older?: string
  dryRun?: boolean
  output?: string
  fresh?: boolean
}

/** Adds `sluice runs` with its commands. */
export function addRunsCommand(program: Command, around: Surroundings, onEnd: (code: ExitCode) => void): void {
  const runs = addCommand(program, 'runs', {
    summary: 'list, show, prune and export runs',
    usage: 'list|show|prune|export',
    examples: [
      'sluice runs list',
      'sluice runs show matches.ndjson',
      'sluice runs export matches.ndjson -o matches.csv',
    ],
    note: 'A run is named by its output, its folder, or the beginning of its id.',
  })
  addCommand(runs, 'list', {
    summary: 'the runs that were made on this machine',
    usage: '[options]',
    examples: ['sluice runs list', 'sluice runs list --json | jq -r .store', 'watch sluice runs list'],
  })
    .addOption(flag('--json', 'one JSON object a line'))
    .action(async (flags: RunsFlags) => {
      const { listRunsCommand } = await import('./runs.ts')
      onEnd(listRunsCommand(flags, around))
    })
  addCommand(runs, 'show', {
    summary: 'where a run stands, and what has failed',
    usage: '[options] RUN',
    examples: [
      'sluice runs show matches.ndjson',
      'sluice runs show 0b7e --json',
      'sluice runs show matches.ndjson --items failed | jq -r .key',
    ],
    note: 'A run may be looked at while it works.',
  })
    .argument('<file>')
    .addOption(flag('--json', 'as JSON'))
    .addOption(
      flag('--items <state>', `its items, one JSON object a line: ${ITEM_STATES.join(', ')}`).oneOf(ITEM_STATES),
    )
    .action(async (run: string, flags: RunsFlags) => {
      const { showRunCommand } = await import('./runs.ts')
      onEnd(await showRunCommand(run, flags, around))
    })
  addCommand(runs, 'prune', {
    summary: 'removes what runs keep beside their output',
    usage: '[options] [RUN…]',
    examples: ['sluice runs prune --older 30d', 'sluice runs prune matches.ndjson', 'sluice runs prune -n'],
    note: 'Without a RUN those that have ended. Outputs stay; such a run cannot go on any more.',
  })
    .argument('[file...]')
    .addOption(flag('--older <time>', 'only those that were begun so long ago', '7d'))
    .addOption(flag('-n, --dry-run', 'only say what would be removed'))
    .action(async (names: string[], flags: RunsFlags) => {
      const { pruneRunsCommand } = await import('./runs.ts')
      onEnd(pruneRunsCommand(names, flags, around))
    })
  addCommand(runs, 'export', {
    summary: 'the output of a run as CSV, SQLite or Parquet',
    usage: '[options] RUN -o FILE',
    examples: [
      'sluice runs export matches.ndjson -o matches.csv',
      'sluice runs export matches.ndjson -o matches.sqlite',
      'sluice runs export 0b7e -o matches.parquet',
    ],
    note: 'The ending of FILE says what it is to be. Parquet needs the package @duckdb/node-api.',
  })
    .argument('<file>')
    .addOption(flag('-o, --output <file>', '.csv, .sqlite or .parquet'))
    .addOption(flag('--fresh', 'overwrite it'))
    .action(async (run: string, flags: RunsFlags) => {
      const { exportRunCommand } = await import('./runs.ts')
      onEnd(await exportRunCommand(run, flags, around))
    })
}
