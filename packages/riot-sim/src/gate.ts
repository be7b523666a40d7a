import type { Call } from './call.ts'
import { checkWhole } from './check.ts'
import type { Operation } from './data/operations.ts'
import { ApiKey, DEVELOPMENT_KEY, PRODUCTION_KEY, type KeyOptions } from './keys.ts'
import { Refusal } from './routes/answer.ts'
import type { BlacklistOptions } from './simulator-options.ts'
import type { Player } from './world/player-ids.ts'

const MINUTE = 60_000

/** Who asks. */
export interface Caller {
  readonly key: ApiKey
  /** The player who signed in, for operations that need one. */
  readonly signedIn: Player | undefined
}

/** Knows the keys, and lets nobody else in. */
export class Gate {
  readonly #bySecret = new Map<string, ApiKey>()
  readonly #keys: ApiKey[] = []
  readonly #blacklist: BlacklistOptions | undefined

  constructor(
    seed: number,
    keys: Readonly<Record<string, KeyOptions>> | undefined,
    blacklist: BlacklistOptions | undefined,
  ) {
    const known = keys ?? { [DEVELOPMENT_KEY]: {}, [PRODUCTION_KEY]: { kind: 'production' } }
    for (const [secret, options] of Object.entries(known)) {
      const key = new ApiKey(secret, this.#keys.length, seed, options)
      this.#keys.push(key)
      this.#bySecret.set(secret, key)
    }
    if (this.#keys.length === 0) throw new RangeError('keys must have at least one key')
    if (blacklist !== undefined) {
      checkWhole('blacklist.rejects', blacklist.rejects, 1, Number.MAX_SAFE_INTEGER)
      checkWhole('blacklist.within', blacklist.within ?? MINUTE, 1, Number.MAX_SAFE_INTEGER)
      checkWhole('blacklist.duration', blacklist.duration ?? 10 * MINUTE, 1, Number.MAX_SAFE_INTEGER)
    }
    this.#blacklist = blacklist
  }

  /** All keys, in the order in which they were given. */
  get keys(): readonly ApiKey[] {
    return this.#keys
  }

  /** The key with this secret, or the first one. */
  key(secret: string | undefined): ApiKey {
    const key = secret === undefined ? this.#keys[0] : this.#bySecret.get(secret)
    if (key === undefined) throw new RangeError('key must be one of the keys that the simulator was given')
    return key
  }

  /** A bearer token with which a player has signed in to an application with this key. */
  token(key: ApiKey, player: Player): string {
    return `rso.${this.#keys.indexOf(key)}.${key.ids.puuid(player)}`
  }

  /** Who asks; throws a {@link Refusal} with 401 or 403 for those who may not. */
  authenticate(call: Call, operation: Operation, now: number): Caller {
    const caller = operation.rso ? this.#bearer(call) : { key: this.#keyOf(call), signedIn: undefined }
    const { key } = caller
    if (now >= key.expiresAt || now < key.blockedUntil) throw new Refusal(403, 'Forbidden')
    const game = operation.path.split('/', 2)[1]!
    if (key.games !== undefined && !key.games.has(game)) throw new Refusal(403, 'Forbidden')
    // Tournaments need a production key; the stub is there for all others.
    if (operation.service === 'tournament-v5' && key.kind !== 'production') throw new Refusal(403, 'Forbidden')
    return caller
  }

  /** Counts a rejected request of a key, which may bring it on the blacklist. */
  rejected(key: ApiKey, now: number): void {
    if (this.#blacklist === undefined) return
    const { rejects, within = MINUTE, duration = 10 * MINUTE } = this.#blacklist
    if (now >= key.rejectsSince + within) {
      key.rejectsSince = now
      key.rejects = 0
    }
    if (++key.rejects > rejects) {
      key.blockedUntil = now + duration
      key.rejects = 0
    }
  }

  /** Takes all keys off the blacklist. */
  clear(): void {
    for (const key of this.#keys) {
      key.blockedUntil = -Infinity
      key.rejectsSince = -Infinity
      key.rejects = 0
    }
  }

  #keyOf(call: Call): ApiKey {
    const secret = call.header('x-riot-token') ?? call.query.get('api_key')
    if (!secret) throw new Refusal(401, 'Unauthorized')
    const key = this.#bySecret.get(secret)
    if (key === undefined) throw new Refusal(403, 'Forbidden')
    return key
  }

  #bearer(call: Call): Caller {
    const header = call.header('authorization')
    if (header === undefined) throw new Refusal(401, 'Unauthorized')
    const [, place, puuid] = /^Bearer rso\.(\d+)\.(\S+)$/.exec(header) ?? []
    const key = place === undefined ? undefined : this.#keys[Number(place)]
    const signedIn = key?.ids.player(puuid!)
    if (signedIn === undefined) throw new Refusal(403, 'Forbidden')
    return { key: key!, signedIn }
  }
}
