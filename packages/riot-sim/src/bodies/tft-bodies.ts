import { TFT_ITEMS, TFT_PETS, TFT_SET, TFT_TRAITS, TFT_UNITS } from '../data/tft.ts'
import { PLATFORM_NAMES } from '../data/routes.ts'
import { hash } from '../world/hash.ts'
import type { FoundMatch } from '../world/match-series.ts'
import type { PlayerIds } from '../world/player-ids.ts'
import { Random } from '../world/random.ts'
import { plainUuid } from '../world/uuids.ts'
import type { World } from '../world/world.ts'
import type { Body } from './body.ts'
import { gameVersion } from './lol/lol-bodies.ts'
import type { SlotValues } from './slot-values.ts'
import { TemplateBody } from './template-body.ts'
import { Template, numberSlot, textSlot } from './template.ts'

const PLAYERS = 8
const SLOT = { matchId: 0, gameId: 1, creation: 2, datetime: 3, queue: 4, gameType: 5, version: 6, firstPlayer: 7 }
const FIRST_GAME = 7_000_000_000

/** Matches of Teamfight Tactics. */
export class TftBodies {
  readonly #world: World
  readonly #templates: Template[] = []
  readonly #lengths: number[] = []

  constructor(world: World) {
    this.#world = world
  }

  match(found: FoundMatch, ids: PlayerIds): Body {
    const { seed, options } = this.#world
    const platform = found.players[0]!.platform
    const variant = hash(seed, platform, found.number, 163) % options.templates
    const template = (this.#templates[variant] ??= this.#write(variant))
    return new TemplateBody(template, (values) => this.#fill(values, found, variant, ids))
  }

  #fill(values: SlotValues, found: FoundMatch, variant: number, ids: PlayerIds): void {
    const platform = found.players[0]!.platform
    const queue = this.#world.tftQueueOf(platform, found.number)
    const gameId = tftGameId(found.number)
    values.plain(SLOT.matchId, `${PLATFORM_NAMES[platform]!.toUpperCase()}_${gameId}`)
    values.plain(SLOT.gameId, gameId)
    values.plain(SLOT.creation, found.createdAt)
    values.plain(SLOT.datetime, found.createdAt + Math.round(this.#lengths[variant]! * 1000))
    values.plain(SLOT.queue, queue.id)
    values.plain(SLOT.gameType, queue.gameType)
    values.plain(SLOT.version, gameVersion(found.createdAt))
    found.players.forEach((player, seat) => {
      const slot = SLOT.firstPlayer + 3 * seat
      const { gameName, tagLine } = this.#world.names.riotId(player)
      values.puuid(slot, ids, player)
      values.text(slot + 1, gameName)
      values.plain(slot + 2, tagLine)
    })
  }

  #write(variant: number): Template {
    const random = new Random(this.#world.seed, variant, 167)
    const length = 1300 + random.next() * 1000
    this.#lengths[variant] = length
    const placements = random.sample([1, 2, 3, 4, 5, 6, 7, 8], PLAYERS)
    return new Template({
      metadata: {
        data_version: '6',
        match_id: textSlot(SLOT.matchId),
        participants: placements.map((_, seat) => textSlot(SLOT.firstPlayer + 3 * seat)),
      },
      info: {
        endOfGameResult: 'GameComplete',
        gameCreation: numberSlot(SLOT.creation),
        gameId: numberSlot(SLOT.gameId),
        game_datetime: numberSlot(SLOT.datetime),
        game_length: length,
        game_version: `Linux Version ${textSlot(SLOT.version)} (May 09 2026/16:09:13) [PUBLIC] <Releases/${textSlot(SLOT.version)}>`,
        mapId: 22,
        participants: placements.map((placement, seat) => participant(random, placement, seat, length)),
        queueId: numberSlot(SLOT.queue),
        queue_id: numberSlot(SLOT.queue),
        tft_game_type: textSlot(SLOT.gameType),
        tft_set_core_name: TFT_SET.name,
        tft_set_number: TFT_SET.number,
      },
    })
  }
}

/** The number that match ids and bodies show for a match. */
export function tftGameId(number: number): number {
  return FIRST_GAME + number
}

/** The match number of a game id; negative when there can be none. */
export function tftMatchNumber(gameId: number): number {
  return gameId - FIRST_GAME
}

function participant(random: Random, placement: number, seat: number, length: number): unknown {
  const slot = SLOT.firstPlayer + 3 * seat
  return {
    ...(random.chance(0.25) && {
      augments: random.sample(TFT_TRAITS, 3).map((name) => `TFT${TFT_SET.number}_Augment_${name}`),
    }),
    companion: {
      content_ID: plainUuid(random.int(0, 60), 173),
      item_ID: random.int(1, 101_000),
      skin_ID: random.int(1, 31),
      species: random.pick(TFT_PETS),
    },
    gold_left: random.int(0, 54),
    last_round: 40 - placement * 2 + random.int(0, 2),
    level: random.int(7, 10),
    missions: { PlayerScore2: random.int(60, 230) },
    placement,
    players_eliminated: Math.max(0, 4 - placement),
    puuid: textSlot(slot),
    riotIdGameName: textSlot(slot + 1),
    riotIdTagline: textSlot(slot + 2),
    ...(random.chance(0.6) && {
      skill_tree: {
        [plainUuid(random.int(0, 9), 179)]: random.int(100, 150),
        EventSkill_DemotionProtection: 0,
        EventSkill_PlacementDelta: random.int(1, 20) * 50,
      },
    }),
    time_eliminated: length * (1 - 0.07 * (placement - 1)),
    total_damage_to_players: random.int(6, 236),
    traits: random.sample(TFT_TRAITS, random.int(9, 13)).map((name) => ({
      name: `TFT${TFT_SET.number}_${name}`,
      num_units: random.int(1, 6),
      style: random.int(0, 4),
      tier_current: random.int(0, 3),
      tier_total: random.int(2, 5),
    })),
    units: random.sample(TFT_UNITS, random.int(7, 10)).map((name) => ({
      character_id: `TFT${TFT_SET.number}_${name}`,
      itemNames: random.sample(TFT_ITEMS, random.int(0, 3)).map((item) => `TFT_Item_${item}`),
      name: '',
      rarity: random.pick([0, 1, 2, 4, 6]),
      tier: random.int(1, 3),
    })),
    win: placement <= 4,
  }
}
