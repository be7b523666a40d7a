import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Schedule } from './schedule.ts'

const mixed = (round: number): number => (round % 3 === 0 ? 16 : 10)

const schedules = fc.record({
  key: fc.integer(),
  poolSize: fc.integer({ min: 2, max: 30 }).map((tens) => tens * 10),
  pools: fc.integer({ min: 1, max: 4 }),
  idle: fc.double({ min: 0, max: 1, noNaN: true }),
})

describe('Schedule', () => {
  it('lists a match for exactly the players who are in it', () => {
    fc.assert(
      fc.property(schedules, fc.nat({ max: 1000 }), (options, round) => {
        const schedule = new Schedule({ ...options, seats: mixed, fewestSeats: 10 })
        const players = Array.from({ length: 2 * schedule.regulars }, (_, player) => player)
        const listed = new Map<number, number[]>()
        for (const player of players) {
          const number = schedule.matchOf(player, round)
          if (number !== -1) listed.set(number, [...(listed.get(number) ?? []), player])
        }
        for (const [number, present] of listed) {
          const match = schedule.match(number)!
          expect(match.round).toBe(round)
          expect(schedule.players(match).sort((a, b) => a - b)).toEqual(present)
          expect(present).toHaveLength(mixed(round))
        }
        const perPool = Math.floor(options.poolSize / mixed(round))
        expect(listed.size).toBe(perPool * options.pools)
      }),
      { numRuns: 60 },
    )
  })

  it('gives later rounds higher numbers', () => {
    const schedule = new Schedule({ key: 1, poolSize: 40, pools: 3, idle: 0.2, seats: mixed, fewestSeats: 10 })
    const numbers = (round: number): number[] =>
      Array.from({ length: 240 }, (_, player) => schedule.matchOf(player, round)).filter((number) => number >= 0)
    for (let round = 1; round < 20; round++) {
      expect(Math.min(...numbers(round))).toBeGreaterThan(Math.max(...numbers(round - 1)))
    }
  })

  it('knows no match beyond those of a round, nor a negative one', () => {
    const schedule = new Schedule({ key: 1, poolSize: 100, pools: 1, idle: 0, seats: mixed, fewestSeats: 10 })
    // Round 0 has six matches of sixteen, in a row of ten numbers.
    expect(schedule.match(5)).toEqual({ round: 0, pool: 0, place: 5 })
    expect(schedule.match(6)).toBeUndefined()
    expect(schedule.match(10)).toEqual({ round: 1, pool: 0, place: 0 })
    expect(schedule.match(-1)).toBeUndefined()
    expect(schedule.match(0.5)).toBeUndefined()
  })

  it('repeats matches as often as the size of the pool says', () => {
    const distinct = (poolSize: number): number => {
      const schedule = new Schedule({ key: 9, poolSize, pools: 1, idle: 0, seats: () => 10, fewestSeats: 10 })
      const seen = new Set<number>()
      for (let player = 0; player < 300; player++) {
        for (let round = 0; round < 100; round++) seen.add(schedule.matchOf(player, round))
      }
      return seen.size
    }
    expect(distinct(300)).toBe(3000)
    expect(distinct(1000)).toBeGreaterThan(9500)
    expect(distinct(1000)).toBeLessThan(9900)
    expect(distinct(1300)).toBeGreaterThan(11_800)
    expect(distinct(1300)).toBeLessThan(12_300)
    expect(distinct(10_000)).toBeGreaterThan(26_000)
    expect(distinct(10_000)).toBeLessThan(26_600)
  })
})
