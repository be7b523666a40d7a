/** One pair of a limit header: `value` requests in `ms`, as limit or as count. */
export interface LimitPair {
  readonly value: number
  readonly ms: number
}

/** Limit headers repeat word for word with every response: those seen are not parsed again. Emptied when it grows. */
const known = new Map<string, readonly LimitPair[]>()

/**
 * Reads `X-App-Rate-Limit` and its like: `value:seconds` pairs in any order. What is no pair is skipped, a second pair of the same
 * length as well: a header that is half understood is better than none.
 */
export function parseLimits(text: string): readonly LimitPair[] {
  let pairs = known.get(text)
  if (pairs === undefined) {
    if (known.size >= 1000) known.clear()
    pairs = parsePairs(text).filter(({ value, ms }) => value > 0 && ms > 0)
    known.set(text, pairs)
  }
  return pairs
}

/** The count that belongs to the window of `ms`, by its length and never by its position; `undefined` when the header has none. */
export function countOf(text: string, ms: number): number | undefined {
  const seconds = ms / 1000
  let at = 0
  while (at < text.length) {
    const colon = text.indexOf(':', at)
    if (colon < 0) return undefined
    let end = text.indexOf(',', colon)
    if (end < 0) end = text.length
    if (Number(text.slice(colon + 1, end)) === seconds) {
      const count = Number(text.slice(at, colon))
      return Number.isFinite(count) && count >= 0 ? count : undefined
    }
    at = end + 1
  }
  return undefined
}

function parsePairs(text: string): LimitPair[] {
  const pairs: LimitPair[] = []
  for (const pair of text.split(',')) {
    const [, value, seconds] = /^\s*(\d{1,15})\s*:\s*(\d{1,9})\s*$/.exec(pair) ?? []
    if (value === undefined || pairs.some(({ ms }) => ms === Number(seconds) * 1000)) continue
    pairs.push({ value: Number(value), ms: Number(seconds) * 1000 })
  }
  return pairs
}
