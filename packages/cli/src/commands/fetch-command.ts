import { Option, type Command } from 'commander'
import type { ExitCode } from '../exit-codes.ts'
import type { Surroundings } from '../surroundings.ts'

/** The options of `sluice fetch` as they are written. */
export interface FetchFlags {
  input?: string
  inputFormat?: string
  strict?: boolean
  request?: string
  data?: string
  header?: string[]
  text?: boolean
  concurrency: string
  perHost?: string
  rate?: string
  timeout: string
  connectTimeout: string
  deadline?: string
  retries: string
  retryOn?: string
  backoff: string
  retryMaxTime?: string
  output?: string
  fresh?: boolean
  ordered?: boolean
  select?: string
  bodyOnly?: boolean
  failed?: string
  maxFailures?: string
  failFast?: boolean
  dryRun?: boolean
  quiet?: boolean
  verbose?: number
  progress: string
  color?: boolean
  summary?: string
}

const EXAMPLES = `Examples:
  sluice fetch https://api.example.com/users/{} 1 2 3
  sluice fetch 'https://api.example.com/{region}/{id}' -i ids.csv -r 20/s,100/2m
  jq -c '.[]' ids.json | sluice fetch https://api.example.com/{id} -o out.ndjson
`

/** Adds `sluice fetch`. Its work is loaded when it is called. */
export function addFetchCommand(program: Command, around: Surroundings, onEnd: (code: ExitCode) => void): void {
  const option = (flags: string, description: string): Option => {
    const made = new Option(flags, description)
    return made.env(`SLUICE_${made.name().toUpperCase().replaceAll('-', '_')}`)
  }
  const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value]
  const count = (_: string, before: number | undefined): number => (before ?? 0) + 1
  program
    .command('fetch')
    .summary('thousands of requests, NDJSON out')
    .usage('[options] URL|TEMPLATE [items…]')
    .argument('[url]')
    .argument('[items...]')
    .addOption(option('-i, --input <file>', 'items from a file, - is stdin; .gz is unpacked'))
    .addOption(option('--input-format <name>', 'lines, ndjson, csv, tsv, if the ending is none'))
    .addOption(option('--strict', 'start nothing if a line of the input is bad'))
    .addOption(option('-X, --request <method>', 'method: GET, or POST with -d'))
    .addOption(option('-d, --data <body>', 'body of each request; @file'))
    .addOption(option('-H, --header <header>', "'Name: value'; @file; ${env:NAME} for secrets").argParser(collect))
    .addOption(option('--text', 'bodies need not be JSON'))
    .addOption(option('-c, --concurrency <n>', 'requests at once, or auto').default('50'))
    .addOption(option('--per-host <n>', 'requests at once to one host'))
    .addOption(option('-r, --rate <rate>', 'all of 20/s,100/2m hold; or 20:1,100:120'))
    .addOption(option('--timeout <time>', 'of one attempt').default('30s'))
    .addOption(option('--connect-timeout <time>', 'of connecting').default('10s'))
    .addOption(option('--deadline <time>', 'of the whole run'))
    .addOption(option('--retries <n>', 'further attempts').default('3'))
    .addOption(option('--retry-on <kinds>', 'what is retried [429,5xx,network,timeout]'))
    .addOption(option('--backoff <form>', 'exp:FROM:TO or fixed:TIME').default('exp:500ms:30s'))
    .addOption(option('--retry-max-time <time>', 'no retry begins later after the first attempt'))
    .addOption(option('-o, --output <file>', 'lines to a file; .gz is packed'))
    .addOption(option('--fresh', 'start files over that exist'))
    .addOption(option('--ordered', 'lines in the order of the input'))
    .addOption(option('--select <paths>', 'keep only data.id,data.info.name'))
    .addOption(option('--body-only', 'lines are the bodies alone'))
    .addOption(option('--failed <file>', 'failed items, as -i takes them'))
    .addOption(option('--max-failures <n>', 'stop after so many, or 5%; ends what it began'))
    .addOption(option('--fail-fast', 'stop at once at the first failure'))
    .addOption(option('-n, --dry-run', 'show 5 requests, and how long all take'))
    .addOption(option('-q, --quiet', 'only errors'))
    .addOption(option('-v, --verbose', 'each failure; -vv each attempt').argParser(count))
    .addOption(option('--progress <kind>', 'auto, bar, lines, json, none').default('auto'))
    .addOption(new Option('--no-color', 'no colours'))
    .addOption(option('--summary <file>', 'what was done, as JSON'))
    .configureHelp({
      // One screen: each option is one line, and what all have in common is said once.
      visibleArguments: () => [],
      visibleOptions: (command) => command.options.filter(({ hidden }) => !hidden),
      optionDescription: ({ description, defaultValue }) =>
        typeof defaultValue === 'string' ? `${description} [${defaultValue}]` : description,
    })
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', 'Each option can be set in the environment: SLUICE_RATE=20/s. More: docs/cli.md')
    .action(async (url: string | undefined, items: string[], flags: FetchFlags) => {
      const { runFetch } = await import('./fetch.ts')
      onEnd(await runFetch(url === undefined ? [] : [url, ...items], flags, around))
    })
}
