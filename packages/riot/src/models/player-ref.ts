import { AbortLink, show } from '@sluice/core/internal'
import type { RiotClient } from '../client/riot-client.ts'
import type { NotFound } from '../client/call-options.ts'
import { NotFoundError } from '../errors.ts'
import type { RouteOf } from '../route-kinds.ts'
import { platformToAccountRegion, type Platform } from '../routing.ts'
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
  /** A look-up that is under way, and the signal of who began it. */
  #pending: { readonly answer: Promise<string>; readonly left: AbortSignal | undefined } | undefined

  /** A player from a platform's neighbourhood, as the models of a game know them. */
  static near(
    { riot, platform }: { readonly riot: RiotClient<NotFound>; readonly platform: Platform | undefined },
    id: PlayerId | { puuid?: string | null | undefined },
  ): PlayerRef {
    return new PlayerRef(riot, id, platform === undefined ? undefined : platformToAccountRegion(platform))
  }

  /** A bridge may lead from a bot: then it is the question that fails, not the bridge. */
  constructor(riot: RiotClient<NotFound>, id: PlayerId | { puuid?: string | null | undefined }, region: AccountRoute) {
    this.#riot = riot
    this.#region = region
    this.id = id as PlayerId
    this.#puuid = id.puuid
  }

  /** The puuid; `null` if there is no such player and `notFound` is `'null'`. Several who ask at once are answered by one request. */
  async puuid(options: FetchOptions): Promise<string | null> {
    try {
      for (;;) {
        const known = this.#puuid
        if (typeof known === 'string' && known !== '' && known !== 'BOT') return known
        const pending = this.#pending
        // Who has a deadline does not depend on one who has none.
        if (pending === undefined || options.deadline !== undefined) return await this.#lookUp(options)
        await ended(pending.answer, options.signal)
        if (this.#puuid === undefined && pending.left?.aborted !== true) return await pending.answer
      }
    } catch (error) {
      if (options.notFound === 'null' && error instanceof NotFoundError) return null
      throw error
    }
  }

  async #lookUp({ signal, timeout, deadline, priority }: FetchOptions): Promise<string> {
    const { gameName, tagLine } = this.id
    if (gameName === undefined)
      throw new TypeError('this participant has no puuid: it is a bot, or a player who does not show it')
    const call = { signal, timeout, deadline, priority, region: this.#region, notFound: 'throw' as const }
    const answer = this.#riot.accountV1.getByRiotId(gameName, tagLine, call).then(({ puuid }) => (this.#puuid = puuid))
    const pending = { answer, left: signal }
    // What ends at somebody's deadline or timeout is of no use to the others.
    if (deadline === undefined && timeout === undefined) this.#pending ??= pending
    try {
      return await answer
    } finally {
      if (this.#pending === pending) this.#pending = undefined
    }
  }

  /** What `question` finds for the puuid; `null` if there is no such player. */
  async ask<Value>(options: FetchOptions, question: (puuid: string) => Promise<Value | null>): Promise<Value | null> {
    const puuid = await this.puuid(options)
    return puuid === null ? null : question(puuid)
  }
}

/** Resolves when `answer` has come or failed; rejects when `signal` aborts before. */
function ended(answer: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error)
      return
    }
    const link = signal && new AbortLink(signal, { onAbort: reject })
    const done = (): void => {
      link?.unlink()
      resolve()
    }
    answer.then(done, done)
  })
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
