import { checkCount, checkNumber, show } from './check.ts'

/** At most `limit` per `ms` milliseconds. */
export interface RateWindow {
  limit: number
  ms: number
}

/** From large to small, as {@link formatRate} tries them. */
const UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]
const DURATION = /^(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/
const RATE = /^(\d+)(?:\/(\d*)(ms|[smhd])|:(\d+))$/

/**
 * The milliseconds of `'250ms'`, `'30s'`, `'2m'`, `'1h30m'`; units `ms`, `s`, `m`, `h`, `d`, each at most once, large ones first.
 *
 * @throws TypeError for anything else: a bare number says neither seconds nor milliseconds.
 * @example
 * ```ts
 * import { parseDuration } from '@sluice/core'
 *
 * console.log(parseDuration('1h30m')) // 5400000
 * ```
 */
export function parseDuration(text: string): number {
  const parts = typeof text === 'string' && text !== '' ? DURATION.exec(text) : null
  if (parts === null) {
    const hint = /^\d+$/.test(text) ? `${text}s or ${text}ms` : 'for example 250ms, 30s, 2m or 1h30m'
    throw new TypeError(`a duration needs whole numbers with units (ms, s, m, h, d), not ${show(text)}: write ${hint}`)
  }
  return UNITS.reduce((sum, [, ms], i) => sum + ms * parseInt(parts[i + 1] ?? '0'), 0)
}

/**
 * The windows of a rate, all of which must hold: `'20/s,100/2m'`, Riot's form `'20:1,100:120'` (count and seconds), or a list
 * of windows, which is checked and copied.
 *
 * @throws TypeError for another form (a bare number does not say per what), RangeError for a count or a time of 0.
 * @example
 * ```ts
 * import { parseRate } from '@sluice/core'
 *
 * console.log(parseRate('20/s,100/2m')) // [ { limit: 20, ms: 1000 }, { limit: 100, ms: 120000 } ]
 * ```
 */
export function parseRate(rate: string | readonly RateWindow[]): RateWindow[] {
  const windows = typeof rate === 'string' ? rate.split(',').map((part) => parsePart(part.trim(), rate)) : rate
  if (!Array.isArray(windows) || windows.length === 0) throw rateError(rate)
  return windows.map(({ limit, ms }: RateWindow) => {
    checkCount('limit of a rate', limit, 1, Number.MAX_SAFE_INTEGER)
    checkNumber('time of a rate', ms, Number.MIN_VALUE, Number.MAX_SAFE_INTEGER, 'longer than 0 ms, and finite')
    return { limit, ms }
  })
}

/** The shortest text that {@link parseRate} reads back: `'20/s,100/2m'`. */
export function formatRate(windows: readonly RateWindow[]): string {
  return windows
    .map(({ limit, ms }) => {
      const [unit, one] = UNITS.find(([, size]) => ms % size === 0) ?? ['ms', 1]
      return `${limit}/${ms === one ? '' : ms / one}${unit}`
    })
    .join(',')
}

function parsePart(part: string, rate: string): RateWindow {
  const match = RATE.exec(part)
  if (match === null) throw rateError(rate)
  const [, limit, count, unit, seconds] = match
  const size = unit === undefined ? 1000 : UNITS.find(([name]) => name === unit)![1]
  return { limit: Number(limit), ms: size * Number(seconds ?? (count || 1)) }
}

function rateError(rate: unknown): TypeError {
  const bare = /^\s*\d+\s*$/.test(String(rate))
  return new TypeError(
    `${show(rate)} is no rate${bare ? ', since it does not say per what' : ''}: write '${bare ? String(rate).trim() : 20}/s', '100/2m', '20/s,100/2m' (units ms, s, m, h, d) or '20:1,100:120' (count:seconds)`,
  )
}
