import { accounts, lol, lor, riftbound, tft, val } from '../tables/index.ts'
import type { Operation } from '../tables/operation.ts'
import type { NotFound } from './call-options.ts'
import type { RiotMethod } from './riot-method.ts'

/** The tables by reference, not what they spell out: so the editor finds what they say of each operation. */
export type AllServices = typeof accounts & typeof lol & typeof tft & typeof val & typeof lor & typeof riftbound

/** All of Riot's operations, by service. */
export const SERVICES: AllServices = { ...accounts, ...lol, ...tft, ...val, ...lor, ...riftbound }

/** Second names for operations whose own name says little. */
export const ALIASES = {
  championV3: { getChampionRotations: 'getChampionInfo' },
  spectatorV5: { getActiveGame: 'getCurrentGameInfoByPuuid' },
  spectatorTftV5: { getActiveGame: 'getCurrentGameInfoByPuuid' },
} as const

type Aliases = typeof ALIASES
type AliasesOf<Name> = Name extends keyof Aliases ? Aliases[Name] : {}

/** The methods of a service, by name and by second name. */
type ServiceOf<Name extends keyof AllServices, Default extends NotFound> = {
  readonly [Method in keyof AllServices[Name]]: AllServices[Name][Method] extends Operation
    ? RiotMethod<AllServices[Name][Method], Default>
    : never
} & {
  readonly [Alias in keyof AliasesOf<Name>]: AliasesOf<Name>[Alias] extends keyof AllServices[Name]
    ? AllServices[Name][AliasesOf<Name>[Alias]] extends Operation
      ? RiotMethod<AllServices[Name][AliasesOf<Name>[Alias]], Default>
      : never
    : never
}

/** What a client has for each service: `matchV5`, `leagueV4`, … */
export type Services<Default extends NotFound> = {
  readonly [Name in keyof AllServices]: ServiceOf<Name, Default>
}

/** What {@link Services} are members of: a class may extend it, and defines them itself. */
export const WithServices = Object as unknown as new <Default extends NotFound>() => Services<Default>
