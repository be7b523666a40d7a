import { get as httpGet, post as httpPost, put as httpPut, type EndpointFacts, type PathArguments } from '@sluice/http'
import type { RouteKind } from '../route-kinds.ts'
import type { QueryRules } from './parameter.ts'

/** What an operation wants beside its path. */
export interface OperationFacts {
  /** Its query parameters. */
  readonly query?: QueryRules
  /** It asks on behalf of a player, and needs the token with which that player has signed in (RSO). */
  readonly rso?: true
  /** What 204 stands for. Default: nothing, `undefined`. */
  readonly empty?: () => unknown
}

/** One of Riot's operations: a line of a table. It is an entry for `createClient` of `@sluice/http`, too. */
export interface Operation<
  Route extends RouteKind = RouteKind,
  Values extends readonly unknown[] = readonly never[],
  Result = unknown,
  Facts extends OperationFacts = OperationFacts,
> {
  /** Never called: the types of a call's values and result. */
  (...values: Values): Promise<Result>
  readonly endpoint: EndpointFacts<Route>
  readonly facts: Facts
}

/** As many values as the path has names. */
type ReadValues<Path extends string> = PathArguments<Path>
/** The same, and the body. */
type WriteValues<Path extends string> = readonly [...PathArguments<Path>, object]

type Reader = <const Route extends RouteKind, const Path extends string, const Facts extends OperationFacts = {}>(
  route: Route,
  path: Path,
  facts?: Facts,
) => <Values extends ReadValues<Path>, Result>() => Operation<Route, Values, Result, Facts>

type Writer = <const Route extends RouteKind, const Path extends string, const Facts extends OperationFacts = {}>(
  route: Route,
  path: Path,
  facts?: Facts,
) => <Values extends WriteValues<Path>, Result>() => Operation<Route, Values, Result, Facts>

function define(make: (route: string, path: string) => { readonly endpoint: EndpointFacts }): never {
  return ((route: string, path: string, facts: OperationFacts = {}) =>
    () =>
      Object.assign(make(route, path), { facts })) as never
}

/**
 * One line of a table: the kind of route, the path template, the query. Behind it stand the values of the path with their names,
 * which become the arguments of the client's method, and what comes back.
 */
export const get: Reader = define(httpGet)
/** The same for POST: the last of the values is the body. */
export const post: Writer = define(httpPost)
/** The same for PUT. */
export const put: Writer = define(httpPut)
