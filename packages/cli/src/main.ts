import { Command, CommanderError } from 'commander'
import { addFetchCommand } from './commands/fetch-command.ts'
import { UsageError, messageOf } from './errors.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import type { Surroundings } from './surroundings.ts'

const EXAMPLES = `Examples:
  sluice fetch https://api.example.com/users/{} 1 2 3 > users.ndjson
  sluice fetch 'https://api.example.com/{region}/{id}' -i ids.csv -r 20/s,100/2m
  cat urls.txt | sluice fetch -c 100 --retries 5 | jq .status
`

/** Runs the command line `args` (without node and the program) and answers with the exit code. */
export async function main(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  const { stdout, stderr } = around
  let code: ExitCode = EXIT.ok
  const program = new Command('sluice')
    .description('Runs very many requests at once, and lets through exactly as many as the other side can take.')
    .addHelpText('before', EXAMPLES)
    .helpCommand(false)
    .helpOption('-h, --help', 'of a command: sluice fetch --help')
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .showHelpAfterError('(--help lists the options)')
  addFetchCommand(program, around, (result) => {
    code = result
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    if (error instanceof UsageError) {
      stderr.write(`sluice: ${messageOf(error)}\n`)
      return EXIT.usage
    }
    stderr.write(
      `sluice: unexpected error, please report it: ${error instanceof Error ? error.stack : String(error)}\n`,
    )
    return EXIT.internal
  }
}
