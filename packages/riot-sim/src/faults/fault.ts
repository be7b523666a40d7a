/** Which requests a fault strikes; every condition that is given must hold. */
export interface FaultMatch {
  readonly route?: string
  /** Operation id. */
  readonly operation?: string
  /** Only the so manieth request that meets the other conditions, 1 for the first. */
  readonly nth?: number
  /** How likely it strikes, 0 to 1. Default 1. */
  readonly probability?: number
  /** Only in this span, ms on the simulator's clock. */
  readonly from?: number
  readonly to?: number
}

/** What goes wrong. */
export type FaultAction =
  /** Another status; without `body` a JSON error. 204 has no body. */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly body?: 'json' | 'empty' | 'html'
      /** Whether the limit headers are there. Default false. */
      readonly limitHeaders?: boolean
      /** Seconds, or an HTTP date in so many seconds. */
      readonly retryAfter?: number
    }
  /** A 429 though the limits have room. `server` and `none` come without limit headers. */
  | {
      readonly kind: 'rate-limit'
      readonly type: 'application' | 'method' | 'service' | 'server' | 'none'
      /** Seconds; default 1 for application, method and service, 5 to 21 for server, no header for none. */
      readonly retryAfter?: number | 'missing'
    }
  /** No connection is made; the request is not counted. */
  | { readonly kind: 'refuse' }
  /** The connection breaks before the request arrives (not counted), or after it was counted and before the answer. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** The body ends after so many bytes, and with it the connection. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** The compressed body cannot be decompressed; without compression it is no JSON. */
  | { readonly kind: 'corrupt' }
  /** The JSON is valid, but the first required field is missing. */
  | { readonly kind: 'missing-field' }
  /** The body comes at so many bytes a second. */
  | { readonly kind: 'drip'; readonly bytesPerSecond: number }
  /** The answer comes so many ms later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** No answer ever comes. */
  | { readonly kind: 'hang' }

/** A rule: which requests are struck, and by what. */
export interface FaultRule {
  readonly match?: FaultMatch
  readonly do: FaultAction
}

/** What happens to an answer on its way. */
export type WireFault =
  | { readonly kind: 'refuse' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'truncate'; readonly bytes: number }
  | { readonly kind: 'corrupt' }
  | { readonly kind: 'drip'; readonly bytesPerSecond: number }
