import { parseRate } from '@sluice/core'
import { hostScope } from './scopes.ts'
import type { HeaderDialect, LimitScope, RateInput } from './types.ts'

/** The scopes of a limiter: those of its dialect, with the rates and the word on probing that its options give. */
export function resolveScopes(
  rate: RateInput | Readonly<Record<string, RateInput>> | undefined,
  probe: boolean | undefined,
  dialect: HeaderDialect | undefined,
): readonly LimitScope[] {
  const scopes = dialect?.scopes ?? [hostScope]
  const given: Readonly<Record<string, RateInput>> =
    rate === undefined
      ? {}
      : typeof rate === 'string' || Array.isArray(rate)
        ? { [scopes[0]!.name]: rate as RateInput }
        : (rate as Readonly<Record<string, RateInput>>)
  const names = scopes.map(({ name }) => name)
  for (const name of Object.keys(given)) {
    if (!names.includes(name))
      throw new TypeError(`rate.${name} names no scope of the dialect: it has ${names.join(', ')}`)
  }
  return scopes.map((scope) => {
    const own = given[scope.name]
    return {
      name: scope.name,
      key: scope.key.bind(scope),
      byRoute: scope.byRoute,
      limits: own === undefined ? (scope.limits ?? []) : parseRate(own),
      probe: probe === false || dialect === undefined || own !== undefined ? false : (scope.probe ?? false),
    }
  })
}
