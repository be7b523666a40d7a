import { parseDuration, type Backoff, type RetryFailure, type RetryOptions } from '@sluice/core'
import { ConnectionError, IncompleteBodyError, RequestTimeoutError, StatusError, TlsError } from '@sluice/http'
import { UsageError } from '../errors.ts'

/** Which failures are tried again. */
export interface RetryRules {
  readonly statuses: ReadonlySet<number>
  /** First digits of statuses: 5 for 5xx. */
  readonly classes: ReadonlySet<number>
  readonly network: boolean
  readonly timeout: boolean
}

/** What is tried again when nobody says otherwise. */
export const DEFAULT_RETRY_ON = '429,5xx,network,timeout'
/** Of RFC 9110, section 9.2.2: may be sent twice without harm. */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])

/** Reads `429,5xx,network,timeout`. @throws UsageError for another word. */
export function parseRetryRules(text: string): RetryRules {
  const statuses = new Set<number>()
  const classes = new Set<number>()
  let network = false
  let timeout = false
  for (const word of text.split(',').map((part) => part.trim().toLowerCase())) {
    if (word === 'network') network = true
    else if (word === 'timeout') timeout = true
    else if (/^[45]xx$/.test(word)) classes.add(Number(word[0]))
    else if (/^[45]\d\d$/.test(word)) statuses.add(Number(word))
    else
      throw new UsageError(
        `--retry-on ${text}: ${JSON.stringify(word)} is not one of 429 (a status), 5xx, 4xx, network, timeout`,
      )
  }
  return { statuses, classes, network, timeout }
}

/** Reads `exp:500ms:30s` (doubling from, up to) or `fixed:2s`. @throws UsageError for anything else. */
export function parseBackoff(text: string): Backoff {
  const [kind, base, max, ...rest] = text.split(':')
  try {
    if (rest.length === 0 && base !== undefined) {
      if (kind === 'exp') return { base: parseDuration(base), ...(max !== undefined && { max: parseDuration(max) }) }
      if (kind === 'fixed' && max === undefined) {
        return { base: parseDuration(base), max: parseDuration(base), factor: 1, jitter: 'none' }
      }
    }
  } catch (error) {
    throw new UsageError(`--backoff ${text}: ${(error as Error).message}`, { cause: error })
  }
  throw new UsageError(`--backoff ${text}: write exp:500ms:30s (doubling from the first to the second) or fixed:2s`)
}

/** Whether a failure is one of those that are tried again. */
export function isRetried(rules: RetryRules, error: unknown): boolean {
  if (error instanceof StatusError) {
    return rules.statuses.has(error.status) || rules.classes.has(Math.trunc(error.status / 100))
  }
  if (error instanceof RequestTimeoutError) return rules.timeout
  return (
    rules.network &&
    (error instanceof IncompleteBodyError || (error instanceof ConnectionError && !(error instanceof TlsError)))
  )
}

/**
 * Whether a request was refused before anything was done with it: then also one that must not be sent twice may be sent again.
 */
function isUntouched(error: unknown): boolean {
  if (error instanceof StatusError) return error.status === 429
  return error instanceof ConnectionError && error.phase === 'connect'
}

/** The `retry` option of a task whose request has this method. */
export function retryOptions(
  rules: RetryRules,
  {
    retries,
    backoff,
    maxElapsed,
    explicit,
  }: { retries: number; backoff: Backoff; maxElapsed: number | undefined; explicit: boolean },
): (method: string) => RetryOptions {
  const common = { retries, backoff, ...(maxElapsed !== undefined && { maxElapsed }) }
  const any = { ...common, retryIf: ({ error }: RetryFailure) => isRetried(rules, error) }
  const careful = { ...common, retryIf: ({ error }: RetryFailure) => isUntouched(error) && isRetried(rules, error) }
  return (method) => (explicit || IDEMPOTENT.has(method) ? any : careful)
}
