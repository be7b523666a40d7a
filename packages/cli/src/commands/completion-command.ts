import { Argument, type Command } from 'commander'
import { SHELLS } from '../completion/shells.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { Surroundings } from '../surroundings.ts'
import { addCommand } from './add-command.ts'

/** Adds `sluice completion`. */
export function addCompletionCommand(program: Command, around: Surroundings, onEnd: (code: ExitCode) => void): void {
  const shell = new Argument('<shell>')
  shell.argChoices = [...SHELLS]
  addCommand(program, 'completion', {
    summary: 'a script for your shell, so that Tab completes',
    usage: SHELLS.join('|'),
    examples: [
      'sluice completion bash > ~/.local/share/bash-completion/completions/sluice',
      'sluice completion zsh > ~/.zsh/completions/_sluice',
      'sluice completion fish > ~/.config/fish/completions/sluice.fish',
    ],
  })
    .addArgument(shell)
    .action(async (name: string) => {
      const { runCompletion } = await import('./completion.ts')
      onEnd(runCompletion(name, program, around))
    })
}
