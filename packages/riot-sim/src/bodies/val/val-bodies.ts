import { PLATFORM_FACTS, PLATFORM_NAMES } from '../../data/routes.ts'
import { VAL_ACTS, VAL_CONSOLE_QUEUES, VAL_MAPS, VAL_QUEUES } from '../../data/val.ts'
import { hash, unit } from '../../world/hash.ts'
import type { FoundMatch } from '../../world/match-series.ts'
import type { PlayerIds } from '../../world/player-ids.ts'
import { Random } from '../../world/random.ts'
import type { World } from '../../world/world.ts'
import type { Body } from '../body.ts'
import type { SlotValues } from '../slot-values.ts'
import { TemplateBody } from '../template-body.ts'
import type { Template } from '../template.ts'
import { VAL_SLOT, valLength, valTemplate } from './val-template.ts'

/** Where a match of VALORANT was played: on PCs or on consoles. */
export type ValSystem = 'pc' | 'console'

const FEWER_TEMPLATES = 8

/** Matches of VALORANT. */
export class ValBodies {
  readonly #world: World
  readonly #templates = new Map<string, Template>()

  constructor(world: World) {
    this.#world = world
  }

  match(found: FoundMatch, ids: PlayerIds, system: ValSystem, matchId: string): Body {
    const { seed, options } = this.#world
    const platform = found.players[0]!.platform
    // They are large, so there are fewer of them.
    const variant = hash(seed, platform, found.number, 211) % Math.min(FEWER_TEMPLATES, options.templates)
    const id = `${system} ${variant}`
    let template = this.#templates.get(id)
    if (template === undefined) {
      template = valTemplate(new Random(seed, variant, 223), system)
      this.#templates.set(id, template)
    }
    return new TemplateBody(template, (values) => this.#fill(values, found, variant, ids, system, matchId))
  }

  /** The queue of a match; consoles have their own names for them. */
  queue(platform: number, number: number, system: ValSystem): string {
    const { id } = this.#queue(platform, number)
    return system === 'console' ? VAL_CONSOLE_QUEUES[id]! : id
  }

  #queue(platform: number, number: number): (typeof VAL_QUEUES)[number] {
    let rest = unit(hash(this.#world.seed, platform, number, 227)) * 100
    return VAL_QUEUES.find(({ share }) => (rest -= share) < 0) ?? VAL_QUEUES[0]!
  }

  #fill(
    values: SlotValues,
    found: FoundMatch,
    variant: number,
    ids: PlayerIds,
    system: ValSystem,
    matchId: string,
  ): void {
    const { seed } = this.#world
    const platform = found.players[0]!.platform
    const queue = this.#queue(platform, found.number)
    values.plain(VAL_SLOT.matchId, matchId)
    values.plain(VAL_SLOT.start, found.createdAt)
    values.plain(VAL_SLOT.queue, this.queue(platform, found.number, system))
    values.plain(VAL_SLOT.mode, queue.mode)
    values.plain(VAL_SLOT.ranked, String(queue.id === 'competitive'))
    values.plain(VAL_SLOT.map, VAL_MAPS[hash(seed, found.number, 229) % VAL_MAPS.length]!.path)
    values.plain(VAL_SLOT.region, PLATFORM_FACTS[PLATFORM_NAMES[platform]!]!.shard)
    values.plain(VAL_SLOT.season, VAL_ACTS[VAL_ACTS.length - 1]!.id)
    values.plain(VAL_SLOT.length, valLength(new Random(seed, variant, 223)))
    found.players.forEach((player, seat) => {
      const { gameName, tagLine } = this.#world.names.riotId(player)
      const slot = VAL_SLOT.firstPlayer + 3 * seat
      values.puuid(slot, ids, player)
      values.text(slot + 1, gameName)
      values.plain(slot + 2, tagLine)
    })
  }
}
