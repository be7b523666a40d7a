import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MatchIdSet } from './match-id-set.ts'

const anyId = fc.oneof(
  fc
    .tuple(fc.constantFrom('EUW1', 'NA1', 'KR', 'TH2', 'XX9', 'euw1', ''), fc.nat({ max: 300 }))
    .map(([platform, number]) => `${platform}_${number}`),
  fc
    .tuple(fc.constantFrom('EUW1', 'KR'), fc.bigInt({ min: 0n, max: 10n ** 16n }))
    .map(([platform, number]) => `${platform}_${number}`),
  fc.constantFrom('KR_01', 'KR_1 ', 'KR_', 'KR_1.5', 'KR_-1', '', 'KR_1e3', '3f1c2a90-0000-4000-8000-000000000000'),
)

test('it is a set: whatever is put in, and in whatever order', () => {
  fc.assert(
    fc.property(fc.array(anyId, { maxLength: 3000 }), (ids) => {
      const set = new MatchIdSet()
      const model = new Set<string>()
      for (const id of ids) {
        expect(set.has(id)).toBe(model.has(id))
        expect(set.add(id)).toBe(!model.has(id))
        model.add(id)
      }
      expect(set.size).toBe(model.size)
      expect([...set].sort()).toEqual([...model].sort())
      expect(new MatchIdSet(set).size).toBe(model.size)
    }),
    { numRuns: 60 },
  )
})

test('a million ids take little memory, and neither adding nor looking up gets slow', () => {
  const before = process.memoryUsage().arrayBuffers
  const set = new MatchIdSet()
  const start = process.cpuUsage()
  for (let number = 0; number < 1_000_000; number++) set.add(`EUW1_${7_130_000_000 + number}`)
  for (let number = 0; number < 1_000_000; number++) set.has(`EUW1_${7_130_000_000 - number}`)
  expect(set.size).toBe(1_000_000)
  // A second or two; if ids met in the table it would be hours.
  expect(process.cpuUsage(start).user).toBeLessThan(20e6)
  // Older tables are garbage, and may still be counted.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50e6)
})
