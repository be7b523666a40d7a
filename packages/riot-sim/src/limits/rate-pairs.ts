import { show } from '../check.ts'

/** One pair of a limit header: at most so many requests in so many seconds. */
export interface RatePair {
  readonly limit: number
  readonly seconds: number
}

/**
 * Reads limits as Riot writes them, `20:1,100:120`.
 *
 * @throws TypeError when it is no text, RangeError when a pair is not `limit:seconds` of whole numbers above 0, or a window occurs twice.
 */
export function parseRatePairs(option: string, spec: string): RatePair[] {
  if (typeof spec !== 'string')
    throw new TypeError(`${option} must be a text such as "20:1,100:120", not ${show(spec)}`)
  const pairs = spec.split(',').map((pair) => {
    const match = /^\s*([1-9]\d*):([1-9]\d*)\s*$/.exec(pair)
    if (match === null) {
      throw new RangeError(`${option} must be limit:seconds pairs such as "20:1,100:120", not ${show(spec)}`)
    }
    return { limit: Number(match[1]), seconds: Number(match[2]) }
  })
  if (new Set(pairs.map((pair) => pair.seconds)).size < pairs.length) {
    throw new RangeError(`${option} must name each window once, not ${show(spec)}`)
  }
  return pairs
}
