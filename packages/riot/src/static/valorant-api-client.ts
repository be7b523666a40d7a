import { checkWord } from '@sluice/core/internal'
import { createClient, type ApiEntry, type CallOptions, type PathArguments, type SessionResponse } from '@sluice/http'
import type { Answer } from './schemas/valorant-api.ts'
import { staticClient, type StaticClientOptions } from './static-client.ts'
import { VALORANT_LANGUAGES, valorantApi, type ValorantLanguage } from './tables/valorant-api.ts'

/** Options of {@link ValorantApiClient}. */
export interface ValorantApiClientOptions extends StaticClientOptions {
  /** Default: the site's, which is `en-US`. */
  language?: ValorantLanguage | undefined
}

type Table = typeof valorantApi

/** The options of a call, with those of its query beside the others. */
type FlatOptions<Entry extends ApiEntry> = Omit<CallOptions, 'query'> &
  (Parameters<Entry> extends readonly [...PathArguments<Entry['endpoint']['path']>, (infer Options)?]
    ? NonNullable<NonNullable<Options> extends { query?: infer Query } ? Query : never>
    : never)

/** A method of {@link ValorantApiClient}: the values of the path, then one object of options. */
export interface ValorantMethod<Entry extends ApiEntry> {
  (
    ...args: [...values: PathArguments<Entry['endpoint']['path']>, options?: FlatOptions<Entry>]
  ): Promise<Awaited<ReturnType<Entry>> extends Answer<infer Data> ? Data : never>
  /** The same request, but resolves to the response as it is, `{ status, data }`, whatever its status. */
  response(
    ...args: [...values: PathArguments<Entry['endpoint']['path']>, options?: FlatOptions<Entry>]
  ): Promise<SessionResponse>
  readonly endpoint: Entry['endpoint']
}

type Methods = { readonly [Name in keyof Table]: ValorantMethod<Table[Name]> }

/** Any method of the client that the table makes. */
interface WrappedMethod {
  (...args: unknown[]): Promise<Answer<unknown>>
  response(...args: unknown[]): Promise<SessionResponse>
  readonly endpoint: ApiEntry['endpoint']
}

/** The query's options beside the others, and the data without their wrapping. */
function unwrap(method: WrappedMethod, language: ValorantLanguage | undefined): unknown {
  const { endpoint } = method
  const arity = endpoint.path.includes('{') ? 1 : 0
  const nested = (args: readonly unknown[]): unknown[] => {
    const given = args[arity] ?? {}
    if (typeof given !== 'object') return [...args]
    const { language: own = language, isPlayableCharacter, ...options } = given as Record<string, unknown>
    if (own !== undefined) checkWord('language', own, ...VALORANT_LANGUAGES)
    // What is not said is left to the endpoint's own query.
    const playable = isPlayableCharacter === undefined ? {} : { isPlayableCharacter }
    return args.toSpliced(arity, 1, { ...options, query: { language: own, ...playable } })
  }
  return Object.assign(async (...args: unknown[]) => (await method(...nested(args))).data, {
    response: async (...args: unknown[]) => method.response(...nested(args)),
    endpoint,
  })
}

/**
 * valorant-api.com: agents, maps, weapons and all else of VALORANT. The methods give the `data` of the answers. Each takes `language` as option; by default it is the client's.
 * Agents that nobody can play are left out, unless `isPlayableCharacter: false` is said.
 *
 * @throws TypeError or RangeError for an option that is not valid, naming it.
 *
 * @example
 * ```ts no-run needs the site
 * import { ValorantApiClient } from '@sluice/riot'
 *
 * await using valorant = new ValorantApiClient({ language: 'de-DE' })
 * const agents = await valorant.getValV1Agents()
 * const agent = await valorant.getValV1Agent(agents[0]!.uuid, { language: 'ko-KR' })
 * console.log(agent.displayName)
 * ```
 */
export class ValorantApiClient extends staticClient(
  'https://valorant-api.com',
  (session, api, { language }: ValorantApiClientOptions) => {
    if (language !== undefined) checkWord('language', language, ...VALORANT_LANGUAGES)
    const methods = Object.entries(createClient(session, valorantApi, { routes: { api } }))
    return Object.fromEntries(
      methods.map(([name, method]) => [name, unwrap(method as unknown as WrappedMethod, language)]),
    ) as unknown as Methods
  },
) {}
