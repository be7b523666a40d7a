import fc from 'fast-check'
import { expect, it } from 'vitest'

import { Uuids, plainUuid } from './uuids.ts'

it('reads back what a UUID stands for, and none that was made up', () => {
  fc.assert(
    fc.property(
      fc.record({ kind: fc.nat({ max: 63 }), platform: fc.nat({ max: 15 }), number: fc.nat({ max: 2 ** 48 - 1 }) }),
      fc.integer(),
      (content, seed) => {
        const uuid = new Uuids(seed).encode(content)
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(new Uuids(seed).decode(uuid)).toEqual(content)
        expect(new Uuids(seed + 1).decode(uuid)).toBeUndefined()
      },
    ),
  )
  expect(new Uuids(1).decode(plainUuid(1))).toBeUndefined()
  expect(new Uuids(1).decode('nonsense')).toBeUndefined()
})
