import { show } from '@sluice/core/internal'
import type { HeadersInput, QueryInput, RequestOptions } from '../types.ts'
import { PathTemplate, type PathArguments } from './path-template.ts'

/** Options of one call of a client's method: the last argument. */
export interface CallOptions<Query = QueryInput> extends Pick<
  RequestOptions,
  'signal' | 'timeout' | 'deadline' | 'idempotent' | 'redirect' | 'parseJson' | 'context'
> {
  query?: Query | undefined
  headers?: HeadersInput | undefined
  /** For `rateLimit`: higher goes first, a whole number from -100 to 100. Default 0. */
  priority?: number | undefined
}

/** The same, of a call that may have a body. */
export interface WriteOptions<Body = unknown> extends CallOptions, Pick<RequestOptions, 'form' | 'multipart' | 'body'> {
  /** Sent as JSON. */
  json?: Body | undefined
}

/** What is known of an endpoint. */
export interface EndpointFacts<Route extends string = string, Path extends string = string> {
  readonly method: string
  /** Name of the route: the client's `routes` say which URL that is. */
  readonly route: Route
  /** The path template. */
  readonly path: Path
  /** Statuses that mean "there is none". */
  readonly none: readonly number[]
  readonly query: QueryInput | undefined
  readonly headers: HeadersInput | undefined
  /** @internal */
  readonly template: PathTemplate
}

/** Options of {@link get} and its siblings. */
export interface EndpointOptions {
  /** Statuses that mean "there is none": the method then resolves to `null` in place of throwing. Such as `[404]`. */
  none?: readonly number[] | undefined
  /** Query parameters of every call; those of the call come on top. */
  query?: QueryInput | undefined
  /** Headers of every call. */
  headers?: HeadersInput | undefined
}

/** What "there is none" adds to a method's result. */
type NoneOf<Options> = Options extends { none: readonly [number, ...number[]] } ? null : never

/** An entry of a table, for reading. `<Result, Query>` may be given behind it; its arguments are the values of the path, then options. */
export interface ReadEndpoint<Route extends string, Path extends string, None> {
  <Result = unknown, Query = QueryInput>(
    ...args: [...values: PathArguments<Path>, options?: CallOptions<Query>]
  ): Promise<Result | None>
  readonly endpoint: EndpointFacts<Route, Path>
}

/** An entry of a table, for writing: `<Result, Body>` may be given behind it. With a `Body` the option `json` must be given. */
export interface WriteEndpoint<Route extends string, Path extends string, None> {
  <Result = unknown, Body = unknown>(
    ...args: unknown extends Body
      ? [...values: PathArguments<Path>, options?: WriteOptions]
      : [...values: PathArguments<Path>, options: WriteOptions<Body> & { json: Body }]
  ): Promise<Result | None>
  readonly endpoint: EndpointFacts<Route, Path>
}

type Reader = <const Route extends string, const Path extends string, const Options extends EndpointOptions = {}>(
  route: Route,
  path: Path,
  options?: Options,
) => ReadEndpoint<Route, Path, NoneOf<Options>>

type Writer = <const Route extends string, const Path extends string, const Options extends EndpointOptions = {}>(
  route: Route,
  path: Path,
  options?: Options,
) => WriteEndpoint<Route, Path, NoneOf<Options>>

function define(method: string): (route: string, path: string, options?: EndpointOptions) => never {
  return (route, path, options = {}) => {
    if (typeof route !== 'string' || route === '')
      throw new TypeError(`route must be the name of a route, such as 'api', not ${show(route)}`)
    const { none = [], query, headers } = options
    const endpoint: EndpointFacts = { method, route, path, none, query, headers, template: new PathTemplate(path) }
    const entry = (): never => {
      throw new TypeError(
        `${method} ${path} is an entry of a table: hand the table to createClient, and call the method of the client`,
      )
    }
    return Object.assign(entry, { endpoint }) as never
  }
}

/**
 * One line of a table for {@link createClient}: the name of a route, and a path template. The names in its braces become arguments, in
 * order; what the server answers is written behind it, as a type.
 *
 * @example
 * ```ts
 * import { Session, createClient, get } from '@sluice/http'
 *
 * interface User { id: number; path: string }
 * const table = {
 *   getUser: get('api', '/users/{userId}')<User>,
 *   findUser: get('api', '/status/404', { none: [404] })<User>,
 *   listPosts: get('api', '/users/{userId}/posts')<unknown, { page?: number }>,
 * }
 *
 * await using session = new Session()
 * const client = createClient(session, table, { routes: { api: 'https://api.example.com' } })
 * console.log((await client.getUser(7)).path) // /users/7
 * console.log(await client.findUser()) // null
 * await client.listPosts(7, { query: { page: 2 } })
 * ```
 */
export const get: Reader = define('GET')
/** Like {@link get}, with HEAD: the result is `undefined`; use `.response()` for the headers. */
export const head: Reader = define('HEAD')
/** Like {@link get}, with POST: `post('api', '/users')<User, NewUser>` wants `{ json: NewUser }`. */
export const post: Writer = define('POST')
/** Like {@link post}, with PUT. */
export const put: Writer = define('PUT')
/** Like {@link post}, with PATCH. */
export const patch: Writer = define('PATCH')
/** Like {@link post}, with DELETE. */
export const del: Writer = define('DELETE')
