import type { Command } from 'commander'
import type { ExitCode } from '../exit-codes.ts'
import { flag } from '../options/flag.ts'
import type { Surroundings } from '../surroundings.ts'
import { addCommand } from './add-command.ts'

/** The options of `sluice try` as they are written. */
export interface TryFlags {
  request?: string
  data?: string
  header?: string[]
  timeout: string
  connectTimeout: string
  color?: boolean
}

/** Adds `sluice try`. */
export function addTryCommand(program: Command, around: Surroundings, onEnd: (code: ExitCode) => void): void {
  addCommand(program, 'try', {
    summary: 'one request, and the limits its answer tells',
    usage: '[options] URL',
    examples: [
      'sluice try https://api.github.com/rate_limit',
      "sluice try https://api.example.com/me -H 'Authorization: Bearer ${env:TOKEN}'",
      'sluice try https://api.example.com/users -d \'{"name":"Ada"}\'',
    ],
    note: 'Shows status, times, limits, headers and the beginning of the body, without secrets.',
  })
    .argument('<url>')
    .addOption(flag('-X, --request <method>', 'method: GET, or POST with -d'))
    .addOption(flag('-d, --data <body>', 'body of the request; @file'))
    .addOption(flag('-H, --header <header>', "'Name: value'; @file; ${env:NAME} for secrets").many())
    .addOption(flag('--timeout <time>', 'of the request', '30s'))
    .addOption(flag('--connect-timeout <time>', 'of connecting', '10s'))
    .addOption(flag('--no-color', 'no colours'))
    .action(async (url: string, flags: TryFlags) => {
      const { runTry } = await import('./try.ts')
      onEnd(await runTry(url, flags, around))
    })
}
