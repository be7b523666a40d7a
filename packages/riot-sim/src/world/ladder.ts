import { hash } from './hash.ts'
import { Permutation } from './permutation.ts'

/** One division of a ladder, or one of the three tiers on top, which have a single division `I`. */
export interface Division {
  readonly tier: string
  readonly rank: string
  /** The place of its first player in the whole ladder, 0 for the best of all. */
  readonly first: number
  readonly size: number
}

/** Options of a {@link Ladder}. */
export interface LadderOptions {
  readonly platform: number
  /** Differs from queue to queue. */
  readonly key: number
  readonly poolSize: number
  readonly pools: number
  /** Which share of the pools takes part, 0 to 1. */
  readonly share: number
  readonly masters: number
  /** True when the best player of the world is first; otherwise each pool is shuffled. */
  readonly straight: boolean
}

const CHALLENGERS = 300
const GRANDMASTERS = 700
const RANKS = ['I', 'II', 'III', 'IV']
/** What share of the ladder each tier below the top has, in percent. */
const TIERS: readonly (readonly [string, number])[] = [
  ['DIAMOND', 4],
  ['EMERALD', 12],
  ['PLATINUM', 17],
  ['GOLD', 19],
  ['SILVER', 20],
  ['BRONZE', 17],
  ['IRON', 11],
]

/** Who stands where in one ranked queue of one platform. Computed both ways: the player of a place, and the place of a player. */
export class Ladder {
  readonly platform: number
  readonly divisions: readonly Division[]
  readonly #options: LadderOptions
  readonly #ranked: number
  readonly #permutation: Permutation

  constructor(options: LadderOptions) {
    this.#options = options
    this.platform = options.platform
    this.#ranked = Math.max(1, Math.floor(options.pools * options.share)) * options.poolSize
    this.#permutation = new Permutation(options.poolSize)
    this.divisions = divide(this.#ranked, options.masters)
  }

  /** The number of the player at a place. */
  playerAt(place: number): number {
    if (this.#options.straight) return place
    const { poolSize } = this.#options
    const offset = place % poolSize
    return place - offset + this.#permutation.forward(offset, this.#key(place))
  }

  /** The place of a player, or -1 for the unranked. */
  placeOf(player: number): number {
    if (player >= this.#ranked) return -1
    if (this.#options.straight) return player
    const offset = player % this.#options.poolSize
    return player - offset + this.#permutation.inverse(offset, this.#key(player))
  }

  /** The division with this tier and rank, or undefined when it has nobody. */
  division(tier: string, rank: string): Division | undefined {
    return this.divisions.find((division) => division.tier === tier && division.rank === rank)
  }

  /** The division that a place is in. */
  divisionAt(place: number): Division {
    return this.divisions.findLast((division) => division.first <= place)!
  }

  /** League points of a place: falling within a division, 0 to 99 below the top. */
  points(place: number): number {
    const { first, size, tier } = this.divisionAt(place)
    const fromTop = (place - first) / size
    if (tier === 'CHALLENGER') return 1850 - Math.round(1000 * fromTop ** 0.5)
    if (tier === 'GRANDMASTER') return 849 - Math.round(300 * fromTop)
    if (tier === 'MASTER') return 548 - Math.round(548 * fromTop)
    return 99 - Math.floor(100 * fromTop)
  }

  #key(place: number): number {
    return hash(this.#options.key, Math.floor(place / this.#options.poolSize), 23)
  }
}

function divide(ranked: number, masters: number): Division[] {
  const divisions: Division[] = []
  let first = 0
  const add = (tier: string, rank: string, size: number): void => {
    const fitting = Math.min(size, ranked - first)
    if (fitting > 0) divisions.push({ tier, rank, first, size: fitting })
    first += fitting
  }
  add('CHALLENGER', 'I', CHALLENGERS)
  add('GRANDMASTER', 'I', GRANDMASTERS)
  add('MASTER', 'I', masters)
  const below = ranked - first
  for (const [tier, percent] of TIERS) {
    for (const rank of RANKS) add(tier, rank, Math.ceil((below * percent) / 400))
  }
  return divisions
}
