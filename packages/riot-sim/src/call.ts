import { ROUTES } from './data/routes.ts'
import type { Operation, ParameterRule } from './data/operations.ts'
import { findOperation } from './routes/route-table.ts'

/** A request to the simulated API. */
export interface SimRequest {
  /** Default `GET`. */
  method?: string
  /**
   * Where to: `https://na1.api.riotgames.com/lol/…`, or any origin followed by the route, `http://127.0.0.1:8080/na1/lol/…`,
   * or only that path.
   */
  url: string
  headers?: Readonly<Record<string, string>>
  body?: string
}

/** A request taken apart. */
export interface Call {
  readonly verb: string
  readonly url: string
  /** The host that is meant, such as `na1`; empty when there is no such host. */
  readonly route: string
  readonly path: string
  readonly query: URLSearchParams
  readonly operation: Operation | undefined
  /** True when the path exists, though not for this verb. */
  readonly wrongVerb: boolean
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly header: (name: string) => string | undefined
  readonly body: string | undefined
  /** When the client sent it, on the simulator's clock. */
  readonly sentAt: number
}

const NO_QUERY = new URLSearchParams()

/** Takes a request apart: which host, which operation, which parameters. */
export function readCall(request: SimRequest, hostHeader: string | undefined, sentAt: number): Call {
  const target = /^(?:https?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/.exec(request.url)!
  let path = target[2]!
  // The route stands in front of the path, or is the first label of the host.
  let route = /^\/([a-z0-9]+)(?=\/)/.exec(path)?.[1] ?? ''
  if (ROUTES.has(route)) {
    path = path.slice(route.length + 1)
  } else {
    route = /^[^.:]+/.exec(target[1] ?? hostHeader ?? '')?.[0].toLowerCase() ?? ''
    if (!ROUTES.has(route)) route = ''
  }
  const verb = (request.method ?? 'GET').toUpperCase()
  const found = findOperation(verb, path)
  const headers = request.headers ?? {}
  return {
    verb,
    url: request.url,
    route,
    path,
    query: target[3] === undefined ? NO_QUERY : new URLSearchParams(target[3]),
    operation: found?.operation,
    wrongVerb: found !== undefined && found.operation === undefined,
    params: found?.params ?? {},
    header: (name) => headerOf(headers, name),
    body: request.body,
    sentAt,
  }
}

/** What is wrong with the parameters of a call, or undefined. */
export function problemOf(call: Call, operation: Operation): string | undefined {
  for (const rule of operation.pathParameters) {
    const problem = ruleProblem(rule, call.params[rule.name])
    if (problem !== undefined) return problem
  }
  for (const rule of operation.queryParameters) {
    const problem = ruleProblem(rule, call.query.get(rule.name) ?? undefined)
    if (problem !== undefined) return problem
  }
  return undefined
}

function ruleProblem(rule: ParameterRule, value: string | undefined): string | undefined {
  if (value === undefined || value === '')
    return rule.required ? `Required parameter '${rule.name}' is missing` : undefined
  if (rule.words !== undefined && !rule.words.has(value)) return `'${value}' is not a valid value of '${rule.name}'`
  if (!rule.integer) return undefined
  const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN
  return number >= rule.min && number <= rule.max ? undefined : `'${rule.name}' must be from ${rule.min} to ${rule.max}`
}

function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const direct = headers[name]
  if (direct !== undefined) return direct
  for (const key of Object.keys(headers)) if (key.toLowerCase() === name) return headers[key]
  return undefined
}
