import { expect, test } from 'vitest'
import { ChampionIndex } from './champion-index.ts'

const index = new ChampionIndex([
  { id: -1, alias: 'None', name: 'None' },
  { id: 62, alias: 'MonkeyKing', name: 'Wukong' },
  { id: 145, alias: 'Kaisa', name: "Kai'Sa" },
  { id: 9, alias: 'Fiddlesticks', name: 'Fiddlesticks' },
  { id: 7, alias: 'Wukong2', name: 'Monkey King' },
])

test('finds by number, key and name, however written', () => {
  for (const given of [62, '62', 'MonkeyKing', 'monkeyking', 'WUKONG']) expect(index.get(given)?.id).toBe(62)
  for (const given of ["Kai'Sa", 'kaisa', 'KaiSa', 145]) expect(index.get(given)?.id).toBe(145)
  expect(index.get('FiddleSticks')?.id).toBe(9)
})

test('finds nothing where there is nothing, and "none" is no champion', () => {
  for (const given of [-1, 0, 1.5, '', 'None', 'Nobody', '999']) expect(index.get(given)).toBeUndefined()
  expect(index.size).toBe(4)
  expect([...index].map(({ id }) => id)).toEqual([62, 145, 9, 7])
  expect(() => index.get(undefined as never)).toThrow('looked up by its number, key or name, not by undefined')
})
