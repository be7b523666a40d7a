import { StatusError } from '@sluice/http'
import { UsageError } from '../errors.ts'

/** Why a run stopped before its end. */
export type StopReason =
  | { readonly kind: 'max-failures'; readonly failures: number }
  | { readonly kind: 'fail-fast'; readonly key: string }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'rejected'; readonly status: number }
  | { readonly kind: 'signal'; readonly signal: 'SIGINT' | 'SIGTERM' }
  | { readonly kind: 'input' | 'output' | 'store' | 'callback' | 'internal'; readonly error: Error }

/** At most so many failures, or such a share of what has finished. */
export interface MaxFailures {
  readonly limit: number
  /** True when `limit` is a share from 0 to 1. */
  readonly share: boolean
}

/** A share of fewer items than this says nothing. */
const SHARE_FROM = 100
/** So many refusals with 403 in a row, and no success between them, mean the credentials and not the item. */
const FORBIDDEN_IN_A_ROW = 5

/** Reads `50` or `5%`. @throws UsageError for anything else. */
export function parseMaxFailures(text: string): MaxFailures {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? []
  const value = Number(digits)
  if (digits === undefined || value === 0 || (percent === '%' ? value > 100 : !Number.isInteger(value))) {
    throw new UsageError(`--max-failures ${text}: write a number such as 50, or a share such as 5%`)
  }
  return percent === '%' ? { limit: value / 100, share: true } : { limit: value, share: false }
}

/** Decides after each item whether the run goes on. */
export class StopPolicy {
  readonly #maxFailures: MaxFailures | undefined
  readonly #failFast: boolean
  readonly #credentials: boolean
  #ok = 0
  #failed = 0
  #denied = 0
  #forbidden = 0

  /** @param credentials whether the requests carry any: without them, a 401 says that the item needs some, not that they are wrong. */
  constructor(options: { maxFailures: MaxFailures | undefined; failFast: boolean; credentials: boolean }) {
    this.#maxFailures = options.maxFailures
    this.#failFast = options.failFast
    this.#credentials = options.credentials
  }

  /** True when nothing but 401 and 403 has come: whoever asks is not let in at all. */
  get allDenied(): boolean {
    return this.#denied > 0 && this.#denied === this.#failed && this.#ok === 0
  }

  /** Never a reason to stop. */
  succeeded(): undefined {
    this.#ok++
    this.#forbidden = 0
  }

  /** Tells why to stop, or undefined to go on. */
  failed(key: string, error: unknown): StopReason | undefined {
    this.#failed++
    const status = error instanceof StatusError ? error.status : 0
    if (status === 401 || status === 403) this.#denied++
    this.#forbidden = status === 403 ? this.#forbidden + 1 : 0
    if (this.#credentials && (status === 401 || this.#forbidden >= FORBIDDEN_IN_A_ROW))
      return { kind: 'rejected', status }
    if (this.#failFast) return { kind: 'fail-fast', key }
    return this.#tooMany() ? { kind: 'max-failures', failures: this.#failed } : undefined
  }

  #tooMany(): boolean {
    if (this.#maxFailures === undefined) return false
    const { limit, share } = this.#maxFailures
    if (!share) return this.#failed >= limit
    const finished = this.#ok + this.#failed
    return finished >= SHARE_FROM && this.#failed > limit * finished
  }
}
