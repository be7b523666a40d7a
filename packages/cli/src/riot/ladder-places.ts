import type { ApexTier, Division, Tier } from '@sluice/riot'
import { UsageError } from '../errors.ts'

/** A part of a ladder: a league of its own, or a division with its pages. */
export type Place =
  | { readonly tier: ApexTier; readonly division?: undefined }
  | { readonly tier: Tier; readonly division: Division }

const APEX: readonly ApexTier[] = ['CHALLENGER', 'GRANDMASTER', 'MASTER']
const TIERS: readonly Tier[] = ['DIAMOND', 'EMERALD', 'PLATINUM', 'GOLD', 'SILVER', 'BRONZE', 'IRON']
const DIVISIONS: readonly Division[] = ['I', 'II', 'III', 'IV']

/**
 * Reads `challenger,master,diamond,gold:II`: best first, a tier without its division is all four of it.
 *
 * @throws UsageError for another word.
 */
export function parsePlaces(text: string): Place[] {
  return text.split(',').flatMap((part): Place[] => {
    const [name = '', division, ...rest] = part.trim().toUpperCase().split(':')
    const apex = APEX.find((tier) => tier === name)
    if (apex !== undefined && division === undefined) return [{ tier: apex }]
    const tier = TIERS.find((one) => one === name)
    const wanted = DIVISIONS.filter((one) => division === undefined || one === division)
    if (tier === undefined || wanted.length === 0 || rest.length > 0) {
      throw new UsageError(
        `--tiers ${text}: ${JSON.stringify(part.trim())} is none of ${[...APEX, ...TIERS].join(', ').toLowerCase()}, or a division such as gold:II`,
      )
    }
    return wanted.map((one) => ({ tier, division: one }))
  })
}
