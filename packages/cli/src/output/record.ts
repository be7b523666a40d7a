import { StatusError } from '@sluice/http'
import { messageOf } from '../errors.ts'

/** Characters of a refusal's body that are kept. */
const BODY_EXCERPT = 500

/** How an item ended, as its line tells it. */
export interface Outcome {
  readonly index: number
  readonly key: string
  /** Left out of the line when it is the key. */
  readonly url: string
  /** 0 if no response came. */
  readonly status: number
  readonly attempts: number
  /** Of the last attempt. */
  readonly ms: number
  /** JSON in one line, if the item is ok. */
  readonly data: string | undefined
  readonly error: unknown
}

/** The line of one item, without its end. `mask` takes secrets out of what is told of an error. */
export function recordLine(
  { index, key, url, status, attempts, ms, data, error }: Outcome,
  mask: (text: string) => string,
): string {
  const shown = url === key ? '' : `"url":${JSON.stringify(url)},`
  const head = `{"index":${index},"key":${JSON.stringify(key)},${shown}"status":${status},"attempts":${attempts},"ms":${Math.round(ms)},`
  return data === undefined ? `${head}"error":${JSON.stringify(errorFacts(error, mask))}}` : `${head}"data":${data}}`
}

/** What a line tells of an error. */
interface ErrorFacts {
  name: string
  message: string
  code?: string
  /** The beginning of what the server said. */
  body?: string
}

function errorFacts(error: unknown, mask: (text: string) => string): ErrorFacts {
  const { name = 'Error', code } = error as { name?: string; code?: unknown }
  const facts: ErrorFacts = { name, message: mask(messageOf(error)) }
  if (typeof code === 'string') facts.code = code
  // Masked before it is cut: half a secret would not be found.
  if (error instanceof StatusError && error.body !== '') facts.body = mask(error.body).slice(0, BODY_EXCERPT)
  return facts
}

/** The status of the response that an error is about; 0 if none came. */
export function statusOf(error: unknown): number {
  const { status } = error as { status?: unknown }
  return typeof status === 'number' ? status : 0
}

/** A word for the kind of an error, to count by: `404`, `timeout`, `ENOTFOUND`, `DecodeError`. */
export function kindOf(error: unknown): string {
  // By what it says, since a job of one's own may have its errors from another copy of the library; and it may throw anything.
  const { name = 'Error', code, status } = (error ?? {}) as { name?: string; code?: unknown; status?: unknown }
  if (typeof status === 'number' && status >= 400) return String(status)
  if (name === 'RequestTimeoutError') return 'timeout'
  return typeof code === 'string' && /^E[A-Z]/.test(code) ? code : name
}
