import { allNodes, type CommandNode } from './command-node.ts'

/** A script that teaches bash to complete the command line of a program. */
export function bashCompletion(program: string, root: CommandNode): string {
  const nodes = allNodes(root)
  const id = ({ path }: CommandNode): string => path.join(' ')
  const descend = nodes
    .slice(1)
    .map((node) => `      '${node.path.slice(0, -1).join(' ')}|${node.path.at(-1)}') path='${id(node)}' ;;`)
  const values = nodes.flatMap((node) =>
    node.flags
      .filter((flag) => flag.values !== undefined)
      .map(({ names, values: known }) => {
        const pattern = names.map((name) => `'${id(node)}|${name}'`).join(' | ')
        if (known === 'file') return `    ${pattern}) return ;;`
        if (known === 'any') return `    ${pattern}) compopt +o default 2>/dev/null; return ;;`
        return `    ${pattern}) COMPREPLY=($(compgen -W '${(known as readonly string[]).join(' ')}' -- "$cur")); return ;;`
      }),
  )
  const words = nodes.map((node) => {
    const flags = node.flags.flatMap(({ names }) => names).join(' ')
    const { argument } = node
    const others = [
      ...node.commands.map(({ path }) => path.at(-1)!),
      ...(Array.isArray(argument) ? argument : []),
    ].join(' ')
    const files = argument === 'file' || argument === 'any' ? '' : ' compopt +o default 2>/dev/null;'
    return `    '${id(node)}') flags='${flags}' words='${others}';${files} ;;`
  })
  return `# bash completion of ${program}. Write it to a file that bash reads at its start:
#   ${program} completion bash > ~/.local/share/bash-completion/completions/${program}

_${program}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path= flags= words= i
  # An equals sign is a word of its own to bash.
  if [[ $cur == '=' ]]; then
    cur=
  elif [[ $prev == '=' ]]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path|\${COMP_WORDS[i]}" in
${descend.join('\n')}
    esac
  done
  case "$path|$prev" in
${values.join('\n')}
  esac
  case "$path" in
${words.join('\n')}
  esac
  if [[ $cur == -* ]]; then words=$flags; fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}

complete -o default -F _${program} ${program}
`
}
