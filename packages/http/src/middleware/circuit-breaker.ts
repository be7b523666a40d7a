import { checkCount, checkFunction, checkMs } from '@sluice/core/internal'
import {
  BrokenCircuitError,
  circuitBreaker as breakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  SamplingBreaker,
  type CircuitBreakerPolicy,
} from 'cockatiel'
import { LRUCache } from 'lru-cache'
import { HttpError, isTransientStatus } from '../errors.ts'
import { originOf } from '../limits/scopes.ts'
import { knownCredentials } from '../redact.ts'
import type { Middleware, SessionRequest, SessionResponse } from '../types.ts'

/** Circuits that are kept in mind; those unused for longest are forgotten. */
const MAX_CIRCUITS = 1000

/** The circuit of this host and route is open: it failed too often, and is left alone for a while. Nothing was sent. */
export class CircuitOpenError extends HttpError {
  override readonly name: string = 'CircuitOpenError'
  /** What failed too often: host and route, unless `key` says otherwise. */
  readonly key: string
  /** At most so many ms until the next trial. */
  readonly retryAfter: number
  constructor(request: SessionRequest, key: string, retryAfter: number, cause: unknown) {
    const { method } = request
    const url = knownCredentials.redactUrl(request.url)
    super(`${method} ${url}: not sent, since ${key} failed too often; the next trial comes within ${retryAfter} ms`, {
      method,
      url,
      code: 'HTTP_CIRCUIT_OPEN',
      cause,
    })
    this.key = key
    this.retryAfter = retryAfter
  }
}

/** Options of {@link circuitBreaker}. */
export interface CircuitBreakerOptions {
  /** Failures in a row that open the circuit. Default 5. */
  failures?: number | undefined
  /** In place of `failures`: open when more than `threshold` (0 to 1) of the requests of the last `duration` ms failed, at `minimumRps` requests a second or more. */
  sampling?: { threshold: number; duration: number; minimumRps?: number | undefined } | undefined
  /** ms after which one request is let through as a trial. Default 10,000. */
  halfOpenAfter?: number | undefined
  /** What has a circuit of its own. Default: host, method and route template, or the host for requests without one. */
  key?: ((request: SessionRequest) => string) | undefined
  /** Whether an answer or an error counts as a failure. Default: 408, 5xx (but 501 and 505), connection errors and timeouts. A 429 does not. */
  isFailure?: ((outcome: { response: SessionResponse | undefined; error: unknown }) => boolean) | undefined
  /** Told when a circuit opens, lets a trial through, or closes. */
  onStateChange?: ((key: string, state: 'open' | 'half-open' | 'closed') => void) | undefined
}

const STATES: Readonly<Partial<Record<CircuitState, 'open' | 'half-open' | 'closed'>>> = {
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Closed]: 'closed',
}

/**
 * Leaves a server alone that fails again and again, for each host and route by itself: while the circuit is open, requests fail at once with
 * {@link CircuitOpenError}. After `halfOpenAfter` one goes through as a trial, and its outcome decides. Built on cockatiel, which goes by the machine's clock.
 *
 * @throws TypeError or RangeError for wrong options.
 *
 * @example
 * ```ts
 * import { Session, circuitBreaker } from '@sluice/http'
 *
 * await using session = new Session({ middleware: [circuitBreaker({ failures: 2 })] })
 * for (let i = 0; i < 2; i++) await session.get('https://api.example.com/status/503')
 * await session.get('https://api.example.com/status/503').catch((error) => console.log(error.name)) // CircuitOpenError
 * ```
 */
export function circuitBreaker(options: CircuitBreakerOptions = {}): Middleware {
  const { failures = 5, sampling, halfOpenAfter = 10_000, key = defaultKey, isFailure = isFailureByDefault } = options
  const { onStateChange } = options
  checkCount('failures', failures)
  checkMs('halfOpenAfter', halfOpenAfter)
  checkFunction('key', key)
  checkFunction('isFailure', isFailure)
  if (onStateChange !== undefined) checkFunction('onStateChange', onStateChange)
  const newBreaker = (): ConsecutiveBreaker | SamplingBreaker =>
    sampling === undefined ? new ConsecutiveBreaker(failures) : new SamplingBreaker(withoutUndefined(sampling))
  newBreaker()
  const failing = handleWhen((error) => isFailure({ response: undefined, error })).orWhenResult((response) =>
    isFailure({ response: response as SessionResponse, error: undefined }),
  )
  const circuits = new LRUCache<string, CircuitBreakerPolicy>({ max: MAX_CIRCUITS })
  return async (request, next) => {
    const name = key(request)
    let circuit = circuits.get(name)
    if (circuit === undefined) {
      circuit = breakerPolicy(failing, { halfOpenAfter, breaker: newBreaker() })
      circuit.onStateChange((state) => {
        const told = STATES[state]
        if (told !== undefined) onStateChange?.(name, told)
      })
      circuits.set(name, circuit)
    }
    try {
      return await circuit.execute(() => next(request))
    } catch (error) {
      if (error instanceof BrokenCircuitError)
        throw new CircuitOpenError(request, name, halfOpenAfter, lastError(circuit))
      throw error
    }
  }
}

function lastError({ lastFailure }: CircuitBreakerPolicy): unknown {
  return lastFailure !== undefined && 'error' in lastFailure ? lastFailure.error : undefined
}

function withoutUndefined(sampling: NonNullable<CircuitBreakerOptions['sampling']>): {
  threshold: number
  duration: number
  minimumRps?: number
} {
  const { threshold, duration, minimumRps } = sampling
  return minimumRps === undefined ? { threshold, duration } : { threshold, duration, minimumRps }
}

function defaultKey({ url, method, route }: SessionRequest): string {
  return route === undefined ? originOf(url) : `${originOf(url)} ${method} ${route}`
}

function isFailureByDefault({ response, error }: { response: SessionResponse | undefined; error: unknown }): boolean {
  if (response === undefined) return (error as { transient?: unknown } | null | undefined)?.transient === true
  return response.status !== 429 && response.status !== 425 && isTransientStatus(response.status)
}
