import type { RateWindow } from '@sluice/core'
import type { HeadersLike } from '../types.ts'

/** A rate as text (`'20/s,100/2m'`) or as windows. */
export type RateInput = string | readonly RateWindow[]

/** What is known of a request when its limits are looked up. A `SessionRequest` is one. */
export interface LimitedRequest {
  readonly method: string
  readonly url: string
  readonly route: string | undefined
  readonly headers: HeadersLike
}

/** What a dialect reads: status and headers of a response. A `SessionResponse` is one. */
export interface LimitedResponse {
  readonly status: number
  readonly headers: HeadersLike
}

/** What one response tells about one window. */
export interface WindowReport {
  /** Tells the windows of a bucket apart. Default: the length (`60000ms`), or `window` when that is unknown. */
  readonly id?: string | undefined
  readonly limit?: number | undefined
  /** Length of the window in ms, if the server says it. */
  readonly ms?: number | undefined
  /** Requests counted by the server in this window, this one included. */
  readonly used?: number | undefined
  readonly remaining?: number | undefined
  /** ms until the window ends, rounded up: the server's window surely ends within this time. */
  readonly resetIn?: number | undefined
  /** How much too long `resetIn` may be, in ms; 1000 where the server counts in whole seconds. Default 0. */
  readonly slack?: number | undefined
}

/** What one response tells about one budget. */
export interface LimitReport {
  /** Name of the {@link LimitScope} that it is about. Default: the first scope of the dialect. */
  readonly scope?: string | undefined
  /** The server's own name of the budget: requests with this scope's key draw on it from now on, together with all others that were told the same name. */
  readonly bucket?: string | undefined
  readonly windows?: readonly WindowReport[] | undefined
  /** The server refused this request because of this budget. */
  readonly refused?: boolean | undefined
  /** Nothing may be sent for so many ms. */
  readonly retryAfter?: number | undefined
}

/** One of the budgets that every request draws on: all requests with the same key share it. */
export interface LimitScope {
  /** `host`, `route`, `app`, `method` … */
  readonly name: string
  /** The key of a request; `undefined` if it draws on no budget of this scope. `base` is its origin and the identity of its credentials. */
  key(request: LimitedRequest, base: string): string | undefined
  /** True when `key` looks at nothing but `base`, method and route: then it is asked once for each of them. Default false. */
  readonly byRoute?: boolean | undefined
  /**
   * With a budget that nothing is known of, send one request and hold the others until its answer tells the limits.
   * `'seen'` does so once any response has reported a limit of this scope. Default `false`: do not wait.
   */
  readonly probe?: boolean | 'seen' | undefined
  /** Limits that hold from the start, whatever the server says. */
  readonly limits?: readonly RateWindow[] | undefined
}

/** How a kind of server tells its limits. */
export interface HeaderDialect {
  readonly name: string
  /** The budgets that a request draws on, most general first. Default: one per host. */
  readonly scopes?: readonly LimitScope[] | undefined
  /** What this response teaches, or `undefined` if it does not speak this dialect. */
  read(response: LimitedResponse, request: LimitedRequest): readonly LimitReport[] | undefined
}

/** What {@link RateStore.sync} is told about one window. */
export interface WindowUpdate {
  readonly id: string
  /** `undefined` when the server only said what remains. */
  readonly limit: number | undefined
  /** `undefined` when the server did not say it. */
  readonly ms: number | undefined
  readonly remaining: number | undefined
  readonly resetIn: number | undefined
  readonly slack: number
}

/** When a token was taken, and when its request was sent (`undefined`: not yet). On the limiter's clock, in ms. */
export interface TokenTimes {
  readonly takenAt: number
  readonly sentAt: number | undefined
}

/** How one bucket stands. */
export interface BucketState {
  readonly bucket: string
  /** False while nothing is known and one request is out to find out. */
  readonly known: boolean
  /** Tokens taken and not answered yet. */
  readonly inFlight: number
  /** ms until the server wants requests again, 0 if it does not pause. */
  readonly pausedFor: number
  readonly windows: readonly {
    readonly id: string
    readonly limit: number
    readonly ms: number
    readonly used: number
    /** ms until the window ends; `undefined` while no answer has told. */
    readonly resetIn: number | undefined
    readonly learned: boolean
  }[]
}

/**
 * Where the counts of a rate limit live: in memory ({@link MemoryRateStore}), or outside, shared by several processes.
 * Times go by the store's own clock only.
 */
export interface RateStore {
  /**
   * Makes a bucket known: its fixed limits, and whether an unknown limit must be probed by a single request first.
   * Called before the first `take` of a bucket; calling it again changes nothing.
   */
  declare(bucket: string, limits: readonly RateWindow[], probe: boolean): void
  /**
   * Takes `n` tokens from every bucket, or none at all: 0 means taken, otherwise the ms to wait before asking again.
   * `Infinity` means: ask again after the next `sync` or `settle` of one of the buckets.
   */
  take(buckets: readonly string[], n: number): number | Promise<number>
  /**
   * What a response told: limits are set, counts are raised to the server's (never lowered), `retryAfter` pauses the bucket for so many
   * ms. With no windows and no `retryAfter` it says that an answer came and told of no limit.
   * `serverCounts[i]` belongs to `windows[i]`.
   */
  sync(
    bucket: string,
    windows: readonly WindowUpdate[],
    serverCounts: readonly (number | undefined)[],
    retryAfter: number | undefined,
    token: TokenTimes,
  ): void | Promise<void>
  /** The request is about to be sent. False: a bucket is paused since the token was taken, do not send (and `settle` as unsent). */
  send?(buckets: readonly string[], n: number, takenAt: number): boolean
  /** The request was answered or failed (`sent`), or never left (then its tokens are free again). */
  settle?(buckets: readonly string[], n: number, token: TokenTimes): void | Promise<void>
  /** How the buckets stand. */
  statistics?(): readonly BucketState[]
}
