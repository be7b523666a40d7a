import { expect, test } from 'vitest'
import { run } from './index.ts'
import { defaultKey, newItem } from './new-item.ts'

test.each([NaN, undefined, null, {}])('the key %s is refused', (key) => {
  expect(() => newItem({ a: 1 }, () => key as string, 0)).toThrow('the key of an item must be a string or a number')
})

test('items whose keys are no number are bad, and not one item that came often', async () => {
  const places: string[] = []
  const { session } = await run({
    items: [{ n: '1' }, { n: 'x' }, { n: 'y' }],
    key: ({ n }) => Number(n),
    task: async ({ n }) => n,
    onBadItem: ({ place }) => void places.push(place),
  })
  expect(session).toMatchObject({ ok: 1, bad: 2, duplicates: 0 })
  expect(places).toEqual(['item 2', 'item 3'])
})

test('an item that is its own key needs no JSON', () => {
  expect(newItem('a', defaultKey, 0)).toEqual({ key: 'a', item: 'a', json: null, priority: 0 })
  expect(newItem(7, defaultKey, 0)).toEqual({ key: '7', item: 7, json: '7', priority: 0 })
})
