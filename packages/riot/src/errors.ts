import { TimeoutError } from '@sluice/core'
import { DecodeError as HttpDecodeError, StatusError, type HeadersLike } from '@sluice/http'

/** Which call an error is about. */
export interface CallFacts {
  /** Such as `match-v5.getMatch`. */
  readonly operation: string
  /** The host that was asked: `americas`, `na1`, … */
  readonly route: string
}

/** What an error knows of the answer. */
export interface AnswerFacts extends CallFacts {
  readonly attempts: number
  /** GET, POST, PUT. */
  readonly method: string
  readonly url: string
  readonly status: number
  readonly headers: HeadersLike
  /** As text, whatever it is: error bodies of the edge are HTML. */
  readonly body: string
}

/**
 * Riot answered with a status of 300 or above. What the server said is in `body`, and its message in the error's. No error holds the API key.
 *
 * @example
 * ```ts
 * import { RiotApiError, RiotClient } from '@sluice/riot'
 * import { DEVELOPMENT_KEY, startSimulator } from '@sluice/riot-sim'
 *
 * await using server = await startSimulator()
 * await using riot = new RiotClient({ apiKey: DEVELOPMENT_KEY, baseUrl: `${server.url}/{route}` })
 * const error = await riot.matchV5.getMatch('EUW1_1').catch((reason: unknown) => reason)
 * if (error instanceof RiotApiError) console.log(error.name, error.status, error.operation, error.route) // NotFoundError 404 match-v5.getMatch europe
 * ```
 */
export class RiotApiError extends StatusError {
  override readonly name: string = 'RiotApiError'
  /** Such as `match-v5.getMatch`. */
  readonly operation: string
  /** The host that was asked. */
  readonly route: string
  /** What to tell Riot in a bug report. */
  readonly edgeTraceId: string | undefined
  /** How often it was sent, not counting refusals because of a limit. */
  readonly attempts: number

  constructor(facts: AnswerFacts, message?: string) {
    const { operation, route, attempts, method, url, status, headers, body } = facts
    const trace = headers.get('x-riot-edge-trace-id')
    super(`${operation} at ${route}: ${message ?? statusText(facts)}${trailer(attempts, trace)}`, {
      code: 'RIOT_STATUS',
      method,
      url,
      status,
      headers,
      body,
    })
    this.operation = operation
    this.route = route
    this.attempts = attempts
    this.edgeTraceId = trace
  }
}

/** 404: there is no such match, player or game; for some operations that is an everyday answer. */
export class NotFoundError extends RiotApiError {
  override readonly name: string = 'NotFoundError'
}

/** 401 or 403: the key is unknown or expired, is not good for this operation, or is on Riot's blacklist; or the player's token is not good. */
export class AuthError extends RiotApiError {
  override readonly name: string = 'AuthError'

  constructor(facts: AnswerFacts & { rso: boolean }) {
    const advice = facts.rso
      ? "is the player's access token expired?"
      : facts.status === 401
        ? 'the API key is missing or not known'
        : 'key expired? Development keys last 24 hours: get a new one at https://developer.riotgames.com. Or the key is not approved for this operation'
    super(facts, `${statusText(facts)}; ${advice}`)
  }
}

/** 429, and the client was told not to wait any longer (`resend`). */
export class RateLimitError extends RiotApiError {
  override readonly name: string = 'RateLimitError'
  /** What Riot calls the limit: `application`, `method`, `service`, …; empty when it does not say. */
  readonly type: string
  /** Whom the limit concerns: everything at this host, or only this operation there. */
  readonly scope: 'host' | 'operation'
  /** For how many ms Riot wants to be left alone, if it says so. */
  readonly retryAfterMs: number | undefined

  constructor(facts: AnswerFacts) {
    super(facts)
    this.type = facts.headers.get('x-rate-limit-type') ?? ''
    this.scope = this.type === 'application' ? 'host' : 'operation'
    this.retryAfterMs = this.retryAfter
  }
}

/** 5xx, after all retries. */
export class ServiceUnavailableError extends RiotApiError {
  override readonly name: string = 'ServiceUnavailableError'
}

interface Concealing {
  /** Takes the API key out of a text. */
  conceal(text: string): string
}

/** The answer came with status 200, but is no JSON: the message names the place and the first 200 characters. */
export class DecodeError extends HttpDecodeError {
  readonly operation: string
  readonly route: string
  readonly edgeTraceId: string | undefined
  readonly attempts: number

  constructor(error: HttpDecodeError, facts: CallFacts & Pick<RiotApiError, 'attempts' | 'edgeTraceId'> & Concealing) {
    const { operation, route, attempts, edgeTraceId, conceal } = facts
    const { method, url, code, status, position, excerpt } = error
    const what = error.message.replace(`${method} ${url}: `, '')
    const text = `${operation} at ${route}: ${what}${trailer(attempts, edgeTraceId)}`
    // A server that sends the key back must not bring it into an error, and so not into its cause either.
    const clean = conceal(text) === text && conceal(excerpt) === excerpt
    super(conceal(text), {
      method,
      url: conceal(url),
      code,
      status,
      position,
      excerpt: conceal(excerpt),
      ...(clean && { cause: error }),
    })
    this.operation = operation
    this.route = route
    this.edgeTraceId = edgeTraceId
    this.attempts = attempts
  }
}

/** The deadline of the call passed: while it waited for a limit or a retry, or while it was under way. */
export class DeadlineError extends TimeoutError {
  override readonly name: string = 'DeadlineError'
  readonly operation: string
  readonly route: string

  constructor({ operation, route }: CallFacts, ms: number, cause: unknown) {
    const why = cause instanceof Error ? ` (${cause.message})` : ''
    super(`${operation} at ${route}: the deadline passed after ${Math.round(ms)} ms${why}`, ms, { cause })
    this.operation = operation
    this.route = route
  }
}

/** The error for an answer of 400 or above. */
export function apiError(facts: AnswerFacts & { rso: boolean }): RiotApiError {
  const { status } = facts
  if (status === 401 || status === 403) return new AuthError(facts)
  if (status === 404) return new NotFoundError(facts)
  if (status === 429) return new RateLimitError(facts)
  if (status >= 500) return new ServiceUnavailableError(facts)
  return new RiotApiError(facts)
}

/** `404 Data not found`: the status and what the server says of it, or the beginning of what it sends. */
function statusText({ status, body }: AnswerFacts): string {
  let said = body.replace(/<[^>]*>/g, ' ')
  try {
    const message = (JSON.parse(body) as { status?: { message?: unknown } } | null)?.status?.message
    if (typeof message === 'string') said = message
  } catch {
    // Not JSON: then it speaks for itself.
  }
  const line = said.replace(/\s+/g, ' ').trim()
  return `status ${status}${line === '' ? '' : `, ${line.length > 120 ? `${line.slice(0, 120)}…` : line}`}`
}

function trailer(attempts: number, trace: string | undefined): string {
  const facts = [attempts > 1 ? `${attempts} attempts` : '', trace === undefined ? '' : `edge trace id ${trace}`]
  const text = facts.filter((fact) => fact !== '').join(', ')
  return text === '' ? '' : ` (${text})`
}
