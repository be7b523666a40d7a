import type { Command } from 'commander'
import { flag } from '../options/flag.ts'
import { PROGRESS_KINDS } from '../progress/progress-kind.ts'

/** The options of every command that works through a run, as they are written. */
export interface JobFlags {
  concurrency?: string
  retries?: string
  deadline?: string
  output?: string
  fresh?: boolean
  retryFailed?: boolean
  ordered?: boolean
  maxFailures?: string
  failFast?: boolean
  dryRun?: boolean
  quiet?: boolean
  verbose?: number
  progress: string
  color?: boolean
  summary?: string
}

/** Adds them to a command. */
export function addJobFlags(command: Command, concurrency?: string, retries?: string): Command {
  return command
    .addOption(flag('-c, --concurrency <n>', 'items at once', concurrency))
    .addOption(flag('--retries <n>', 'further attempts', retries))
    .addOption(flag('--deadline <time>', 'of this session; the same command goes on'))
    .addOption(flag('-o, --output <file>', 'lines to a file, so that the same command goes on; .gz is packed'))
    .addOption(flag('--fresh', 'start over'))
    .addOption(flag('--retry-failed', 'try again what has failed before'))
    .addOption(flag('--ordered', 'lines in the order in which items became known'))
    .addOption(flag('--max-failures <n>', 'stop after so many, or 5%; ends what it began'))
    .addOption(flag('--fail-fast', 'stop at once at the first failure'))
    .addOption(flag('-n, --dry-run', 'do nothing, and say what would be done'))
    .addOption(flag('-q, --quiet', 'only errors'))
    .addOption(flag('-v, --verbose', 'each failure; -vv each attempt').many())
    .addOption(flag('--progress <kind>', 'auto, bar, lines, json, none', 'auto').oneOf(PROGRESS_KINDS))
    .addOption(flag('--no-color', 'no colours'))
    .addOption(flag('--summary <file>', 'what was done, as JSON'))
}
