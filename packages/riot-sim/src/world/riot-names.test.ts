import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { RiotNames } from './riot-names.ts'

const PER_PLATFORM = 1_300_000

describe('RiotNames', () => {
  it('finds each player by their Riot id, however it is written', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.record({ platform: fc.nat({ max: 15 }), number: fc.nat({ max: PER_PLATFORM - 1 }) }),
        (seed, player) => {
          const names = new RiotNames(seed, PER_PLATFORM)
          const { gameName, tagLine } = names.riotId(player)
          expect([...gameName].length).toBeGreaterThanOrEqual(3)
          expect([...gameName].length).toBeLessThanOrEqual(16)
          expect(tagLine).toMatch(/^[A-Z0-9]{3,5}$/)
          expect(names.player({ gameName, tagLine })).toEqual(player)
          const shouted = { gameName: gameName.replaceAll(' ', '').toUpperCase(), tagLine: tagLine.toLowerCase() }
          expect(names.player(shouted)).toEqual(player)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('knows nobody else', () => {
    const names = new RiotNames(1, PER_PLATFORM)
    const { gameName, tagLine } = names.riotId({ platform: 0, number: 5 })
    expect(names.player({ gameName: `${gameName}x`, tagLine })).toBeUndefined()
    expect(names.player({ gameName, tagLine: 'ZZZZZ' })).toBeUndefined()
    expect(names.player({ gameName, tagLine: '' })).toBeUndefined()
    expect(names.player({ gameName: '', tagLine: 'EUW' })).toBeUndefined()
  })

  it('uses names that must be escaped in a URL, in several scripts', () => {
    const names = new RiotNames(1, PER_PLATFORM)
    const all = Array.from({ length: 500 }, (_, number) => names.riotId({ platform: 2, number }).gameName).join('')
    for (const sign of [' ', '%', '?', '&', '+', '＃', '／', '"']) expect(all).toContain(sign)
    expect(all).toMatch(/\p{Script=Hangul}/u)
    expect(all).toMatch(/\p{Script=Cyrillic}/u)
    expect(all).toMatch(/\p{Script=Han}/u)
  })
})
