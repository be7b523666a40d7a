import { PLATFORM_FACTS, PLATFORM_NAMES } from '../data/routes.ts'
import { ARENA, QUEUES, TFT_QUEUES, type Queue } from '../data/queues.ts'
import { hash, unit } from './hash.ts'
import { Ladder } from './ladder.ts'
import { MatchSeries } from './match-series.ts'
import type { Player } from './player-ids.ts'
import { RiotNames } from './riot-names.ts'
import { Uuids } from './uuids.ts'
import { worldOptions, type WorldOptions } from './world-options.ts'

/** A ranked queue: who takes part, and what mixes its ladder. */
const LADDERS: Readonly<Record<string, { share: number; straight: boolean }>> = {
  RANKED_SOLO_5x5: { share: 0.9, straight: true },
  RANKED_FLEX_SR: { share: 0.6, straight: false },
  RANKED_TFT: { share: 0.7, straight: false },
  RANKED_TFT_DOUBLE_UP: { share: 0.3, straight: false },
}

/** What a player's profile shows. */
export interface Profile {
  readonly icon: number
  readonly level: number
  /** Ms since 1970. */
  readonly revision: number
}

/**
 * The simulated world: players, ladders and matches, all computed from a seed. Two worlds of the same seed and options are equal, and
 * what one operation says agrees with what every other says.
 */
export class World {
  readonly seed: number
  readonly options: Required<WorldOptions>
  readonly names: RiotNames
  readonly uuids: Uuids
  readonly lol: MatchSeries
  readonly tft: MatchSeries
  readonly val: MatchSeries
  readonly lor: MatchSeries
  /** Games that are played right now, beside the histories. */
  readonly live: MatchSeries
  /** Ranked and occasional players of a platform. */
  readonly playersPerPlatform: number
  readonly #ladders = new Map<string, Ladder>()

  constructor(seed: number, options?: WorldOptions) {
    this.seed = seed
    this.options = worldOptions(options)
    this.playersPerPlatform = 2 * this.options.pools * this.options.poolSize
    this.names = new RiotNames(hash(seed, 31), this.playersPerPlatform)
    this.uuids = new Uuids(hash(seed, 37))
    const series = (game: number, seats: (round: number) => number, fewest: number): MatchSeries =>
      new MatchSeries(hash(seed, game, 41), this.options, seats, fewest)
    this.lol = series(1, (round) => (this.isArena(round) ? 16 : 10), 10)
    this.tft = series(2, () => 8, 8)
    this.val = series(3, () => 10, 10)
    this.lor = series(4, () => 2, 2)
    this.live = series(5, () => 10, 10)
  }

  /** True for a round of Arena, where all of a platform's matches have sixteen players. */
  isArena(round: number): boolean {
    return hash(this.seed, round, 43) % 20 === 0
  }

  /** The queue of a League of Legends match of ten. */
  queueOf(platform: number, number: number): Queue {
    return byShare(QUEUES, this.#share(platform, number, 47))
  }

  /** Id and type of a League of Legends match's queue. */
  lolQueue(platform: number, number: number, round: number): { id: number; type: string } {
    return this.isArena(round) ? ARENA : this.queueOf(platform, number)
  }

  /** The queue of a Teamfight Tactics match. */
  tftQueueOf(platform: number, number: number): (typeof TFT_QUEUES)[number] {
    return byShare(TFT_QUEUES, this.#share(platform, number, 53))
  }

  /** The ladder of a ranked queue, or undefined for a queue without one. */
  ladder(platform: number, queue: string): Ladder | undefined {
    const kind = LADDERS[queue]
    if (kind === undefined) return undefined
    const id = `${queue} ${platform}`
    let ladder = this.#ladders.get(id)
    if (ladder === undefined) {
      const key = hash(this.seed, platform, Object.keys(LADDERS).indexOf(queue), 59)
      ladder = new Ladder({ platform, key, ...kind, ...this.options })
      this.#ladders.set(id, ladder)
    }
    return ladder
  }

  profile(player: Player): Profile {
    const h = hash(this.seed, player.platform, player.number, 61)
    return {
      icon: 1 + (h % 6999),
      level: 30 + Math.floor(unit(hash(h, 1)) ** 3 * 1100),
      revision: this.options.epoch - (hash(h, 2) % 2_592_000_000),
    }
  }

  /** Whether there is such a player. */
  exists(player: Player): boolean {
    return player.platform < PLATFORM_NAMES.length && player.number < this.playersPerPlatform
  }

  /** The VALORANT shard and the regions of a platform. */
  static facts(platform: number): (typeof PLATFORM_FACTS)[string] {
    return PLATFORM_FACTS[PLATFORM_NAMES[platform]!]!
  }

  #share(platform: number, number: number, use: number): number {
    return unit(hash(this.seed, platform, number, use))
  }
}

function byShare<T extends { readonly share: number }>(items: readonly T[], at: number): T {
  let rest = at * items.reduce((sum, item) => sum + item.share, 0)
  for (const item of items) {
    rest -= item.share
    if (rest < 0) return item
  }
  return items[items.length - 1]!
}
