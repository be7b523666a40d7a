import { PLATFORM_NAMES } from '../data/routes.ts'
import { hash } from '../world/hash.ts'
import type { FoundMatch } from '../world/match-series.ts'
import type { World } from '../world/world.ts'

/** The codes of matches in the history, and those that were made while the simulator runs. */
const PLAYED_KIND = 3
const CREATED_KIND = 4
const CLASH_QUEUE = 700

/** Which platform the short names of tournament regions mean. */
const PLATFORM_OF_REGION: Readonly<Record<string, string>> = {
  BR: 'br1',
  EUNE: 'eun1',
  EUW: 'euw1',
  JP: 'jp1',
  KR: 'kr',
  LAN: 'la1',
  LAS: 'la2',
  NA: 'na1',
  OCE: 'oc1',
  PBE: 'pbe1',
  PH: 'sg2',
  RU: 'ru',
  SG: 'sg2',
  TH: 'sg2',
  TR: 'tr1',
  TW: 'tw2',
  VN: 'vn2',
}

/** A provider, who announces the results of its tournaments to a URL. */
export interface Provider {
  readonly id: number
  readonly region: string
}

/** A tournament of a provider. */
export interface Tournament {
  readonly id: number
  readonly provider: Provider
  readonly name: string
}

/** What a code stands for. */
export interface TournamentCode {
  readonly id: number
  readonly code: string
  readonly tournament: Tournament
  readonly teamSize: number
  readonly mapType: string
  readonly metadata: string
  spectatorType: string
  pickType: string
  participants: readonly string[]
}

/** Providers, tournaments and codes: the only thing of the world that is kept, as it comes from requests. */
export class Tournaments {
  readonly #seed: number
  readonly #providers = new Map<string, Provider>()
  readonly #tournaments = new Map<string, Tournament>()
  readonly #codes = new Map<string, TournamentCode>()

  constructor(seed: number) {
    this.#seed = seed
  }

  /** @param owner whose it is: the key, and whether it is the stub. */
  addProvider(owner: string, region: string): Provider {
    const provider = { id: this.#providers.size + 1, region }
    this.#providers.set(`${owner} ${provider.id}`, provider)
    return provider
  }

  addTournament(owner: string, providerId: number, name: string): Tournament | undefined {
    const provider = this.#providers.get(`${owner} ${providerId}`)
    if (provider === undefined) return undefined
    const tournament = { id: this.#tournaments.size + 1, provider, name }
    this.#tournaments.set(`${owner} ${tournament.id}`, tournament)
    return tournament
  }

  tournament(owner: string, id: number): Tournament | undefined {
    return this.#tournaments.get(`${owner} ${id}`)
  }

  addCode(
    owner: string,
    world: World,
    tournament: Tournament,
    details: Omit<TournamentCode, 'id' | 'code' | 'tournament'>,
  ): TournamentCode {
    const id = this.#codes.size + 1
    const { region } = tournament.provider
    const platform = PLATFORM_NAMES.indexOf(PLATFORM_OF_REGION[region]!)
    const stub = owner.endsWith('stub')
    const uuid = world.uuids.encode({ kind: CREATED_KIND, platform, number: id })
    const code = { ...details, id, tournament, code: `${stub ? 'STUB' : region}${tail(this.#seed, id)}-${uuid}` }
    this.#codes.set(`${owner} ${code.code}`, code)
    return code
  }

  code(owner: string, code: string): TournamentCode | undefined {
    return this.#codes.get(`${owner} ${code}`)
  }

  clear(): void {
    this.#providers.clear()
    this.#tournaments.clear()
    this.#codes.clear()
  }
}

/** The code that a match in the history was played under; empty for all but tournament matches. */
export function matchTournamentCode(world: World, { players, number, round }: FoundMatch): string {
  const { platform } = players[0]!
  if (world.lolQueue(platform, number, round).id !== CLASH_QUEUE) return ''
  const region = PLATFORM_NAMES[platform]!.replace(/\d$/, '').toUpperCase()
  return `${region}${tail(world.seed, number)}-${world.uuids.encode({ kind: PLAYED_KIND, platform, number })}`
}

/** The match that was played under a code, or undefined. */
export function matchOfCode(world: World, code: string, now: number): FoundMatch | undefined {
  const content = world.uuids.decode(code.slice(code.indexOf('-') + 1))
  if (content?.kind !== PLAYED_KIND) return undefined
  const found = world.lol.find(content.platform, content.number, now)
  return found !== undefined && matchTournamentCode(world, found) === code ? found : undefined
}

function tail(seed: number, id: number): string {
  return hash(seed, id, 157).toString(16).padStart(8, '0').slice(0, 5)
}
