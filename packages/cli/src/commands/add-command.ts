import type { Command } from 'commander'

/** What the help of a command says beside its options. */
export interface CommandTexts {
  /** One line, for the list of commands. */
  readonly summary: string
  /** The arguments: `[options] URL`. */
  readonly usage: string
  /** Command lines without the indentation, three at least. */
  readonly examples: readonly string[]
  /** What all options have in common. */
  readonly note?: string
}

/** Adds a command whose help fits one screen: examples, then each option in a line. */
export function addCommand(parent: Command, name: string, { summary, usage, examples, note }: CommandTexts): Command {
  return parent
    .command(name)
    .summary(summary)
    .usage(usage)
    .helpCommand(false)
    .helpOption('-h, --help', 'this text')
    .configureHelp({
      visibleArguments: () => [],
      subcommandTerm: (command) => command.name(),
      visibleOptions: (command) => command.options.filter(({ hidden }) => !hidden),
      optionDescription: ({ description, defaultValue }) =>
        typeof defaultValue === 'string' ? `${description} [${defaultValue}]` : description,
    })
    .addHelpText('before', `Examples:\n${examples.map((example) => `  ${example}\n`).join('')}`)
    .addHelpText('after', note ?? '')
}
