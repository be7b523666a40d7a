import { allNodes, type CommandNode, type FlagFacts, type Values } from './command-node.ts'

/** A script that teaches zsh to complete the command line of a program. */
export function zshCompletion(program: string, root: CommandNode): string {
  const name = ({ path }: CommandNode): string => ['', program, ...path].join('_').replaceAll('-', '_')
  const functions = allNodes(root).map((node) => {
    const flags = node.flags.map((flag) => `    ${flagSpec(flag)}`)
    if (node.commands.length === 0) {
      const rest = node.argument === undefined ? [] : [`    ${quote(`*:: :${action(node.argument)}`)}`]
      return `${name(node)}() {\n  _arguments -s -S : \\\n${[...flags, ...rest].join(' \\\n')}\n}`
    }
    const children = node.commands.map((child) => `    ${quote(`${child.path.at(-1)}:${child.summary}`)}`)
    const cases = node.commands.map((child) => `        ${child.path.at(-1)}) ${name(child)} ;;`)
    return `${name(node)}() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${children.join('\n')}
  )
  _arguments -C \\
${flags.join(' \\\n')} \\
    '1: :->command' \\
    '*:: :->rest'
  case $state in
    command) _describe -t commands 'command' commands ;;
    rest)
      case $line[1] in
${cases.join('\n')}
      esac
      ;;
  esac
}`
  })
  return `#compdef ${program}
# zsh completion of ${program}. Write it to a folder of $fpath:
#   ${program} completion zsh > ~/.zsh/completions/_${program}

${functions.join('\n\n')}

if [[ $funcstack[1] == _${program} ]]; then
  _${program} "$@"
else
  compdef _${program} ${program}
fi
`
}

function flagSpec({ names, description, values, repeatable }: FlagFacts): string {
  const text = `[${description.replaceAll(/[[\]:\\]/g, String.raw`\$&`)}]${values === undefined ? '' : `:value:${action(values)}`}`
  const once = repeatable ? "'*'" : names.length > 1 ? quote(`(${names.join(' ')})`) : ''
  return `${once}${names.length > 1 ? `{${names.join(',')}}` : names[0]}${quote(text)}`
}

function action(values: Values): string {
  if (values === 'file') return '_files'
  return values === 'any' ? ' ' : `(${values.join(' ')})`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
