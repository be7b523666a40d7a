import { show } from '@sluice/core/internal'
import type { RiotClient } from '../client/riot-client.ts'
import type { NotFound } from '../client/call-options.ts'
import type { RouteOf } from '../route-kinds.ts'
import type { FetchOptions } from './model.ts'

/** A player by puuid. */
export interface ByPuuid {
  puuid: string
  gameName?: undefined
  tagLine?: undefined
}

/** A player by Riot id, `gameName#tagLine`. */
export interface ByRiotId {
  gameName: string
  tagLine: string
  puuid?: undefined
}

/** Who a player is. */
export type PlayerId = ByPuuid | ByRiotId

/** The account region of a call, if it is known. */
export type AccountRoute = RouteOf<'accountRegion'> | undefined

/** A player whose puuid is known, or will be asked for when it is needed: once, and kept. */
export class PlayerRef {
  /** What a model of the player shows. */
  readonly id: PlayerId
  readonly #riot: RiotClient<NotFound>
  readonly #region: AccountRoute
  #puuid: string | null | undefined

  /** A bridge may lead from a bot: then it is the question that fails, not the bridge. */
  constructor(riot: RiotClient<NotFound>, id: PlayerId | { puuid?: string | null | undefined }, region: AccountRoute) {
    this.#riot = riot
    this.#region = region
    this.id = id as PlayerId
    this.#puuid = id.puuid
  }

  /** The puuid; `null` if there is no such player and `notFound` is `'null'`. */
  async puuid(options: FetchOptions): Promise<string | null> {
    const known = this.#puuid
    if (typeof known === 'string' && known !== '' && known !== 'BOT') return known
    const { gameName, tagLine } = this.id
    if (gameName === undefined)
      throw new TypeError('this participant has no puuid: it is a bot, or a player who does not show it')
    const { signal, timeout, deadline, priority, notFound } = options
    const account = await this.#riot.accountV1.getByRiotId(gameName, tagLine, {
      signal,
      timeout,
      deadline,
      priority,
      notFound,
      region: this.#region,
    })
    this.#puuid = account?.puuid
    return account?.puuid ?? null
  }

  /** What `question` finds for the puuid; `null` if there is no such player. */
  async ask<Value>(options: FetchOptions, question: (puuid: string) => Promise<Value | null>): Promise<Value | null> {
    const puuid = await this.puuid(options)
    return puuid === null ? null : question(puuid)
  }
}

/**
 * Only what says who a player is, of an object that may say more.
 *
 * @throws TypeError when it says nothing, or too much.
 */
export function playerIdOf(id: PlayerId): PlayerId {
  const { puuid, gameName, tagLine } = (id ?? {}) as Partial<Record<keyof PlayerId, unknown>>
  const isName = (text: unknown): text is string => typeof text === 'string' && text !== ''
  if (puuid === undefined && isName(gameName) && isName(tagLine)) return { gameName, tagLine }
  if (isName(puuid) && gameName === undefined && tagLine === undefined) return { puuid }
  const given = Object.entries({ puuid, gameName, tagLine }).filter(([, value]) => value !== undefined)
  const text = given.map(([name, value]) => `${name}: ${show(value)}`).join(', ')
  throw new TypeError(`a player is { puuid } or { gameName, tagLine }, not { ${text} }`)
}
