import { checkCount, checkFunction } from '@sluice/core/internal'
import { HttpRateLimiter, type HttpRateLimiterOptions, type TicketOptions } from '../limits/http-rate-limiter.ts'
import { NotAdmittedError } from '../limits/not-admitted.ts'
import type { Ticket } from '../limits/ticket.ts'
import type { LimitedRequest, RateInput } from '../limits/types.ts'
import type { Middleware, SessionRequest, SessionResponse } from '../types.ts'
import { checkWanted } from './wait.ts'

/** Whoever hands out tickets: an {@link HttpRateLimiter}, or a limiter that knows one kind of server better. */
export interface RequestLimiter {
  /** The right to send `request`, now or later; see {@link HttpRateLimiter.acquire}. */
  acquire(request: LimitedRequest, options?: TicketOptions): Ticket | Promise<Ticket>
}

/** Options of {@link rateLimit}. */
export interface RateLimitOptions {
  /** Higher goes first: a whole number from -100 to 100. Default: `request.context['sluice.priority']`, which clients set from the option `priority`, or 0. */
  priority?: ((request: SessionRequest) => number) | undefined
  /** Tokens that the request costs. Default 1. */
  cost?: ((request: SessionRequest) => number) | undefined
  /**
   * How many times a request is sent again that the server refused because of a limit. It goes back to its place in the line, and this
   * is no attempt in the sense of `retry`. Default 5; after that the refusal is returned.
   */
  resend?: number | undefined
}

/**
 * Sends no faster than the server allows. A token is taken at the instant of sending; what waits for one holds no connection. Give it a limiter, which
 * may be shared by several sessions, or a rate or options for one of its own. Put it inside of `retry` and `cache`.
 *
 * @param limiter an {@link HttpRateLimiter} or another {@link RequestLimiter}, options of the former, or a rate (`'20/s,100/2m'`). Default: learn the limits from the server.
 * @throws TypeError or RangeError for wrong options.
 *
 * @example
 * ```ts
 * import { Session, rateLimit, retry } from '@sluice/http'
 *
 * await using session = new Session({ middleware: [retry(), rateLimit('20/s,100/2m')] })
 * console.log((await session.get('https://api.example.com/users/1')).status) // 200
 * ```
 */
export function rateLimit(
  limiter: RequestLimiter | HttpRateLimiterOptions | RateInput = {},
  options: RateLimitOptions = {},
): Middleware {
  const { priority = priorityOf, cost, resend = 5 } = options
  checkFunction('priority', priority)
  if (cost !== undefined) checkFunction('cost', cost)
  checkCount('resend', resend, 0)
  const office: RequestLimiter =
    typeof (limiter as RequestLimiter | null)?.acquire === 'function'
      ? (limiter as RequestLimiter)
      : new HttpRateLimiter(
          typeof limiter === 'string' || Array.isArray(limiter)
            ? { rate: limiter as RateInput }
            : (limiter as HttpRateLimiterOptions),
        )
  return async (request, next) => {
    const { admit: outer, answered: outerAnswered } = request
    let after: Ticket | undefined
    let left = resend
    try {
      for (;;) {
        const granted = office.acquire(request, {
          priority: priority(request),
          cost: cost?.(request),
          signal: request.signal,
          scope: request.scope,
          deadline: request.deadline,
          after,
        })
        const ticket: Ticket = granted instanceof Promise ? await granted : granted
        request.admit = outer === undefined ? () => ticket.send() : () => outer() && ticket.send()
        request.answered = (response) => {
          outerAnswered?.(response)
          ticket.answer(response, request)
        }
        let response: SessionResponse
        try {
          response = await next(request)
        } catch (error) {
          const heldBack = ticket.isHeldBack
          ticket.fail()
          if (!heldBack || !(error instanceof NotAdmittedError)) throw error
          after = ticket
          continue
        }
        if (!ticket.answer(response, request) || left-- <= 0 || !request.replayable) return response
        await response.dump()
        checkWanted(request)
        after = ticket
      }
    } finally {
      request.admit = outer
      request.answered = outerAnswered
    }
  }
}

function priorityOf({ context }: SessionRequest): number {
  return (context['sluice.priority'] as number | undefined) ?? 0
}
