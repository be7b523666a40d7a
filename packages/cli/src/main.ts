import { Command, CommanderError } from 'commander'
import { addCompletionCommand } from './commands/completion-command.ts'
import { addFetchCommand } from './commands/fetch-command.ts'
import { addRiotCommand } from './commands/riot-command.ts'
import { addRunCommand } from './commands/run-command.ts'
import { addRunsCommand } from './commands/runs-command.ts'
import { addSimCommand } from './commands/sim-command.ts'
import { addTryCommand } from './commands/try-command.ts'
import { UsageError, messageOf } from './errors.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { storeExit } from './fetch/store-exit.ts'
import { loadConfig } from './options/config.ts'
import { settleFlags, withOrigin, type Origins } from './options/settle-flags.ts'
import type { Surroundings } from './surroundings.ts'

const EXAMPLES = `Examples:
  sluice fetch https://api.example.com/users/{} 1 2 3 > users.ndjson
  sluice fetch 'https://api.example.com/{region}/{id}' -i ids.csv -r 20/s,100/2m
  cat urls.txt | sluice fetch -c 100 --retries 5 | jq .status
`

/** Runs the command line `args` (without node and the program) and answers with the exit code. */
export async function main(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  const { stdout, stderr, env } = around
  let code: ExitCode = EXIT.ok
  let origins: Origins = new Map()
  const program = new Command('sluice')
    .description('Runs very many requests at once, and lets through exactly as many as the other side can take.')
    .addHelpText('before', EXAMPLES)
    .helpCommand(false)
    .helpOption('-h, --help', 'of a command: sluice fetch --help')
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .showHelpAfterError('(--help lists the options)')
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .hook('preAction', async (_, command) => {
      origins = settleFlags(command, env, await loadConfig(program, env['SLUICE_CONFIG']))
    })
  const onEnd = (result: ExitCode): void => {
    code = result
  }
  for (const add of [
    addFetchCommand,
    addRiotCommand,
    addRunCommand,
    addRunsCommand,
    addTryCommand,
    addSimCommand,
    addCompletionCommand,
  ])
    add(program, around, onEnd)
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    if (error instanceof UsageError) {
      stderr.write(`sluice: ${withOrigin(messageOf(error), origins)}\n`)
      return EXIT.usage
    }
    const refused = storeExit(error)
    if (refused !== undefined) {
      stderr.write(`sluice: ${refused.message}\n`)
      return refused.code
    }
    stderr.write(
      `sluice: unexpected error, please report it: ${error instanceof Error ? error.stack : String(error)}\n`,
    )
    return EXIT.internal
  }
}
