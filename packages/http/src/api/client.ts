import { show } from '@sluice/core/internal'
import { knownCredentials } from '../redact.ts'
import type { ReadableResponse } from '../response-reader.ts'
import { statusError } from '../status-error.ts'
import type { QueryInput, RequestOptions, SessionResponse } from '../types.ts'
import type { EndpointFacts, WriteOptions } from './endpoint.ts'
import type { PathArguments, PathNames, PathValue } from './path-template.ts'

/** What a client needs of a session. */
export interface Sender {
  request(method: string, url: string, options?: RequestOptions): Promise<SessionResponse>
}

/** Entries of {@link get} and its siblings by name, in groups if you like. */
export interface ApiTable {
  readonly [name: string]: ApiEntry | ApiTable
}

/** An entry of a table, whatever its arguments and result. */
export interface ApiEntry {
  // The parameters of any function: what a call takes is a matter of each entry.
  (...args: never): Promise<unknown>
  readonly endpoint: EndpointFacts
}

/**
 * Where a route leads: a base URL, or a function that finds it for each call. What the function wants of `options` becomes options of the methods on that
 * route: `({ region }: { region: 'eu' | 'us' }) => …` makes `region` a required option.
 */
// A function of any options: each route has its own.
export type RouteBase = string | ((options: never, values: readonly string[]) => string)

/** The names of all routes in a table. */
export type RouteNames<Table> = Table extends { readonly endpoint: EndpointFacts<infer Route> }
  ? Route
  : { [Name in keyof Table]: RouteNames<Table[Name]> }[keyof Table]

/** Options of {@link createClient}. */
export interface ClientOptions<Routes, Defaults extends PathDefaults = {}> {
  /** Each route of the table, and where it leads. */
  routes: Routes
  /**
   * Values for names that stand in many paths, such as a version or a language: they are no arguments then, but options, with these as their defaults. Annotate what is
   * more than a `string`: `{ locale: 'en' satisfies Locale as Locale }`.
   */
  defaults?: Defaults | undefined
}

/** A value for each name of a path that need not be given. */
export type PathDefaults = Readonly<Record<string, PathValue>>

/** What a route wants of the options of a call. */
type RouteOptions<Base> = Base extends (options: infer Options, ...rest: never) => string
  ? unknown extends Options
    ? {}
    : Options
  : {}

/** The options of an entry's call: what stands behind the values of the path. */
type OptionsOf<Entry extends ApiEntry> =
  Parameters<Entry> extends readonly [...PathArguments<Entry['endpoint']['path']>, (infer Options)?]
    ? NonNullable<Options>
    : never

type Required1<Options> = {} extends Options ? false : true

/** The names of a path that have a default, as options. Without any it is `{}` itself: any other empty type would let `2` pass for options. */
type FilledOptions<Path extends string, Defaults> = [PathNames<Path>[number] & keyof Defaults] extends [never]
  ? {}
  : { [Name in PathNames<Path>[number] & keyof Defaults]?: Defaults[Name] | undefined }

type MethodArguments<Entry extends ApiEntry, Extra, Filled> =
  Required1<OptionsOf<Entry> & Extra> extends true
    ? [...values: PathArguments<Entry['endpoint']['path'], Filled>, options: OptionsOf<Entry> & Extra]
    : [...values: PathArguments<Entry['endpoint']['path'], Filled>, options?: OptionsOf<Entry> & Extra]

/** A method of a client: `Extra` are the options of its route, `Filled` the names of its path that are options too. */
export type ClientMethod<Entry extends ApiEntry, Extra, Filled = never> = {
  (...args: MethodArguments<Entry, Extra, Filled>): ReturnType<Entry>
  /** The same request, but resolves to the response as it is, whatever its status. */
  response(...args: MethodArguments<Entry, Extra, Filled>): Promise<SessionResponse>
  readonly endpoint: Entry['endpoint']
}

/** The client that a table makes. */
export type ClientOf<Table, Routes, Defaults extends PathDefaults = {}> = {
  readonly [Name in keyof Table]: Table[Name] extends ApiEntry
    ? ClientMethod<
        Table[Name],
        RouteOptions<Routes[Table[Name]['endpoint']['route'] & keyof Routes]> &
          FilledOptions<Table[Name]['endpoint']['path'], Defaults>,
        keyof Defaults
      >
    : ClientOf<Table[Name], Routes, Defaults>
}

/**
 * Makes a client out of a table: a method for each entry, typed by its line. A method takes the values of the path in the order of the template (percent-encoded), then
 * one object of options; names that stand in `defaults` are options too. It resolves to the decoded JSON (`undefined` if there is no body); a status of 400 and above is thrown as
 * `StatusError`, except those of the entry's `none`.
 *
 * @throws TypeError when a route of the table is missing in `routes`.
 *
 * @example
 * ```ts
 * import { Session, createClient, get } from '@sluice/http'
 *
 * const table = { users: { getUser: get('regional', '/users/{name}')<{ path: string }> } }
 * await using session = new Session()
 * const client = createClient(session, table, {
 *   routes: { regional: ({ region }: { region: 'eu' | 'us' }) => `https://api.example.com/${region}` },
 * })
 * console.log((await client.users.getUser('a/b', { region: 'eu' })).path) // /eu/users/a%2Fb
 * ```
 */
export function createClient<
  const Table extends ApiTable,
  const Routes extends Record<RouteNames<Table>, RouteBase>,
  Defaults extends PathDefaults = {},
>(session: Sender, table: Table, options: ClientOptions<Routes, Defaults>): ClientOf<Table, Routes, Defaults> {
  if (typeof (session as Partial<Sender> | undefined)?.request !== 'function')
    throw new TypeError(`session must be a Session, not ${show(session)}`)
  return clientOf(session, table, options.routes, options.defaults ?? {}) as ClientOf<Table, Routes, Defaults>
}

function clientOf(
  session: Sender,
  table: ApiTable,
  routes: Readonly<Record<string, RouteBase>>,
  defaults: PathDefaults,
): object {
  const client: Record<string, unknown> = {}
  for (const [name, entry] of Object.entries(table)) {
    client[name] = isEntry(entry)
      ? methodOf(session, entry.endpoint, routes, defaults)
      : clientOf(session, entry, routes, defaults)
  }
  return Object.freeze(client)
}

function isEntry(entry: ApiEntry | ApiTable): entry is ApiEntry {
  return typeof entry === 'function'
}

function methodOf(
  session: Sender,
  endpoint: EndpointFacts,
  routes: Readonly<Record<string, RouteBase>>,
  defaults: PathDefaults,
): unknown {
  const { method, route, template, none } = endpoint
  const base = routes[route] as string | ((options: object, values: readonly string[]) => string) | undefined
  if (typeof base !== 'string' && typeof base !== 'function')
    throw new TypeError(
      `routes.${route} must be a URL or a function that returns one, not ${show(base)}: ${method} ${endpoint.path} needs it`,
    )
  const { names } = template
  const positional = names.filter((name) => !Object.hasOwn(defaults, name))
  const arity = positional.length
  const valuesOf = (args: readonly unknown[], options: object): readonly unknown[] =>
    arity === names.length
      ? args
      : names.map((name) => {
          const place = positional.indexOf(name)
          if (place >= 0) return args[place]
          const own = (options as Record<string, unknown>)[name]
          return own === undefined ? defaults[name] : own
        })
  const response = (...args: unknown[]): Promise<SessionResponse> => {
    try {
      if (args.length > arity + 1)
        throw new TypeError(
          `${method} ${endpoint.path} takes ${arity} values and one object of options, not ${args.length} arguments`,
        )
      const options = (args[arity] ?? {}) as WriteOptions
      if (typeof options !== 'object')
        throw new TypeError(`options of ${method} ${endpoint.path} must be an object, not ${show(options)}`)
      const values = valuesOf(args, options)
      const path = template.fill(values)
      const prefix = typeof base === 'string' ? base : base(options, values.slice(0, names.length).map(String))
      return session.request(method, prefix.replace(/\/+$/, '') + path, requestOptions(endpoint, options))
    } catch (error) {
      return Promise.reject(error)
    }
  }
  const call = async (...args: unknown[]): Promise<unknown> => decode(await response(...args), none)
  return Object.assign(call, { response, endpoint })
}

/** Only what a request knows: a route's own options stay here. */
function requestOptions({ path, query, headers }: EndpointFacts, options: WriteOptions): RequestOptions {
  const { signal, timeout, deadline, idempotent, redirect, parseJson, context, priority, json, form, multipart, body } =
    options
  return {
    route: path,
    params: mergeQueries(query, options.query),
    headers: headers === undefined ? options.headers : { ...asRecord(headers), ...asRecord(options.headers ?? {}) },
    signal,
    timeout,
    deadline,
    idempotent,
    redirect,
    parseJson,
    context: priority === undefined ? context : { ...context, 'sluice.priority': priority },
    raiseForStatus: false,
    json,
    form,
    multipart,
    body,
  }
}

function mergeQueries(defaults: QueryInput | undefined, own: QueryInput | undefined): QueryInput | undefined {
  if (defaults === undefined) return own
  if (own === undefined) return defaults
  return { ...plainQuery(defaults), ...plainQuery(own) }
}

function plainQuery(query: QueryInput): Record<string, never> {
  if (!(query instanceof URLSearchParams)) return query as Record<string, never>
  const plain: Record<string, string[]> = {}
  for (const name of query.keys()) plain[name] = query.getAll(name)
  return plain as Record<string, never>
}

function asRecord(headers: NonNullable<RequestOptions['headers']>): Record<string, string> {
  const pairs = Symbol.iterator in headers ? [...headers] : Object.entries(headers)
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value as string]))
}

/** @internal The decoded body; `null` for "there is none", `undefined` for no body. */
export async function decode(response: SessionResponse, none: readonly number[]): Promise<unknown> {
  const { status } = response
  if (none.includes(status)) {
    await response.dump()
    return null
  }
  if (status >= 400) {
    const { reading } = response as Partial<ReadableResponse>
    throw await statusError(response, reading?.credentials ?? knownCredentials)
  }
  if (status === 204 || status === 205 || response.request.method === 'HEAD') {
    await response.dump()
    return undefined
  }
  return response.json()
}
