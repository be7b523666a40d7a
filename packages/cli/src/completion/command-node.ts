import type { Argument, Command } from 'commander'
import { Flag } from '../options/flag.ts'

/** What can stand for a value: known words, a file, or anything. */
export type Values = readonly string[] | 'file' | 'any'

/** A flag, as far as a shell needs to know it. */
export interface FlagFacts {
  /** `-o` and `--output`, or only one of them. */
  readonly names: readonly string[]
  readonly description: string
  /** Undefined if it takes no value. */
  readonly values: Values | undefined
  /** It may stand several times. */
  readonly repeatable: boolean
}

/** A command with its flags, its commands and what else may follow. */
export interface CommandNode {
  /** `['riot', 'matches']`; empty for the program itself. */
  readonly path: readonly string[]
  readonly summary: string
  readonly flags: readonly FlagFacts[]
  readonly commands: readonly CommandNode[]
  /** What its arguments may be, if it has some. */
  readonly argument: Values | undefined
}

/** All that a shell can complete. */
export function commandNode(command: Command, path: readonly string[] = []): CommandNode {
  const [argument] = command.registeredArguments
  return {
    path,
    summary: command.summary(),
    flags: [
      ...command.options
        .filter((option) => option instanceof Flag && !option.hidden)
        .map((option) => flagFacts(option as Flag)),
      { names: ['-h', '--help'], description: 'help', values: undefined, repeatable: false },
    ],
    commands: command.commands.map((child) => commandNode(child, [...path, child.name()])),
    argument: argument && argumentValues(argument),
  }
}

function flagFacts({ short, long, description, required, argChoices, flags, repeatable }: Flag): FlagFacts {
  const names = [short, long].filter((name) => name !== undefined)
  const values = !required ? undefined : (argChoices ?? (flags.includes('<file>') ? 'file' : 'any'))
  return { names, description, values, repeatable }
}

function argumentValues(argument: Argument): Values {
  return argument.argChoices ?? (argument.name() === 'file' ? 'file' : 'any')
}

/** The command and all below it. */
export function allNodes(node: CommandNode): CommandNode[] {
  return [node, ...node.commands.flatMap(allNodes)]
}
