import { checkWhole } from '../check.ts'
import { parseRatePairs } from './rate-pairs.ts'

/**
 * The least time, in ms, from the first to the last of `count` requests that one host admits when each counts in every one of the
 * given limits, starting with nothing used: no client can be faster against windows that open with their first request.
 * Latency is not part of it.
 *
 * It follows the windows: send all that every window still has room for, then wait for the first window whose renewal makes room.
 *
 * @param count how many requests.
 * @param specs limits such as `500:10,30000:600`: the application's and, if it binds, the method's.
 * @throws RangeError or TypeError for a count or limit that is none.
 *
 * @example
 * ```ts
 * import { idealMs } from '@sluice/riot-sim'
 *
 * console.log(idealMs(30_000, '500:10,30000:600')) // 590000: 30,000 matches on a production key
 * console.log(idealMs(250, '20:1,100:120')) // 242000: 250 requests on a development key
 * console.log(idealMs(10_000, '500:10,30000:600', '1000:60')) // 550000: the method limit binds
 * ```
 */
export function idealMs(count: number, ...specs: string[]): number {
  checkWhole('count', count, 0, Number.MAX_SAFE_INTEGER)
  const windows = specs
    .flatMap((spec) => parseRatePairs('specs', spec))
    .map(({ limit, seconds }) => ({ limit, length: seconds * 1000, end: 0, used: 0 }))
  let left = count
  let now = 0
  for (;;) {
    let room = left
    for (const window of windows) {
      if (now >= window.end) {
        window.used = 0
        window.end = now + window.length
      }
      room = Math.min(room, window.limit - window.used)
    }
    for (const window of windows) window.used += room
    left -= room
    if (left === 0) return now
    now = Math.max(...windows.filter((window) => window.used >= window.limit).map((window) => window.end))
  }
}
