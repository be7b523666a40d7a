import { PLATFORM_NAMES } from '../../data/routes.ts'
import { ARENA } from '../../data/queues.ts'
import { hash } from '../../world/hash.ts'
import type { FoundMatch } from '../../world/match-series.ts'
import type { Player, PlayerIds } from '../../world/player-ids.ts'
import { Random } from '../../world/random.ts'
import type { World } from '../../world/world.ts'
import type { Body } from '../body.ts'
import { TemplateBody } from '../template-body.ts'
import type { Template } from '../template.ts'
import { writeArenaScript, writeScript, type GameScript } from './game-script.ts'
import { abortedTemplate, matchTemplate, type Era } from './match-template.ts'
import { SLOT, playerSlots } from './slots.ts'
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
const FIRST_PATCH = Date.UTC(2026, 0, 8)
const PATCH_LENGTH = 14 * 86_400_000

/** Matches and timelines of League of Legends. The courses of games are written once each and then shared by many matches. */
export class LolBodies {
  readonly #world: World
  readonly #scripts = new Map<string, GameScript>()
  readonly #templates = new Map<string, Template>()

  constructor(world: World) {
    this.#world = world
  }

  match(found: FoundMatch, ids: PlayerIds, tournamentCode = ''): Body {
    const telling = this.#telling(found)
    return new TemplateBody(this.#template('match', telling), () => this.#values(found, telling, ids, tournamentCode))
  }

  /** The timeline of a match; undefined for an aborted one, which has none. */
  timeline(found: FoundMatch, ids: PlayerIds): Body | undefined {
    const telling = this.#telling(found)
    if (telling.course === 'aborted') return undefined
    return new TemplateBody(this.#template('timeline', telling), () => this.#values(found, telling, ids, ''))
  }

  /** How long a match took, in seconds. */
  duration(found: FoundMatch): number {
    const telling = this.#telling(found)
    return telling.course === 'aborted' ? 0 : this.#script(telling.course, telling.variant).duration
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

  #values(found: FoundMatch, telling: Telling, ids: PlayerIds, tournamentCode: string): Buffer[] {
    const platform = PLATFORM_NAMES[found.players[0]!.platform]!.toUpperCase()
    const gameId = lolGameId(found.number)
    const start = found.createdAt + 20_000 + (found.number % 20_000)
    const values: Buffer[] = []
    values[SLOT.matchId] = Buffer.from(`${platform}_${gameId}`)
    values[SLOT.gameId] = Buffer.from(String(gameId))
    values[SLOT.creation] = Buffer.from(String(found.createdAt))
    values[SLOT.start] = Buffer.from(String(start))
    values[SLOT.end] = Buffer.from(String(start + this.duration(found) * 1000))
    values[SLOT.platform] = Buffer.from(platform)
    values[SLOT.queue] = Buffer.from(String(telling.queue))
    values[SLOT.mode] = Buffer.from(telling.mode)
    values[SLOT.version] = Buffer.from(gameVersion(found.createdAt))
    values[SLOT.tournamentCode] = Buffer.from(tournamentCode)
    found.players.forEach((player, seat) => this.#playerValues(values, player, seat, ids))
    return values
  }

  #playerValues(values: Buffer[], player: Player, seat: number, ids: PlayerIds): void {
    const slots = playerSlots(seat)
    const { gameName, tagLine } = this.#world.names.riotId(player)
    const { icon, level } = this.#world.profile(player)
    values[slots.puuid] = ids.puuidBytes(player)
    values[slots.gameName] = Buffer.from(JSON.stringify(gameName).slice(1, -1))
    values[slots.tagLine] = Buffer.from(tagLine)
    values[slots.summonerId] = ids.summonerIdBytes(player)
    values[slots.level] = Buffer.from(String(level))
    values[slots.icon] = Buffer.from(String(icon))
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
