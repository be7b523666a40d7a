import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WorkList } from './work-list.ts'

test('the highest priority comes first, and within one what came first', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant('take' as const), fc.integer({ min: -2, max: 2 }))), (steps) => {
      const list = new WorkList()
      let model: { id: number; priority: number }[] = []
      for (const [id, step] of steps.entries()) {
        if (step !== 'take') {
          list.push(id, step)
          model.push({ id, priority: step })
          continue
        }
        const most = Math.max(...model.map(({ priority }) => priority))
        const next = model.find(({ priority }) => priority === most)
        expect(list.peek(1)).toEqual(next === undefined ? [] : [next.id])
        expect(list.shift()).toBe(next?.id)
        model = model.filter((entry) => entry !== next)
      }
      expect(list.size).toBe(model.length)
    }),
  )
})

test('a long list gives back the memory of what was taken', () => {
  const list = new WorkList()
  for (let id = 0; id < 100_000; id++) list.push(id, 0)
  for (let id = 0; id < 100_000; id++) expect(list.shift()).toBe(id)
  expect([list.shift(), list.size, list.peek(5)]).toEqual([undefined, 0, []])
})
