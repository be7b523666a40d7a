import type { Command } from 'commander'
import type { ExitCode } from '../exit-codes.ts'
import { addJobFlags, type JobFlags } from '../job/job-flags.ts'
import { flag } from '../options/flag.ts'
import type { Surroundings } from '../surroundings.ts'
import { addCommand } from './add-command.ts'

/** The options of `sluice run` as they are written. */
export interface RunFlags extends JobFlags {
  rate?: string
  timeout?: string
}

/** Adds `sluice run`. */
export function addRunCommand(program: Command, around: Surroundings, onEnd: (code: ExitCode) => void): void {
  const command = addCommand(program, 'run', {
    summary: 'a job that a module exports',
    usage: '[options] FILE [-- args…]',
    examples: [
      'sluice run job.ts > out.ndjson',
      'sluice run job.ts -o out.ndjson -c 100 -r 20/s,100/2m',
      'sluice run job.mjs -o out.ndjson --retry-failed -- --year 2026',
    ],
    note: 'The module exports { items, task } as default, or a function of its arguments. More: docs/cli.md',
  })
    .argument('<file>')
    .argument('[args...]')
    .addOption(flag('-r, --rate <rate>', 'all of 20/s,100/2m hold; or 20:1,100:120'))
    .addOption(flag('--timeout <time>', 'of one attempt'))
  addJobFlags(command).action(async (file: string, args: string[], flags: RunFlags) => {
    const { runModule } = await import('./run.ts')
    onEnd(await runModule(file, args, flags, around))
  })
}
