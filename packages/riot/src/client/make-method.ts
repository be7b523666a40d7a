import { TimeoutError, type Clock, type TaskContext } from '@sluice/core'
import { show } from '@sluice/core/internal'
import {
  DecodeError as HttpDecodeError,
  PathTemplate,
  type RequestOptions,
  type Session,
  type SessionResponse,
} from '@sluice/http'
import { DeadlineError, DecodeError, NotFoundError, apiError, type CallFacts } from '../errors.ts'
import { ROUTE_KINDS } from '../route-kinds.ts'
import type { OperationFacts } from '../tables/operation.ts'
import { checkParameter } from '../tables/parameter.ts'
import type { NotFound, RiotCallOptions } from './call-options.ts'
import { headerPairs } from './header-pairs.ts'
import { untilRefused } from './until-refused.ts'
import { checkMany, outcomesOf, type ItemOutcome, type Items, type ManyOptions } from './item-outcome.ts'
import { OPERATION, ROUTE } from './operation-of.ts'
import { outcomesByRoute } from './route-lanes.ts'
import { resolveRoute, type RouteDefaults } from './resolve-route.ts'
import { STREAMED } from './whole-body.ts'

/** What the methods of one client share. */
export interface MethodHost {
  readonly session: Pick<Session, 'request'>
  readonly defaults: RouteDefaults
  readonly notFound: NotFound
  readonly clock: Clock
  /** The base URL of a host. */
  baseOf(route: string): string
  /** Takes the API key out of what a server sent. */
  conceal(text: string): string
}

/** An operation without its types. */
export interface PlainOperation {
  readonly endpoint: { readonly method: string; readonly path: string; readonly route: keyof typeof ROUTE_KINDS }
  readonly facts: OperationFacts
}

interface PlainOptions extends RiotCallOptions {
  readonly notFound?: NotFound | undefined
  readonly authorization?: string | undefined
  readonly [name: string]: unknown
}

/** What every call understands, beside its route and its query. */
const COMMON: ReadonlySet<string> = new Set(['signal', 'timeout', 'deadline', 'priority', 'headers'])

/** Makes the method of a client that calls an operation. */
export function makeMethod(host: MethodHost, operation: string, { endpoint, facts }: PlainOperation): object {
  const { method, path, route: kind } = endpoint
  const template = new PathTemplate(path)
  const writes = method !== 'GET'
  const { query = {}, rso = false, empty } = facts
  const { option } = ROUTE_KINDS[kind]
  const names = writes ? [...template.names, 'body'] : template.names
  const arity = names.length
  const matchId = template.names.indexOf('matchId')
  const known = new Set([...COMMON, option, ...Object.keys(query), ...(rso ? ['authorization'] : [])])

  const check = (args: readonly unknown[], also?: string): PlainOptions => {
    const options = args[arity] ?? {}
    if (args.length > arity + 1 || typeof options !== 'object' || args.length < arity)
      throw new TypeError(
        `${operation} takes ${[...names, 'one object of options'].join(', ')}, not ${args.length > arity + 1 || args.length < arity ? `${args.length} arguments` : show(options)}`,
      )
    for (const name of Object.keys(options))
      if (!known.has(name) && name !== also)
        throw new TypeError(
          `${name} is no option of ${operation}; there are ${[...known, ...(also ? [also] : [])].join(', ')}`,
        )
    return options as PlainOptions
  }

  const requestOptions = (args: readonly unknown[], options: PlainOptions, route: string): RequestOptions => {
    const { signal, timeout, deadline, priority, headers } = options
    const params: Record<string, string | number> = {}
    for (const [name, rule] of Object.entries(query)) {
      const value = options[name]
      checkParameter(operation, name, rule, value)
      if (value !== undefined) params[name] = value as string | number
    }
    const context = {
      [OPERATION]: operation,
      [ROUTE]: route,
      ...(priority !== undefined && { 'sluice.priority': priority }),
    }
    return {
      route: path,
      params,
      signal,
      timeout,
      deadline,
      headers: rso ? [...headerPairs(headers), ['authorization', bearer(operation, options.authorization)]] : headers,
      context,
      raiseForStatus: false,
      json: writes ? args[template.names.length] : undefined,
    }
  }

  /** `read` makes the result of the response, in the same time. */
  const send = async <T>(
    args: readonly unknown[],
    options: PlainOptions,
    read: (response: SessionResponse, call: CallFacts) => T | Promise<T>,
  ): Promise<T> => {
    const id = matchId < 0 || typeof args[matchId] !== 'string' ? undefined : args[matchId]
    const route = resolveRoute({ operation, kind, given: options[option], matchId: id }, host.defaults)
    const call = { operation, route }
    const url = host.baseOf(route) + template.fill(args)
    const started = host.clock.now()
    try {
      const request = requestOptions(args, options, route)
      if (read !== decode) request.context![STREAMED] = true
      return await read(await host.session.request(method, url, request), call)
    } catch (error) {
      throw late(call, error, options.deadline, started)
    }
  }

  /** A limit that ran out at the deadline is the deadline's doing. */
  const late = (call: CallFacts, error: unknown, deadline: number | undefined, started: number): unknown => {
    const now = host.clock.now()
    const isLate = deadline !== undefined && error instanceof TimeoutError && now >= deadline - 1
    return isLate ? new DeadlineError(call, now - started, error) : error
  }

  const decode = async (response: SessionResponse, call: CallFacts): Promise<unknown> => {
    const { status, headers, request } = response
    const attempts = request.attempt
    // What leads elsewhere and nowhere (3xx) is no result either.
    if (status >= 300) {
      const body = host.conceal(await response.text().catch(() => ''))
      const { url } = request
      throw apiError({ ...call, attempts, method, url: host.conceal(url), status, headers, body, rso })
    }
    if (status === 204) {
      await response.dump()
      return empty?.()
    }
    try {
      if (writes && (await response.bytes()).length === 0) return undefined
      return await response.json()
    } catch (error) {
      if (!(error instanceof HttpDecodeError)) throw error
      const edgeTraceId = headers.get('x-riot-edge-trace-id')
      throw new DecodeError(error, { ...call, attempts, edgeTraceId, conceal: host.conceal })
    }
  }

  const call = async (...args: unknown[]): Promise<unknown> => {
    const options = check(args, 'notFound')
    const { notFound = host.notFound } = options
    if (notFound !== 'throw' && notFound !== 'null')
      throw new TypeError(`notFound must be 'throw' or 'null', not ${show(notFound)}`)
    try {
      return await send<unknown>(args, options, decode)
    } catch (error) {
      if (notFound === 'null' && error instanceof NotFoundError) return null
      throw error
    }
  }
  const response = async (...args: unknown[]): Promise<SessionResponse> => send(args, check(args), (head) => head)
  if (arity === 0) return Object.assign(call, { response, endpoint, operation })

  /** Ids that are none fail by themselves. */
  const routeOf = (id: unknown): string => {
    try {
      return resolveRoute({ operation, kind, given: undefined, matchId: id as string }, host.defaults)
    } catch {
      return ''
    }
  }
  const many = (
    inputs: Items<unknown>,
    options: PlainOptions & ManyOptions = {},
  ): AsyncIterableIterator<ItemOutcome<unknown, unknown>, void> => {
    const { order, concurrency, buffer, signal, clock = host.clock, name, ...rest } = options
    const one = untilRefused(async (input: unknown, context: TaskContext): Promise<unknown> => {
      const values = arity === 1 ? [input] : input
      if (!Array.isArray(values) || values.length !== arity)
        throw new TypeError(`${operation} takes an array of ${names.join(', ')} for each, not ${show(input)}`)
      return send<unknown>(values, { ...rest, signal: context.signal }, decode)
    })
    checkMany(one, options)
    // What is wrong with the options is wrong with every input, and is told before the first.
    const anything = names.map(() => '0')
    const checked = check([...anything, rest])
    const id = matchId < 0 ? undefined : 'KR_1'
    requestOptions(
      anything,
      checked,
      resolveRoute({ operation, kind, given: checked[option], matchId: id }, host.defaults),
    )
    const stream = {
      ...(order !== undefined && { order }),
      ...(concurrency !== undefined && { concurrency }),
      ...(buffer !== undefined && { buffer }),
      ...(signal !== undefined && { signal }),
      clock,
      name: name ?? operation,
    }
    const spread = matchId >= 0 && arity === 1 && checked[option] === undefined
    return (spread ? outcomesByRoute(inputs, one, stream, routeOf) : undefined) ?? outcomesOf(inputs, one, stream)
  }
  const collect = async (
    inputs: Items<unknown>,
    options: PlainOptions & ManyOptions = {},
  ): Promise<ItemOutcome<unknown, unknown>[]> => {
    const outcomes: ItemOutcome<unknown, unknown>[] = []
    for await (const outcome of many(inputs, { order: 'input', ...options })) outcomes.push(outcome)
    return outcomes
  }
  return Object.assign(call, { response, many, collect, endpoint, operation })
}

function bearer(operation: string, token: unknown): string {
  if (typeof token !== 'string' || token.trim() === '')
    throw new TypeError(
      `${operation} needs the option authorization: the access token with which the player has signed in (RSO)`,
    )
  return /^bearer /i.test(token) ? token : `Bearer ${token}`
}
