import { accounts, lol, lor, riftbound, tft, val } from '../tables/index.ts'
import type { Operation } from '../tables/operation.ts'
import type { NotFound } from './call-options.ts'
import type { RiotMethod } from './riot-method.ts'

/** All of Riot's operations, by service. */
export const SERVICES = { ...accounts, ...lol, ...tft, ...val, ...lor, ...riftbound } as const

/** Second names for operations whose own name says little. */
export const ALIASES = {
  championV3: { getChampionRotations: 'getChampionInfo' },
  spectatorV5: { getActiveGame: 'getCurrentGameInfoByPuuid' },
  spectatorTftV5: { getActiveGame: 'getCurrentGameInfoByPuuid' },
} as const

type Aliases = typeof ALIASES
type AliasesOf<Name> = Name extends keyof Aliases ? Aliases[Name] : {}

/** The methods of a service, by name and by second name. */
type ServiceOf<Name extends keyof typeof SERVICES, Default extends NotFound> = {
  readonly [Method in keyof (typeof SERVICES)[Name]]: (typeof SERVICES)[Name][Method] extends Operation
    ? RiotMethod<(typeof SERVICES)[Name][Method], Default>
    : never
} & {
  readonly [Alias in keyof AliasesOf<Name>]: AliasesOf<Name>[Alias] extends keyof (typeof SERVICES)[Name]
    ? (typeof SERVICES)[Name][AliasesOf<Name>[Alias]] extends Operation
      ? RiotMethod<(typeof SERVICES)[Name][AliasesOf<Name>[Alias]], Default>
      : never
    : never
}

/** What a client has for each service: `matchV5`, `leagueV4`, … */
export type Services<Default extends NotFound> = {
  readonly [Name in keyof typeof SERVICES]: ServiceOf<Name, Default>
}

/** What {@link Services} are members of: a class may extend it, and defines them itself. */
export const WithServices = Object as unknown as new <Default extends NotFound>() => Services<Default>
