import type { Command } from 'commander'
import type { ExitCode } from '../exit-codes.ts'
import { INPUT_FORMATS } from '../input/input-format.ts'
import type { JobFlags } from '../job/job-flags.ts'
import { flag } from '../options/flag.ts'
import { PROGRESS_KINDS } from '../progress/progress-kind.ts'
import type { Surroundings } from '../surroundings.ts'
import { addCommand } from './add-command.ts'

/** The options of `sluice fetch` as they are written. */
export interface FetchFlags extends JobFlags {
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
  retries: string
  retryOn?: string
  backoff: string
  retryMaxTime?: string
  select?: string
  bodyOnly?: boolean
  failed?: string
}

/** Adds `sluice fetch`. Its work is loaded when it is called. */
export function addFetchCommand(program: Command, around: Surroundings, onEnd: (code: ExitCode) => void): void {
  addCommand(program, 'fetch', {
    summary: 'thousands of requests, NDJSON out',
    usage: '[options] URL|TEMPLATE [items…]',
    examples: [
      'sluice fetch https://api.example.com/users/{} 1 2 3',
      "sluice fetch 'https://api.example.com/{region}/{id}' -i ids.csv -r 20/s,100/2m",
      "jq -c '.[]' ids.json | sluice fetch https://api.example.com/{id} -o out.ndjson",
    ],
    note: 'Also in the environment, SLUICE_RATE=20/s, or a config file: docs/cli.md',
  })
    .argument('[url]')
    .argument('[items...]')
    .addOption(flag('-i, --input <file>', 'items from a file, - is stdin; .gz is unpacked'))
    .addOption(flag('--input-format <name>', 'lines, ndjson, csv, tsv, if the ending is none').oneOf(INPUT_FORMATS))
    .addOption(flag('--strict', 'start nothing if a line of the input is bad'))
    .addOption(flag('-X, --request <method>', 'method: GET, or POST with -d'))
    .addOption(flag('-d, --data <body>', 'body of each request; @file'))
    .addOption(flag('-H, --header <header>', "'Name: value'; @file; ${env:NAME} for secrets").many())
    .addOption(flag('--text', 'bodies need not be JSON'))
    .addOption(flag('-c, --concurrency <n>', 'requests at once, or auto', '50'))
    .addOption(flag('--per-host <n>', 'requests at once to one host'))
    .addOption(flag('-r, --rate <rate>', 'all of 20/s,100/2m hold; or 20:1,100:120'))
    .addOption(flag('--timeout <time>', 'of one attempt', '30s'))
    .addOption(flag('--connect-timeout <time>', 'of connecting', '10s'))
    .addOption(flag('--deadline <time>', 'of the whole run'))
    .addOption(flag('--retries <n>', 'further attempts', '3'))
    .addOption(flag('--retry-on <kinds>', 'what is retried [429,5xx,network,timeout]'))
    .addOption(flag('--backoff <form>', 'exp:FROM:TO or fixed:TIME', 'exp:500ms:30s'))
    .addOption(flag('--retry-max-time <time>', 'no retry begins later after the first attempt'))
    .addOption(flag('-o, --output <file>', 'lines to a file; .gz is packed'))
    .addOption(flag('--fresh', 'start over, and overwrite the files'))
    .addOption(flag('--retry-failed', 'of a run that goes on, also what failed'))
    .addOption(flag('--ordered', 'lines in the order of the input'))
    .addOption(flag('--select <paths>', 'keep only data.id,data.info.name'))
    .addOption(flag('--body-only', 'lines are the bodies alone'))
    .addOption(flag('--failed <file>', 'failed items, as -i takes them'))
    .addOption(flag('--max-failures <n>', 'stop after so many, or 5%; ends what it began'))
    .addOption(flag('--fail-fast', 'stop at once at the first failure'))
    .addOption(flag('-n, --dry-run', 'show 5 requests, and how long all take'))
    .addOption(flag('-q, --quiet', 'only errors'))
    .addOption(flag('-v, --verbose', 'each failure; -vv each attempt').many())
    .addOption(flag('--progress <kind>', 'auto, bar, lines, json, none', 'auto').oneOf(PROGRESS_KINDS))
    .addOption(flag('--no-color', 'no colours').hideHelp())
    .addOption(flag('--summary <file>', 'what was done, as JSON'))
    .action(async (url: string | undefined, items: string[], flags: FetchFlags) => {
      const { runFetch } = await import('./fetch.ts')
      onEnd(await runFetch(url === undefined ? [] : [url, ...items], flags, around))
    })
}
