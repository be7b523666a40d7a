import { readFile } from 'node:fs/promises'
import { parseDuration, parseRate, type Backoff, type RateWindow } from '@sluice/core'
import { UsageError } from '../errors.ts'
import { DEFAULT_RETRY_ON, parseBackoff, parseRetryRules, type RetryRules } from '../fetch/retry-rules.ts'
import { parseMaxFailures, type MaxFailures } from '../fetch/stop-policy.ts'
import { INPUT_FORMATS } from '../input/input-format.ts'
import { inputSource } from '../input/open-input.ts'
import type { ItemsInput } from '../input/read-items.ts'
import { parseSelection, type Selection } from '../output/select.ts'
import { PROGRESS_KINDS, type ProgressKind } from '../progress/progress-kind.ts'
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
  readonly deadline: number | undefined
  readonly retries: number
  readonly retryRules: RetryRules
  /** True when the user said what to retry: then it holds for every method. */
  readonly retryExplicit: boolean
  readonly backoff: Backoff
  readonly retryMaxTime: number | undefined
  readonly selection: Selection | undefined
  readonly maxFailures: MaxFailures | undefined
  readonly progress: ProgressKind
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
  const headers = await headersOf(flags.header ?? [], secrets)
  if (body !== undefined && !Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')) {
    headers['content-type'] = isJson(body) ? 'application/json' : 'application/x-www-form-urlencoded'
  }
  if (flags.bodyOnly && flags.text)
    throw new UsageError('--body-only and --text do not go together: texts have line ends')
  if (flags.select !== undefined && flags.text) throw new UsageError('--select needs JSON, and --text takes anything')
  const progress = PROGRESS_KINDS.find((name) => name === flags.progress)
  if (progress === undefined) {
    throw new UsageError(`--progress ${flags.progress}: write ${PROGRESS_KINDS.join(', ')}`)
  }
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
    deadline: flags.deadline === undefined ? undefined : duration('--deadline', flags.deadline),
    retries: count('--retries', flags.retries, 0),
    retryRules: parseRetryRules(flags.retryOn ?? DEFAULT_RETRY_ON),
    retryExplicit: flags.retryOn !== undefined,
    backoff: parseBackoff(flags.backoff),
    retryMaxTime: flags.retryMaxTime === undefined ? undefined : duration('--retry-max-time', flags.retryMaxTime),
    selection: flags.select === undefined ? undefined : parseSelection(flags.select),
    maxFailures: flags.maxFailures === undefined ? undefined : parseMaxFailures(flags.maxFailures),
    progress: flags.quiet ? 'none' : progress,
  }
}

/** Where the items come from, and what they fill. */
function chooseInput(
  args: readonly string[],
  flags: FetchFlags,
  secrets: Secrets,
  stdin: () => { isTTY?: boolean },
): { template: Template | undefined; input: ItemsInput } {
  const { inputFormat } = flags
  const format = INPUT_FORMATS.find((name) => name === inputFormat)
  if (inputFormat !== undefined && format === undefined) {
    throw new UsageError(`--input-format ${inputFormat}: write ${INPUT_FORMATS.join(', ')}`)
  }
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

function methodOf(method: string | undefined, body: string | undefined): string {
  if (method === undefined) return body === undefined ? 'GET' : 'POST'
  if (!/^[A-Za-z]+$/.test(method)) throw new UsageError(`--request ${method}: write a method such as GET or POST`)
  return method.toUpperCase()
}

async function bodyOf(data: string | undefined, secrets: Secrets): Promise<string | undefined> {
  if (data === undefined) return undefined
  return data.startsWith('@') ? readText('--data', data.slice(1)) : secrets.expand(data)
}

async function headersOf(lines: readonly string[], secrets: Secrets): Promise<Record<string, string>> {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const texts = line.startsWith('@')
      ? (await readText('--header', line.slice(1))).split(/\r?\n/).filter((text) => !/^\s*(#|$)/.test(text))
      : [line]
    for (const text of texts) {
      const [, name, value] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*)$/.exec(text.trim()) ?? []
      // The text is not shown: it may be the secret itself.
      if (name === undefined || value === undefined) throw new UsageError("--header: write 'Name: value'")
      headers[name] = secrets.expand(value)
      if (isSensitiveHeader(name)) secrets.add(headers[name].replace(/^(basic|bearer|token|key)\s+/i, ''))
    }
  }
  return headers
}

async function readText(flag: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${flag} @${path}: ${(error as Error).message}`, { cause: error })
  }
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function count(flag: string, text: string, min: number, also = ''): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || !Number.isSafeInteger(value)) {
    throw new UsageError(`${flag} ${text}: write a whole number of at least ${min}${also}`)
  }
  return value
}

/** The longest time a timer can hold. */
const LONGEST = 2_147_483_647

function duration(flag: string, text: string): number {
  const ms = named(flag, text, parseDuration)
  if (ms === 0 || ms > LONGEST) throw new UsageError(`${flag} ${text}: write a time from 1ms to 24d`)
  return ms
}

/** What `parse` says about `text`, with the name of the flag when it refuses. */
function named<T>(flag: string, text: string, parse: (text: string) => T): T {
  try {
    return parse(text)
  } catch (error) {
    throw new UsageError(`${flag} ${text}: ${(error as Error).message}`, { cause: error })
  }
}
