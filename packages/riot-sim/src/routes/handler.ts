import type { LolBodies } from '../bodies/lol/lol-bodies.ts'
import type { TftBodies } from '../bodies/tft-bodies.ts'
import type { ValBodies } from '../bodies/val/val-bodies.ts'
import type { Call } from '../call.ts'
import { PLATFORM_FACTS, PLATFORM_NAMES } from '../data/routes.ts'
import type { ApiKey } from '../keys.ts'
import type { Player } from '../world/player-ids.ts'
import type { World } from '../world/world.ts'
import { Refusal, type Answer } from './answer.ts'
import type { Tournaments } from './tournaments.ts'

/** A call that was authenticated, counted and checked, with what is needed to answer it. */
export interface Question {
  readonly call: Call
  readonly key: ApiKey
  /** Who signed in; only for operations with `rso`. */
  readonly signedIn: Player | undefined
  /** Calendar time, ms since 1970. */
  readonly now: number
  readonly world: World
  readonly lol: LolBodies
  readonly tft: TftBodies
  readonly val: ValBodies
  readonly tournaments: Tournaments
}

/** Answers one operation; throws a {@link Refusal} to answer with an error. */
export type Handler = (question: Question) => Answer

/** Handlers by operation id. */
export type Handlers = Readonly<Record<string, Handler>>

/** The player whose puuid a path parameter gives. */
export function playerIn({ call, key, world }: Question, parameter: string): Player {
  const puuid = call.params[parameter]!
  const player = key.ids.player(puuid)
  if (player === undefined || !world.exists(player)) {
    throw new Refusal(400, `Bad Request - Exception decrypting ${puuid}`)
  }
  return player
}

/** The same, on the platform that is asked; elsewhere there is no such summoner. */
export function localPlayer(question: Question, parameter: string, what: string): Player {
  const player = playerIn(question, parameter)
  requirePlatform(question, player.platform, what)
  return player
}

/** Refuses with a 404 what is on another platform than the one that is asked. */
export function requirePlatform({ call }: Question, platform: number, what: string): void {
  if (PLATFORM_NAMES[platform] !== call.route) throw new Refusal(404, `Data not found - ${what} not found`)
}

/** The place of the platform that is asked. */
export function platformIn({ call }: Question): number {
  return PLATFORM_NAMES.indexOf(call.route)
}

/** Whether a platform's data are on the regional host that is asked. */
export function isInRegion({ call }: Question, platform: number): boolean {
  return PLATFORM_FACTS[PLATFORM_NAMES[platform]!]!.region === call.route
}

/** A query parameter, or undefined when it is missing or empty. */
export function text({ call }: Question, name: string): string | undefined {
  return call.query.get(name) || undefined
}

/** A query parameter as a number; the table of operations has been checked before. */
export function int(question: Question, name: string): number | undefined {
  const value = text(question, name)
  return value === undefined ? undefined : Number(value)
}
