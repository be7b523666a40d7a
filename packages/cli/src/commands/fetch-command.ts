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
  sluice fetch 'https://api.example.com/{region}/{id}' --input ids.csv -r 20/s,100/2m -o out.ndjson
  jq -c '.[]' todo.json | sluice fetch -c 100 -H 'X-Token: \${env:API_TOKEN}' --failed again.ndjson
`

/** Adds `sluice fetch`. Its work is loaded when it is called. */
export function addFetchCommand(program: Command, around: Surroundings, onEnd: (code: ExitCode) => void): void {
  const option = (flags: string, description: string): Option => {
    const made = new Option(flags, description)
    return made.env(`SLUICE_${made.name().toUpperCase().replaceAll('-', '_')}`)
  }
  program
    .command('fetch')
    .summary('thousands of requests, NDJSON out')
    .usage('[options] URL|TEMPLATE [items…]')
    .argument('[url]', 'a URL, or a template such as https://host/{id}')
    .argument('[items...]', 'what fills the template, or more URLs')
    .addOption(option('-i, --input <file>', 'items from a file, or - for stdin: lines, NDJSON, CSV, also .gz'))
    .addOption(option('--input-format <format>', 'lines, ndjson, csv or tsv (by the ending or content)'))
    .addOption(option('--strict', 'check all of the input first, and start nothing if a line is bad'))
    .addOption(option('-X, --request <method>', 'method (GET, or POST with -d)'))
    .addOption(option('-d, --data <body>', 'body of each request, @file from a file'))
    .addOption(
      option('-H, --header <header>', "'Name: value', @file for many, ${env:NAME} for secrets").argParser(
        (value, before: string[] | undefined) => [...(before ?? []), value],
      ),
    )
    .addOption(option('--text', 'bodies are text, and need not be JSON'))
    .addOption(option('-c, --concurrency <n>', 'requests at once, or auto').default('50'))
    .addOption(option('--per-host <n>', 'requests at once to one host'))
    .addOption(option('-r, --rate <rate>', '20/s,100/2m or 20:1,100:120; all of them hold'))
    .addOption(option('--timeout <time>', 'for one attempt').default('30s'))
    .addOption(option('--connect-timeout <time>', 'to connect').default('10s'))
    .addOption(option('--deadline <time>', 'for the whole run'))
    .addOption(option('--retries <n>', 'after a failed attempt').default('3'))
    .addOption(option('--retry-on <kinds>', 'statuses, 5xx, network, timeout (429,5xx,network,timeout)'))
    .addOption(option('--backoff <form>', 'exp:FROM:TO or fixed:TIME').default('exp:500ms:30s'))
    .addOption(option('--retry-max-time <time>', 'no retry of an item begins later than this'))
    .addOption(option('-o, --output <file>', 'lines to a file, .gz compresses'))
    .addOption(option('--fresh', 'start the output files over'))
    .addOption(option('--ordered', 'lines in the order of the input'))
    .addOption(option('--select <paths>', 'keep only these parts: data.id,data.info.name'))
    .addOption(option('--body-only', 'only the bodies, without index, key and status'))
    .addOption(option('--failed <file>', 'failed items, for --input'))
    .addOption(option('--max-failures <n>', 'finish what is in flight after so many failures, or 5%'))
    .addOption(option('--fail-fast', 'stop now at the first failure'))
    .addOption(option('-n, --dry-run', 'show the first 5 requests and how long it would take'))
    .addOption(option('-q, --quiet', 'only errors'))
    .addOption(
      option('-v, --verbose', 'each failure, -vv each attempt').argParser(
        (_, before: number | undefined) => (before ?? 0) + 1,
      ),
    )
    .addOption(option('--progress <kind>', 'auto, bar, lines, json or none').default('auto'))
    .addOption(new Option('--no-color', 'no colours, as NO_COLOR'))
    .addOption(option('--summary <file>', 'what was done, as JSON'))
    .addHelpText('before', EXAMPLES)
    .action(async (url: string | undefined, items: string[], flags: FetchFlags) => {
      const { runFetch } = await import('./fetch.ts')
      onEnd(await runFetch(url === undefined ? [] : [url, ...items], flags, around))
    })
}
