import type { HeadersLike } from '../../types.ts'
import { serverTime } from '../retry-after.ts'

/** A header that is a number of at least 0, and nothing else. */
export function numberOf(headers: HeadersLike, name: string): number | undefined {
  return toNumber(headers.get(name))
}

/** A text that is a number of at least 0, and nothing else. */
export function toNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined
}

/** When a window ends: an upper bound, and by how much it may be too high. In ms. */
export interface Reset {
  readonly resetIn: number
  readonly slack: number
}

/**
 * Reads a reset in any of the forms that are in use: seconds from now, seconds or milliseconds since 1970, or a date. Seconds from now are
 * rounded by servers in either direction, so that the window is over one second later at most; what is given as a time is compared with the
 * response's own `Date`, which is cut to the second.
 */
export function resetOf(text: string | undefined, headers: HeadersLike): Reset | undefined {
  if (text === undefined) return undefined
  const value = toNumber(text)
  if (value === undefined) {
    const time = /\d{4}/.test(text) ? Date.parse(text) : Number.NaN
    return Number.isNaN(time) ? undefined : untilTime(time, headers)
  }
  if (value >= 1e11) return untilTime(value, headers)
  if (value >= 1e9) return untilTime(value * 1000, headers)
  return fromNow(value, text)
}

/** Seconds from now. */
export function fromNow(seconds: number, text: string = String(seconds)): Reset {
  return text.includes('.')
    ? { resetIn: Math.ceil(seconds * 1000), slack: 10 }
    : { resetIn: (seconds + 1) * 1000, slack: 2000 }
}

function untilTime(time: number, headers: HeadersLike): Reset {
  return { resetIn: Math.max(0, time - serverTime(headers)), slack: 1000 }
}
