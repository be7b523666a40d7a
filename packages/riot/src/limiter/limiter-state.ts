import type { ScopeRecord } from './rate-scope.ts'

/** What a limiter has learned and counted, as plain JSON: no key is in it, only short hashes of keys. */
export interface RiotLimiterState {
  readonly version: 1
  /** Wall-clock time, ms since 1970. */
  readonly savedAt: number
  /** By host, with the key's hash in front: `a1b2c3d4e5f6 na1`. */
  readonly hosts: Readonly<Record<string, HostRecord>>
}

/** One host of a {@link RiotLimiterState}. */
export interface HostRecord {
  readonly app: ScopeRecord
  readonly methods: Readonly<Record<string, ScopeRecord>>
}

/** Refuses what is no saved state, so that a damaged file is noticed before it counts for something. */
export function checkState(state: unknown): asserts state is RiotLimiterState {
  const { version, savedAt, hosts } = (state ?? {}) as Partial<RiotLimiterState>
  const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
  const isScope = (scope: unknown): boolean =>
    Array.isArray(scope) &&
    scope.every(
      (window: unknown) =>
        isRecord(window) &&
        isAbove(window['limit']) &&
        isAbove(window['ms']) &&
        Number.isFinite(window['used']) &&
        Number.isFinite(window['odds']) &&
        typeof window['slides'] === 'boolean' &&
        (window['start'] === undefined || Number.isFinite(window['start'])),
    )
  const sound =
    version === 1 &&
    Number.isFinite(savedAt) &&
    isRecord(hosts) &&
    Object.values(hosts).every(
      (host: unknown) =>
        isRecord(host) &&
        isScope(host['app']) &&
        isRecord(host['methods']) &&
        Object.values(host['methods']).every(isScope),
    )
  if (!sound) throw new TypeError('state must be what save() of a RiotRateLimiter has returned')
}

function isAbove(value: unknown): boolean {
  return typeof value === 'number' && value > 0
}
