import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { idealMs } from './ideal-ms.ts'

const DEV = '20:1,100:120'
const PROD = '500:10,30000:600'

describe('idealMs', () => {
  it.each([
    [30_000, [PROD], 590],
    [30_000, [DEV], 35_884],
    [7500, [PROD], 140],
    [7500, [DEV], 8884],
    [30_000, ['3000:10,180000:600', '2000:10'], 140],
    [60_000, [PROD], 1190],
    [60_000, [DEV], 71_884],
    [12_300, [PROD], 240],
    [41_003, [PROD], 820],
    [10_000, [PROD, '1000:60'], 550],
    [10_000, [DEV], 11_884],
    [2000, [PROD, '50:10'], 390],
    [10_000, [PROD], 190],
    [3000, [PROD], 50],
    [250, [DEV], 242],
    [500, ['20:1,100:10'], 44],
    [0, [DEV], 0],
    [1, [DEV], 0],
    [1_000_000, [], 0],
  ])('%i requests under %j take %i s', (count, specs, seconds) => {
    expect(idealMs(count, ...specs)).toBe(seconds * 1000)
  })

  it('is not deceived by a short window that is slower than the long one', () => {
    expect(idealMs(150, '1:10,100:60')).toBe(149 * 10_000)
  })

  it('is never below what any window alone needs, and grows with the count', () => {
    const pair = fc.record({ limit: fc.integer({ min: 1, max: 50 }), seconds: fc.integer({ min: 1, max: 30 }) })
    const pairs = fc.uniqueArray(pair, { minLength: 1, maxLength: 3, selector: ({ seconds }) => seconds })
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 300 }), (windows, count) => {
        const spec = windows.map(({ limit, seconds }) => `${limit}:${seconds}`).join(',')
        const ideal = idealMs(count, spec)
        for (const { limit, seconds } of windows) {
          expect(ideal).toBeGreaterThanOrEqual((Math.ceil(count / limit) - 1) * seconds * 1000)
        }
        expect(idealMs(count + 1, spec)).toBeGreaterThanOrEqual(ideal)
      }),
    )
  })

  it('refuses what is no count or no limit', () => {
    expect(() => idealMs(-1, DEV)).toThrow(RangeError)
    expect(() => idealMs(1.5, DEV)).toThrow(RangeError)
    expect(() => idealMs('1' as never, DEV)).toThrow(TypeError)
    expect(() => idealMs(1, '20')).toThrow('specs must be limit:seconds pairs')
    expect(() => idealMs(1, '20:0')).toThrow(RangeError)
    expect(() => idealMs(1, '20:1,30:1')).toThrow('each window once')
    expect(() => idealMs(1, 5 as never)).toThrow(TypeError)
  })
})
