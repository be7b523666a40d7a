import type { HeadersInput, TimeoutOptions } from '@sluice/http'
import type { Operation, OperationFacts } from '../tables/operation.ts'
import type { QueryOf } from '../tables/parameter.ts'
import type { RouteKind, RouteOf, RouteOptionOf } from '../route-kinds.ts'
import type { RouteHint } from './route-hint.ts'

/** What a method does when there is none (404): throw a `NotFoundError`, or resolve to `null`. */
export type NotFound = 'throw' | 'null'

/** Options that every call has. */
export interface RiotCallOptions {
  signal?: AbortSignal | undefined
  /** ms for one attempt, or each limit by itself. Waiting for a rate limit is no part of it. */
  timeout?: number | TimeoutOptions | undefined
  /** The moment (`clock.now()`, which is `performance.now()`) after which the answer is of no use: then `DeadlineError` is thrown, wherever the call is. */
  deadline?: number | undefined
  /** Higher goes first: a whole number from -100 to 100, each step worth 10 s of waiting. Default 0. */
  priority?: number | undefined
  /** Further headers. */
  headers?: HeadersInput | undefined
}

type RouteOptions<Kind extends RouteKind, Given extends string> = {
  [Name in RouteOptionOf<Kind>]?: RouteOf<Kind> | RouteHint<Kind, Given> | undefined
}

type PlayerOptions<Facts> = Facts extends { rso: true }
  ? {
      /** The access token with which the player has signed in (RSO), with or without `Bearer` before it. */
      authorization: string
    }
  : {}

/** The options of an operation but for `notFound`. `Given` is the route that the call names. */
export type OptionsOf<Op extends Operation, Given extends string> = RiotCallOptions &
  RouteOptions<Op['endpoint']['route'], Given> &
  QueryOptions<Op['facts']> &
  PlayerOptions<Op['facts']>

type QueryOptions<Facts extends OperationFacts> = Facts extends { query: infer Rules } ? QueryOf<Rules> : {}

/** Whether a call must have options: a query parameter or a player's token that cannot be missing. */
export type NeedsOptions<Op extends Operation> = {} extends QueryOptions<Op['facts']> & PlayerOptions<Op['facts']>
  ? false
  : true
