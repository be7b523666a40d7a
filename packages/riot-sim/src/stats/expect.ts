import { checkNumber, checkWhole } from '../check.ts'
import type { SimulatorStats } from './stats.ts'

/**
 * Fails unless every application scope was used to at least this share, 0 to 1: the least time its answers could have taken, over the
 * time they took.
 *
 * @throws Error that names the scopes that fell short.
 */
export function expectUtilisation(stats: SimulatorStats, least: number): void {
  checkNumber('least', least, 0, 1)
  const short = stats.scopes.filter((scope) => scope.operation === undefined && scope.utilisation < least)
  if (short.length === 0) return
  const list = short.map(({ key, route, utilisation }) => `${key} on ${route}: ${(100 * utilisation).toFixed(1)}%`)
  throw new Error(`expected a utilisation of at least ${(100 * least).toFixed(1)}%, but ${list.join(', ')}`)
}

/**
 * Fails when more requests than this were answered with 429.
 *
 * @throws Error that says how many, and of which types.
 */
export function expect429(stats: SimulatorStats, most: number): void {
  checkWhole('most', most, 0, Number.MAX_SAFE_INTEGER)
  const count = stats.statuses['429'] ?? 0
  if (count <= most) return
  const types = Object.entries(stats.rejects).map(([type, times]) => `${times} ${type}`)
  throw new Error(`expected at most ${most} answers of 429, but there were ${count}: ${types.join(', ')}`)
}
