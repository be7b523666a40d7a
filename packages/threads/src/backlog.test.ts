import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Backlog, type Linked } from './backlog.ts'

interface Item extends Linked<Item> {
  id: number
}

test('a backlog is a first-come queue that items leave from anywhere, as an array would be', () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.constant({ type: 'push' as const }) },
    { weight: 2, arbitrary: fc.constant({ type: 'shift' as const }) },
    { weight: 2, arbitrary: fc.nat().map((at) => ({ type: 'delete' as const, at })) },
    { weight: 1, arbitrary: fc.nat(3).map((every) => ({ type: 'sweep' as const, every: every + 1 })) },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const backlog = new Backlog<Item>()
      let model: Item[] = []
      const shifted: [Item | undefined, Item | undefined][] = []
      let id = 0
      for (const action of steps) {
        if (action.type === 'push') {
          const item: Item = { id: id++, next: undefined, previous: undefined }
          backlog.push(item)
          model.push(item)
        } else if (action.type === 'shift') {
          shifted.push([backlog.shift(), model.shift()])
        } else if (action.type === 'delete') {
          const [item] = model.splice(model.length === 0 ? 0 : action.at % model.length, 1)
          if (item) backlog.delete(item)
        } else {
          for (const item of backlog) if (item.id % action.every === 0) backlog.delete(item)
          model = model.filter((item) => item.id % action.every !== 0)
        }
        expect([...backlog]).toEqual(model)
        expect(backlog.size).toBe(model.length)
      }
      for (const [item, expected] of shifted) expect(item).toBe(expected)
    }),
    { numRuns: 500 },
  )
})
