import type { HeadersInput } from '@sluice/http'

/** Headers as pairs, so that more can be put behind them. */
export function headerPairs(headers: HeadersInput | undefined): (readonly [name: string, value: string])[] {
  if (headers === undefined) return []
  const all = Symbol.iterator in headers ? [...headers] : Object.entries(headers)
  return all.filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)])
}
