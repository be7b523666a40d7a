import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Ladder } from './ladder.ts'

const ladders = fc
  .record({
    platform: fc.constant(0),
    key: fc.integer(),
    poolSize: fc.integer({ min: 2, max: 150 }).map((tens) => tens * 10),
    pools: fc.integer({ min: 1, max: 5 }),
    share: fc.double({ min: 0.1, max: 1, noNaN: true }),
    masters: fc.nat({ max: 500 }),
    straight: fc.boolean(),
  })
  .map((options) => new Ladder(options))

describe('Ladder', () => {
  it('has a place for each ranked player, and each place one player', () => {
    fc.assert(
      fc.property(ladders, (ladder) => {
        const last = ladder.divisions.at(-1)!
        const ranked = last.first + last.size
        const places = Array.from({ length: Math.ceil(ranked / 7) }, (_, i) => 7 * i)
        expect(places.map((place) => ladder.placeOf(ladder.playerAt(place)))).toEqual(places)
        expect(ladder.placeOf(ranked)).toBe(-1)
      }),
    )
  })

  it('is divided without gaps, from challenger down, with falling points in each division', () => {
    fc.assert(
      fc.property(ladders, (ladder) => {
        let next = 0
        for (const { first, size } of ladder.divisions) {
          expect(first).toBe(next)
          next = first + size
          const points = Array.from({ length: size }, (_, i) => ladder.points(first + i))
          expect(points.every((point, i) => point >= 0 && (i === 0 || point <= points[i - 1]!))).toBe(true)
          expect(ladder.divisionAt(first).first).toBe(first)
        }
      }),
    )
  })

  it('has 300 challengers, 700 grandmasters and the masters that were asked for', () => {
    const ladder = new Ladder({
      platform: 0,
      key: 1,
      poolSize: 1300,
      pools: 10,
      share: 1,
      masters: 120,
      straight: true,
    })
    expect(ladder.divisions.slice(0, 4).map(({ tier, size }) => [tier, size])).toEqual([
      ['CHALLENGER', 300],
      ['GRANDMASTER', 700],
      ['MASTER', 120],
      ['DIAMOND', 119],
    ])
    expect(ladder.divisions).toHaveLength(3 + 28)
  })
})
