import type { HeadersLike } from '../types.ts'

/** The server's wall clock when it answered, by its `Date` header; else this machine's. In ms since 1970. */
export function serverTime(headers: HeadersLike): number {
  const date = headers.get('date')
  const time = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(time) ? Date.now() : time
}

/**
 * How many ms a `Retry-After` header asks to be left alone: in seconds (fractions allowed) or as a date, which is compared with the response's own `Date`.
 * `undefined` when there is none, or it cannot be read. RFC 9110, section 10.2.3.
 */
export function retryAfterMs(headers: HeadersLike): number | undefined {
  const text = headers.get('retry-after')?.trim()
  if (text === undefined || text === '') return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  // A date has letters; what Date.parse makes of other numbers is no date.
  const time = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : Math.max(0, time - serverTime(headers))
}
