import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatRate, parseDuration, parseRate } from './rate.ts'

describe('parseDuration', () => {
  test.each([
    ['250ms', 250],
    ['30s', 30_000],
    ['2m', 120_000],
    ['1h30m', 5_400_000],
    ['1d2h3m4s5ms', 93_784_005],
    ['2m250ms', 120_250],
    ['0s', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  test.each(['', 's', '1', '1.5s', '-1s', '1s1m', '1s1s', '1 s', '1x', 'ms', '1ms1s'])('%j is refused', (text) => {
    expect(() => parseDuration(text)).toThrow(TypeError)
  })

  test('a bare number is told what to write', () => {
    expect(() => parseDuration('30')).toThrow(
      new TypeError('a duration needs whole numbers with units (ms, s, m, h, d), not "30": write 30s or 30ms'),
    )
    expect(() => parseDuration(30 as never)).toThrow('write 30s or 30ms')
    expect(() => parseDuration(undefined as never)).toThrow(TypeError)
  })
})

describe('parseRate', () => {
  test.each([
    ['20/s', [{ limit: 20, ms: 1000 }]],
    ['100/2m', [{ limit: 100, ms: 120_000 }]],
    [
      '20/s,100/2m',
      [
        { limit: 20, ms: 1000 },
        { limit: 100, ms: 120_000 },
      ],
    ],
    [
      ' 20/s , 100/2m ',
      [
        { limit: 20, ms: 1000 },
        { limit: 100, ms: 120_000 },
      ],
    ],
    [
      '20:1,100:120',
      [
        { limit: 20, ms: 1000 },
        { limit: 100, ms: 120_000 },
      ],
    ],
    ['1/50ms', [{ limit: 1, ms: 50 }]],
    [
      '7/ms,5/h,3/2d',
      [
        { limit: 7, ms: 1 },
        { limit: 5, ms: 3_600_000 },
        { limit: 3, ms: 172_800_000 },
      ],
    ],
  ])('%j', (text, windows) => {
    expect(parseRate(text)).toEqual(windows)
  })

  test('a list of windows is checked and copied', () => {
    const window = { limit: 5, ms: 100, more: true }
    const windows = parseRate([window])
    expect(windows).toEqual([{ limit: 5, ms: 100 }])
    expect(windows[0]).not.toBe(window)
    expect(() => parseRate([])).toThrow(TypeError)
    expect(() => parseRate([{ limit: 0, ms: 100 }])).toThrow(RangeError)
    expect(() => parseRate([{ limit: 1.5, ms: 100 }])).toThrow(RangeError)
    expect(() => parseRate([{ limit: Infinity, ms: 100 }])).toThrow(RangeError)
    expect(() => parseRate([{ limit: 1, ms: 0 }])).toThrow(
      new RangeError('time of a rate must be longer than 0 ms, and finite, not 0'),
    )
    expect(() => parseRate([{ limit: 1, ms: '1s' as never }])).toThrow(TypeError)
    expect(() => parseRate([{ limit: 1, ms: Infinity }])).toThrow(RangeError)
  })

  test.each(['', '20/', '/s', '20/s,', '20/x', '2.5/s', '-1/s', '20:', '20:1:2', '20/1.5s', 'fast', '20 / s'])(
    '%j is refused',
    (text) => {
      expect(() => parseRate(text)).toThrow(TypeError)
    },
  )

  test.each(['0/s', '5/0s', '5:0'])('%j is out of range', (text) => {
    expect(() => parseRate(text)).toThrow(RangeError)
  })

  test('a bare number is told what to write', () => {
    expect(() => parseRate('20')).toThrow(
      new TypeError(
        `"20" is no rate, since it does not say per what: write '20/s', '100/2m', '20/s,100/2m' (units ms, s, m, h, d) or '20:1,100:120' (count:seconds)`,
      ),
    )
    expect(() => parseRate(7 as never)).toThrow("7 is no rate, since it does not say per what: write '7/s'")
    expect(() => parseRate(undefined as never)).toThrow("undefined is no rate: write '20/s'")
  })

  test('formatRate writes what parseRate reads', () => {
    expect(formatRate(parseRate('20:1,100:120'))).toBe('20/s,100/2m')
    expect(formatRate(parseRate('1/1500ms,1/24h,1/90m'))).toBe('1/1500ms,1/d,1/90m')
    const window = fc.record({ limit: fc.integer({ min: 1, max: 1e9 }), ms: fc.integer({ min: 1, max: 1e11 }) })
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 4 }), (windows) => {
        expect(parseRate(formatRate(windows))).toEqual(windows)
      }),
    )
  })
})
