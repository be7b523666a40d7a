import { PLATFORM_NAMES } from '../../data/routes.ts'
import { ARENA } from '../../data/queues.ts'
import { hash } from '../../world/hash.ts'
import type { FoundMatch } from '../../world/match-series.ts'
import type { Player, PlayerIds } from '../../world/player-ids.ts'
import { Random } from '../../world/random.ts'
import type { World } from '../../world/world.ts'
import type { Body } from '../body.ts'
import type { SavedValues, SlotValues } from '../slot-values.ts'
import { TemplateBody } from '../template-body.ts'
import type { Template } from '../template.ts'
import { writeArenaScript, writeScript, type GameScript } from './game-script.ts'
import { abortedTemplate, matchTemplate, type Era } from './match-template.ts'
import { PER_PLAYER, SLOT, playerSlots } from './slots.ts'
import { timelineTemplate } from './timeline-template.ts'

/** Which course of a game a match took, and what its slots say. */
interface Telling {
  readonly course: GameScript['course'] | 'aborted'
  readonly era: Era
  readonly variant: number
  readonly queue: number
  readonly mode: string
}

/** Matches of the oldest part of the history have the fields of 2021. */
const OLD_SHARE = 0.04
/** So many players are remembered at a time; a pool of the default size fits several times. */
const KNOWN_PLAYERS = 5000
const FIRST_PATCH = Date.UTC(2026, 0, 8)
const PATCH_LENGTH = 14 * 86_400_000

/** Matches and timelines of League of Legends. The courses of games are written once each and then shared by many matches. */
export class LolBodies {
  readonly #world: World
  readonly #scripts = new Map<string, GameScript>()
  readonly #templates = new Map<string, Template>()
  /** What matches say of the players who were last in one, as each key sees it. */
  readonly #players = new Map<PlayerIds, Map<number, SavedValues>>()

  constructor(world: World) {
    this.#world = world
  }

  match(found: FoundMatch, ids: PlayerIds, tournamentCode = ''): Body {
    const telling = this.#telling(found)
    return new TemplateBody(this.#template('match', telling), (values) =>
      this.#fill(values, found, telling, ids, tournamentCode),
    )
  }

  /** The timeline of a match; undefined for an aborted one, which has none. */
  timeline(found: FoundMatch, ids: PlayerIds): Body | undefined {
    const telling = this.#telling(found)
    if (telling.course === 'aborted') return undefined
    return new TemplateBody(this.#template('timeline', telling), (values) =>
      this.#fill(values, found, telling, ids, ''),
    )
  }

  #telling({ number, round, players }: FoundMatch): Telling {
    const { seed, options } = this.#world
    const platform = players[0]!.platform
    const h = hash(seed, platform, number, 67)
    const era = round < options.rounds * OLD_SHARE ? 'before-challenges' : 'today'
    const variant = (h >>> 10) % options.templates
    if (this.#world.isArena(round)) return { course: 'arena', era: 'today', variant, queue: ARENA.id, mode: ARENA.mode }
    const { id, mode, course } = this.#world.queueOf(platform, number)
    const aborted = h % 1000 < options.abortedPerMille
    return { course: aborted ? 'aborted' : course, era, variant, queue: id, mode }
  }

  #template(kind: 'match' | 'timeline', { course, era, variant }: Telling): Template {
    const id = course === 'aborted' ? course : `${kind} ${course} ${era} ${variant}`
    let template = this.#templates.get(id)
    if (template === undefined) {
      if (course === 'aborted') {
        template = abortedTemplate()
      } else {
        const script = this.#script(course, variant)
        const random = new Random(this.#world.seed, variant, COURSES.indexOf(course), kind === 'match' ? 71 : 73)
        template = kind === 'match' ? matchTemplate(random, script, era) : timelineTemplate(random, script)
      }
      this.#templates.set(id, template)
    }
    return template
  }

  #script(course: GameScript['course'], variant: number): GameScript {
    const id = `${course} ${variant}`
    let script = this.#scripts.get(id)
    if (script === undefined) {
      const random = new Random(this.#world.seed, variant, COURSES.indexOf(course), 79)
      script = course === 'arena' ? writeArenaScript(random) : writeScript(random, course)
      this.#scripts.set(id, script)
    }
    return script
  }

  #fill(values: SlotValues, found: FoundMatch, telling: Telling, ids: PlayerIds, tournamentCode: string): void {
    const platform = PLATFORM_NAMES[found.players[0]!.platform]!.toUpperCase()
    const gameId = lolGameId(found.number)
    const start = found.createdAt + 20_000 + (found.number % 20_000)
    values.plain(SLOT.matchId, `${platform}_${gameId}`)
    values.plain(SLOT.gameId, gameId)
    values.plain(SLOT.creation, found.createdAt)
    values.plain(SLOT.start, start)
    values.plain(SLOT.end, start + this.#duration(telling) * 1000)
    values.plain(SLOT.platform, platform)
    values.plain(SLOT.queue, telling.queue)
    values.plain(SLOT.mode, telling.mode)
    values.plain(SLOT.version, gameVersion(found.createdAt))
    values.plain(SLOT.tournamentCode, tournamentCode)
    found.players.forEach((player, seat) => {
      const first = playerSlots(seat).puuid
      const known = this.#known(ids)
      const name = player.platform * 2 ** 26 + player.number
      const saved = known.get(name)
      if (saved !== undefined) {
        values.restore(first, saved)
        return
      }
      this.#fillPlayer(values, player, seat, ids)
      if (known.size >= KNOWN_PLAYERS) known.clear()
      known.set(name, values.save(first, PER_PLAYER))
    })
  }

  #fillPlayer(values: SlotValues, player: Player, seat: number, ids: PlayerIds): void {
    const slots = playerSlots(seat)
    const { gameName, tagLine } = this.#world.names.riotId(player)
    const { icon, level } = this.#world.profile(player)
    values.puuid(slots.puuid, ids, player)
    values.text(slots.gameName, gameName)
    values.plain(slots.tagLine, tagLine)
    values.summonerId(slots.summonerId, ids, player)
    values.plain(slots.level, level)
    values.plain(slots.icon, icon)
  }

  #known(ids: PlayerIds): Map<number, SavedValues> {
    let known = this.#players.get(ids)
    if (known === undefined) {
      known = new Map()
      this.#players.set(ids, known)
    }
    return known
  }

  #duration({ course, variant }: Telling): number {
    return course === 'aborted' ? 0 : this.#script(course, variant).duration
  }
}

const COURSES = ['rift', 'abyss', 'arena']
const FIRST_GAME = 4_500_000_000

/** The number that match ids and bodies show for a match. */
export function lolGameId(number: number): number {
  return FIRST_GAME + number
}

/** The match number of a game id; negative when there can be none. */
export function lolMatchNumber(gameId: number): number {
  return gameId - FIRST_GAME
}

/** The version of the game at a calendar time: a patch every two weeks. */
export function gameVersion(time: number): string {
  const patch = Math.max(0, Math.floor((time - FIRST_PATCH) / PATCH_LENGTH))
  return `${16 + Math.floor(patch / 24)}.${1 + (patch % 24)}.${730 + patch * 4}.${5000 + ((patch * 379) % 4000)}`
}
