import { asCompleted, mapIterable, type Completed, type StreamOptions, type TaskContext } from '@sluice/core'
import { checkFunction, show } from '@sluice/core/internal'
import type { HeadersInput, QueryInput, RequestOptions, SessionResponse } from '../types.ts'
import { encodeQuery } from '../url.ts'
import { decode, type Sender } from './client.ts'
import type { WriteOptions } from './endpoint.ts'
import type {
  CollectInput,
  InitArguments,
  OperationAt,
  OperationInit,
  OperationMethod,
  PathsWith,
  ResultOf,
} from './openapi-types.ts'
import { PathTemplate } from './path-template.ts'

/** What `collect` keeps, so that a later run need not ask again. */
export interface CollectJournal<Value> {
  /** What was recorded for `key` (method, path and query of the request): it is yielded in place of a request. */
  recorded(key: string): { readonly value: Value } | undefined | Promise<{ readonly value: Value } | undefined>
  /** Called with each answer before it is yielded; waited for. */
  record(key: string, value: Value): void | Promise<void>
}

/** Options of {@link Api.collect}: those of a stream, and these. */
export interface CollectOptions<Value> extends StreamOptions {
  /** `'completed'` (default): what is there first comes first. `'input'`: in the order of the inputs. */
  order?: 'completed' | 'input' | undefined
  journal?: CollectJournal<Value> | undefined
}

/** A method of an {@link Api} for one kind of operation. */
export type ApiMethod<Paths, Method extends OperationMethod> = <const Path extends PathsWith<Paths, Method>>(
  path: Path,
  ...init: InitArguments<OperationAt<Paths, Path, Method>>
) => Promise<ResultOf<OperationAt<Paths, Path, Method>>>

type GetOf<Paths, Path extends keyof Paths> = OperationAt<Paths, Path, 'get'>

/** A client for the type `paths` that openapi-typescript makes of an API's description. */
export interface Api<Paths> {
  get: ApiMethod<Paths, 'get'>
  head: ApiMethod<Paths, 'head'>
  post: ApiMethod<Paths, 'post'>
  put: ApiMethod<Paths, 'put'>
  patch: ApiMethod<Paths, 'patch'>
  delete: ApiMethod<Paths, 'delete'>
  /**
   * One GET for each input, so many at once (`concurrency`, default 100), yielded with index and input. An input is what `get` takes, or the bare value of a path's only parameter; the inputs
   * may be an async iterable, and no more is read of it than is worked on. Leaving the loop aborts what runs.
   *
   * @throws from the loop what `asCompleted` throws: AggregateError of the first failure and its followers.
   */
  collect<const Path extends PathsWith<Paths, 'get'>>(
    path: Path,
    inputs: Iterable<CollectInput<GetOf<Paths, Path>>> | AsyncIterable<CollectInput<GetOf<Paths, Path>>>,
    options?: CollectOptions<ResultOf<GetOf<Paths, Path>>>,
  ): AsyncIterable<Completed<CollectInput<GetOf<Paths, Path>>, ResultOf<GetOf<Paths, Path>>>>
  /**
   * Page after page: `next` makes the init of the following page out of a page and its init, or `undefined` after the last.
   *
   * @throws from the loop RangeError when `next` asks for the page that has just come: it would never end.
   */
  paginate<const Path extends PathsWith<Paths, 'get'>>(
    path: Path,
    first: OperationInit<GetOf<Paths, Path>>,
    next: (
      page: ResultOf<GetOf<Paths, Path>>,
      init: OperationInit<GetOf<Paths, Path>>,
    ) => OperationInit<GetOf<Paths, Path>> | undefined,
  ): AsyncIterable<ResultOf<GetOf<Paths, Path>>>
}

/** An init, whatever its operation. */
interface AnyInit extends Omit<WriteOptions, 'query'> {
  path?: Readonly<Record<string, unknown>>
  query?: QueryInput
  header?: Readonly<Record<string, string | number | boolean | undefined>>
}

/**
 * A typed client for an API that describes itself by OpenAPI: `Paths` is the type that openapi-typescript emits. URLs are relative to the session's `baseUrl`. A method resolves to
 * the decoded JSON; a status of 400 and above is thrown as `StatusError`. The path template is the request's route, for events and limits.
 *
 * @example
 * ```ts
 * import { Session, createApi } from '@sluice/http'
 *
 * // What openapi-typescript emits, in short.
 * interface paths {
 *   '/users/{id}': {
 *     get: {
 *       parameters: { path: { id: number }; query?: { verbose?: boolean } }
 *       responses: { 200: { content: { 'application/json': { id: number } } } }
 *     }
 *   }
 * }
 *
 * await using session = new Session({ baseUrl: 'https://api.example.com' })
 * const api = createApi<paths>(session)
 * console.log((await api.get('/users/{id}', { path: { id: 7 } })).id) // 7
 *
 * const ids: number[] = []
 * for await (const { value } of api.collect('/users/{id}', [1, 2, 3], { concurrency: 2, order: 'input' })) ids.push(value.id)
 * console.log(ids) // [ 1, 2, 3 ]
 * ```
 */
export function createApi<Paths extends object>(session: Sender): Api<Paths> {
  if (typeof (session as Partial<Sender> | undefined)?.request !== 'function')
    throw new TypeError(`session must be a Session, not ${show(session)}`)
  const templates = new Map<string, PathTemplate>()

  const templateOf = (path: string): PathTemplate => {
    let template = templates.get(path)
    if (template === undefined) templates.set(path, (template = new PathTemplate(path)))
    return template
  }

  const send = async (method: string, path: string, init: AnyInit = {}, signal?: AbortSignal): Promise<unknown> => {
    const response: SessionResponse = await session.request(
      method,
      urlOf(templateOf(path), init),
      requestOptions(path, init, signal),
    )
    return decode(response, [])
  }

  const methodOf =
    (method: string) =>
    (path: string, init?: AnyInit): Promise<unknown> =>
      send(method, path, init)

  const collect = (
    path: string,
    inputs: Iterable<unknown> | AsyncIterable<unknown>,
    options: CollectOptions<unknown> = {},
  ): AsyncIterable<Completed<unknown, unknown>> => {
    const { order = 'completed', journal, ...rest } = options
    if (order !== 'completed' && order !== 'input')
      throw new TypeError(`order must be 'completed' or 'input', not ${show(order)}`)
    const template = templateOf(path)
    const one = async (input: unknown, context: TaskContext): Promise<unknown> => {
      const init = initOf(template, input)
      if (journal === undefined) return send('GET', path, init, init.signal ?? context.signal)
      const key = keyOf(template, init)
      const recorded = await journal.recorded(key)
      if (recorded !== undefined) return recorded.value
      const value = await send('GET', path, init, init.signal ?? context.signal)
      await journal.record(key, value)
      return value
    }
    if (order === 'completed') return asCompleted(inputs, one, rest)
    return mapIterable(
      inputs,
      async (input, context) => ({ index: context.index, input, value: await one(input, context) }),
      rest,
    )
  }

  async function* paginate(
    path: string,
    first: AnyInit,
    next: (page: unknown, init: AnyInit) => AnyInit | undefined,
  ): AsyncGenerator<unknown, void, undefined> {
    const template = templateOf(path)
    let key: string | undefined
    for (let init: AnyInit | undefined = first; init !== undefined;) {
      const asked = keyOf(template, init)
      if (asked === key)
        throw new RangeError(
          `the next page of ${path} is the one that has just come: it would never end. Return undefined after the last page`,
        )
      key = asked
      const page = await send('GET', path, init)
      yield page
      init = next(page, init)
    }
  }

  const api = {
    get: methodOf('GET'),
    head: methodOf('HEAD'),
    post: methodOf('POST'),
    put: methodOf('PUT'),
    patch: methodOf('PATCH'),
    delete: methodOf('DELETE'),
    collect,
    paginate: (path: string, first: AnyInit, next: (page: unknown, init: AnyInit) => AnyInit | undefined) => {
      checkFunction('next', next)
      return paginate(path, first, next)
    },
  }
  return Object.freeze(api) as unknown as Api<Paths>
}

function urlOf(template: PathTemplate, { path = {} }: AnyInit): string {
  return template.fill(template.names.map((name) => (Object.hasOwn(path, name) ? path[name] : undefined)))
}

/** Tells a request from the others: path and query, in the order in which they are given. */
function keyOf(template: PathTemplate, init: AnyInit): string {
  const query = encodeQuery(init.query)
  return `GET ${urlOf(template, init)}${query === '' ? '' : `?${query}`}`
}

function initOf(template: PathTemplate, input: unknown): AnyInit {
  if (typeof input === 'object' && input !== null) return input
  const [name] = template.names
  if (template.names.length !== 1 || name === undefined)
    throw new TypeError(
      `an input of ${template.text} must be an object such as { path: { … } }, not ${show(input)}: it has ${template.names.length} parameters`,
    )
  return { path: { [name]: input } }
}

function requestOptions(route: string, init: AnyInit, signal: AbortSignal | undefined): RequestOptions {
  const {
    query,
    header,
    headers,
    timeout,
    deadline,
    idempotent,
    redirect,
    parseJson,
    context,
    priority,
    json,
    form,
    multipart,
    body,
  } = init
  return {
    route,
    params: query,
    headers: header === undefined ? headers : mergeHeaders(header, headers),
    signal: signal ?? init.signal,
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

function mergeHeaders(header: NonNullable<AnyInit['header']>, headers: HeadersInput | undefined): HeadersInput {
  const merged: Record<string, string> = {}
  for (const [name, value] of Object.entries(header))
    if (value !== undefined) merged[name.toLowerCase()] = String(value)
  const own = headers === undefined ? [] : Symbol.iterator in headers ? [...headers] : Object.entries(headers)
  for (const [name, value] of own) merged[name.toLowerCase()] = value as string
  return merged
}
