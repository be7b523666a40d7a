import { checkWord } from './check.ts'
import { parseRatePairs } from './limits/rate-pairs.ts'
import { PlayerIds } from './world/player-ids.ts'

/** What Riot calls a key; it decides the application limit. */
export type KeyKind = 'development' | 'personal' | 'production'

/** An API key that the simulator knows. */
export interface KeyOptions {
  /** Default `development`. */
  kind?: KeyKind
  /** Application limit, such as `500:10,30000:600`. Default: that of the kind. */
  app?: string
  /** Method limits that differ from the usual ones, by operation id; `*` for all others. */
  methods?: Readonly<Record<string, string>>
  /** The games that the key is good for, as the second part of the path names them: `lol`, `tft`, `val`, `lor`, `riftbound`, `riot`. Default: all. */
  games?: readonly string[]
  /** When it stops working, ms on the simulator's clock. Default: never. */
  expiresAt?: number
}

const APP_LIMITS: Readonly<Record<KeyKind, string>> = {
  development: '20:1,100:120',
  personal: '20:1,100:120',
  production: '500:10,30000:600',
}

/** A development key that every simulator knows unless it is given keys of its own. */
export const DEVELOPMENT_KEY = 'RGAPI-00000000-0000-4000-8000-0000000de7e1'
/** A production key that every simulator knows unless it is given keys of its own. */
export const PRODUCTION_KEY = 'RGAPI-00000000-0000-4000-8000-000000000901'

/** A key with everything filled in, and the ids that it sees. */
export class ApiKey {
  /** Names the key without giving it away: its place among the keys. */
  readonly id: string
  readonly kind: KeyKind
  readonly app: string
  readonly methods: Readonly<Record<string, string>>
  readonly games: ReadonlySet<string> | undefined
  readonly expiresAt: number
  readonly ids: PlayerIds
  /** Until when the key is on the blacklist, and the rejected requests that may bring it there. */
  blockedUntil: number = -Infinity
  rejects: number = 0
  rejectsSince: number = -Infinity

  constructor(secret: string, place: number, seed: number, options: KeyOptions) {
    const { kind = 'development', methods = {}, games, expiresAt = Infinity } = options
    checkWord('kind', kind, ['development', 'personal', 'production'])
    this.id = `key${place + 1}`
    this.kind = kind
    this.app = options.app ?? APP_LIMITS[kind]
    this.methods = methods
    this.games = games && new Set(games)
    this.expiresAt = expiresAt
    this.ids = new PlayerIds(secret, seed)
    parseRatePairs('app', this.app)
    for (const spec of Object.values(methods)) parseRatePairs('methods', spec)
  }
}
