import { allNodes, type CommandNode, type FlagFacts } from './command-node.ts'

/** A script that teaches fish to complete the command line of a program. */
export function fishCompletion(program: string, root: CommandNode): string {
  const lines = allNodes(root).flatMap((node) => {
    const here = condition(node)
    return [
      ...node.commands.map(
        (child) => `complete -c ${program} -n ${here} -a ${child.path.at(-1)} -d ${quote(child.summary)}`,
      ),
      ...(Array.isArray(node.argument)
        ? [`complete -c ${program} -n ${here} -a ${quote(node.argument.join(' '))}`]
        : []),
      ...(node.argument === 'file' ? [`complete -c ${program} -n ${here} -F`] : []),
      ...node.flags.map((flag) => `complete -c ${program} -n ${here} ${flagWords(flag)}`),
    ]
  })
  return `# fish completion of ${program}. Write it to a file that fish reads at its start:
#   ${program} completion fish > ~/.config/fish/completions/${program}.fish

complete -c ${program} -f
${lines.join('\n')}
`
}

/** True in fish where the words so far name this command and none below it. */
function condition({ path, commands }: CommandNode): string {
  const seen = path.map((name) => `__fish_seen_subcommand_from ${name}`)
  const below = commands.map((child) => child.path.at(-1)).join(' ')
  return quote([...seen, ...(below === '' ? [] : [`not __fish_seen_subcommand_from ${below}`])].join('; and '))
}

function flagWords({ names, description, values }: FlagFacts): string {
  const named = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
  const value =
    values === undefined
      ? []
      : values === 'file'
        ? ['-r -F']
        : values === 'any'
          ? ['-x']
          : [`-x -a ${quote(values.join(' '))}`]
  return [...named, ...value, `-d ${quote(description)}`].join(' ')
}

function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`
}
