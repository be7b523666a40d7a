import { parseRate, type Backoff, type RateWindow } from '@sluice/core'
import { UsageError } from '../errors.ts'
import { DEFAULT_RETRY_ON, parseBackoff, parseRetryRules, type RetryRules } from '../fetch/retry-rules.ts'
import { parseJobOptions, type JobOptions } from '../job/job-options.ts'
import { INPUT_FORMATS } from '../input/input-format.ts'
import { inputSource } from '../input/open-input.ts'
import type { ItemsInput } from '../input/read-items.ts'
import { bodyOf, headersOf, methodOf } from '../options/request-flags.ts'
import { count, duration, named, word } from '../options/values.ts'
import { parseSelection, type Selection } from '@sluice/runs'
import { isSensitiveHeader, type Secrets } from '../secrets.ts'
import { isTemplate, parseTemplate, type Template } from '../template.ts'
import type { FetchFlags } from './fetch-command.ts'

/** The options of `sluice fetch`, checked. Times in ms. */
export interface FetchOptions {
  readonly input: ItemsInput
  readonly template: Template | undefined
  readonly strict: boolean
  readonly method: string
  readonly body: string | undefined
  readonly headers: Readonly<Record<string, string>>
  /** True when a header or the URL carries credentials. */
  readonly credentials: boolean
  readonly as: 'json' | 'text'
  readonly concurrency: number | 'auto'
  readonly perHost: number | undefined
  readonly rate: readonly RateWindow[] | undefined
  readonly timeout: number
  readonly connectTimeout: number
  readonly retries: number
  readonly retryRules: RetryRules
  /** True when the user said what to retry: then it holds for every method. */
  readonly retryExplicit: boolean
  readonly backoff: Backoff
  readonly retryMaxTime: number | undefined
  readonly selection: Selection | undefined
  /** What all commands that work through a run have in common. */
  readonly job: JobOptions
}

/** Checks the flags. @throws UsageError that names the flag, its value and what is allowed. */
export async function parseFetchOptions(
  args: readonly string[],
  flags: FetchFlags,
  secrets: Secrets,
  stdin: () => { isTTY?: boolean },
): Promise<FetchOptions> {
  const { template, input } = chooseInput(args, flags, secrets, stdin)
  const body = await bodyOf(flags.data, secrets)
  const headers = await headersOf(flags.header ?? [], secrets, body)
  if (flags.bodyOnly && flags.text)
    throw new UsageError('--body-only and --text do not go together: texts have line ends')
  if (flags.select !== undefined && flags.text) throw new UsageError('--select needs JSON, and --text takes anything')
  return {
    input,
    template,
    strict: flags.strict === true,
    method: methodOf(flags.request, body),
    body,
    headers,
    credentials: Object.keys(headers).some(isSensitiveHeader) || /\$\{env:/.test(args[0] ?? ''),
    as: flags.text ? 'text' : 'json',
    concurrency: flags.concurrency === 'auto' ? 'auto' : count('--concurrency', flags.concurrency, 1, ', or auto'),
    perHost: flags.perHost === undefined ? undefined : count('--per-host', flags.perHost, 1),
    rate: flags.rate === undefined ? undefined : named('--rate', flags.rate, parseRate),
    timeout: duration('--timeout', flags.timeout),
    connectTimeout: duration('--connect-timeout', flags.connectTimeout),
    retries: count('--retries', flags.retries, 0),
    retryRules: parseRetryRules(flags.retryOn ?? DEFAULT_RETRY_ON),
    retryExplicit: flags.retryOn !== undefined,
    backoff: parseBackoff(flags.backoff),
    retryMaxTime: flags.retryMaxTime === undefined ? undefined : duration('--retry-max-time', flags.retryMaxTime),
    selection: flags.select === undefined ? undefined : named('--select', flags.select, parseSelection),
    job: parseJobOptions(flags),
  }
}

/** Where the items come from, and what they fill. */
function chooseInput(
  args: readonly string[],
  flags: FetchFlags,
  secrets: Secrets,
  stdin: () => { isTTY?: boolean },
): { template: Template | undefined; input: ItemsInput } {
  const format = flags.inputFormat === undefined ? undefined : word('--input-format', flags.inputFormat, INPUT_FORMATS)
  const [first, ...items] = args
  const filled = first !== undefined && (isTemplate(first) || flags.input !== undefined)
  const given = filled ? items : args
  if (flags.input !== undefined && given.length > 0) {
    throw new UsageError(`items come from the command line or from --input, and not from both: ${given[0]}`)
  }
  const template = filled ? parseTemplate(first, (text) => secrets.expand(text, encodeURIComponent)) : undefined
  if (given.length > 0) return { template, input: { from: given, format: undefined } }
  const path = flags.input ?? '-'
  if (path === '-' && stdin().isTTY) {
    throw new UsageError(
      filled
        ? 'no items: write them after the template, name a file with --input, or pipe them in'
        : 'no URL: write one or more, name a file with --input, or pipe them in',
    )
  }
  return { template, input: { from: inputSource(path), format } }
}
