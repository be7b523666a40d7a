import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { PlayerIds } from './player-ids.ts'

const players = fc.record({ platform: fc.nat({ max: 15 }), number: fc.nat({ max: 2 ** 26 - 1 }) })

describe('PlayerIds', () => {
  it('makes puuids of 78 URL-safe characters that only the same key reads', () => {
    fc.assert(
      fc.property(players, fc.string(), fc.string(), fc.integer(), (player, mine, other, seed) => {
        fc.pre(mine !== other)
        const puuid = new PlayerIds(mine, seed).puuid(player)
        expect(puuid).toMatch(/^[A-Za-z0-9_-]{78}$/)
        expect(new PlayerIds(mine, seed).player(puuid)).toEqual(player)
        const stranger = new PlayerIds(other, seed)
        expect(stranger.player(puuid)).toBeUndefined()
        expect(stranger.puuid(player)).not.toBe(puuid)
      }),
    )
  })

  it('notices any changed character', () => {
    const ids = new PlayerIds('key', 1)
    const puuid = ids.puuid({ platform: 3, number: 77 })
    for (let i = 0; i < puuid.length; i++) {
      const changed = puuid.slice(0, i) + (puuid[i] === 'A' ? 'B' : 'A') + puuid.slice(i + 1)
      expect(ids.player(changed), `character ${i}`).toBeUndefined()
    }
    expect(ids.player(puuid.slice(1))).toBeUndefined()
    expect(ids.player('é'.repeat(78))).toBeUndefined()
    expect(ids.player('')).toBeUndefined()
  })
})
