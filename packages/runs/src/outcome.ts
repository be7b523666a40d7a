import type { ErrorFacts } from './error-facts.ts'

/** A line of the output. Bytes are written as they are. */
export type Line = string | Uint8Array

interface OutcomeBase<I> {
  /** Number of the item in the order in which the run came to know it, from 0; the same after a resume. */
  readonly index: number
  readonly key: string
  readonly item: I
  /** Attempts, those of earlier sessions included. */
  readonly attempts: number
  /** How long the last attempt took, in ms. */
  readonly ms: number
}

/** How an item ended. */
export type Outcome<I, R> =
  | (OutcomeBase<I> & { readonly status: 'fulfilled'; readonly value: R })
  | (OutcomeBase<I> & { readonly status: 'rejected'; readonly reason: unknown; readonly error: ErrorFacts })

/**
 * The line of an outcome where nobody says otherwise: `{"index":0,"key":"7","attempts":1,"ms":84,"data":…}`, with `error` in place of `data` for a failure.
 *
 * A value that is bytes (`Uint8Array`) is taken for JSON and written as it is, without parsing it; none at all are `null`.
 */
export function outcomeLine(outcome: Outcome<unknown, unknown>): Line {
  const { index, key, attempts, ms } = outcome
  const head = `{"index":${index},"key":${JSON.stringify(key)},"attempts":${attempts},"ms":${Math.round(ms)},`
  if (outcome.status === 'rejected') return `${head}"error":${JSON.stringify(outcome.error)}}`
  const { value } = outcome
  // No bytes at all are no JSON: the answer to a 204.
  if (value instanceof Uint8Array && value.length > 0)
    return Buffer.concat([Buffer.from(`${head}"data":`), value, Buffer.from('}')])
  const json = value instanceof Uint8Array ? undefined : JSON.stringify(value)
  return `${head}"data":${json ?? 'null'}}`
}
