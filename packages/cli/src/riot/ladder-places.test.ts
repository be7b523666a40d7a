import { expect, test } from 'vitest'
import { parsePlaces } from './ladder-places.ts'

test('tiers of their own, divisions, and all divisions of a tier', () => {
  expect(parsePlaces('challenger, Master')).toEqual([{ tier: 'CHALLENGER' }, { tier: 'MASTER' }])
  expect(parsePlaces('gold:ii')).toEqual([{ tier: 'GOLD', division: 'II' }])
  expect(parsePlaces('iron').map(({ division }) => division)).toEqual(['I', 'II', 'III', 'IV'])
})

test('another word is refused with those that there are', () => {
  for (const text of ['wood', 'gold:V', 'challenger:I', 'gold:I:I', '', 'gold,']) {
    expect(() => parsePlaces(text), text).toThrow(/^--tiers .* is none of challenger, grandmaster, master, diamond, /)
  }
})
