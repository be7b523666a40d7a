import { formatRate, parseRate, type RateWindow } from '@sluice/core'
import { standardDialect, type LimitedRequest, type LimitedResponse } from '@sluice/http'
import { formatDuration } from '../progress/format.ts'

/** A limit that an answer told, as far as it did. */
export interface ToldLimit {
  /** What it holds for: `host`, `route`, `app`, `method`. */
  readonly scope: string
  readonly limit: number | undefined
  readonly ms: number | undefined
  readonly used: number | undefined
  /** ms until its window ends. */
  readonly resetIn: number | undefined
}

/** What the headers of an answer tell of limits. */
export interface ToldLimits {
  readonly limits: readonly ToldLimit[]
  /** Nothing may be sent for so many ms. */
  readonly retryAfter: number | undefined
}

/** Reads the limits of the usual headers, and of Riot's. */
export function toldLimits(response: LimitedResponse, request: LimitedRequest): ToldLimits {
  const limits: ToldLimit[] = [...riotLimits(response, 'app'), ...riotLimits(response, 'method')]
  let retryAfter: number | undefined
  for (const report of standardDialect.read(response, request) ?? []) {
    if (report.retryAfter !== undefined) retryAfter = Math.max(retryAfter ?? 0, report.retryAfter)
    for (const { limit, ms, used, remaining, resetIn } of report.windows ?? []) {
      limits.push({
        scope: report.scope ?? 'host',
        limit,
        ms,
        used: used ?? (limit === undefined || remaining === undefined ? undefined : limit - remaining),
        resetIn,
      })
    }
  }
  return { limits, retryAfter }
}

function riotLimits({ headers }: LimitedResponse, scope: string): ToldLimit[] {
  const counts = pairs(headers.get(`x-${scope}-rate-limit-count`))
  return pairs(headers.get(`x-${scope}-rate-limit`)).map(({ limit, ms }) => ({
    scope,
    limit,
    ms,
    used: counts.find((count) => count.ms === ms)?.limit,
    resetIn: undefined,
  }))
}

function pairs(text: string | undefined): RateWindow[] {
  try {
    return text === undefined ? [] : parseRate(text)
  } catch {
    // A server may write what it wants there.
    return []
  }
}

/** A limit in one line: `app  20/s, 3 used`. */
export function limitText({ scope, limit, ms, used, resetIn }: ToldLimit): string {
  const rate =
    limit === undefined
      ? 'of a size that it does not tell'
      : ms === undefined
        ? `${limit} in a time that it does not tell`
        : formatRate([{ limit, ms }])
  return [
    `${scope.padEnd(8)}${rate}`,
    ...(used === undefined ? [] : [`${used} used`]),
    ...(resetIn === undefined ? [] : [`new in ${formatDuration(resetIn)}`]),
  ].join(', ')
}

/** What to give to `-r` so that these limits hold; undefined if they do not tell enough. */
export function rateFlag({ limits }: ToldLimits): string | undefined {
  const told = limits.flatMap(({ limit, ms }) => (limit && ms ? [{ limit, ms }] : []))
  const distinct = [...new Map(told.map((window) => [`${window.limit}:${window.ms}`, window])).values()]
  // One that cannot be reached because of another one need not be said.
  const needed = distinct.filter((window) => !distinct.some((other) => other !== window && implies(other, window)))
  return needed.length === 0 ? undefined : formatRate(needed.sort((a, b) => a.ms - b.ms))
}

/** True if whoever keeps `one` keeps `other` as well. */
function implies(one: RateWindow, other: RateWindow): boolean {
  return one.limit * Math.ceil(other.ms / one.ms) <= other.limit
}
