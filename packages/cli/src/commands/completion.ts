import type { Command } from 'commander'
import { bashCompletion } from '../completion/bash.ts'
import { commandNode } from '../completion/command-node.ts'
import { fishCompletion } from '../completion/fish.ts'
import { SHELLS } from '../completion/shells.ts'
import { zshCompletion } from '../completion/zsh.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { word } from '../options/values.ts'
import type { Surroundings } from '../surroundings.ts'

/** `sluice completion`. @throws UsageError for another shell. */
export function runCompletion(shell: string, program: Command, { stdout }: Surroundings): ExitCode {
  const script = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }[word('completion', shell, SHELLS)]
  stdout.write(script(program.name(), commandNode(program)))
  return EXIT.ok
}
