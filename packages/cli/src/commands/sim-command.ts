import type { Command } from 'commander'
import type { ExitCode } from '../exit-codes.ts'
import { flag } from '../options/flag.ts'
import { LATENCIES, WINDOW_MODES } from '../sim/names.ts'
import type { Surroundings } from '../surroundings.ts'
import { addCommand } from './add-command.ts'

/** The options of `sluice sim` as they are written. */
export interface SimFlags {
  port: string
  host: string
  key?: string[]
  method?: string[]
  latency: string
  windowMode: string
  seed: string
  speed: string
  quiet?: boolean
}

/** Adds `sluice sim`. */
export function addSimCommand(program: Command, around: Surroundings, onEnd: (code: ExitCode) => void): void {
  addCommand(program, 'sim', {
    summary: 'a simulated Riot API, with its limits',
    usage: '[options]',
    examples: [
      'sluice sim',
      'sluice sim --port 8080 --latency prod --key RGAPI-mine=20/s,100/2m',
      'sluice sim --speed 60 --method match-v5.getMatch=2000/10s',
    ],
    note: 'Its address goes to standard output. Ctrl-C ends it. More: docs/riot-simulator.md',
  })
    .addOption(flag('--port <n>', 'where it listens; 0 is any free one', '0'))
    .addOption(flag('--host <address>', 'address it listens on', '127.0.0.1'))
    .addOption(flag('--key <key[=rate]>', 'a key and its limits, several times; in place of the two usual ones').many())
    .addOption(flag('--method <id=rate>', 'limits of an operation, several times; * is all others').many())
    .addOption(flag('--latency <name>', LATENCIES.join(', '), 'none').oneOf(LATENCIES))
    .addOption(flag('--window-mode <name>', WINDOW_MODES.join(', '), 'first').oneOf(WINDOW_MODES))
    .addOption(flag('--seed <n>', 'the world depends on it', '1'))
    .addOption(flag('--speed <n>', 'how many times as fast time passes', '1'))
    .addOption(flag('-q, --quiet', 'nothing but the address'))
    .action(async (flags: SimFlags) => {
      const { runSim } = await import('./sim.ts')
      onEnd(await runSim(flags, around))
    })
}
